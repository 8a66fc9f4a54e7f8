"""Open a form of this project as a kiosk would, and answer it in the order of the walk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from supportpoint.clock import FixedClock
from supportpoint.config import shipped_dir
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.workbook import read_workbook

VISIT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BIRTH_ANSWERS = Path(__file__).parent / "data" / "forms" / "birth-answers.json"
R, C, M, F, P = (
    "/data/requester",
    "/data/child",
    "/data/parents/mother",
    "/data/parents/father",
    "/data/papers",
)


@lru_cache(maxsize=8)
def load_form(form_id: str) -> FormDefinition:
    """Build the form of assets/forms once; definitions are never changed by a session."""
    workbook = read_workbook(shipped_dir("assets") / "forms" / form_id)
    xform = make_xform(workbook)
    assert isinstance(xform, bytes), xform
    return FormDefinition.load(xform, files=read_lists(workbook))


def open_session(form_id: str) -> FormSession:
    """Open a form on the day of the visit, in Vietnamese."""
    return FormSession(
        load_form(form_id), clock=FixedClock(VISIT), language="vi", metadata={"deviceid": "d-1"}
    )


def read_birth_answers() -> dict[str, Any]:
    """Return ref → answer of the mother who registers her child."""
    answers: dict[str, Any] = json.loads(BIRTH_ANSWERS.read_text(encoding="utf-8"))
    return answers


def asked(session: FormSession) -> dict[str, str]:
    """Return ref → label of every question on the way."""
    return {q.ref: q.label for page in session.pages() for q in page.questions}


def fill(session: FormSession, answers: Mapping[str, Any]) -> None:
    """Answer in the order of the walk; SP-305 when a question is not asked as its turn comes."""
    for ref, value in answers.items():
        session.page_index(ref)
        changes = session.answer(ref, value)
        assert changes.problem is None, changes.problem
