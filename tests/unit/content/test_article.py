"""An article comes through its package as it was written, and is shown only in its time."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from supportpoint.content.article import (
    ARTICLE_FILE,
    Article,
    Recording,
    Source,
    list_current,
    open_articles,
    read_article,
    write_article,
)
from supportpoint.content.package import read_package, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from tests.unit.content.conftest import make_manifest

TODAY = date(2026, 11, 23)
ARTICLE = Article(
    id="wash-hands",
    version=2026112301,
    topic="health",
    art="water",
    as_of="2026-11",
    confidence="read",
    valid_from=date(2026, 11, 15),
    valid_to=date(2027, 6, 30),
    source=Source(agency="Bộ Y tế", date="2025-10"),
    title={"vi": "Rửa tay bằng xà phòng cho sạch", "en": "Wash your hands"},
    short={"vi": "Rửa tay"},
    sentences={"vi": ("Rửa tay trước khi ăn.", "Rửa tay sau khi ho."), "en": ("Wash.", "Wash again.")},
)


def test_an_article_comes_back_with_its_recording(publisher):
    spoken = replace(ARTICLE, audio={"vi": Recording(file="vi.opus", voice="An", starts_s=(0.0, 2.5))})
    data = write_article(spoken, {"media/vi.opus": b"sound"}, publisher.sign)
    package = read_package(data, publisher.keyset)
    assert read_article(package) == spoken
    assert package.files["media/vi.opus"] == b"sound"
    assert package.manifest.kind == "article"
    assert package.manifest.settings["topic"] == "health"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        msgspec.json.encode(replace(ARTICLE, id="other")),
        msgspec.json.encode(replace(ARTICLE, version=1)),
        msgspec.json.encode(replace(ARTICLE, sentences={"en": ("Wash.",)})),
        msgspec.json.encode(replace(ARTICLE, sentences={"vi": ()})),
        msgspec.json.encode(replace(ARTICLE, title={"en": "Wash"})),
    ],
)
def test_what_is_no_article_is_refused_and_left_out(publisher, content, caplog):
    manifest = replace(make_manifest(form_id="wash-hands"), kind="article")
    package = read_package(write_package(manifest, {ARTICLE_FILE: content}, publisher.sign), publisher.keyset)
    with pytest.raises(SupportPointError, match="SP-601"):
        read_article(package)
    good = read_package(write_article(ARTICLE, {}, publisher.sign), publisher.keyset)
    assert open_articles([package, good]) == (ARTICLE,)
    assert "wash-hands is left out: SP-601" in caplog.text


def test_an_article_shows_from_its_first_to_its_last_day():
    def is_shown(day: date) -> bool:
        return bool(list_current([ARTICLE], day))

    assert [is_shown(date(2026, 11, 14)), is_shown(date(2026, 11, 15))] == [False, True]
    assert [is_shown(date(2027, 6, 30)), is_shown(date(2027, 7, 1))] == [True, False]


def test_the_newest_comes_first():
    older = replace(ARTICLE, id="a-older", valid_from=date(2026, 10, 1))
    same_day = replace(ARTICLE, id="z-same")
    found = list_current([older, same_day, ARTICLE], TODAY)
    assert [article.id for article in found] == ["wash-hands", "z-same", "a-older"]


def test_new_lasts_two_weeks():
    assert ARTICLE.is_new(date(2026, 11, 28))
    assert not ARTICLE.is_new(date(2026, 11, 29))


def test_titles_and_minutes_fall_back_to_vietnamese():
    assert ARTICLE.tile_title("vi") == "Rửa tay"
    assert ARTICLE.tile_title("en") == "Wash your hands"
    assert ARTICLE.tile_title("hmn") == "Rửa tay"
    long = replace(ARTICLE, sentences=ARTICLE.sentences | {"vi": ("một hai ba." * 1, *["bốn năm sáu."] * 30)})
    assert (long.minutes("vi"), long.minutes("en"), long.minutes("hmn")) == (2, 1, 2)


def test_only_what_was_read_at_the_source_is_verified():
    assert ARTICLE.is_verified
    assert not replace(ARTICLE, confidence="read-2nd").is_verified


def test_forms_and_articles_of_one_name_lie_side_by_side(tmp_path, publisher):
    shelf = Shelf(tmp_path)
    form = write_package(make_manifest(form_id="wash-hands"), {"form.xml": b"<x/>"}, publisher.sign)
    shelf.install(form, publisher.keyset)
    shelf.install(write_article(ARTICLE, {}, publisher.sign), publisher.keyset)
    assert [manifest.kind for manifest in shelf.list_forms()] == ["form"]
    assert open_articles(shelf.list_articles()) == (ARTICLE,)
    assert (tmp_path / "content" / "articles" / "wash-hands" / "2026112301.sparticle").is_file()


def test_a_newer_article_takes_over_and_an_older_is_refused(tmp_path, publisher):
    shelf = Shelf(tmp_path)
    newer = replace(ARTICLE, version=2026112302, short={"vi": "Rửa tay nhé"})
    shelf.install(write_article(ARTICLE, {}, publisher.sign), publisher.keyset)
    shelf.install(write_article(newer, {}, publisher.sign), publisher.keyset)
    assert open_articles(shelf.list_articles()) == (newer,)
    with pytest.raises(SupportPointError, match="SP-603"):
        shelf.install(write_article(ARTICLE, {}, publisher.sign), publisher.keyset)


def test_a_damaged_article_gives_way_to_the_version_before_it(tmp_path, publisher):
    shelf = Shelf(tmp_path)
    shelf.install(write_article(ARTICLE, {}, publisher.sign), publisher.keyset)
    shelf.install(write_article(replace(ARTICLE, version=2026112302), {}, publisher.sign), publisher.keyset)
    newest = tmp_path / "content" / "articles" / "wash-hands" / "2026112302.sparticle"
    newest.write_bytes(newest.read_bytes()[:-20])
    assert open_articles(shelf.list_articles()) == (ARTICLE,)
    assert shelf.verify_all(publisher.keyset) == (("wash-hands", 2026112302, "SP-601"),)
    assert newest.with_suffix(".sparticle.refused").is_file()


def test_a_kind_that_this_machine_does_not_know_is_refused(tmp_path, publisher):
    package = write_package(replace(make_manifest(), kind="film"), {"a.txt": b"x"}, publisher.sign)
    with pytest.raises(SupportPointError, match="SP-601"):
        Shelf(tmp_path).install(package, publisher.keyset)
    assert not (tmp_path / "content").exists()
