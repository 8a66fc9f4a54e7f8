"""The id of a case: ordered by time, but where the time would tell who sent it."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from supportpoint.clock import make_case_id, moment_of_case

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("purpose", ["ordinary", "legal_aid", ""])
def test_the_id_of_a_case_tells_its_time(purpose):
    id_ = UUID(make_case_id({"purpose": purpose, "section": "papers"}, MOMENT))
    assert id_.version == 7
    assert id_.int >> 80 == int(MOMENT.timestamp() * 1000)


@pytest.mark.parametrize("settings", [{"purpose": "protected"}, {"purpose": "ordinary", "section": "say"}])
def test_the_id_of_feedback_tells_no_time(settings):
    ids = [UUID(make_case_id(settings, MOMENT)) for _ in range(20)]
    assert {id_.version for id_ in ids} == {4}
    assert len({id_.int >> 80 for id_ in ids}) == 20


def test_the_moment_of_feedback_is_its_day():
    timed, timeless = (make_case_id({"purpose": purpose}, MOMENT) for purpose in ("ordinary", "protected"))
    assert moment_of_case(timed, MOMENT) == MOMENT
    assert moment_of_case(timeless, MOMENT).isoformat() == "2026-11-22T17:00:00+00:00"
