"""Support Point: every service is a form, every filled form is a case, every case travels one road."""

__version__ = "0.1.0"
