"""Reads a document of a case as the DOM the cases were recorded over.

Unlike the forms' own reading it keeps every text, comment and instruction, those beside the root
element too. A DOM has nodes that XPath 1.0 knows nothing of, and the paths in the cases count them: a
CDATA section as a text, the document type as an instruction. They are kept so here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from supportpoint.forms.tree import Kind, Node
from supportpoint.forms.xpath import Context, Environment, compile_expression

_STEP = re.compile(r"/(?:@(?:Q\{(?P<uri>[^}]*)\})?(?P<name>[^/\[]+)|(?P<kind>[^/\[]+)\[(?P<place>\d+)\])")
_PATH = re.compile(r"(?:/(?:@(?:Q\{[^}]*\})?[^/\[]+|(?:\*|[a-z-]+\(\))\[\d+\]))+")
_KINDS = {
    "*": Kind.ELEMENT,
    "text()": Kind.TEXT,
    "comment()": Kind.COMMENT,
    "processing-instruction()": Kind.INSTRUCTION,
}
_KIND_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass
class Document:
    """The document node, and the prefixes its elements declare."""

    node: Node = field(default_factory=lambda: Node(kind=Kind.DOCUMENT))
    uris: dict[str, str] = field(default_factory=dict)


class _Reader:
    def __init__(self) -> None:
        self.document = Document()
        self.here = self.document.node
        self.texts: list[str] = []

    def read(self, xml: str) -> Document:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.texts.append
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = self.flush
        parser.StartDoctypeDeclHandler = lambda name, *_: self.instruction(name, "")
        parser.CommentHandler = self.comment
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartNamespaceDeclHandler = self.declare
        parser.Parse(xml, True)  # the last piece
        return self.document

    def declare(self, prefix: str | None, uri: str | None) -> None:
        self.document.uris.setdefault(prefix or "", uri or "")

    def flush(self) -> None:
        if self.texts:
            self.here.append(Node(kind=Kind.TEXT, text="".join(self.texts)))
            self.texts.clear()

    def start(self, name: str, attributes: list[str]) -> None:
        self.flush()
        uri, local = _split(name)
        node = Node(local, uri=uri)
        for at in range(0, len(attributes), 2):
            uri, local = _split(attributes[at])
            node.add_attribute(local, attributes[at + 1], uri)
        self.here.append(node)
        self.here = node

    def end(self, _name: str) -> None:
        self.flush()
        assert self.here.parent is not None
        self.here = self.here.parent

    def comment(self, text: str) -> None:
        self.flush()
        self.here.append(Node(kind=Kind.COMMENT, text=text))

    def instruction(self, target: str, text: str) -> None:
        self.flush()
        self.here.append(Node(target, kind=Kind.INSTRUCTION, text=text))


def _split(name: str) -> tuple[str, str]:
    """Return (uri, local name) of expat's `uri local prefix`."""
    parts = name.split(" ")
    return (parts[0], parts[1]) if len(parts) > 1 else ("", name)


def read_document(xml: str) -> Document:
    """Return the document of an XML text. Errors: expat.ExpatError."""
    return _Reader().read(xml)


def locate(document: Node, path: str | None) -> Node:
    """Return the node at a path such as `/*[1]/text()[2]` or `/*[1]/@id`; others are asked of the engine.

    Errors: LookupError when there is none, SupportPointError for what is no path.
    """
    path = path or "/"
    if path != "/" and not _PATH.fullmatch(path):
        found = compile_expression(path)(Context(Environment(document), document))
        return found[0]
    node = document
    for step in _STEP.finditer(path):
        if step["name"] is not None:
            found = [n for n in node.attributes if n.name == step["name"] and n.uri == (step["uri"] or "")]
            node = found[0]
        else:
            node = [child for child in node.children if child.kind is _KINDS[step["kind"]]][
                int(step["place"]) - 1
            ]
    return node


def path_of(node: Node) -> str:
    """Return the path that `locate` finds a node by."""
    parts: list[str] = []
    while node.parent is not None:
        if node.kind is Kind.ATTRIBUTE:
            parts.append(f"@Q{{{node.uri}}}{node.name}" if node.uri else f"@{node.name}")
        else:
            peers = [child for child in node.parent.children if child.kind is node.kind]
            parts.append(f"{_KIND_NAMES[node.kind]}[{next(i for i, p in enumerate(peers, 1) if p is node)}]")
        node = node.parent
    return "/" + "/".join(reversed(parts))
