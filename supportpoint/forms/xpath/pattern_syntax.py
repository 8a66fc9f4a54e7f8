"""Parses the regular expressions of forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from supportpoint.errors import SupportPointError

MAX_STATES = 10_000
_MAX_DEPTH = 40

Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Chars:
    """One character that passes a test."""

    test: Test


@dataclass(frozen=True, slots=True)
class Anchor:
    """`^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    items: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several parts."""

    items: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part `fewest` to `most` times; None is without end."""

    item: Part
    fewest: int
    most: int | None


Part = Chars | Anchor | Sequence | Alternatives | Repeated

_CLASSES: dict[str, Test] = {
    "d": lambda char: "0" <= char <= "9",
    "w": lambda char: char.isascii() and (char.isalnum() or char == "_"),
    "s": lambda char: char in " \t\n\r\f\v",
}
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "0": "\0", "e": "\x1b"}
_POSIX: dict[str, Test] = {
    "Alpha": lambda char: char.isascii() and char.isalpha(),
    "Digit": lambda char: "0" <= char <= "9",
    "Alnum": lambda char: char.isascii() and char.isalnum(),
    "Upper": lambda char: "A" <= char <= "Z",
    "Lower": lambda char: "a" <= char <= "z",
    "Punct": lambda char: char.isascii() and char.isprintable() and not char.isalnum() and char != " ",
    "Space": lambda char: char in " \t\n\r\f\v",
    "IsAlphabetic": str.isalpha,
    "IsDigit": str.isdecimal,
}


def parse_pattern(pattern: str) -> Part:
    """Return the parts of a pattern. Errors: SP-303 for bad syntax, SP-302 for what is not supported."""
    reader = _Reader(pattern)
    part = reader.alternatives()
    if reader.at < len(pattern):
        raise reader.fault()
    return part


def _literal(char: str) -> Test:
    return lambda other: other == char


def _folded(char: str) -> Test:
    folded = char.casefold()
    return lambda other: other.casefold() == folded


def _negated(test: Test) -> Test:
    return lambda char: not test(char)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0
        self.folding = False

    def fault(self, code: str = "SP-303") -> SupportPointError:
        return SupportPointError(code, function="regex", at=self.at)

    def peek(self) -> str:
        return self.pattern[self.at] if self.at < len(self.pattern) else ""

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise self.fault()
        self.at += 1
        return char

    def accept(self, text: str) -> bool:
        if self.pattern.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def alternatives(self) -> Part:
        items = [self.sequence()]
        while self.accept("|"):
            items.append(self.sequence())
        return items[0] if len(items) == 1 else Alternatives(tuple(items))

    def sequence(self) -> Part:
        items: list[Part] = []
        while self.peek() not in {"", "|", ")"}:
            items.append(self.quantified(self.single()))
        return Sequence(tuple(items))

    def single(self) -> Part:
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return Chars(self.char_class())
        if char == ".":
            return Chars(lambda other: other not in "\n\r\u0085\u2028\u2029")
        if char in "^$":
            return Anchor(char)
        if char == "\\":
            return Chars(self.escape())
        if char in "*+?{":  # nothing to repeat, or something repeated twice
            raise self.fault()
        return Chars(self.literal(char))

    def literal(self, char: str) -> Test:
        return _folded(char) if self.folding else _literal(char)

    def group(self) -> Part:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.fault("SP-302")
        if self.accept("?i)"):
            self.folding = True
            self.depth -= 1
            return Sequence(())
        if self.accept("?") and not self.accept(":"):
            raise self.fault("SP-302")  # look-around, named groups, other flags
        part = self.alternatives()
        if not self.accept(")"):
            raise self.fault()
        self.depth -= 1
        return part

    def quantified(self, part: Part) -> Part:
        if self.accept("*"):
            part = Repeated(part, 0, None)
        elif self.accept("+"):
            part = Repeated(part, 1, None)
        elif self.accept("?"):
            part = Repeated(part, 0, 1)
        elif self.peek() == "{":
            part = self.counted(part)
        else:
            return part
        if not self.accept("?"):
            self.accept("+")  # lazy and possessive: the same whole texts match, but for rare cases
        return part

    def counted(self, part: Part) -> Part:
        end = self.pattern.find("}", self.at)
        fewest, comma, most = self.pattern[self.at + 1 : end].partition(",")
        if end < 0 or not _is_count(fewest) or (most and not _is_count(most)):
            raise self.fault()
        self.at = end + 1
        low = int(fewest)
        high = (int(most) if most else None) if comma else low
        if low > MAX_STATES or (high is not None and not low <= high <= MAX_STATES):
            raise self.fault()
        return Repeated(part, low, high)

    def escape(self) -> Test:
        char = self.take()
        if char.lower() in _CLASSES:
            test = _CLASSES[char.lower()]
            return _negated(test) if char.isupper() else test
        if char in "pP":
            test = self.category()
            return _negated(test) if char == "P" else test
        if char in _ESCAPES:
            return _literal(_ESCAPES[char])
        if char in "ux":
            return _literal(self.code_point(4 if char == "u" else 2))
        if char.isalnum():
            raise self.fault("SP-302")  # back-references, boundaries
        return _literal(char)

    def code_point(self, size: int) -> str:
        digits = self.pattern[self.at : self.at + size]
        self.at += size
        try:
            return chr(int(digits, 16))
        except ValueError:
            raise self.fault() from None

    def category(self) -> Test:
        name = self.take()
        if name == "{":
            end = self.pattern.find("}", self.at)
            if end < 0:
                raise self.fault()
            name = self.pattern[self.at : end]
            self.at = end + 1
        if name in _POSIX:
            return _POSIX[name]
        if not 1 <= len(name.removeprefix("Is")) <= 2:
            raise self.fault("SP-302")
        start = name.removeprefix("Is")
        return lambda char: unicodedata.category(char).startswith(start)

    def char_class(self) -> Test:
        negated = self.accept("^")
        tests: list[Test] = []
        first = True
        while first or self.peek() != "]":
            tests.append(self.class_item())
            first = False
        self.at += 1
        test: Test = lambda char: any(item(char) for item in tests)  # noqa: E731  # one line says it
        return _negated(test) if negated else test

    def class_item(self) -> Test:
        if self.peek() == "[" or self.pattern.startswith("&&", self.at):
            raise self.fault("SP-302")  # Java's unions and intersections of classes
        low = self.class_char()
        if not isinstance(low, str):
            return low
        if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in {"]", ""}:
            self.at += 1
            high = self.class_char()
            if not isinstance(high, str) or high < low:
                raise self.fault()
            return self.between(low, high)
        return self.literal(low)

    def between(self, low: str, high: str) -> Test:
        if self.folding:
            return lambda char: low <= char.lower() <= high or low <= char.upper() <= high
        return lambda char: low <= char <= high

    def class_char(self) -> str | Test:
        char = self.take()
        if char != "\\":
            return char
        following = self.peek()
        if following.lower() in {"d", "w", "s", "p"}:
            return self.escape()
        self.at += 1
        if following in "ux" and following:
            return self.code_point(4 if following == "u" else 2)
        return _ESCAPES.get(following, following)
