"""Location paths as closures: axes, node tests, predicates, and the equality index of fixed lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Kind, Node, order_key
from supportpoint.forms.xpath.context import Context, Evaluate
from supportpoint.forms.xpath.values import Value, atom_of, holds, number_text, parse_number

Axis = Callable[[Node], Iterable[Node]]
Predicate = Callable[[Context], Value]
Select = Callable[[Context, list[Node]], list[Node]]

_NOTHING = Node()
_PRINCIPAL = {"attribute": Kind.ATTRIBUTE}
_REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling", "parent"})
#: the steps after which no node of a set stands inside another, when none did before
FLAT = frozenset({"child", "self", "attribute", "following-sibling", "preceding-sibling"})


def children(node: Node) -> list[Node]:
    """Return the children; the text of a leaf counts as a text node."""
    if node.children or not node.text or node.kind not in {Kind.ELEMENT, Kind.DOCUMENT}:
        return node.children
    text = Node(kind=Kind.TEXT, text=node.text)
    text.parent = node
    text.fixed = node.fixed
    return [text]


def _descendants(node: Node) -> Iterator[Node]:
    for child in children(node):
        yield child
        yield from _descendants(child)


def _ancestors(node: Node) -> Iterator[Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _siblings(node: Node) -> list[Node]:
    if node.parent is None or node.kind is Kind.ATTRIBUTE:
        return []
    return node.parent.children


def _place(node: Node, among: list[Node]) -> int:
    return next((i for i, item in enumerate(among) if item is node), len(among))


def _following_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[_place(node, siblings) + 1 :]


def _preceding_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[: _place(node, siblings)][::-1]


def _following(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        yield from _descendants(node.parent)
        node = node.parent
    for place in (node, *_ancestors(node)):
        for sibling in _following_siblings(place):
            yield sibling
            yield from _descendants(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ATTRIBUTE and node.parent is not None:
        node = node.parent
    for place in (node, *_ancestors(node)):
        for sibling in _preceding_siblings(place):
            yield from reversed(list(sibling.walk()))


AXES: dict[str, Axis] = {
    "self": lambda node: (node,),
    "child": children,
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "attribute": lambda node: node.attributes,
    "descendant": _descendants,
    "descendant-or-self": lambda node: (node, *_descendants(node)),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: (node, *_ancestors(node)),
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "following": _following,
    "preceding": _preceding,
    "namespace": lambda _node: (),
}


def node_test(axis: str, test: str, namespaces: Mapping[str, str] | None = None) -> Callable[[Node], bool]:
    """Return the test of one step; without `namespaces` a prefix says only that there is one."""
    if test.endswith(")"):
        return _type_test(test)
    principal = _PRINCIPAL.get(axis, Kind.ELEMENT)
    if test == "*":
        return lambda node: node.kind is principal
    prefix, _, local = test.rpartition(":")
    if namespaces is not None:
        uri = namespaces.get(prefix) if prefix else ""
        if uri is None:
            raise SupportPointError("SP-303", prefix=prefix)
        if local == "*":
            return lambda node: node.kind is principal and node.uri == uri
        return lambda node: node.name == local and node.uri == uri and node.kind is principal
    if local == "*":
        return lambda node: node.kind is principal and bool(node.uri)
    return lambda node: node.name == local and node.kind is principal


def _type_test(test: str) -> Callable[[Node], bool]:
    name, _, target = test[:-1].partition("(")
    if name == "node":
        return lambda _node: True
    kind = {"text": Kind.TEXT, "comment": Kind.COMMENT}.get(name, Kind.INSTRUCTION)
    return lambda node: node.kind is kind and target in {"", node.name}


def step(
    axis: str,
    test: str,
    selects: list[Select],
    namespaces: Mapping[str, str] | None = None,
    *,
    nested: bool = False,
) -> Select:
    """Return the closure of one step over a node-set; in a `nested` one nodes may hold each other."""
    if namespaces is None and not nested and axis == "child" and test[-1] not in "*)":
        expand = _child_step(test.rpartition(":")[2])
    elif axis == "parent" and test == "node()":
        expand = _parent_step
    else:
        expand = _axis_step(axis, node_test(axis, test, namespaces))
    if not selects:
        return expand
    reverse = axis in _REVERSE

    def narrowed(context: Context, nodes: list[Node]) -> list[Node]:
        if len(nodes) == 1:
            found = expand(context, nodes)
            if reverse:
                found = found[::-1]
            for select in selects:
                found = select(context, found)
            return found[::-1] if reverse else found
        return merge(narrowed(context, [node]) for node in nodes)

    return narrowed


def _child_step(name: str) -> Select:
    def expand(_context: Context, nodes: list[Node]) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            for child in node.by_name.get(name, ()):
                if child.relevant:
                    found.append(child)  # noqa: PERF401  # a comprehension per node is slower here
        return found

    return expand


def plain_path(start: str, ups: int, names: tuple[str, ...]) -> Evaluate:
    """Return the closure of a path that goes up and then down by names; the fast lane of every form.

    Only the last nodes are asked for their relevance: it includes that of all above them. The lists
    are those of the tree itself; nobody may change them.
    """
    if start == "root" and not ups:
        return _absolute_path(names)
    if start == "root":
        return lambda _context: []  # nothing is above the root
    if start == "current":
        begin: Callable[[Context], Node] = lambda context: context.current  # noqa: E731  # all of a kind
    elif start.startswith("list:"):
        begin = _list_start(start[5:])
    else:
        begin = lambda context: context.node  # noqa: E731

    def evaluate(context: Context) -> list[Node]:
        node: Node | None = begin(context)
        for _ in range(ups):
            node = node.parent if node is not None else None
        return [] if node is None else _descend(node, names)

    return evaluate


def _absolute_path(names: tuple[str, ...]) -> Evaluate:
    def evaluate(context: Context) -> list[Node]:
        single = context.env.singles.get(names)
        if single is None:
            return _descend(context.env.root, names)
        return single if single[0].relevant else []

    return evaluate


def _descend(node: Node, names: tuple[str, ...]) -> list[Node]:
    nodes = [node]
    for name in names:
        if len(nodes) == 1:
            nodes = nodes[0].by_name.get(name, [])
        else:
            nodes = [child for parent in nodes for child in parent.by_name.get(name, ())]
    if not names or (nodes and nodes[0].fixed) or (len(nodes) == 1 and nodes[0].relevant):
        return nodes
    return [node for node in nodes if node.relevant]


def _list_start(name: str) -> Callable[[Context], Node]:
    def begin(context: Context) -> Node:
        return context.env.instances.get(name) or _NOTHING

    return begin


def _parent_step(_context: Context, nodes: list[Node]) -> list[Node]:
    if len(nodes) == 1:
        parent = nodes[0].parent
        return [] if parent is None else [parent]
    return merge([node.parent] for node in nodes if node.parent is not None)


def _axis_step(axis: str, passes: Callable[[Node], bool]) -> Select:
    along = AXES[axis]
    reverse = axis in _REVERSE

    def expand(_context: Context, nodes: list[Node]) -> list[Node]:
        sets = [[item for item in along(node) if item.relevant and passes(item)] for node in nodes]
        if reverse:
            for found in sets:
                found.reverse()
        return sets[0] if len(sets) == 1 else merge(sets)

    return expand


def within(nodes: Value, top: Node | None) -> list[Node]:
    """Return the nodes of a node-set that stand at or below `top`; all of them when it is None."""
    listed = nodes if isinstance(nodes, list) else []
    if top is None:
        return listed
    return [node for node in listed if node is top or any(above is top for above in _ancestors(node))]


def merge(sets: Iterable[list[Node]]) -> list[Node]:
    """Return the union of node lists in document order."""
    lists = [nodes for nodes in sets if nodes]
    if len(lists) <= 1:
        return lists[0] if lists else []
    return in_order(node for nodes in lists for node in nodes)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes of one tree in document order, each once."""
    unique = {id(node): node for node in nodes}
    places: dict[int, dict[int, int]] = {}
    keys: dict[int, tuple[int, ...]] = {}

    def key(node: Node) -> tuple[int, ...]:
        parent = node.parent
        if parent is None:
            return ()
        found = keys.get(id(node))
        if found is None:
            around = places.get(id(parent))
            if around is None:
                peers = (*parent.attributes, *parent.children)
                around = places[id(parent)] = {id(peer): place for place, peer in enumerate(peers)}
            found = (*key(parent), around.get(id(node), 0))  # a leaf's own text is in no list
            keys[id(node)] = found
        return found

    return sorted(unique.values(), key=key)


