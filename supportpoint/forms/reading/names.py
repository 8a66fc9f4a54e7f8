"""XML namespaces and the names made from them."""

from __future__ import annotations

from lxml import etree

from supportpoint.forms.markup import split_name

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
ODK = "http://www.opendatakit.org/xforms"
OPENROSA = "http://openrosa.org/xforms"
SUPPORT_POINT = "https://supportpoint.example/xforms/sp"


def xf(name: str) -> str:
    """Return lxml's name of an XForms element."""
    return f"{{{XFORMS}}}{name}"


def jr(name: str) -> str:
    """Return lxml's name of a JavaRosa attribute."""
    return f"{{{JAVAROSA}}}{name}"


def local_name(element: etree._Element) -> str:
    """Return the local name of an element, "" for comments and instructions."""
    return split_name(element.tag)[1] if isinstance(element.tag, str) else ""


def names_of(path: str) -> tuple[str, ...]:
    """Return the local names of a plain absolute path."""
    return tuple(part.rpartition(":")[2] for part in path.strip().strip("/").split("/") if part)
