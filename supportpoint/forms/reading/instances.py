"""The primary instance and the lists beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.markup import read_xml, to_node
from supportpoint.forms.parts import Names, Spec
from supportpoint.forms.reading.names import JAVAROSA, xf
from supportpoint.forms.tree import Node
from supportpoint.forms.xpath.context import document_of

MAX_ROWS = 100_000


def read_primary(model: etree._Element) -> tuple[Node, dict[Names, Spec]]:
    """Return the blank primary instance and its nodes by path.

    Errors: SP-301 when there is none.
    """
    instance = model.find(xf("instance"))
    roots = [child for child in instance if isinstance(child.tag, str)] if instance is not None else []
    if len(roots) != 1:
        raise SupportPointError("SP-301", element="instance")
    root = to_node(roots[0])
    specs: dict[Names, Spec] = {}
    _add_spec(root, None, specs)
    return root, specs


def _add_spec(node: Node, parent: Spec | None, specs: dict[Names, Spec]) -> None:
    names = (*(parent.names if parent else ()), node.name)
    spec = specs.get(names)
    if spec is None:
        spec = specs[names] = Spec(names, parent)
        if parent is not None:
            parent.children[node.name] = spec
    node.spec = spec
    for child in node.children:
        _add_spec(child, spec, specs)
    for child in [child for child in node.children if child.attribute("template", JAVAROSA) is not None]:
        node.remove(child)
        child.attributes = tuple(a for a in child.attributes if (a.name, a.uri) != ("template", JAVAROSA))
        if child.spec.template is None:
            child.spec.template = child


def read_lists(model: etree._Element, files: Mapping[str, bytes]) -> dict[str, Node]:
    """Return the secondary instances by id, each under a document node.

    Errors: SP-301 when a file is missing or cannot be read, SP-302 for a kind of file not known.
    """
    lists: dict[str, Node] = {}
    for instance in model.findall(xf("instance"))[1:]:
        name = instance.get("id") or ""
        source = instance.get("src")
        roots = [child for child in instance if isinstance(child.tag, str)]
        if roots:
            root = to_node(roots[0], fixed=True)
        elif source:
            root = _read_file(source, files)
        else:
            root = Node("root")
        lists[name] = document_of(root)
        lists[name].fixed = root.fixed = True
    return lists


def _read_file(source: str, files: Mapping[str, bytes]) -> Node:
    name = source.rpartition("/")[2]
    if source.startswith("jr://instance"):
        raise SupportPointError("SP-302", list=source)
    data = files.get(name)
    if data is None:
        raise SupportPointError("SP-301", file=name)
    if name.endswith(".csv"):
        return read_csv(name, data)
    if name.endswith(".geojson"):
        return _read_geojson(name, data)
    if name.endswith(".xml"):
        return to_node(read_xml(data), fixed=True)
    raise SupportPointError("SP-302", file=name)


def read_csv(name: str, data: bytes) -> Node:
    """Return a CSV list as `<root><item><column>`. Errors: SP-301 when it is no UTF-8 CSV with a header."""
    root = Node("root")
    try:
        text = data.decode("utf-8-sig")
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        header = [column.strip() for column in next(rows)]
        for count, row in enumerate(rows):
            if count >= MAX_ROWS:
                raise SupportPointError("SP-301", file=name, rows=count)
            if row:
                root.append(_item(zip(header, row, strict=False)))
    except (UnicodeDecodeError, csv.Error, StopIteration) as error:
        raise SupportPointError("SP-301", file=name) from error
    return root


def _item(columns: Any) -> Node:
    item = Node("item")
    item.fixed = True
    for column, text in columns:
        child = Node(column, text=text.strip())
        child.fixed = True
        item.append(child)
    return item


def _read_geojson(name: str, data: bytes) -> Node:
    root = Node("root")
    try:
        features = json.loads(data)["features"]
        for feature in features:
            columns = {**feature["properties"], "geometry": _point(feature["geometry"])}
            if "id" in feature:
                columns["id"] = feature["id"]
            root.append(_item((key, str(value)) for key, value in columns.items()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SupportPointError("SP-301", file=name) from error
    return root


def _point(geometry: Mapping[str, Any]) -> str:
    if geometry["type"] != "Point":
        return ""
    longitude, latitude = geometry["coordinates"][:2]
    return f"{latitude} {longitude} 0 0"
