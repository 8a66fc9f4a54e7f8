"""The words of a code that a form calculated: found in the choices that the calculation reads."""

from __future__ import annotations

from collections.abc import Iterator

from supportpoint.forms import FormDefinition
from supportpoint.forms.parts import Control, Spec, Text
from supportpoint.forms.tree import Node


def find_label(definition: FormDefinition, spec: Spec, code: str, language: str) -> str | None:
    """Return the label of `code` among the choices that the node's calculation comes from, None without one.

    The question that the node is named after (`ask_ethnic` for `ethnic`) is looked at first.
    """
    sources = list(_controls(definition, spec))
    near = {spec.names[-1], f"ask_{spec.names[-1]}"}
    sources.sort(key=lambda control: control.spec.names[-1] not in near)  # stable: nearest calculation first
    for control in sources:
        label = _label(definition, control, code, language)
        if label is not None:
            return label
    return None


def _controls(definition: FormDefinition, spec: Spec) -> Iterator[Control]:
    """Yield the questions with choices that a calculation reads, itself or through others, each once."""
    seen = {spec.names}
    waiting = [spec]
    for source in waiting:
        if source.calculate is None:
            continue
        for dependency in source.calculate.reads:
            found = definition.specs.get(dependency.names)
            if found is None or found.names in seen:
                continue
            seen.add(found.names)
            waiting.append(found)
            if found.control is not None and (found.control.items or found.control.itemset):
                yield found.control


def _label(definition: FormDefinition, control: Control, code: str, language: str) -> str | None:
    for item in control.items:
        if item.value == code:
            return _words(definition, item.label, language)
    if control.itemset is None or len(control.itemset.path) != 1:
        return None
    document = definition.lists.get(control.itemset.source)
    root = document.find("root") if document is not None else None
    if root is None:
        return None
    [key] = control.itemset.path
    rows = root.index("item", key).get(code)
    return _row_words(definition, rows[0], key, language) if rows else None


def _row_words(definition: FormDefinition, row: Node, key: str, language: str) -> str | None:
    text_id = row.find("itextId")
    if text_id is not None:
        return _words(definition, Text(itext=text_id.text), language)
    label = row.find("label") or (row.find("name") if key != "name" else None)
    return label.text if label is not None else None


def _words(definition: FormDefinition, text: Text, language: str) -> str:
    """Return a label without its outputs, as choices have none."""
    itext = definition.itext
    segments = itext.find(text.itext, "", itext.resolve(language)) if text.itext else text.segments
    return "".join(segment for segment in segments or () if isinstance(segment, str))
