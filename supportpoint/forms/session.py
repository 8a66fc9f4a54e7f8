"""Answering a form: FormSession."""

from __future__ import annotations

from collections.abc import Mapping

from supportpoint.clock import Clock, make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.addresses import find_node, find_repeat, ref_of
from supportpoint.forms.definition import META_ID, FormDefinition
from supportpoint.forms.money import parse_vnd
from supportpoint.forms.pages import Pages
from supportpoint.forms.parts import Control
from supportpoint.forms.render import Renderer
from supportpoint.forms.rules import check_fit, would_stand
from supportpoint.forms.state import MAX_REPEATS, State
from supportpoint.forms.submission import instance_id_of, read_answers, write_xml
from supportpoint.forms.tree import Node
from supportpoint.forms.view import Changes, OutlineSection, Page, Problem, QuestionType, Value
from supportpoint.forms.xpath.context import Environment

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
        root = definition.blank.copy()
        env = _environment(definition, root, clock, metadata)
        self._open(definition, root, env, language, read=False)
        given = instance_id or str(make_uuid7(clock.now()))
        node = self._state.root.find(*META_ID)
        if node is not None:
            self._state.set_text(node, given if ":" in given else _ID_PREFIX + given)
        self._state.preload(root)
        self._state.load()
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
        root = read_answers(definition, xml)
        env = _environment(definition, root, clock, metadata)
        self._open(definition, root, env, language, read=True)
        self._settle()
        self._state.trims = True
        return self

    def _open(
        self,
        definition: FormDefinition,
        root: Node,
        env: Environment,
        language: str | None,
        *,
        read: bool,
    ) -> None:
        self.definition = definition
        self._state = State(definition, root, env, read=read)
        self._render = Renderer(definition, self._state, "")
        self._pages = Pages(self._state, self._render)
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
            self._pages.update()

    def pages(self) -> tuple[Page, ...]:
        """Return the relevant pages in order."""
        return tuple(self.page(index) for index in range(self.page_count()))

    def page_count(self) -> int:
        """Return how many relevant pages there are now; cheaper than `len(pages())`."""
        return len(self._pages.stops())

    def page(self, index: int) -> Page:
        """Return one page by its 0-based index. Errors: SP-305 when there is none."""
        return self._pages.draw(index)

    def page_index(self, ref: str) -> int:
        """Return the index of the page that asks a question. Errors: SP-305 when no relevant page does."""
        return self._pages.index_of(ref)

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
        text = _to_text(node.spec.kind, value, control)
        if control is not None:
            check_fit(state, control, node, text)
        if state.set_text(node, text):
            self._follow_up(node)
        state.run()
        problem = self._pages.problem(control, node) if control is not None and node.text else None
        return self._report(problem)

    def allows(self, ref: str, text: str) -> bool:
        """Return whether the constraint of a question would let an answer stand; nothing is changed.

        Shape:  `text` is in the text form of XForms. What is computed from the answer keeps its value of now.
        Errors: SP-305 for an unknown ref.
        """
        return would_stand(self._state, find_node(self._state.document, ref), text)

    def _follow_up(self, node: Node) -> None:
        self._state.stamp_end()
        if not node.spec.changed_actions:
            return
        self._state.follow()  # an action sees what the answer has already changed
        try:
            self._state.perform(node.spec.changed_actions, node)
        except SupportPointError:
            self._collect()
            raise

    def add_repeat(self, ref: str, *, after: int | None = None) -> Changes:
        """Add an instance of a repeat. `ref` names the repeat, a position in it is ignored.

        Shape:  behind the instance at position `after`, 0 for the first place, else behind all others.
        Errors: SP-305 when there is no such repeat or position, or no more may be added.
        """
        state = self._state
        parent, spec = find_repeat(state.document, ref)
        fixed = spec.repeat is None or spec.repeat.fixed
        peers = parent.by_name.get(spec.names[-1], [])
        if fixed or len(peers) >= MAX_REPEATS or not 0 <= (after or 0) <= len(peers):
            raise SupportPointError("SP-305", ref=ref)
        state.add_repeat(parent, spec, after)
        state.stamp_end()
        return self._collect()

    def remove_repeat(self, ref: str) -> Changes:
        """Remove the instance of a repeat; those after it move up.

        Errors: SP-305 when there is none, or the form fixes how many there are.
        """
        state = self._state
        node = find_node(state.document, ref)
        spec, parent = node.spec, node.parent
        if spec.repeat is None or parent is None:
            raise SupportPointError("SP-305", ref=ref)
        if spec.repeat.fixed and not state.has_surplus(spec, parent):
            raise SupportPointError("SP-305", ref=ref)
        state.remove_repeat(node)
        state.stamp_end()
        return self._collect()

    def recompute(self) -> Changes:
        """Compute everything anew, as after loading; no value changes unless time or chance did."""
        self._state.recompute()
        return self._report()

    def validate(self) -> tuple[Problem, ...]:
        """Return the problems of all relevant questions, in the order of the pages."""
        return self._pages.problems()

    def outline(self) -> tuple[OutlineSection, ...]:
        """Return the relevant questions by section; notes are left out."""
        return self._pages.outline()

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

    def _settle(self) -> None:
        self._state.recompute()
        self._state.changed.clear()
        self._opened = True
        self._pages.update()

    def _collect(self) -> Changes:
        self._state.run()
        return self._report()

    def _report(self, problem: Problem | None = None) -> Changes:
        changed = self._state.changed
        refs = frozenset(ref_of(node) for node in changed if node.parent is not None)
        changed.clear()
        return Changes(refs, self._pages.update(), problem)


def _to_text(kind: str, value: Value, control: Control | None) -> str:
    """Return an answer as the submission writes it; a price may come as people say it. Errors: SP-306."""
    if control is not None and kind == "int" and control.money and isinstance(value, str) and value.strip():
        amount = parse_vnd(value)
        if amount is None:
            raise SupportPointError("SP-306", type=kind)
        value = amount
    return datatypes.to_lexical(kind, value)


def _environment(
    definition: FormDefinition, root: Node, clock: Clock, metadata: Mapping[str, str] | None
) -> Environment:
    env = Environment(root, definition.lists, clock.now)
    env.version = definition.version
    env.properties = metadata or {}
    return env
