"""Answering a form: FormSession."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from supportpoint.clock import Clock, make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.addresses import find_node, find_repeat, ref_of
from supportpoint.forms.definition import META_ID, FormDefinition
from supportpoint.forms.parts import Control, Repeat, Spec
from supportpoint.forms.render import Renderer
from supportpoint.forms.rules import check_fit, find_problem
from supportpoint.forms.state import MAX_REPEATS, State, ghost_of
from supportpoint.forms.submission import instance_id_of, read_answers, write_xml
from supportpoint.forms.tree import Node
from supportpoint.forms.view import (
    Changes,
    OutlineRow,
    OutlineSection,
    Page,
    PageKind,
    Problem,
    QuestionType,
    Value,
)
from supportpoint.forms.walk import Stop, list_stops
from supportpoint.forms.xpath.context import Context, Environment
from supportpoint.forms.xpath.values import to_boolean

_UPLOADS = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.FILE})
_ID_PREFIX = "uuid:"


class FormSession:
    """One person's answers to a form. Not safe for several threads at once."""

    def __init__(
        self,
        definition: FormDefinition,
        *,
        clock: Clock,
        instance_id: str | None = None,
        language: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        self._open(definition, definition.blank.copy(), clock, language, metadata or {})
        given = instance_id or str(make_uuid7(clock.now()))
        self._set_text(self._state.root.find(*META_ID), given if ":" in given else _ID_PREFIX + given)
        self._preload(metadata or {})
        self._state.perform(definition.actions.on_load, self._state.root)
        self._settle()

    @classmethod
    def from_xml(
        cls,
        definition: FormDefinition,
        xml: bytes,
        *,
        clock: Clock,
        language: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> FormSession:
        """Return a session with the answers of a draft or submission, everything recomputed.

        Errors: SP-309 when the answers are for another form or version, SP-310 when they cannot be read.
        """
        self = cls.__new__(cls)
        self._open(definition, read_answers(definition, xml), clock, language, metadata or {})
        self._settle()
        return self

    def _open(
        self,
        definition: FormDefinition,
        root: Node,
        clock: Clock,
        language: str | None,
        metadata: Mapping[str, str],
    ) -> None:
        self.definition = definition
        self._clock = clock
        env = Environment(root, definition.lists, clock.now)
        env.version = definition.version
        env.properties = metadata
        self._state = State(definition, root, env)
        self._render = Renderer(definition, self._state, "")
        self._stops: tuple[Stop, ...] | None = None
        self._opened = False
        self.set_language(language or definition.itext.default)

    @property
    def instance_id(self) -> str:
        """The id of this submission, without "uuid:"."""
        return instance_id_of(self._state.root).removeprefix(_ID_PREFIX)

    @property
    def language(self) -> str:
        """The code of the language that labels come in, "" for a form without translations."""
        return self._render.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The language codes of the form."""
        return self.definition.languages

    def set_language(self, language: str) -> None:
        """Change the language of all texts; one the form does not have falls back to its default."""
        found = self.definition.itext.resolve(language)
        self._render.language = found
        self._state.env.language = found or language
        if self._opened:
            self._state.reword()
            self._stops = None

    def pages(self) -> tuple[Page, ...]:
        """Return the relevant pages in order."""
        return tuple(self.page(index) for index in range(len(self._walk())))

    def page_count(self) -> int:
        """Return how many relevant pages there are now; cheaper than `len(pages())`."""
        return len(self._walk())

    def page(self, index: int) -> Page:
        """Return one page by its 0-based index. Errors: SP-305 when there is none."""
        stops = self._walk()
        if not 0 <= index < len(stops):
            raise SupportPointError("SP-305", page=index)
        stop = stops[index]
        ref, count = ref_of(stop.node), 0
        if stop.repeat is not None:
            name = stop.repeat.spec.names[-1]
            ref, count = f"{ref}/{name}", len(stop.node.by_name.get(name, ()))
        return Page(
            index=index,
            kind=stop.kind,
            ref=ref,
            section=self._render.text(stop.section.label, self._state.root),
            section_index=stop.section.number,
            section_count=stops[-1].section.number,
            questions=tuple(self._render.question(control, node) for control, node in stop.asked),
            repeat_count=count,
            can_add=stop.repeat is not None and count < MAX_REPEATS,
            can_remove=count > 0,
        )

    def page_index(self, ref: str) -> int:
        """Return the index of the page that asks a question. Errors: SP-305 when no relevant page does."""
        for index, stop in enumerate(self._walk()):
            if stop.repeat is not None and f"{ref_of(stop.node)}/{stop.repeat.spec.names[-1]}" == ref:
                return index
        node = find_node(self._state.document, ref)
        for index, stop in enumerate(self._walk()):
            if stop.node is node or any(asked is node for _, asked in stop.asked):
                return index
        raise SupportPointError("SP-305", ref=ref)

    def value(self, ref: str) -> Value:
        """Return the typed value of a node, relevant or not. Errors: SP-305."""
        node = find_node(self._state.document, ref)
        return datatypes.to_value(node.spec.kind, node.text)

    def is_relevant(self, ref: str) -> bool:
        """Return whether a node counts now. Errors: SP-305."""
        return find_node(self._state.document, ref).relevant

    def answer(self, ref: str, value: Value) -> Changes:
        """Store an answer and return what it changed.

        Shape:  `value` is typed or in the text form of XForms; None or "" takes the answer away.
                A broken rule of the form does not refuse the answer: it is `Changes.problem`.
        Errors: SP-305 for an unknown ref, SP-306 when the type or the choices cannot hold the value;
                nothing is changed then.
        """
        state = self._state
        node = find_node(state.document, ref)
        control = node.spec.control
        if node.children or node.spec.children:
            raise SupportPointError("SP-305", ref=ref)
        text = datatypes.to_lexical(node.spec.kind, value)
        if control is not None:
            check_fit(state, control, node, text)
        if state.set_value(node, text, datatypes.to_atom(node.spec.kind, text)):
            if node.spec.changed_actions:
                state.follow()  # an action sees what the answer has already changed
                state.perform(node.spec.changed_actions, node)
            self._stamp_end()
        problem = self._problem(control, node) if control is not None and node.text else None
        return self._collect(problem)

    def add_repeat(self, ref: str) -> Changes:
        """Add an instance after the others. `ref` names the repeat, a position in it is ignored.

        Errors: SP-305 when there is no such repeat, or no more may be added.
        """
        parent, spec = find_repeat(self._state.document, ref)
        repeat: Repeat = spec.repeat  # type: ignore[assignment]  # find_repeat made sure
        if repeat.fixed or len(parent.by_name.get(spec.names[-1], ())) >= MAX_REPEATS:
            raise SupportPointError("SP-305", ref=ref)
        self._state.add_repeat(parent, spec)
        self._stamp_end()
        return self._collect()

    def remove_repeat(self, ref: str) -> Changes:
        """Remove the instance of a repeat; those after it move up. Errors: SP-305."""
        node = find_node(self._state.document, ref)
        if node.spec.repeat is None or node.spec.repeat.fixed:
            raise SupportPointError("SP-305", ref=ref)
        self._state.remove_repeat(node)
        self._stamp_end()
        return self._collect()

    def recompute(self) -> Changes:
        """Compute everything anew, as after loading; nothing changes unless time or chance did."""
        self._state.recompute()
        return self._collect()

    def validate(self) -> tuple[Problem, ...]:
        """Return the problems of all relevant questions, in the order of the pages."""
        found = (self._problem(control, node) for stop in self._walk() for control, node in stop.asked)
        return tuple(problem for problem in found if problem is not None)

    def outline(self) -> tuple[OutlineSection, ...]:
        """Return the relevant questions by section; notes are left out."""
        sections: dict[int, tuple[str, list[OutlineRow]]] = {}
        for index, stop in enumerate(self._walk()):
            title = self._render.text(stop.section.label, self._state.root)
            rows = sections.setdefault(stop.section.number, (title, []))[1]
            rows += [
                self._row(control, node, index)
                for control, node in stop.asked
                if control.type is not QuestionType.NOTE
            ]
        return tuple(OutlineSection(title, tuple(rows)) for title, rows in sections.values() if rows)

    def attachment_names(self) -> tuple[str, ...]:
        """Return the file names that relevant answers hold, each once."""
        names: dict[str, None] = {}
        for node in self._state.root.walk():
            control = node.spec.control
            if node.text and node.relevant and control is not None and control.type in _UPLOADS:
                names[node.text] = None
        return tuple(names)

    def to_xml(self, *, whole: bool = False) -> bytes:
        """Return the submission as UTF-8 XML, non-relevant nodes left out; `whole` keeps them, for drafts."""
        return write_xml(self._state.root, whole=whole)

    def _row(self, control: Control, node: Node, index: int) -> OutlineRow:
        return OutlineRow(
            ref=ref_of(node),
            page_index=index,
            label=self._render.text(control.label, node),
            display=self._render.display(control, node),
            type=control.type,
            answered=bool(node.text),
            problem=self._problem(control, node),
        )

    def _problem(self, control: Control, node: Node) -> Problem | None:
        return find_problem(self._state, self._render, control, node)

    def _walk(self) -> tuple[Stop, ...]:
        if self._stops is None:
            self._stops = list_stops(self.definition.body.elements, self._state.document, self._is_open)
        return self._stops

    def _is_open(self, spec: Spec, parent: Node) -> bool:
        """Return whether a repeat without instances is relevant: asked of an instance that is not there."""
        if spec.relevant is None or spec.template is None:
            return True
        return to_boolean(spec.relevant.evaluate(Context(self._state.env, ghost_of(spec, parent))))

    def _settle(self) -> None:
        self._state.recompute()
        self._state.changed.clear()
        self._state.walk_changed = False
        self._stops = None
        self._opened = True
        self._offers = self._list_offers()

    def _list_offers(self) -> list[tuple[Node, str]]:
        """Return the repeats that hold nothing yet and are relevant: no node of theirs can tell."""
        return [
            (parent, spec.path)
            for spec in self.definition.offered
            for parent in self._state.reach(self._state.root, spec.names[:-1])
            if not parent.by_name.get(spec.names[-1]) and self._is_open(spec, parent)
        ]

    def _collect(self, problem: Problem | None = None) -> Changes:
        state = self._state
        state.run()
        refs = frozenset(ref_of(node) for node in state.changed if node.parent is not None)
        pages = state.walk_changed
        if self.definition.offered:
            before, self._offers = self._offers, self._list_offers()
            pages |= before != self._offers
        if pages:
            self._stops = None
        state.changed.clear()
        state.walk_changed = False
        return Changes(refs, pages, problem)

    def _set_text(self, node: Node | None, text: str) -> None:
        if node is not None:
            self._state.set_value(node, text, datatypes.to_atom(node.spec.kind, text))

    def _preload(self, metadata: Mapping[str, str]) -> None:
        for node in self._state.root.walk():
            text = self._preloaded(node.spec.preload, node.spec.preload_params, metadata)
            if text:
                self._set_text(node, datatypes.to_lexical(node.spec.kind, text))

    def _preloaded(self, preload: str, params: str, metadata: Mapping[str, str]) -> str:
        if preload == "timestamp":
            return self._now_text()
        if preload == "date":
            return self._now_text()[:10]
        return metadata.get(params, "") if preload == "property" else ""

    def _now_text(self) -> str:
        now: datetime = self._clock.now()
        return datatypes.moment_text(now.astimezone(self._state.env.zone))

    def _stamp_end(self) -> None:
        """Keep the time of the last edit where the form asks for its end."""
        for names in self.definition.stamped:
            for node in self._state.reach(self._state.root, names):
                self._set_text(node, self._now_text())


__all__ = ["FormSession", "PageKind"]
