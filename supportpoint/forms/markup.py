"""Reads XML into the light tree. Entities, network and huge trees are off."""

from __future__ import annotations

from typing import Any

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Kind, Node

MAX_XML_BYTES = 16 * 1024 * 1024


def read_xml(data: bytes, code: str = "SP-301") -> etree._Element:
    """Return the root element of an XML text.

    Errors: `code` when it is no XML, over 16 MiB, or declares entities.
    """
    if len(data) > MAX_XML_BYTES:
        raise SupportPointError(code, size_bytes=len(data))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SupportPointError(code, line=getattr(error, "lineno", 0)) from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise SupportPointError(code, entities=True)
    return root


def split_name(tag: str) -> tuple[str, str]:
    """Return (uri, local name) of lxml's `{uri}name`."""
    if tag[0] == "{":
        uri, _, name = tag[1:].partition("}")
        return uri, name
    return "", tag


def to_node(element: etree._Element, *, fixed: bool = False) -> Node:
    """Return an element as node tree; text between elements is dropped, leaves keep theirs."""
    uri, name = split_name(str(element.tag))
    node = Node(name, uri=uri)
    node.fixed = fixed
    for key, value in element.attrib.items():
        attribute_uri, attribute = split_name(str(key))
        node.add_attribute(attribute, str(value), attribute_uri)
    for child in element:
        if isinstance(child.tag, str):
            node.append(to_node(child, fixed=fixed))
    if not node.children:
        node.text = "".join((element.text or "", *(child.tail or "" for child in element)))
    return node


def to_full_node(element: etree._Element) -> Node:
    """Return an element with every text, comment and instruction as nodes of their own."""
    uri, name = split_name(str(element.tag))
    node = Node(name, uri=uri)
    for key, value in element.attrib.items():
        attribute_uri, attribute = split_name(str(key))
        node.add_attribute(attribute, str(value), attribute_uri)
    if element.text:
        node.append(Node(kind=Kind.TEXT, text=element.text))
    for child in element:
        if isinstance(child, etree._Comment):  # noqa: SLF001  # lxml names its comment class so
            node.append(Node(kind=Kind.COMMENT, text=child.text or ""))
        elif isinstance(child, etree._ProcessingInstruction):  # noqa: SLF001
            node.append(Node(str(child.target), kind=Kind.INSTRUCTION, text=child.text or ""))
        elif isinstance(child.tag, str):
            node.append(to_full_node(child))
        if child.tail:
            node.append(Node(kind=Kind.TEXT, text=child.tail))
    return node
