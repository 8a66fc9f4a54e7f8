"""What a form is made of, once read: nodes with their rules, controls, texts. Never changed after loading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from supportpoint.forms.tree import Node
from supportpoint.forms.view import QuestionType
from supportpoint.forms.xpath.context import Evaluate
from supportpoint.forms.xpath.syntax import Expression

Names = tuple[str, ...]
#: start, end and step of a range
Bounds = tuple[Decimal, Decimal, Decimal]


@dataclass(slots=True, eq=False)
class Output:
    """An `<output>` inside a text."""

    tree: Expression


Segments = tuple[str | Output, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the form: inline segments, or the id of an itext, or an expression that gives the text."""

    segments: Segments = ()
    itext: str = ""
    evaluate: Evaluate | None = None

    def __bool__(self) -> bool:
        return bool(self.segments or self.itext or self.evaluate)


@dataclass(frozen=True, slots=True)
class Dependency:
    """A node that an expression reads. Both stand below one node at depth `anchor`, 0 when all may meet."""

    names: Names
    anchor: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled expression and what it reads. A `free` one gives the same at every node of the form."""

    evaluate: Evaluate
    reads: tuple[Dependency, ...] = ()
    source: str = ""
    constant: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue: `rule` wins over `text`. `target` is the node it sets, `owner` where it is written.

    `path` finds the target from the owner where the form picks a repeat instance by predicate.
    """

    target: Names
    events: frozenset[str]
    rule: Rule | None = None
    text: str = ""
    owner: Names = ()
    path: Rule | None = None


@dataclass(slots=True, eq=False)
class Spec:
    """One node of the primary instance with its bind. `kind` is the type as the bind says it."""

    names: Names
    parent: Spec | None = None
    children: dict[str, Spec] = field(default_factory=dict)
    kind: str = "string"
    relevant: Rule | None = None
    required: Rule | None = None
    readonly: Rule | None = None
    constraint: Rule | None = None
    calculate: Rule | None = None
    constraint_message: Text = Text()
    required_message: Text = Text()
    preload: str = ""
    preload_params: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    repeat: Repeat | None = None
    template: Node | None = None
    control: Control | None = None
    changed_actions: list[Action] = field(default_factory=list)
    #: the text it has in a new repeat instance; None when an action may give it another
    initial: str | None = ""
    #: no repeat here or above, so that there is one such node; set once the body is read
    single: bool = False
    #: the absolute path, without positions
    path: str = field(init=False)
    #: how many steps down from the document
    depth: int = field(init=False)

    def __post_init__(self) -> None:
        self.path = "/" + "/".join(self.names)
        self.depth = len(self.names)

    def is_single(self) -> bool:
        """Return whether there is at most one such node: no repeat here or above."""
        return self.repeat is None and (self.parent is None or self.parent.is_single())

    @property
    def instance_depth(self) -> int:
        """How many steps down the closest repeat stands, here or above; 0 when there is none."""
        if self.repeat is not None or self.parent is None:
            return self.depth if self.repeat is not None else 0
        return self.parent.instance_depth

    def walk(self) -> Iterator[Spec]:
        """Yield this node and all below, in document order."""
        yield self
        for child in self.children.values():
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices from a list: `nodes` gives the items, `value` the name of the child with the value.

    `label` is evaluated at an item; `key`, where the label is itext, gives its id. `source` is the
    id of the list.
    """

    nodes: Rule
    value: str
    label: Evaluate
    key: Evaluate | None = None
    source: str = ""

    @property
    def path(self) -> Names:
        """The child names that lead from an item to its value."""
        return tuple(name for name in self.value.split("/") if name not in {"", "."})


@dataclass(frozen=True, slots=True)
class Item:
    """A choice written in the body."""

    value: str
    label: Text


@dataclass(slots=True, eq=False)
class Control:
    """A question of the body."""

    spec: Spec
    type: QuestionType
    label: Text
    hint: Text
    appearance: tuple[str, ...] = ()
    itemset: Itemset | None = None
    items: tuple[Item, ...] = ()
    bounds: Bounds | None = None
    autoplay: str = ""

    @property
    def money(self) -> bool:
        """Whether the answer is a price in đồng, which people say in short."""
        return "sp:money" in self.appearance


@dataclass(slots=True, eq=False)
class Group:
    """A group of the body; `spec` is None for a group of looks only."""

    spec: Spec | None
    label: Text
    field_list: bool
    children: list[Element] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Repeat:
    """A repeat of the body. `count` is the jr:count rule; a `fixed` one cannot be added to by hand."""

    spec: Spec
    label: Text
    field_list: bool
    count: Rule | None
    fixed: bool
    children: list[Element] = field(default_factory=list)


Element = Control | Group | Repeat