def select(predicate: Predicate) -> Select:
    """Return the closure that keeps the nodes a predicate accepts: a number means a position."""

    def keep(context: Context, nodes: list[Node]) -> list[Node]:
        size = len(nodes)
        found = []
        for position, node in enumerate(nodes, 1):
            value = predicate(context.at(node, position, size))
            if (value == position) if isinstance(value, float) else holds(value):
                found.append(node)
        return found

    return keep


def _number_index(node: Node, name: str, key: str) -> dict[str, list[Node]]:
    """Return the `name` children of a fixed list by the number their `key` child spells."""
    texts = node.index(name, key)
    indexes = node.indexes if node.indexes is not None else {}
    found = indexes.get((name, f"#{key}"))
    if found is None:
        found = indexes[name, f"#{key}"] = {}
        for text, nodes in texts.items():
            number = parse_number(text)
            if number == number:  # noqa: PLR0124  # NaN equals nothing
                found.setdefault(number_text(number), []).extend(nodes)
        for nodes in found.values():
            nodes.sort(key=order_key)
    return found


def indexed_step(name: str, key: str, wanted: Evaluate, plain: Select, rest: list[Select]) -> Select:
    """Return a child step `name[key = wanted]` that looks fixed lists up in an index.

    `wanted` does not depend on the node tested; `rest` are the predicates left to ask; `plain` is
    the whole step without index, for trees that change and values that compare otherwise.
    """

    def narrowed(context: Context, nodes: list[Node]) -> list[Node]:
        if len(nodes) != 1 or not nodes[0].fixed:
            return plain(context, nodes)
        value = wanted(context)
        if isinstance(value, list):
            if len(value) != 1:
                return plain(context, nodes)
            value = atom_of(value[0])
        if isinstance(value, str):
            found = nodes[0].index(name, key).get(value, [])
        elif isinstance(value, float):
            found = _number_index(nodes[0], name, key).get(number_text(value), [])
        else:
            return plain(context, nodes)
        for keep in rest:
            found = keep(context, found)
        return found

    return narrowed
