"""Every form of the house opens from its section by touch alone and reaches its review without a fault."""

from __future__ import annotations

from typing import Any

import pytest

from tests.whole_point import WholePoint

#: Where a walk ends: every form looks at its answers again on one of these.
REVIEWS = ("review", "listing")


@pytest.mark.timeout(900)
def test_every_form_is_reached_and_filled_by_touch(visitor: Any, whole_point: WholePoint):
    person = visitor
    person.walk_to_home()
    wrong: dict[str, str] = {}
    for form_id, section in whole_point.sections.items():
        person.enter_form("papers" if section == "staff" else section, form_id)
        try:
            person.fill_form(person.invent_answers(), lambda: person.page in REVIEWS)
        except AssertionError as error:
            wrong[form_id] = str(error)
        else:
            person.wait_for_page(person.page)
            if person.views.review.property("problemCount"):
                wrong[form_id] = "the review has something to mend"
        person.go_home()
    assert wrong == {}
