"""Reads an XForm, as pyxform writes it, into the parts of a definition."""
