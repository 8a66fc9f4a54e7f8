"""Whom to call at once: the emergency numbers, as content. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """One telephone number, and for whom or what it is, by language code."""

    number: str
    names: dict[str, str]

    def name(self, language: str) -> str:
        """Return what the number is for, in Vietnamese where the language has no words."""
        return self.names.get(language) or self.names["vi"]


def read_emergency(folder: Path) -> tuple[EmergencyNumber, ...]:
    """Return the numbers in the order of the table.

    Source: assets/lists/emergency.csv
    """
    text = (folder / "emergency.csv").read_text(encoding="utf-8")
    return tuple(
        EmergencyNumber(row["number"], {"vi": row["name"], "en": row["name_en"]})
        for row in csv.DictReader(StringIO(text))
    )
