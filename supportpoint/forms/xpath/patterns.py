"""regex(): anchored matching in time linear to the text, so that no form can stop a kiosk.

The patterns are regular expressions as Java writes them, without look-around, back-references and
word boundaries: those cannot be matched in linear time and are refused by name. A pattern becomes a
non-deterministic automaton; sets of its states are remembered, so that a pattern in daily use costs
one look-up a character.
"""

from __future__ import annotations

from functools import lru_cache

from supportpoint.errors import SupportPointError
from supportpoint.forms.xpath.pattern_syntax import (
    MAX_STATES,
    Alternatives,
    Anchor,
    Chars,
    Part,
    Repeated,
    Sequence,
    Test,
    parse_pattern,
)

_MAX_TEXT = 4_000
_MAX_PATTERN = 1_000
_MAX_KNOWN = 20_000  # states remembered by one pattern, a megabyte or two
_MAX_PARTS = 20_000  # parts put together; more than states, as empty ones make none
_MAX_WORK = 3_000_000  # states visited for one text, half a second

States = frozenset[int]


def full_match(pattern: str, text: str) -> bool:
    """Return whether the whole text matches; a text over 4,000 characters never does.

    Errors: SP-303 when the pattern is no regular expression, SP-302 when it needs more than one can
            match in linear time (look-around, back-references) or is too large for its text.
    """
    return _automaton(pattern).matches(text) if len(text) <= _MAX_TEXT else False


@lru_cache(maxsize=64)
def _automaton(pattern: str) -> _Automaton:
    if len(pattern) > _MAX_PATTERN:
        raise SupportPointError("SP-303", function="regex", length=len(pattern))
    return _Automaton(parse_pattern(pattern))


class _Automaton:
    """States are numbers; `free` edges cost no character, `edges` one that passes the test."""

    def __init__(self, part: Part) -> None:
        self.free: list[list[int]] = []
        self.anchored: dict[int, str] = {}
        self.edges: dict[int, tuple[Test, int]] = {}
        self.known: dict[tuple[States, str], States] = {}
        self.remembered = 0
        self.parts = 0
        self.work = 0
        self.accept = self._state()
        first = self._build(part, self.accept)
        self.first = self._closure({first}, "^")

    def matches(self, text: str) -> bool:
        """Return whether the automaton reads the whole text."""
        states, known = self.first, self.known
        self.work = 0
        for char in text:
            following = known.get((states, char))
            if following is None:
                following = self._step(states, char)
            if not following:
                return False
            states = following
        ends = "^$" if not text else "$"
        return self.accept in self._closure(set(states), ends)

    def _step(self, states: States, char: str) -> States:
        reached = {
            self.edges[state][1] for state in states if state in self.edges and self.edges[state][0](char)
        }
        found = self._closure(reached, "")
        self.work += len(states) + len(found)
        if self.work > _MAX_WORK:
            raise SupportPointError("SP-302", function="regex", work=_MAX_WORK)
        self.remembered += len(found) + 1
        if self.remembered > _MAX_KNOWN:
            self.known.clear()
            self.remembered = 0
        self.known[states, char] = found
        return found

    def _closure(self, states: set[int], anchors: str) -> States:
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            found.add(state)
            anchor = self.anchored.get(state)
            if anchor is None or anchor in anchors:
                waiting += self.free[state]
        return frozenset(found)

    def _state(self, *following: int) -> int:
        if len(self.free) >= MAX_STATES:
            raise SupportPointError("SP-302", function="regex", states=MAX_STATES)
        self.free.append(list(following))
        return len(self.free) - 1

    def _build(self, part: Part, following: int) -> int:
        """Return the state that reads `part` and goes on to `following`."""
        self.parts += 1
        if self.parts > _MAX_PARTS:
            raise SupportPointError("SP-302", function="regex", parts=_MAX_PARTS)
        if isinstance(part, Chars):
            state = self._state()
            self.edges[state] = (part.test, following)
            return state
        if isinstance(part, Anchor):
            state = self._state(following)
            self.anchored[state] = part.sign
            return state
        if isinstance(part, Sequence):
            for item in reversed(part.items):
                following = self._build(item, following)
            return following
        if isinstance(part, Alternatives):
            return self._state(*[self._build(item, following) for item in part.items])
        return self._repeat(part, following)

    def _repeat(self, part: Repeated, following: int) -> int:
        if part.most is None:
            loop = self._state(following)
            self.free[loop].append(self._build(part.item, loop))
            following = loop
        else:
            end = following
            for _ in range(part.most - part.fewest):
                following = self._state(self._build(part.item, following), end)
        for _ in range(part.fewest):
            following = self._build(part.item, following)
        return following
