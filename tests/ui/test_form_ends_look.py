"""How the first page, the path of a form and the seller's preview look, measured like every page."""

from __future__ import annotations

import json
from typing import Any

from tests.ui.looks import SIZES
from tests.ui.test_page_look import faults, open_birth_form
from tests.ui.test_page_look import looked_at as looked_at  # noqa: PLC0414 -- a fixture of the other file

#: A product with every word as long as it gets.
GOODS = {
    "/data/goods/category": "livestock",
    "/data/goods/title": "Cần bán: Con giống, cây giống của tổ hợp tác bản Nậm Cứm",
    "/data/amount/unit": "kg",
    "/data/amount/price": "12500000",
    "/data/amount/stock": "1200",
    "/data/seller/name": "Tổ hợp tác chăn nuôi bản Nậm Cứm",
    "/data/seller/address/ask_commune": "03316",
    "/data/seller/address/ask_detail": "Bản Nậm Cứm, tổ 3",
    "/data/seller/phone": "0912345678",
}


def test_the_closed_point_and_all_its_languages(size: str, open_kiosk: Any, birth_point: Any) -> None:
    settings = {"open_from": "07:30", "open_until": "08:00", "languages": ["vi", "en", "blt", "hmn", "kjg"]}
    (birth_point.folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    app, found = open_kiosk(window=SIZES[size]), {}
    for text in ("normal", "A+"):
        for page in ("attract", "language"):
            app.navigator.open(page)
            found[f"{page} {text}"] = faults(app, size, page)
        app.parts.views.shell.toggleTextLarge()
    assert {page: what for page, what in found.items() if what} == {}


def test_the_path_and_the_preview(real_forms: Any, looked_at: Any, size: str, qtbot: Any) -> None:
    app, views, walk = looked_at, looked_at.parts.views, looked_at.parts.stage.walk
    open_birth_form(app, qtbot)
    views.preparation.start()
    first = walk.steps()[0].page.section
    walk.start([step for step in walk.steps() if step.page.section == first][-1].ref)
    walk.forward()
    assert app.navigator.page == "path"
    found = {"path": faults(app, size, "path")}
    app.navigator.open("home")
    real_forms("product-listing")
    app.parts.service.refresh()
    qtbot.waitUntil(lambda: any(form.id == "product-listing" for form in app.parts.service.forms))
    views.services.open("product-listing")
    qtbot.waitUntil(lambda: walk.ref == "/data/photos/photo_1")
    for photo in (1, 2):
        walk.start(f"/data/photos/photo_{photo}")
        views.photo.shoot()
        qtbot.waitUntil(lambda: views.photo.photoState == "shot")
        views.photo.keep()
    session = app.parts.stage.visit.form.session
    for ref, value in GOODS.items():
        session.answer(ref, value)
    for page in ("listing", "review"):
        app.navigator.open(page)
        found[page] = faults(app, size, page)
    walk.start("/data/amount/price")
    found["price"] = faults(app, size, "question")
    assert {page: what for page, what in found.items() if what} == {}
