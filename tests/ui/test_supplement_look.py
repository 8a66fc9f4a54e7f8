"""How the list of missing things looks at both sizes, in larger letters, in English, in high contrast."""

from __future__ import annotations

from typing import Any

import pytest

from supportpoint.protocol import CaseNews, MissingThing
from tests.ui.looks import MODES, SIZES, wear
from tests.ui.test_page_look import faults
from tests.ui.test_supplement import NEWS, PAPER, PHONE, show_news
from tests.ui.test_supplement import point as point  # noqa: PLC0414 -- a fixture of the other file
from tests.ui.test_supplement import supplement_form as supplement_form  # noqa: PLC0414 -- as above

LONG = MissingThing(
    kind="photo",
    label="Giấy xác nhận tình trạng hôn nhân của cả hai người, do xã cũ cấp",
    reason="Ảnh tối và mờ, không đọc được ngày cấp. Đặt giấy nơi sáng, chụp đủ bốn góc.",
)
#: One thing, a full page on either screen, and a page more.
LISTS = ((PHONE,), (LONG, PHONE, LONG), (LONG, PHONE, PAPER, LONG), (LONG,) * 9)


@pytest.fixture(params=MODES)
def shown(request: pytest.FixtureRequest, point: Any, size: str, meet: Any) -> Any:
    person = meet(window=SIZES[size])
    wear(person.app, request.param)
    return person


def test_every_page_of_the_list(shown: Any, size: str) -> None:
    app, found = shown.app, {}
    for number, missing in enumerate(LISTS):
        app.navigator.open("home")
        show_news(
            shown,
            CaseNews(case_number=NEWS.case_number, state="need", at=NEWS.at, unit="Nà Tấu", missing=missing),
        )
        shown.tap("continueButton")
        shown.wait_for_page("supplement")
        found[f"list {number}"] = faults(app, size, "supplement")
        request = app.parts.stage.visit.form.request
        for asked in request.things:
            if not asked.is_photo:
                request.answer(asked.ref, "0912345678")
        app.parts.views.supplement.changed.emit()
        found[f"written {number}"] = faults(app, size, "supplement")
        app.parts.stage.visit.close_form()
    assert {page: what for page, what in found.items() if any(what.values())} == {}
