"""The forms by which somebody speaks up without a name ask the machine for nothing that tells of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

FORMS = Path(__file__).resolve().parents[3] / "assets" / "forms"
TELLING = {"start", "end", "today", "deviceid"}
NAMELESS = ("feedback-report", "feedback-tip", "feedback-denunciation")
#: Never kept on the machine, and only for the visit.
AUTOSAVES = {"feedback-tip": "never", "feedback-denunciation": "never", "feedback-report": "session"}


def rows(form: str, table: str) -> list[dict[str, str]]:
    with (FORMS / form / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", NAMELESS)
def test_no_clock_and_no_machine_is_asked(form: str):
    assert TELLING & {row["type"] for row in rows(form, "survey")} == set()


@pytest.mark.parametrize("form", NAMELESS)
def test_no_draft_outlives_the_visit(form: str):
    (settings,) = rows(form, "settings")
    assert settings["autosave"] == AUTOSAVES[form]
