"""Pages, outline and problems of a session: everything that follows the walk through the form."""

from __future__ import annotations

from supportpoint.errors import SupportPointError
from supportpoint.forms.addresses import find_node, ref_of
from supportpoint.forms.parts import Control, Spec
from supportpoint.forms.render import Renderer
from supportpoint.forms.repeats import ghost_of
from supportpoint.forms.rules import find_problem
from supportpoint.forms.state import MAX_REPEATS, State
from supportpoint.forms.tree import Node
from supportpoint.forms.view import OutlineRow, OutlineSection, Page, Problem, QuestionType
from supportpoint.forms.walk import Section, Stop, list_stops
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.values import to_boolean


class Pages:
    """The walk as it is now; `update` lets go of it when relevance or repeats have changed."""

    def __init__(self, state: State, renderer: Renderer) -> None:
        self._state = state
        self._render = renderer
        self._stops: tuple[Stop, ...] | None = None
        self._offers: list[tuple[Node, str]] = []

    def update(self) -> bool:
        """Take note of the changes of the state; return whether the walk may have changed."""
        changed = self._state.walk_changed
        self._state.walk_changed = False
        if self._state.definition.offered:
            before, self._offers = self._offers, self._list_offers()
            changed |= before != self._offers
        if changed:
            self._stops = None
        return changed

    def stops(self) -> tuple[Stop, ...]:
        """Return the relevant pages in order, not yet drawn."""
        if self._stops is None:
            elements = self._state.definition.body.elements
            self._stops = list_stops(elements, self._state.document, self)
        return self._stops

    def draw(self, index: int) -> Page:
        """Return one page by its 0-based index. Errors: SP-305 when there is none."""
        stops = self.stops()
        if not 0 <= index < len(stops):
            raise SupportPointError("SP-305", page=index)
        stop = stops[index]
        name = stop.repeat.spec.names[-1] if stop.repeat is not None else ""
        count = len(stop.node.by_name.get(name, ()))
        return Page(
            index=index,
            kind=stop.kind,
            ref=_ref(stop),
            section=self._title(stop.section),
            section_index=stop.section.number,
            section_count=stops[-1].section.number,
            questions=tuple(self._render.question(control, node) for control, node in stop.asked),
            repeat_count=count,
            can_add=stop.repeat is not None and not stop.repeat.fixed and count < MAX_REPEATS,
            can_remove=count > 0,
        )

    def index_of(self, ref: str) -> int:
        """Return the index of the page that asks a question. Errors: SP-305 when no relevant page does."""
        stops = self.stops()
        for index, stop in enumerate(stops):
            if stop.repeat is not None and _ref(stop) == ref:
                return index
        node = find_node(self._state.document, ref)
        for index, stop in enumerate(stops):
            alone = stop.repeat is None and stop.node is node
            if alone or any(asked is node for _, asked in stop.asked):
                return index
        raise SupportPointError("SP-305", ref=ref)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of all relevant questions, in the order of the pages."""
        found = (self.problem(control, node) for stop in self.stops() for control, node in stop.asked)
        return tuple(problem for problem in found if problem is not None)

    def problem(self, control: Control, node: Node) -> Problem | None:
        """Return what is wrong with one answer, None when it can stand."""
        return find_problem(self._state, self._render, control, node)

    def outline(self) -> tuple[OutlineSection, ...]:
        """Return the relevant questions by section; notes are left out."""
        sections: dict[int, tuple[str, list[OutlineRow]]] = {}
        for index, stop in enumerate(self.stops()):
            title = self._title(stop.section)
            rows = sections.setdefault(stop.section.number, (title, []))[1]
            rows += [
                self._row(control, node, index)
                for control, node in stop.asked
                if control.type is not QuestionType.NOTE
            ]
        return tuple(OutlineSection(title, tuple(rows)) for title, rows in sections.values() if rows)

    def _title(self, section: Section) -> str:
        return self._render.text(section.label, section.node or self._state.root)

    def _row(self, control: Control, node: Node, index: int) -> OutlineRow:
        return OutlineRow(
            ref=ref_of(node),
            page_index=index,
            label=self._render.text(control.label, node),
            display=self._render.display(control, node),
            type=control.type,
            answered=bool(node.text),
            problem=self.problem(control, node),
        )

    def _list_offers(self) -> list[tuple[Node, str]]:
        """Return the repeats that hold nothing yet and are relevant: no node of theirs can tell."""
        return [
            (parent, spec.path)
            for spec in self._state.definition.offered
            for parent in self._state.reach(self._state.root, spec.names[:-1])
            if not parent.by_name.get(spec.names[-1]) and self.is_open(spec, parent)
        ]

    def has_surplus(self, spec: Spec, parent: Node) -> bool:
        """Return whether a counted repeat has more instances than its count asks for: they can be removed."""
        return self._state.has_surplus(spec, parent)

    def is_open(self, spec: Spec, parent: Node) -> bool:
        """Return whether a repeat without instances is relevant: asked of an instance that is not there."""
        if spec.relevant is None or spec.template is None:
            return True
        return to_boolean(spec.relevant.evaluate(Context(self._state.env, ghost_of(spec, parent))))


def _ref(stop: Stop) -> str:
    ref = ref_of(stop.node)
    return ref if stop.repeat is None else f"{ref}/{stop.repeat.spec.names[-1]}"
