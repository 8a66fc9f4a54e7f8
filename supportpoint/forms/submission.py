"""Answers as XML and back."""

from __future__ import annotations

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.definition import META_ID, FormDefinition
from supportpoint.forms.markup import read_xml, split_name
from supportpoint.forms.reading.names import OPENROSA, SUPPORT_POINT, XFORMS
from supportpoint.forms.tree import Node

_MAX_REPEATS = 1_000


def write_xml(root: Node, *, whole: bool = False) -> bytes:
    """Return the submission: UTF-8, non-relevant nodes left out unless `whole`, no form settings."""
    element = etree.Element(_tag(root), nsmap={"orx": OPENROSA})
    _write(root, element, whole=whole)
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True)


def _tag(node: Node) -> str:
    return node.name if node.uri in {"", XFORMS} else f"{{{node.uri}}}{node.name}"


def _write(node: Node, element: etree._Element, *, whole: bool) -> None:
    for attribute in node.attributes:
        if attribute.uri != SUPPORT_POINT:
            name = f"{{{attribute.uri}}}{attribute.name}" if attribute.uri else attribute.name
            element.set(name, attribute.text)
    if node.text and not node.children:
        element.text = node.text
    for child in node.children:
        if child.relevant or whole:
            _write(child, etree.SubElement(element, _tag(child)), whole=whole)


def read_answers(definition: FormDefinition, data: bytes) -> Node:
    """Return the instance with the answers of a submission.

    Shape:  nodes the submission leaves out keep the form's defaults; repeats have as many
            instances as the submission.
    Errors: SP-310 when it is no XML or holds nodes the form does not have, SP-309 when it is for
            another form or version.
    """
    element = read_xml(data, "SP-310")
    blank = definition.blank
    if split_name(str(element.tag))[1] != blank.name or element.get("id", "") != definition.form_id:
        raise SupportPointError("SP-309", form_id=definition.form_id)
    if element.get("version", "") != definition.version:
        raise SupportPointError("SP-309", form_id=definition.form_id, version=definition.version)
    root = blank.copy()
    _read(element, root)
    return root


def _read(element: etree._Element, node: Node) -> None:
    groups: dict[str, list[etree._Element]] = {}
    for child in element:
        if isinstance(child.tag, str):
            groups.setdefault(split_name(child.tag)[1], []).append(child)
    unknown = set(groups) - set(node.spec.children)
    if unknown:
        raise SupportPointError("SP-310", within=node.spec.path)
    if not node.spec.children:
        node.text = element.text or ""
        node.atom = datatypes.to_atom(node.spec.kind, node.text)
    for name, spec in node.spec.children.items():
        found = groups.get(name, [])
        if spec.repeat is not None:
            _match_instances(node, spec.names[-1], len(found))
        elif len(found) > 1:
            raise SupportPointError("SP-310", within=spec.path)
        for child, target in zip(found, node.by_name.get(name, ()), strict=False):
            _read(child, target)


def _match_instances(parent: Node, name: str, wanted: int) -> None:
    """Give a repeat as many instances as the submission holds."""
    spec = parent.spec.children[name]
    if wanted > _MAX_REPEATS or (wanted and spec.template is None):
        raise SupportPointError("SP-310", within=spec.path)
    have = list(parent.by_name.get(name, ()))
    for node in have[wanted:]:
        parent.remove(node)
    before = list(parent.spec.children)
    names = frozenset(before[: before.index(name) + 1])
    for _ in range(wanted - len(have)):
        instance = spec.template.copy()
        for node in instance.walk():
            node.relevant = True
        parent.insert_after(instance, None, names)


def instance_id_of(root: Node) -> str:
    """Return the text of meta/instanceID, "" when it is empty."""
    node = root.find(*META_ID)
    return node.text if node is not None else ""
