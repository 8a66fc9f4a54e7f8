"""News and learning by touch: from home to the shelf, an article, the next one, and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from supportpoint.content.article import Article, write_article
from supportpoint.content.article_source import inspect_article, list_drawings, list_topic_ids
from supportpoint.content.shelf import Shelf
from tests.ears import Ears

ARTICLES = Path(__file__).resolve().parents[2] / "assets" / "articles"
CLOSED = "Mục này chưa mở. Mời bà con quay lại sau."


def read_shipped(name: str) -> Article:
    article = inspect_article(ARTICLES / name, list_drawings(), list_topic_ids()).article
    assert article is not None
    return article


def put(point: Any, *articles: Article) -> None:
    for article in articles:
        package = write_article(article, {}, point.trust.publisher)
        Shelf(point.folder).install(package, point.trust.keyset())


@pytest.fixture
def shelf_point(birth_point: Any) -> Any:
    """A point with every shipped article, one that ended, one to come, one without English."""
    names = sorted(path.parent.name for path in ARTICLES.glob("*/article.toml"))
    shipped = [read_shipped(name) for name in names]
    model = shipped[0]
    put(birth_point, *shipped)
    put(
        birth_point,
        replace(model, id="ended", valid_from=date(2026, 1, 1), valid_to=date(2026, 11, 22)),
        replace(model, id="to-come", valid_from=date(2026, 11, 24)),
        replace(
            model,
            id="only-vietnamese",
            topic="stories",
            valid_from=date(2026, 11, 23),
            title={"vi": "Chuyện ở bản bên"},
            short={},
            sentences={"vi": model.sentences["vi"]},
        ),
    )
    return birth_point


def go_home(person: Any) -> None:
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")
    person.wait_until(lambda: bool(person.app.parts.service.forms), "the forms")


def go_to_shelf(person: Any) -> Any:
    go_home(person)
    learn = person.views.learn
    person.wait_until(lambda: learn.property("hasArticles"), "the articles")
    person.tap("card_learn")
    person.wait_for_page("shelf")
    return learn


def shown(learn: Any) -> list[str]:
    return [item["id"] for item in learn.property("items")]


@pytest.mark.usefixtures("birth_point")
def test_without_articles_the_card_stays_closed_and_the_shelf_says_so(person: Any):
    go_home(person)
    person.app.parts.stage.tasks.wait_idle()
    person.tap("card_learn")
    assert person.page == "home"
    assert person.views.shell.property("captionText") == CLOSED
    person.app.navigator.open("shelf")
    person.wait_for_page("shelf")
    assert person.find("noArticles").property("message") == "Chưa có bài mới. Mời quay lại sau."
    assert person.find("topic_all") is None


@pytest.mark.usefixtures("shelf_point")
def test_from_home_to_an_article_the_next_one_and_back(person: Any):
    learn = go_to_shelf(person)
    first = shown(learn)[0]
    person.tap(f"article_{first}")
    person.wait_for_page("article")
    article = person.views.article
    assert article.property("articleIndex") == 0
    title, count = article.property("title"), article.property("articleCount")
    assert person.find("page_article").property("title") == title
    for _ in range(article.property("sentenceCount") - 1):
        person.tap("nextSentenceButton")
    assert article.property("sentenceIndex") == article.property("sentenceCount") - 1
    assert not person.find("nextSentenceButton").isEnabled()
    person.tap("previousSentenceButton")
    assert article.property("sentenceIndex") == article.property("sentenceCount") - 2
    person.tap("continueButton")
    assert article.property("articleIndex") == 1
    assert article.property("sentenceIndex") == 0
    assert article.property("title") != title
    for _ in range(count - 1):
        person.tap("continueButton")
    assert article.property("title") == title
    person.tap("backButton")
    person.wait_for_page("shelf")
    person.tap("backButton")
    person.wait_for_page("home")


@pytest.mark.usefixtures("shelf_point")
def test_the_walk_of_the_demo_finds_the_card_open_and_comes_home(person: Any):
    person.walk_to_home()
    assert {card["id"]: card["enabled"] for card in person.views.home.property("cards")}["learn"]
    person.read_an_article()
    assert person.page == "home"
    assert person.views.article.property("articleIndex") == 1


@pytest.mark.usefixtures("shelf_point")
def test_a_touched_sentence_is_lit_and_its_page_follows(person: Any):
    learn = go_to_shelf(person)
    person.tap(f"article_{shown(learn)[0]}")
    person.wait_for_page("article")
    article = person.views.article
    person.tap("sentence_2")
    assert article.property("sentence") == article.property("sentences")[2]["text"]
    assert [one["state"] for one in article.property("sentences")] == [-1, -1, 0, 1]
    assert person.find("sentence_2").property("lit")
    person.tap("nextSentenceButton")
    person.tap("nextSentenceButton")
    assert article.property("sentences")[0]["index"] == 4
    assert person.find("sentence_2") is None


@pytest.mark.usefixtures("shelf_point")
def test_the_shelf_shows_what_is_valid_today_the_newest_first(person: Any):
    learn = go_to_shelf(person)
    found = shown(learn)
    new = [item["id"] for item in learn.property("items") if item["isNew"]]
    assert new == found[:1], "what came with the machine all at once is not marked"
    while learn.property("pageIndex") < learn.property("pageCount") - 1:
        person.tap("nextPageButton")
        found += shown(learn)
    assert found[0] == "only-vietnamese"
    assert {"ended", "to-come"}.isdisjoint(found)
    assert len(found) == len(set(found)) == 28
    assert not person.find(f"article_{found[-1]}").property("isNew")


@pytest.mark.usefixtures("shelf_point")
def test_a_topic_shows_its_own_articles_and_their_next_stays_in_it(person: Any):
    learn = go_to_shelf(person)
    assert [topic["id"] for topic in learn.property("topics")] == ["", "policy", "law", "crops"]
    person.tap("topic_law")
    assert shown(learn) == [
        "birth-in-60-days",
        "free-legal-aid",
        "marriage-age",
        "report-complain-denounce",
    ]
    person.tap("article_marriage-age")
    person.wait_for_page("article")
    article = person.views.article
    assert (article.property("articleIndex"), article.property("articleCount")) == (2, 4)
    assert article.property("topic") == "Luật dễ hiểu"
    person.tap("backButton")
    person.wait_for_page("shelf")
    person.tap("nextTopicsButton")
    person.tap("topic_scams")
    assert shown(learn) == ["fake-police-call", "prize-fee"]


@pytest.mark.usefixtures("shelf_point")
def test_the_fields_of_technology_stand_inside_it(person: Any):
    learn = go_to_shelf(person)

    def offered() -> list[str]:
        return [topic["id"] for topic in learn.property("topics")]

    person.tap("nextTopicsButton")
    person.tap("nextTopicsButton")
    person.tap("topic_technology")
    assert offered() == ["", "technology", "tech-papers", "tech-farm"]
    found = shown(learn)
    person.tap("nextPageButton")
    found += shown(learn)
    assert {"papers-with-vneid", "qr-on-produce", "protect-your-data", "safe-transfers"} <= set(found)
    assert len(found) == 8
    person.tap("topic_tech-farm")
    assert shown(learn) == ["qr-on-produce"]
    person.tap("nextTopicsButton")
    assert offered() == ["tech-health", "tech-school", "tech-trade", "tech-money"]
    person.tap("topic_tech-money")
    assert shown(learn) == ["safe-transfers"]
    person.tap("article_safe-transfers")
    person.wait_for_page("article")
    assert person.views.article.property("topic") == "Tiền, ngân hàng"
    person.tap("backButton")
    person.wait_for_page("shelf")
    person.tap("nextTopicsButton")
    assert offered() == ["tech-weather"]
    person.tap("nextTopicsButton")
    person.tap("topic_all")
    assert offered() == ["", "policy", "law", "crops"]


def test_a_topic_whose_articles_ended_says_so_and_offers_the_others(shelf_point: Any, meet: Any, clock: Any):
    last = read_shipped("qr-on-produce")
    put(shelf_point, replace(last, version=last.version + 1, valid_to=date(2026, 11, 23)))
    person = meet()
    learn = go_to_shelf(person)
    learn.choose("tech-farm")
    assert shown(learn) == ["qr-on-produce"]
    clock.advance(86_400)
    learn.choose("tech-farm")
    assert shown(learn) == []
    assert person.find("noArticles").property("message") == "Chưa có bài mới. Mời quay lại sau."
    assert person.find("topic_technology") is not None


@pytest.mark.usefixtures("shelf_point")
def test_source_and_doubt_are_shown(person: Any):
    learn = go_to_shelf(person)
    person.tap("topic_law")
    person.tap("article_free-legal-aid")
    person.wait_for_page("article")
    assert person.find("unverifiedMark") is None
    line = person.find("sourceLine").property("text")
    assert line == "Nguồn: Quốc hội, Luật Trợ giúp pháp lý 11/2017/QH14, 2017. Máy ghi tháng 11/2026."
    person.tap("continueButton")
    assert person.find("unverifiedMark") is not None
    assert learn is not None


@pytest.mark.usefixtures("shelf_point")
def test_an_article_without_the_language_says_so_and_keeps_its_place(person: Any):
    learn = go_to_shelf(person)
    person.tap("article_only-vietnamese")
    person.wait_for_page("article")
    article = person.views.article
    person.tap("nextSentenceButton")
    person.views.shell.setLanguage("en")
    assert article.property("sentenceIndex") == 1
    assert person.find("page_article").property("help") == "This article is in Vietnamese only."
    assert article.property("sentence") == article.property("sentences")[1]["text"]
    person.tap("backButton")
    person.wait_for_page("shelf")
    tiles = {item["id"]: item for item in learn.property("items")}
    assert tiles["only-vietnamese"]["missing"]
    assert not tiles["birth-in-60-days"]["missing"]
    assert tiles["birth-in-60-days"]["title"] == "Register a birth in time"


@pytest.mark.usefixtures("shelf_point", "deaf")
def test_without_a_voice_play_is_closed_with_its_reason(person: Any):
    learn = go_to_shelf(person)
    person.tap(f"article_{shown(learn)[0]}")
    person.wait_for_page("article")
    assert not person.find("playButton").isEnabled()
    assert person.find("voiceState").property("text") == "Câu 1/12 · Chưa có giọng đọc."
    person.views.article.togglePlay()
    assert not person.views.article.property("playing")


@pytest.mark.usefixtures("shelf_point")
def test_the_end_of_a_sentence_lights_the_next(ears: Ears, person: Any):
    learn = go_to_shelf(person)
    person.tap(f"article_{shown(learn)[0]}")
    person.wait_for_page("article")
    article = person.views.article
    ears.heard.clear()
    person.wait_until(lambda: ears.is_playing, "the title")
    person.tap("playButton")
    person.wait_until(lambda: article.property("sentenceIndex") == 2, "the third sentence")
    person.tap("playButton")
    assert not article.property("playing")
    assert not ears.is_playing
    person.tap("playButton")
    assert article.property("playing")
    person.tap("nextSentenceButton")
    assert article.property("playing")
    assert article.property("sentenceIndex") == 3
    last = article.property("sentenceCount") - 1
    person.wait_until(lambda: article.property("sentenceIndex") == last, "the last sentence")
    person.wait_until(lambda: not article.property("playing"), "the end")
    assert len(dict.fromkeys(ears.texts)) >= last
    person.tap("sentence_8")
    assert article.property("playing")
    person.tap("backButton")
    person.wait_for_page("shelf")
    assert not article.property("playing")
    assert ears.overlaps == 0


@pytest.mark.usefixtures("shelf_point")
def test_the_machine_reads_slower_for_this_visit(ears: Ears, person: Any):
    learn = go_to_shelf(person)
    person.tap(f"article_{shown(learn)[0]}")
    person.wait_for_page("article")
    speech = person.app.devices.speech
    person.wait_until(lambda: bool(ears.texts), "the title")
    person.tap("slowButton")
    assert speech.pace == pytest.approx(0.8)
    person.tap("slowButton")
    assert speech.pace == 1
    person.tap("slowButton")
    person.views.shell.endVisit()
    person.wait_for_page("attract")
    assert speech.pace == 1


@pytest.mark.usefixtures("shelf_point")
def test_who_listens_is_not_asked_whether_they_are_there(ears: Ears, person: Any):
    learn = go_to_shelf(person)
    person.tap(f"article_{shown(learn)[0]}")
    person.wait_for_page("article")
    presence = person.app.parts.stage.presence
    presence.hurry(10)  # 120 s pass in 1.2 s; nine sentences last longer
    ears.heard.clear()
    person.tap("playButton")
    seen: list[bool] = []
    person.views.shell.voice.changed.connect(lambda: seen.append(presence.is_warning))
    person.wait_until(lambda: len(ears.texts) >= 9, "nine sentences")
    assert person.find("stillHereButton") is None
    assert not any(seen)


@pytest.mark.usefixtures("shelf_point")
def test_the_next_person_finds_the_shelf_as_new(person: Any):
    learn = go_to_shelf(person)
    person.tap("topic_law")
    person.tap("article_marriage-age")
    person.wait_for_page("article")
    person.views.shell.endVisit()
    person.wait_for_page("attract")
    assert person.views.article.property("title") == ""
    assert learn.property("topics")[0]["chosen"]


def test_a_package_that_holds_no_article_is_left_out(shelf_point: Any, caplog: Any, meet: Any):
    article = read_shipped("compost")
    put(shelf_point, replace(article, id="empty", sentences={"vi": ()}))
    caplog.expected_warnings = ["supportpoint.content.article: article empty is left out: SP-601"]
    person = meet()
    go_to_shelf(person)
    assert "empty" not in [one.id for one in person.views.learn.list_shown()]
    assert [record.getMessage() for record in caplog.records if "left out" in record.getMessage()]
