"""XPath 1.0 with the ODK function library: text in, closure out."""

from __future__ import annotations

from supportpoint.forms.xpath.compiler import FORMS, Dialect, compile_expression, compile_tree
from supportpoint.forms.xpath.context import Context, Environment, document_of
from supportpoint.forms.xpath.parser import parse

__all__ = [
    "FORMS",
    "Context",
    "Dialect",
    "Environment",
    "compile_expression",
    "compile_tree",
    "document_of",
    "parse",
]
