"""Trying the devices of a kiosk by hand, one page each: for the person who sets the machine up.

A trial shows what its device does now and ends in a verdict. What it hears, sees or reads stays in memory
until the page is left; of a code only its kind and length are told.
"""
