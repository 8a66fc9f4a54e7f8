"""Bytes and texts that somebody hostile, or a bad cable, made of good ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st

#: Lengths and markers that parsers trip over: of MessagePack, JSON, numbers, texts.
ODD_BYTES = (
    b"\x00", b"\xff" * 4, b"\xff" * 8, b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00",
    b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xc1",
    b"\xc7\x0c\xff" + b"\xff" * 12,
    b"\xcb\x7f\xf8" + b"\x00" * 6, b"\xd3\x80" + b"\x00" * 7, b"\xc5\xff", b"\xed\xa0\x80",
    b"\x91" * 3000, b"[" * 3000, b'{"a":' * 3000, b"1e999", b"NaN", b"9" * 400, b'"\\ud800"', b"\r\n\r\n",
    b"x" * 200_000,
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**63 - 1, 2**63, 2**64 - 1, -(2**63), 1.5, float("inf"), float("nan"),
    "", "\0", "x" * 5000, "🙂\u202e", "../../etc", "9999-12-31T23:59:59-23:59", "2026-02-30", "٣", "²",
    b"", b"\0" * 32, b"\xff" * 5000, [], {}, [[]], [None] * 300, {"": ""},
)  # fmt: skip
ODD_TEXTS = (
    "\0",
    "\ud800",
    "|",
    '"',
    "=:",
    ",",
    ";",
    "%00",
    "٣",
    "\u017f",
    "İ",
    "\u202e",
    "9" * 30,
    "-1",
    "²",
)


def damaged(samples: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Return bytes that were good once: flipped, cut, spliced, with other lengths; or free ones."""
    return st.one_of(_spoiled(samples), exchanged(samples), st.binary(max_size=200))


def damaged_text(samples: Sequence[str]) -> st.SearchStrategy[str]:
    """Return texts that were good once, or free ones."""
    return st.one_of(_spoiled_text(samples), st.text(max_size=200))


@st.composite
def _spoiled(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    content = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        match draw(st.integers(0, 5)):
            case 0 if at < len(content):
                content[at] ^= 1 << draw(st.integers(0, 7))
            case 1:
                del content[at:]
            case 2:
                content[at:at] = draw(st.sampled_from(ODD_BYTES))
            case 3:
                odd = draw(st.sampled_from(ODD_BYTES))
                content[at : at + len(odd)] = odd
            case 4:
                other = draw(st.sampled_from(samples))
                content[at:] = other[draw(st.integers(0, len(other))) :]
            case _:
                del content[at : at + draw(st.integers(1, 16))]
    return bytes(content)


@st.composite
def exchanged(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """Return a MessagePack or JSON sample with another value in one place; anything else stays as it is."""
    content = draw(st.sampled_from(samples))
    for coder in (msgspec.json, msgspec.msgpack):
        try:
            tree = coder.decode(content)
            return coder.encode(_exchange(draw, tree))
        except (msgspec.DecodeError, UnicodeDecodeError, TypeError, ValueError, OverflowError):
            continue
    return content


def _exchange(draw: st.DrawFn, tree: Any) -> Any:
    inside = tree if isinstance(tree, dict | list) and len(tree) and draw(st.integers(0, 15)) else None
    if inside is None:
        same = [odd for odd in ODD_VALUES if type(odd) is type(tree)]
        return draw(st.sampled_from(same if same and draw(st.integers(0, 3)) else ODD_VALUES))
    keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
    place = draw(st.sampled_from(keys))
    if draw(st.integers(0, 9)) == 0:
        del inside[place]
    else:
        inside[place] = _exchange(draw, inside[place])
    return inside


@st.composite
def _spoiled_text(draw: st.DrawFn, samples: Sequence[str]) -> str:
    text = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 6))
        put = draw(st.one_of(st.just(""), st.sampled_from(ODD_TEXTS), st.text(max_size=3)))
        text = text[:at] + put + text[at + cut :]
    return text
