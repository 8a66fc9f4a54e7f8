"""The answers of a case as a person reads them: what is no answer is left out, consents stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from supportpoint.server.registry.models import Case, CasePhoto

PICTURES = frozenset({"image", "file", "audio"})
SCAN_MARKS = frozenset({"scanned", "none"})
TAIL = 4
Kind = Literal["words", "private", "photo", "agreed"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its answer. `photo` is there for a picture whose name the case knows.

    `masked` is what is shown of a private number until somebody asks for all of it.
    """

    ref: str
    label: str
    kind: Kind
    display: str
    answered: bool
    masked: str = ""
    photo: CasePhoto | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Answers under one heading, or the consents, which have a heading of ours."""

    title: str
    rows: tuple[Answer, ...]
    is_consent: bool = False


def is_answer(row: dict[str, Any]) -> bool:
    """Tell a question a person answered from a note and from the mark that a card was read."""
    if row["type"] == "note" or row.get("part") == "scan":
        return False
    return row["type"] != "barcode" or (row["answered"] and row["display"] not in SCAN_MARKS)


def is_consent(row: dict[str, Any]) -> bool:
    """Tell a consent from an answer about the matter."""
    return row.get("part") == "consent"


def list_blocks(case: Case) -> list[Block]:
    """Return the answers in the order of the form, the consents last."""
    photos = photos_by_name(case)
    blocks: list[Block] = []
    consents: list[Answer] = []
    for section in case.outline:
        asked = [row for row in section["rows"] if is_answer(row)]
        consents += [_read(row, photos) for row in asked if is_consent(row)]
        rows = tuple(_read(row, photos) for row in asked if not is_consent(row))
        if rows:
            blocks.append(Block(section["title"], rows))
    if consents:
        blocks.append(Block("", tuple(consents), is_consent=True))
    return blocks


def photos_by_name(case: Case) -> dict[str, CasePhoto]:
    """Return the photos of a case by the name that its answers give them."""
    return {photo.name: photo for photo in case.photos.all()} if case.pk else {}


def kind_of(row: dict[str, Any]) -> Kind:
    """Return how the answer of an outline row is shown."""
    if row["type"] in PICTURES:
        return "photo"
    if row["type"] == "acknowledge":
        return "agreed"
    return "private" if row["private"] else "words"


def mask_number(number: str) -> str:
    """Return the last four signs of a number behind dots; of a short one nothing."""
    return f"•••• {number[-TAIL:]}" if len(number) > 2 * TAIL else "••••"


def _read(row: dict[str, Any], photos: dict[str, CasePhoto]) -> Answer:
    kind, display = kind_of(row), row["display"]
    return Answer(
        ref=row["ref"],
        label=row["label"],
        kind=kind,
        display=display,
        answered=row["answered"],
        masked=mask_number(display) if kind == "private" else "",
        photo=photos.get(display) if kind == "photo" else None,
    )
