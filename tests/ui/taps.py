"""How many touches the shortest way of each flow takes, by kind, and the table that keeps the figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parents[2] / "docs" / "taps.md"
ENOUGH = 2
KINDS = ("the way", "answers", "keys", "next", "skipped", "review", "consent")
SKIPS = {"skipButton", "skipPhotoButton", "scanNoneButton", "skipVoiceButton", "cannotSignButton"}
FORM_PAGES = {"question", "scan", "confirmCard", "photo", "voice", "signature", "path"}
REVIEWS = {"review", "listing"}
NO_FIGURE = "-"
WORDS = """# Taps

Written by `dev.py taps --update`, which drives the real kiosk by touch from home to the end of each flow. The
test fails when a flow needs more. `at most` is the figure of the design. Keys are counted one by one: of the
keyboard, of the number pad, of dates; a scanned card or receipt is no tap.

- *the way*: from home to the first question, and the pages of news
- *answers*: cards, pictures, the story told (begin, end); *next*: Continue behind a question or a note
- *skipped*: questions left open; *review* and *consent*: their own pages
- a stone of the path counts with the question behind it
"""


def kind_of(tap: Any) -> str:
    """Return for what a touch was needed, one of KINDS."""
    if tap.page in REVIEWS:
        return "review"
    if tap.page == "consent":
        return "consent"
    if tap.page not in FORM_PAGES:
        return "the way"
    if tap.item in SKIPS:
        return "skipped"
    if tap.item == "continueButton":
        return "next"
    return "keys" if re.match(r"(key|pad|day|month|year|decade|hour|minute)_", tap.item) else "answers"


def read_table() -> dict[str, int]:
    """Return flow → taps as they are written; empty before the first time."""
    if not TABLE.exists():
        return {}
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| (\d+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: int(count) for name, count in rows}


def write_table(counted: Mapping[str, Sequence[Any]], targets: Mapping[str, int]) -> None:
    """Write the table and, under it, where a flow asks for more than two taps a question."""
    head = ("flow", "at most", "taps", *KINDS)
    rows = [head, ("---",) * len(head)]
    for name, taps in counted.items():
        kinds = Counter(kind_of(tap) for tap in taps)
        most = str(targets[name] or NO_FIGURE)
        rows.append((name, most, str(len(taps)), *(str(kinds[kind]) for kind in KINDS)))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    beyond = "\n".join(_beyond(name, taps) for name, taps in counted.items() if _questions(taps))
    TABLE.write_text(f"{WORDS}\n{table}\n\n## Beyond two taps a question\n\n{beyond}\n", encoding="utf-8")


def _questions(taps: Sequence[Any]) -> dict[str, int]:
    return dict(Counter(tap.ref for tap in taps if tap.page in FORM_PAGES))


def _beyond(name: str, taps: Sequence[Any]) -> str:
    asked = _questions(taps)
    more = {ref: count for ref, count in asked.items() if count > ENOUGH}
    where = ", ".join(f"`{ref.removeprefix('/data/')}` {count}" for ref, count in more.items()) or "nowhere"
    return f"- **{name}**, {len(asked)} screens, {sum(more.values()) - ENOUGH * len(more)} beyond: {where}"
