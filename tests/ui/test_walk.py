"""The whole walk on the real birth form: from the first touch to the receipt in the hand."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ANSWERS: dict[str, str] = json.loads(
    (ROOT / "tests/data/forms/birth-answers.json").read_text(encoding="utf-8")
)


@pytest.fixture
def person(kiosk: Any, tmp_path: Path) -> Any:
    sys.path.insert(0, str(ROOT / "build_scripts"))
    from journey import JourneyDriver  # noqa: PLC0415

    return JourneyDriver(kiosk, Path("/tmp/kb/shots"))


def test_walk(person: Any, birth_point: Any):
    person.walk_to_form()
    receipt = person.fill_birth_form(ANSWERS)
    assert receipt["case_number"]
