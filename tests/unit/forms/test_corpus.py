"""Real field forms, where they are at hand: load, walk at random, write, read back."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, PageKind, Question, QuestionType

CORPUS = Path(__file__).parents[4] / "shared" / "conformance" / "corpus"
FORMS = sorted(CORPUS.glob("*.xml"))
CLOCK = FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
CITIES = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "c1", "properties": {"name": "A"},'
    b' "geometry": {"type": "Point", "coordinates": [103.0, 21.4]}}]}'
)
VALUES = {
    QuestionType.INTEGER: ("0", "1", "4", "33"),
    QuestionType.DECIMAL: ("0.5", "12"),
    QuestionType.DATE: ("2026-11-20", "2024-02-29", "1961-05-05"),
    QuestionType.TIME: ("10:20",),
    QuestionType.DATETIME: ("2026-11-01T10:20:00.000+07:00",),
    QuestionType.RANGE: ("1", "3"),
    QuestionType.ACKNOWLEDGE: ("OK",),
}


def pick(chance: random.Random, question: Question) -> str:
    if chance.random() < 0.1:
        return ""
    if question.choices:
        return chance.choice(question.choices).value
    return chance.choice(VALUES.get(question.type, ("text", "21.4 103.0 0 0")))


def step(session: FormSession, chance: random.Random) -> None:
    page = session.page(chance.randrange(session.page_count()))
    if page.kind is PageKind.REPEAT:
        if page.repeat_count < 4:
            session.add_repeat(page.ref)
        elif page.can_remove:
            session.remove_repeat(f"{page.ref}[{chance.randint(1, page.repeat_count)}]")
        return
    for question in page.questions:
        if not question.readonly:
            session.answer(question.ref, pick(chance, question))


@pytest.mark.skipif(not FORMS, reason="the conformance corpus is not beside this checkout")
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem[:30])
def test_a_walk_through_a_field_form(path):
    definition = FormDefinition.load(path.read_bytes(), files={"cities.geojson": CITIES})
    session, chance = FormSession(definition, clock=CLOCK), random.Random(5)
    refused: list[str] = []
    for _ in range(150):
        try:
            step(session, chance)
        except SupportPointError as error:
            refused.append(error.code)
    assert set(refused) <= {"SP-306"}
    assert len(refused) < 75
    session.outline()
    session.validate()
    sent, whole = session.to_xml(), session.to_xml(whole=True)
    session.recompute()
    assert session.to_xml() == sent
    assert FormSession.from_xml(definition, whole, clock=CLOCK).to_xml() == sent
