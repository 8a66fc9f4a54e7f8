"""Runs cases that others recorded against our engine."""
