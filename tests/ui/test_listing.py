"""K16: the short way of selling, its preview as the buyer sees it, and what is asked only on wish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ANSWERS = {
    "/data/photos/photo_1": "yes",
    "/data/goods/category": "vegetable",
    "/data/amount/price": "15000",
    "/data/amount/stock": "20",
    "/data/seller/name": "Quàng Ơn",
    "/data/seller/id": "011198000123",
    "/data/seller/address/where": "dien_bien",
    "/data/seller/address/ask_commune": "03316",
    "/data/seller/address/ask_detail": "Bản A",
    "/data/seller/phone": "0912345678",
}


@pytest.fixture
def seller(real_forms: Callable[..., None], meet: Callable[..., Any]) -> Any:
    """Somebody before the first question of a product; nothing had to be prepared."""
    real_forms("product-listing", "sale-result")
    person = meet()
    person.walk_to_home()
    person.wait_until(lambda: len(person.app.parts.service.forms) > 2, "the forms")
    person.enter_form("sell", "product-listing")
    return person


@pytest.fixture
def preview(seller: Any) -> Any:
    seller.fill_form(ANSWERS, lambda: seller.page == "listing")
    seller.wait_for_page("listing")
    return seller


def value(person: Any, ref: str) -> Any:
    return person.app.parts.stage.visit.form.session.value(ref)


def at(person: Any) -> str:
    return str(person.app.parts.stage.walk.ref)


def test_the_card_says_what_the_buyer_will_see(preview: Any):
    listing = preview.views.listing
    assert (listing.title, listing.price, listing.unit, listing.stock) == (
        "Cần bán: Rau, củ, quả",
        "15.000",
        "Bó",
        "20",
    )
    assert (listing.village, listing.commune, listing.seller) == ("Bản A", "Xã Nà Tấu", "Quàng Ơn")
    assert [url.partition(":")[0] for url in listing.photos] == ["image"]


def find_row(person: Any, ref: str) -> int:
    """Turn the pages of the review to the row of an answer; return its place there."""
    review = person.views.review
    for _ in range(review.sectionCount):
        rows = [row["ref"] for row in review.rows]
        if ref in rows:
            return rows.index(ref)
        person.tap("moreButton" if review.sectionIndex == review.mainCount - 1 else "continueButton")
    raise AssertionError(ref)


def go_back_to_the_preview(person: Any) -> None:
    while person.page == "review":
        person.tap("backButton")
    person.wait_for_page("listing")


def test_a_second_picture_can_be_left_out_again(preview: Any):
    preview.tap("addPhoto")
    preview.wait_until(lambda: at(preview) == "/data/photos/photo_2" and preview.page != "listing", "it")
    preview.tap("backButton")
    preview.wait_for_page("listing")


def test_a_changed_price_stands_on_the_card(preview: Any):
    preview.tap("lookAtAll")
    preview.wait_for_page("review")
    preview.tap(f"fix_{find_row(preview, '/data/amount/price')}")
    preview.wait_for_page("question")
    for _ in range(5):
        preview.tap("pad_backspace")
    preview.tap("pad_9")
    preview.tap("pad_thousand")
    preview.tap("continueButton")
    preview.wait_for_page("review")
    go_back_to_the_preview(preview)
    assert preview.views.listing.price == "9.000"


def test_what_is_missing_is_named_and_the_way_on_leads_there(preview: Any):
    assert preview.find("problemStrip") is None
    assert preview.find("continueButton").property("text") == "Đăng bán"
    session = preview.app.parts.stage.visit.form.session
    session.answer("/data/seller/phone", None)
    session.answer("/data/amount/price", None)
    preview.tap("addPhoto")
    preview.wait_for_page("photo")
    preview.tap("backButton")
    preview.wait_for_page("listing")
    assert preview.find("problemStrip").property("message") == "Còn thiếu: giá, điện thoại"
    assert preview.find("continueButton").property("text") == "Ghi nốt chỗ thiếu"
    preview.tap("continueButton")
    preview.wait_for_page("review")
    assert [row["ref"] for row in preview.views.review.rows][:2] == [
        "/data/amount/price",
        "/data/seller/phone",
    ]


def test_a_second_picture_stands_beside_the_first(preview: Any):
    preview.tap("addPhoto")
    preview.fill_form({"/data/photos/photo_2": "yes"}, lambda: preview.page == "listing")
    assert len(set(preview.views.listing.photos)) == 2
    assert preview.views.listing.canAddPhoto


def test_the_unit_is_named_beside_the_price_and_can_be_another(seller: Any):
    seller.fill_form(ANSWERS, lambda: at(seller) == "/data/amount/price")
    assert "Tính theo: Bó" in seller.views.question.hint
    seller.tap("pad_5")
    seller.tap("unitButton")
    seller.wait_until(lambda: at(seller) == "/data/amount/unit", "the units")
    seller.tap("card_animal")
    seller.tap("continueButton")
    seller.wait_until(lambda: at(seller) == "/data/amount/price", "the price")
    assert "Tính theo: Con" in seller.views.question.hint
    assert seller.views.question.value == "5"


def test_what_nobody_asked_is_behind_and_opens_its_questions_one_by_one(preview: Any):
    preview.tap("lookAtAll")
    preview.wait_for_page("review")
    review = preview.views.review
    main = review.mainCount
    details = find_row(preview, "/data/selling/details")
    assert review.sectionIndex >= main
    preview.tap(f"fix_{details}")
    preview.wait_for_page("question")
    preview.tap("card_yes")
    preview.tap("continueButton")
    preview.wait_until(lambda: at(preview) == "/data/details/pack", "the first of the new questions")
    preview.tap("card_loose")
    preview.tap("continueButton")
    preview.wait_until(lambda: at(preview) == "/data/details/net_qty", "the next one")
    preview.tap("backButton")
    preview.wait_for_page("review")
    go_back_to_the_preview(preview)
    preview.tap("continueButton")
    preview.wait_for_page("review")
    assert review.problemCount > 0


def test_nothing_of_the_seller_stays(preview: Any):
    preview.app.parts.views.shell.endVisit()
    listing = preview.views.listing
    assert (listing.title, listing.price, listing.photos, listing.seller) == ("", "", [], "")


def test_goods_have_no_corners_to_be_looked_for(seller: Any):
    assert seller.views.photo.checkIds == ["sharp", "light"]
    seller.tap("continueButton")
    seller.wait_until(lambda: seller.views.photo.photoState == "shot", "the picture")
    assert [check["id"] for check in seller.views.photo.checks] == ["sharp", "light"]
