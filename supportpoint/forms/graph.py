"""Which rule must follow which: the dependency graph of a form, in the order of computation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from supportpoint.errors import SupportPointError
from supportpoint.forms.parts import Dependency, Names, Rule, Spec


class Effect(StrEnum):
    """What a computed rule changes."""

    COUNT = "count"
    RELEVANT = "relevant"
    CALCULATE = "calculate"
    CHOICES = "choices"


@dataclass(slots=True, eq=False)
class Trigger:
    """A rule that recomputes: of which node, with what effect. `index` is its place in the order.

    `self_reading` marks a calculation that reads the same node of other repeat instances,
    `feedback` a count that depends on answers in its own repeat ("one more while the last says so"),
    `single` a rule that runs for one node only, as no repeat is above it. `home` is the path of the
    nodes that the rule runs for: a count runs for the parent of its repeat.
    """

    effect: Effect
    spec: Spec
    rule: Rule
    index: int = 0
    self_reading: bool = False
    feedback: bool = False
    single: bool = False
    home: Names = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.spec.names[:-1] if self.effect is Effect.COUNT else self.spec.names


@dataclass(slots=True)
class Readers:
    """Triggers to mark together: those of one node as bits of `singles`, the others with their anchors."""

    singles: int = 0
    others: dict[Trigger, int] = field(default_factory=dict)

    def add(self, trigger: Trigger, anchor: int) -> None:
        """Add a trigger. Of two anchors the one higher up wins, it covers the other."""
        if trigger.single:
            self.singles |= 1 << trigger.index
        else:
            self.others[trigger] = min(anchor, self.others.get(trigger, anchor))


_WORDED = ("jr:itext", "jr:choice-name", "format-date")

Dependents = dict[Names, Readers]


@dataclass(slots=True)
class Graph:
    """The triggers in order, and for each path who reads it; `within` also who reads what is below it.

    `own` are the triggers at or below a path, `relevance` those of them that decide on relevance below
    it. `worded` lists those whose result depends on the language.
    """

    triggers: list[Trigger] = field(default_factory=list)
    feedbacks: list[Trigger] = field(default_factory=list)
    worded: list[Trigger] = field(default_factory=list)
    dependents: Dependents = field(default_factory=dict)
    within: Dependents = field(default_factory=dict)
    own: dict[Names, list[Trigger]] = field(default_factory=dict)
    relevance: Dependents = field(default_factory=dict)


def make_graph(specs: Mapping[Names, Spec]) -> Graph:
    """Return the graph of all rules that recompute.

    Errors: SP-304 with the paths of a circle.
    """
    triggers = _list_triggers(specs.values())
    for spec in specs.values():
        _check_own(spec)
    ordered = _sort(triggers)
    graph = Graph(ordered, [trigger for trigger in ordered if trigger.feedback])
    graph.worded = [t for t in ordered if any(word in t.rule.source for word in _WORDED)]
    for index, trigger in enumerate(ordered):
        trigger.index = index
        place = trigger.spec.parent if trigger.effect is Effect.COUNT else trigger.spec
        trigger.single = place is not None and place.single
        names = trigger.spec.names
        for depth in range(1, trigger.spec.depth + 1):
            graph.own.setdefault(names[:depth], []).append(trigger)
            if trigger.effect is Effect.RELEVANT and depth < trigger.spec.depth:
                graph.relevance.setdefault(names[:depth], Readers()).add(trigger, depth)
        for read in trigger.rule.reads:
            anchor = min(read.anchor, len(trigger.home))
            graph.dependents.setdefault(read.names, Readers()).add(trigger, anchor)
        for read in _reads(trigger):
            anchor = min(read.anchor, len(trigger.home))
            for depth in range(1, len(read.names) + 1):
                graph.within.setdefault(read.names[:depth], Readers()).add(trigger, anchor)
    return graph


def is_computed(relevant: Rule | None) -> bool:
    """Return whether a rule of relevance must be asked; most say nothing or true()."""
    return relevant is not None and relevant.source.strip() != "true()"


def _list_triggers(specs: Iterable[Spec]) -> list[Trigger]:
    found: list[Trigger] = []
    for spec in specs:
        if spec.repeat is not None and spec.repeat.count is not None:
            found.append(Trigger(Effect.COUNT, spec, spec.repeat.count))
        if spec.relevant is not None and is_computed(spec.relevant):
            found.append(Trigger(Effect.RELEVANT, spec, spec.relevant))
        if spec.calculate is not None:
            found.append(Trigger(Effect.CALCULATE, spec, spec.calculate))
        control = spec.control
        if control is not None and control.itemset is not None:
            found.append(Trigger(Effect.CHOICES, spec, control.itemset.nodes))
    return found


def _check_own(spec: Spec) -> None:
    """Make sure that no rule but the constraint reads the node it stands at, as JavaRosa has it.

    Errors: SP-304. Reading the same node of another repeat instance is no circle.
    """
    for rule in (spec.calculate, spec.relevant, spec.required, spec.readonly):
        reads = rule.reads if rule is not None else ()
        if any(read.names == spec.names and read.anchor >= spec.instance_depth for read in reads):
            raise SupportPointError("SP-304", refs=spec.path)


def _reads(trigger: Trigger) -> tuple[Dependency, ...]:
    """What a trigger must wait for; a choice list also waits for the relevance of its question."""
    if trigger.effect is Effect.CHOICES:
        return (*trigger.rule.reads, Dependency(trigger.spec.names, trigger.spec.depth))
    return trigger.rule.reads


def _sort(triggers: list[Trigger]) -> list[Trigger]:
    """Return the triggers so that each follows all it reads.

    Errors: SP-304. A count that depends on its own repeat is no error: it is left out of the order.
    """
    sources = _sources(triggers, counts=True)
    try:
        order = _order(sources)
    except CycleError:
        for number, trigger in enumerate(triggers):
            trigger.feedback = trigger.effect is Effect.COUNT and number in _before(number, sources)
        try:
            order = _order(_sources(triggers, counts=False))
        except CycleError as error:
            circle = " > ".join(dict.fromkeys(triggers[number].spec.path for number in error.args[1]))
            raise SupportPointError("SP-304", refs=circle) from error
    return [triggers[number] for number in order]


def _sources(triggers: list[Trigger], *, counts: bool) -> dict[int, set[int]]:
    """Return for each trigger, by number, those it must wait for."""
    values: dict[Names, list[int]] = {}
    above: dict[Names, list[int]] = {}
    for number, trigger in enumerate(triggers):
        if counts or not trigger.feedback:
            places = above if trigger.effect in {Effect.COUNT, Effect.RELEVANT} else values
            places.setdefault(trigger.spec.names, []).append(number)
    sources: dict[int, set[int]] = {}
    for number, trigger in enumerate(triggers):
        waits = sources.setdefault(number, set())
        if trigger.effect is Effect.RELEVANT:
            for depth in range(1, trigger.spec.depth):
                waits.update(above.get(trigger.spec.names[:depth], ()))
        for read in _reads(trigger):
            found = list(values.get(read.names, ()))
            for depth in range(1, len(read.names) + 1):
                found += above.get(read.names[:depth], ())
            if number in found and trigger.effect is not Effect.RELEVANT:
                trigger.self_reading |= read.anchor < trigger.spec.depth
                found = [source for source in found if source != number]
            waits.update(found)
    return sources


def _before(number: int, sources: dict[int, set[int]]) -> set[int]:
    """Return all that a trigger waits for, directly or through others."""
    found: set[int] = set()
    waiting = [number]
    while waiting:
        fresh = sources[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found


def _order(sources: dict[int, set[int]]) -> list[int]:
    """Return the numbers so that each follows its sources. Errors: CycleError."""
    waiting = {number: len(found) for number, found in sources.items()}
    readers: dict[int, list[int]] = {}
    for number, found in sources.items():
        for source in found:
            readers.setdefault(source, []).append(number)
    order = [number for number, count in waiting.items() if not count]
    for number in order:  # grows on the way
        for reader in readers.get(number, ()):
            waiting[reader] -= 1
            if not waiting[reader]:
                order.append(reader)
    if len(order) < len(sources):
        TopologicalSorter(sources).prepare()  # finds and names the circle
    return order
