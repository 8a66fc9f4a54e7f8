"""Invented answers to every field of a sheet, and the text of a paper read back."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pypdf
import pytest

from supportpoint.reports.fields import Field, Fields
from supportpoint.reports.paper import PaperFacts

SHEETS = Path(__file__).parents[2] / "data" / "fields"
UNSEEN = {"sign", "file", "auto"}
PARTS = ("detail", "commune", "province")


def squeezed(text: str) -> str:
    """Return text as it can be compared with a paper: NFC, without spaces and line ends."""
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.fixture
def read_pdf():
    """Return the text of a paper, squeezed; digits in boxes are neighbours then."""

    def read(content: bytes, page: int | None = None) -> str:
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return squeezed("".join(each.extract_text() for at, each in enumerate(pages) if page in {None, at}))

    return read


def _word(number: int) -> str:
    """Return a word of its own for each field, with marks that a wrong font or encoding would lose."""
    return f"Trả lời thứ {number} ẳểỗữỵđ"


@pytest.fixture
def fill():
    """Return answers to every field of a form's sheet: each its own word, repeats as two rows."""

    def make(form_id: str) -> Fields:
        fields = Fields()
        rows = csv.DictReader((SHEETS / f"{form_id}.csv").read_text("utf-8").splitlines())
        for number, row in enumerate(row for row in rows if row["kind"] not in UNSEEN):
            for name in [f"{row['id']}.{part}" for part in PARTS] if row["kind"] == "addr" else [row["id"]]:
                word = _word(number) + name.rpartition(".")[2]
                for repeat in ("members", "s.periods"):
                    if name.startswith(f"{repeat}."):
                        rest = name.removeprefix(f"{repeat}.")
                        pair = fields.rows.setdefault(repeat, ({}, {}))
                        for place, each in enumerate(pair):
                            each[rest] = Field(word + str(place), word + str(place), "text")
                        break
                else:
                    fields.single[name] = Field(word, word, "text")
        return fields

    return make


@pytest.fixture
def facts():
    return PaperFacts(
        form_id="trial",
        version="2026112301",
        title="Thử",
        procedure="1.000894",
        source="Luật Hộ tịch 60/2014/QH13",
        as_of="2026-11",
        office="Xã Nà Tấu",
        number="7K4-M2P",
    )
