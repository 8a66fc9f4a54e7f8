"""The answers of one session and how a change spreads through them.

A change marks the rules that read it; they run in the order of the graph, only for the nodes that
can see the change. A full recompute is the same walk with every rule marked everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.definition import META_ID, FormDefinition
from supportpoint.forms.graph import Effect, Readers, Trigger
from supportpoint.forms.parts import Action, Itemset, Names, Rule, Spec
from supportpoint.forms.preloads import preload_text
from supportpoint.forms.repeats import ghost_of, is_blank, is_filled
from supportpoint.forms.tree import Node
from supportpoint.forms.xpath.context import Context, Environment, document_of
from supportpoint.forms.xpath.values import Atom, Value, to_boolean, to_number, to_string

MAX_REPEATS = 1_000
MAX_INSTANCES = 20_000
MAX_CHAIN = 20
FEW_CHOICES = 50


class State:
    """The instance tree, kept consistent. `changed` collects nodes since the last `take_changes`.

    `read` tells that the answers were read in: what they hold beyond a count stays.
    """

    def __init__(self, definition: FormDefinition, root: Node, env: Environment, *, read: bool) -> None:
        self.definition = definition
        self.graph = definition.graph
        self.document = document_of(root)
        self.env = env
        env.root = self.document
        self.root = root
        self.changed: set[Node] = set()
        self._singles = {node.spec.names: [node] for node in root.walk() if node.spec.single}
        env.singles = self._singles
        self.walk_changed = True
        self._grown = False
        self._inserted = 0
        #: the last number each counted repeat was given
        self._counts: dict[tuple[Node, Spec], int] = {}
        self.trims = not read
        #: the marked triggers as bits, and below which nodes those inside repeats are marked
        self._pending = 0
        self._scopes: dict[int, set[Node]] = {}
        self._known: dict[int, bool] = {}
        effects: dict[Effect, Callable[[Trigger, Node], None]] = {
            Effect.RELEVANT: self._apply_relevant,
            Effect.CALCULATE: self._apply_calculate,
            Effect.COUNT: self._apply_count,
            Effect.CHOICES: self._apply_choices,
        }
        self._steps = [
            (trigger, effects[trigger.effect], self._singles[trigger.home][0] if trigger.single else None)
            for trigger in self.graph.triggers
        ]

    def set_value(self, node: Node, text: str, atom: Atom | None) -> bool:
        """Store a value and mark who reads it; return whether it differs from the old one."""
        if node.text == text and node.atom == atom and type(node.atom) is type(atom):
            return False
        node.text, node.atom = text, atom
        self.changed.add(node)
        self._mark_readers(self.graph.dependents.get(node.spec.names), node, node.spec.depth)
        return True

    def set_text(self, node: Node, text: str) -> bool:
        """Store a text with the value its type sees in it; return whether it differs from the old one."""
        return self.set_value(node, text, datatypes.to_atom(node.spec.kind, text))

    def preload(self, top: Node) -> None:
        """Fill what a new submission or a new repeat instance starts with, at and below a node."""
        for node in top.walk():
            spec: Spec = node.spec
            if spec.preload and not (node.text and spec.names[1:] == META_ID):
                text = preload_text(spec, self.env, self.env.now())
                if text:
                    self.set_text(node, text)

    def stamp_end(self) -> None:
        """Keep the time of the last edit where the form asks for its end."""
        for names in self.definition.stamped:
            now = datatypes.moment_text(self.env.now().astimezone(self.env.zone))
            for node in self.reach(self.root, names):
                self.set_text(node, now)

    def load(self) -> None:
        """Perform what the form wants done when a new submission is opened."""
        for action in self.definition.actions.on_load:
            known = action.owner in self.definition.specs
            for origin in self.reach(self.root, action.owner) if known else [self.root]:
                self.perform([action], origin)

    def recompute(self) -> None:
        """Run every rule everywhere."""
        for trigger in self.graph.triggers:
            self._mark(trigger, self.document)
        self._run(growing=False)

    def reword(self) -> None:
        """Run the rules whose result depends on the language."""
        for trigger in self.graph.worded:
            self._mark(trigger, self.document)
        self._run(growing=False)

    def run(self) -> None:
        """Run the marked rules until nothing changes any more.

        Counts that depend on their own repeat run once, and add at most one instance: the next one
        only when the last is filled in. An eager fixed point of "count + 1" would have no end.
        """
        if self.changed:
            for trigger in self.graph.feedbacks:
                self._mark(trigger, self.document)
        self._run(growing=True)

    def follow(self) -> None:
        """Run the marked rules as far as they are marked; counts do not grow yet."""
        self._run(growing=False)

    def _run(self, *, growing: bool) -> None:
        steps, scopes = self._steps, self._scopes
        self._grown = not growing
        self._known.clear()
        while self._pending:
            lowest = self._pending & -self._pending
            self._pending ^= lowest
            index = lowest.bit_length() - 1
            trigger, apply, single = steps[index]
            if single is not None:
                apply(trigger, single)
                continue
            for node in self._nodes(scopes.pop(index), trigger.home):
                apply(trigger, node)

    def add_repeat(self, parent: Node, spec: Spec, after: int | None = None) -> Node | None:
        """Add an instance of a repeat and mark who sees it; None without a template.

        Shape:  after the one at 1-based position `after`, 0 for the first place, else after all others.
        """
        node = self._insert(parent, spec, after)
        if node is not None:
            self._mark_structure(parent, spec)
            self._greet([node])
        return node

    def remove_repeat(self, node: Node) -> None:
        """Remove an instance of a repeat and mark who saw it."""
        parent = node.parent
        if parent is not None:
            self._take_out(parent, node)
            self._mark_structure(parent, node.spec)

    def has_surplus(self, spec: Spec, parent: Node) -> bool:
        """Return whether a counted repeat has more instances than its count asks for."""
        wanted = self._counts.get((parent, spec))
        return wanted is not None and len(parent.by_name.get(spec.names[-1], ())) > wanted

    def perform(self, actions: Iterable[Action], origin: Node, depth: int = 0) -> None:
        """Perform setvalue actions that `origin` (a question, a new repeat, the root) gave rise to.

        What one sets may set off the actions of its target in turn, up to 20 in a row.
        Errors: SP-302 when a target is several nodes: which instance of a repeat is meant must be said.
        """
        for action in actions:
            node = self._target(action, origin)
            if node is None or not self._set_by(action, node):
                continue
            if node.spec.changed_actions and depth < MAX_CHAIN:
                self.follow()
                self.perform(node.spec.changed_actions, node, depth + 1)

    def _target(self, action: Action, origin: Node) -> Node | None:
        if action.path is None:
            found = self.reach(origin, action.target)
        else:
            value = action.path.evaluate(Context(self.env, origin))
            found = value if isinstance(value, list) else []
        if len(found) > 1:
            raise SupportPointError("SP-302", ref="/" + "/".join(action.target), targets=len(found))
        return found[0] if found else None

    def _set_by(self, action: Action, node: Node) -> bool:
        kind: str = node.spec.kind
        if action.rule is None:
            return self.set_value(node, action.text, datatypes.to_atom(kind, action.text))
        value = action.rule.evaluate(Context(self.env, node))
        return self.set_value(node, *datatypes.from_result(kind, value))

    def reach(self, origin: Node, names: Names) -> list[Node]:
        """Return the nodes of a path that share the repeat instances `origin` stands in."""
        here: Names = origin.spec.names
        shared = 0
        while shared < min(len(here), len(names)) and here[shared] == names[shared]:
            shared += 1
        return self._nodes({ancestor(origin, shared)}, names)

    def choices_of(self, itemset: Itemset, node: Node) -> list[Node]:
        """Return the items a question can be answered with now."""
        found: Value = itemset.nodes.evaluate(Context(self.env, node))
        return found if isinstance(found, list) else []

    def _mark_readers(self, readers: Readers | None, node: Node, depth: int) -> None:
        """Mark those who read what changed at or below a node; what they share stands at `depth` at most."""
        if readers is None:
            return
        self._pending |= readers.singles
        for reader, anchor in readers.others.items():
            self._mark(reader, ancestor(node, min(anchor, depth)))

    def _mark(self, trigger: Trigger, scope: Node) -> None:
        self._pending |= 1 << trigger.index
        if not trigger.single:
            scope = self.document if trigger.self_reading else scope
            self._scopes.setdefault(trigger.index, set()).add(scope)

    def _nodes(self, scopes: set[Node], names: Names) -> list[Node]:
        single = self._singles.get(names)
        if single is not None:
            return single
        if len(scopes) > 1 and self.document in scopes:
            scopes = {self.document}
        found: dict[Node, None] = {}
        for scope in scopes:
            nodes = [scope]
            for name in names[_depth(scope) :]:
                if len(nodes) == 1:
                    nodes = nodes[0].by_name.get(name, [])
                else:
                    nodes = [child for node in nodes for child in node.by_name.get(name, ())]
            if len(scopes) == 1:
                return list(nodes)
            found.update(dict.fromkeys(nodes))
        return list(found)

    def _apply_relevant(self, trigger: Trigger, node: Node) -> None:
        if node.parent is not None and not node.parent.relevant:
            return  # nobody can see it now; it is marked again when the parent comes back
        node.allowed = self._truth(trigger.rule, node)
        if node.allowed == node.relevant:
            return
        self._spread_relevance(node)
        self.walk_changed = True
        spec: Spec = node.spec
        self._mark_readers(self.graph.within.get(spec.names), node, spec.depth)
        if node.relevant:
            self._mark_readers(self.graph.relevance.get(spec.names), node, spec.depth)

    def _truth(self, rule: Rule, node: Node) -> bool:
        """Return the truth of a rule; one that many nodes share is asked once in a run.

        What it reads was computed before the first of them, that is what the order of the graph is for.
        """
        if not rule.free:
            return to_boolean(rule.evaluate(Context(self.env, node)))
        known = self._known.get(id(rule))
        if known is None:
            known = self._known[id(rule)] = to_boolean(rule.evaluate(Context(self.env, node)))
        return known

    def _spread_relevance(self, node: Node) -> None:
        relevant = node.allowed and (node.parent is None or node.parent.relevant)
        if node.relevant == relevant:
            return
        node.relevant = relevant
        self.changed.add(node)
        for child in node.children:
            self._spread_relevance(child)

    def _apply_calculate(self, trigger: Trigger, node: Node) -> None:
        if node.text and node.spec.names[1:] == META_ID:
            return
        value = trigger.rule.evaluate(Context(self.env, node))
        self.set_value(node, *datatypes.from_result(node.spec.kind, value))

    def _apply_count(self, trigger: Trigger, parent: Node) -> None:
        number = to_number(trigger.rule.evaluate(Context(self.env, ghost_of(trigger.spec, parent))))
        wanted = 0 if math.isnan(number) else int(max(0, min(number, MAX_REPEATS)))
        spec = trigger.spec
        have = list(parent.by_name.get(spec.names[-1], ()))
        if trigger.feedback and wanted > len(have):
            wanted = self._one_more(have, wanted)
        before = self._counts.get((parent, spec), MAX_REPEATS + 1 if self.trims else 0)
        self._counts[parent, spec] = wanted
        self.walk_changed |= wanted != before
        gone = self._surplus(have, wanted) if wanted < before else []
        if not gone and len(have) >= wanted:
            return
        for node in gone:
            self._take_out(parent, node)
        room = min(wanted - len(have), MAX_INSTANCES - self._inserted)
        added = [self._insert(parent, spec) for _ in range(room)]
        self._mark_structure(parent, spec)
        self._greet([node for node in added if node is not None])

    def _surplus(self, have: list[Node], wanted: int) -> list[Node]:
        """Return the last instances beyond a count that nobody has put anything in: what is filled stays."""
        gone: list[Node] = []
        while len(have) - len(gone) > wanted and is_blank(have[-1 - len(gone)]):
            gone.append(have[-1 - len(gone)])
        return gone

    def _one_more(self, have: list[Node], wanted: int) -> int:
        """Return how many instances a feedback count gives now."""
        if not have:
            return 1
        if self._grown or not is_filled(have[-1], self.env):
            return len(have)
        self._grown = True
        return min(wanted, len(have) + 1)

    def _apply_choices(self, _trigger: Trigger, node: Node) -> None:
        control = node.spec.control
        self.changed.add(node)
        if not node.text or not node.relevant or control is None or control.itemset is None:
            return
        words = node.text.split(" ") if node.spec.kind == "select" else [node.text]
        kept = self.keep_choices(control.itemset, node, words)
        if len(kept) < len(words):
            text = " ".join(kept)
            self.set_value(node, text, datatypes.to_atom(node.spec.kind, text))

    def keep_choices(self, itemset: Itemset, node: Node, words: list[str]) -> list[str]:
        """Return which of the words a question can be answered with now."""
        found = self.choices_of(itemset, node)
        document = self.env.instances.get(itemset.source)
        root = document.find("root") if document is not None else None
        if root is None or len(found) < FEW_CHOICES or len(itemset.path) != 1:
            allowed = {value_of(itemset, item) for item in found}
            return [word for word in words if word in allowed]
        listed = root.index("item", itemset.path[0])
        if found is root.by_name.get("item"):
            return [word for word in words if word in listed]
        ids = {id(item) for item in found}
        return [word for word in words if any(id(item) in ids for item in listed.get(word, ()))]

    def _take_out(self, parent: Node, node: Node) -> None:
        parent.remove(node)
        self._inserted -= 1

    def _insert(self, parent: Node, spec: Spec, after: int | None = None) -> Node | None:
        if spec.template is None or self._inserted >= MAX_INSTANCES:
            return None
        self._inserted += 1
        node = spec.template.copy()
        name = spec.names[-1]
        before: set[str] = set()
        for sibling in parent.spec.children:
            before.add(sibling)
            if sibling == name:
                break
        sibling = parent.by_name[name][after - 1] if after else None
        parent.insert_after(node, sibling, frozenset(before - {name} if after == 0 else before))
        self._spread_relevance(node)
        self.preload(node)
        return node

    def _greet(self, nodes: Iterable[Node]) -> None:
        """Perform what the form wants done with new instances; nothing in them is computed yet."""
        for node in nodes:
            self.perform(self.definition.actions.on_repeat.get(node.spec.names, ()), node)

    def _mark_structure(self, parent: Node, spec: Spec) -> None:
        self.walk_changed = True
        self.changed.add(parent)
        self._mark_readers(self.graph.within.get(spec.names), parent, spec.depth - 1)
        for trigger in self.graph.own.get(spec.names, ()):
            if trigger.spec is not spec or trigger.effect is not Effect.COUNT:
                self._mark(trigger, parent)


def value_of(itemset: Itemset, item: Node) -> str:
    """Return the value of an item of a list; `value` may be a path of names below it."""
    found = item.find(*itemset.path)
    return "" if found is None else to_string([found])


def _depth(node: Node) -> int:
    return node.spec.depth if node.spec is not None else 0


def ancestor(node: Node, depth: int) -> Node:
    """Return the node at a depth above this one; 0 is the document."""
    for _ in range(_depth(node) - depth):
        parent = node.parent
        if parent is None:
            break
        node = parent
    return node
