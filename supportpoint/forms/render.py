"""Draws questions: labels in the current language, choices, and answers as words."""

from __future__ import annotations

from datetime import date, datetime, time

from supportpoint.forms import datatypes
from supportpoint.forms.addresses import ref_of
from supportpoint.forms.definition import FormDefinition
from supportpoint.forms.money import money_words
from supportpoint.forms.parts import Control, Itemset, Segments, Text
from supportpoint.forms.reading.names import names_of
from supportpoint.forms.state import State, value_of
from supportpoint.forms.tree import Node
from supportpoint.forms.view import Choice, Media, Question, QuestionType, Value
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.values import to_boolean, to_string


class Renderer:
    """Turns nodes and controls into views. Holds the language; choices of whole lists are kept."""

    def __init__(self, definition: FormDefinition, state: State, language: str) -> None:
        self.definition = definition
        self.state = state
        self.language = language
        #: the itext texts that are being put together
        self._open: set[str] = set()
        self._lists: dict[tuple[str, str], tuple[Choice, ...]] = {}
        state.env.find_text = self.find_text
        state.env.find_choice = self.find_choice

    def find_text(self, key: str) -> str:
        """Return an itext text in the current language, its key when there is none or it holds itself."""
        segments = self.definition.itext.find(key, "", self.language)
        if segments is None or key in self._open:
            return key
        self._open.add(key)
        try:
            return self.join(segments, self.state.root)
        finally:
            self._open.discard(key)

    def text(self, text: Text, node: Node, form: str = "") -> str:
        """Return a label, hint or message as it reads at a node; `form` picks guidance from a hint."""
        if form and not text.itext:
            return ""
        if text.evaluate is not None and not text.itext:
            return to_string(text.evaluate(Context(self.state.env, node)))
        return self.join(self._segments(text, form), node)

    def said(self, text: Text, node: Node) -> str:
        """Return a text as it may be spoken: of the answers in it only small numbers."""
        if text.evaluate is not None and not text.itext:
            return ""
        parts = (
            part if isinstance(part, str) else _small_number(self.join((part,), node))
            for part in self._segments(text)
        )
        return "".join(parts)

    def _segments(self, text: Text, form: str = "") -> Segments:
        if not text.itext:
            return text.segments
        return self.definition.itext.find(text.itext, form, self.language) or ()

    def join(self, segments: Segments, node: Node) -> str:
        """Return text with the values of its outputs."""
        parts: list[str] = []
        for segment in segments:
            if isinstance(segment, str):
                parts.append(segment)
            else:
                home = node.spec.names if node.spec is not None else ()
                rule = self.definition.output(segment, home)
                parts.append(to_string(rule.evaluate(Context(self.state.env, node))))
        return "".join(parts)

    def media(self, key: str) -> Media:
        """Return the picture and sound of an itext text."""
        if not key:
            return Media()
        return Media(self._file(key, "big-image") or self._file(key, "image"), self._file(key, "audio"))

    def _file(self, key: str, form: str) -> str | None:
        segments = self.definition.itext.find(key, form, self.language)
        if not segments or not isinstance(segments[0], str):
            return None
        return segments[0].rpartition("/")[2] or None

    def question(self, control: Control, node: Node) -> Question:
        """Return a question as it stands now."""
        spec = control.spec
        context = Context(self.state.env, node)
        return Question(
            ref=ref_of(node),
            name=node.name,
            type=control.type,
            label=self.text(control.label, node),
            hint=self.text(control.hint, node),
            guidance=self.text(control.hint, node, "guidance"),
            said=(self.said(control.label, node), self.said(control.hint, node)),
            appearance=control.appearance,
            value=datatypes.to_value(spec.kind, node.text),
            display=self.display(control, node),
            required=spec.required is not None and to_boolean(spec.required.evaluate(context)),
            readonly=self.readonly(control, context),
            choices=self.choices(control, node),
            media=self.media(control.label.itext),
            attributes=spec.attributes,
            bounds=control.bounds,
            autoplay=control.autoplay,
        )

    def readonly(self, control: Control, context: Context) -> bool:
        """Return whether a question only shows its value: note, calculation, or a rule here or above."""
        if control.type is QuestionType.NOTE or control.spec.calculate is not None:
            return True
        node: Node | None = context.node
        while node is not None and node.spec is not None:
            rule = node.spec.readonly
            if rule is not None and to_boolean(rule.evaluate(Context(self.state.env, node))):
                return True
            node = node.parent
        return False

    def choices(self, control: Control, node: Node) -> tuple[Choice, ...]:
        """Return the choices of a question as they stand now."""
        if control.itemset is None:
            return tuple(
                Choice(item.value, self.text(item.label, node), self.media(item.label.itext))
                for item in control.items
            )
        itemset = control.itemset
        if itemset.nodes.reads or "random" in itemset.nodes.source:
            return self._listed(itemset, node)
        key = (self.language, itemset.nodes.source)
        found = self._lists.get(key)
        if found is None:
            found = self._lists[key] = self._listed(itemset, node)
        return found

    def _listed(self, itemset: Itemset, node: Node) -> tuple[Choice, ...]:
        env = self.state.env
        found: list[Choice] = []
        for item in self.state.choices_of(itemset, node):
            value = value_of(itemset, item)
            context = Context(env, item)
            if itemset.key is None:
                found.append(Choice(value, to_string(itemset.label(context))))
                continue
            key = to_string(itemset.key(context))
            segments = self.definition.itext.find(key, "", self.language)
            label = value if segments is None else self.join(segments, node)
            found.append(Choice(value, label, self.media(key)))
        return tuple(found)

    def find_choice(self, path: str, value: str, node: Node) -> str:
        """Return the label of a choice of the question at `path`, the value itself when there is none."""
        names = names_of(path) if path.startswith("/") else self._relative(path, node)
        spec = self.definition.specs.get(names)
        if spec is None or spec.control is None:
            return value
        places = self.state.reach(node, names) if node.spec is not None else []
        return self.choice_label(spec.control, places[0] if places else node, value)

    def _relative(self, path: str, node: Node) -> tuple[str, ...]:
        names: tuple[str, ...] = node.spec.names if node.spec is not None else ()
        for part in path.split("/"):
            if part == "..":
                names = names[:-1]
            elif part not in {".", ""}:
                names = (*names, part.rpartition(":")[2])
        return names

    def choice_label(self, control: Control, node: Node, value: str) -> str:
        """Return the label of one choice, the value itself when there is none."""
        itemset = control.itemset
        if itemset is None:
            found = next((item for item in control.items if item.value == value), None)
            return self.text(found.label, node) if found is not None else value
        items = self._items_with(itemset, value)
        if items is None:
            return next((c.label for c in self.choices(control, node) if c.value == value), value)
        return to_string(itemset.label(Context(self.state.env, items[0]))) if items else value

    def _items_with(self, itemset: Itemset, value: str) -> list[Node] | None:
        """Return the items of a value straight from the list; None when it is not a plain list."""
        document = self.state.env.instances.get(itemset.source)
        root = document.find("root") if document is not None else None
        if root is None or len(itemset.path) != 1:
            return None
        return root.index("item", itemset.path[0]).get(value, [])

    def display(self, control: Control, node: Node) -> str:
        """Return the answer as words: labels of choices, dates as dd/mm/yyyy, text as it is."""
        text = node.text
        if not text:
            return ""
        if control.type is QuestionType.SELECT_ONE:
            return self.choice_label(control, node, text)
        if control.type is QuestionType.SELECT_MULTIPLE:
            return ", ".join(self.choice_label(control, node, word) for word in text.split())
        if "sp:partial-date" in control.appearance:
            return "/".join(reversed(text.split("-")))
        value = datatypes.to_value(control.spec.kind, text)
        if control.money and isinstance(value, int):
            return money_words(value)
        return value_words(value, text)


def _small_number(text: str) -> str:
    """Return a number below ten thousand as it is, "" for anything else."""
    return text if text.isdecimal() and len(text) <= 4 else ""


def value_words(value: Value, text: str) -> str:
    """Return a date or time the Vietnamese way, everything else as it is written."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return text
