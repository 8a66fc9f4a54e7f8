"""A writer's folder becomes an article, or the list of all that is wrong with it. The shipped ones stand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from supportpoint.cli import main
from supportpoint.config import shipped_dir
from supportpoint.content.article import CONFIDENCES, read_article, read_topics
from supportpoint.content.article_source import (
    inspect_article,
    list_article_folders,
    list_drawings,
    list_topic_ids,
)
from supportpoint.content.package import read_package
from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SignKey
from tests.unit.content.conftest import make_keyset

SHIPPED = shipped_dir("assets") / "articles"
FACTS = """version = 2026112301
topic = "health"
art = "water"
as_of = "2026-11"
confidence = "read"
valid_from = 2026-11-15
valid_to = 2027-06-30
[title]
vi = "Rửa tay bằng xà phòng"
en = "Wash hands with soap"
[source]
agency = "Bộ Y tế"
date = "2025-10"
"""
VI = "Rửa tay trước khi ăn.\nRửa tay sau khi ho.\n"
EN = "Wash before you eat.\nWash after you cough.\n"
RECORDING = '[audio.vi]\nfile = "vi.opus"\nvoice = "An"\nstarts_s = [0.0, 2.5]\n'


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "wash-hands")


def write(folder: Path, facts: str = FACTS, vi: str = VI, en: str = EN) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "article.toml").write_text(facts, encoding="utf-8")
    (folder / "vi.txt").write_text(vi, encoding="utf-8")
    (folder / "en.txt").write_text(en, encoding="utf-8")
    return folder


def inspect(folder: Path):
    return inspect_article(folder, list_drawings(), list_topic_ids())


def codes(folder: Path) -> list[str]:
    report = inspect(folder)
    assert (report.article is None) == bool(report.faults)
    for fault in report.faults:
        assert fault.words("vi") != fault.words("en")
    return [fault.code for fault in report.faults]


def test_a_good_folder_has_no_faults(folder):
    assert codes(folder) == []
    assert inspect(folder).article.sentences["en"] == ("Wash before you eat.", "Wash after you cough.")


def test_english_may_lack(folder):
    (folder / "en.txt").unlink()
    assert codes(folder) == []
    assert list(inspect(folder).article.sentences) == ["vi"]


def test_a_recording_travels_with_its_starts(folder):
    write(folder, FACTS + RECORDING)
    assert codes(folder) == ["no_recording"]
    (folder / "vi.opus").write_bytes(b"sound")
    assert codes(folder) == []
    assert inspect(folder).files == {"media/vi.opus": b"sound"}
    write(folder, FACTS + RECORDING.replace(", 2.5", ""))
    assert codes(folder) == ["other_starts"]
    (folder / "vi.opus").write_bytes(bytes(8 * 1024 * 1024 + 1))
    assert "audio_large" in codes(folder)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("2026112301", "7", "version"),
        ("health", "music", "topic"),
        ("water", "no-such-drawing", "art"),
        ('"2026-11"', '"November"', "as_of"),
        ('"read"', '"sure"', "confidence"),
        ('"Bộ Y tế"', '" "', "source.agency"),
        ('"2025-10"', '"last year"', "source.date"),
        ('date = "2025-10"', 'url = "javascript:x"', "source.url"),
        ("2027-06-30", "2026-11-14", "valid_to"),
    ],
)
def test_a_wrong_value_is_named(folder, old, new, name):
    write(folder, FACTS.replace(old, new, 1))
    (fault,) = inspect(folder).faults
    assert (fault.code, fault.facts) == ("wrong_value", {"name": name})


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("topic", "topics", "unreadable"),
        ("version = 2026112301", 'version = "new"', "unreadable"),
        ("[title]", "[title", "unreadable"),
        ("[title]", 'author = "x"\n[title]', "unknown_field"),
        ('en = "Wash hands with soap"\n', "", "no_title"),
        ("Rửa tay bằng xà phòng", "Rửa tay bằng xà phòng cho thật sạch", "tile_long"),
        ("Rửa tay bằng xà phòng", "R" * 91, "title_long"),
    ],
)
def test_what_is_wrong_with_the_facts_is_said(folder, old, new, code):
    write(folder, FACTS.replace(old, new, 1))
    assert codes(folder) == [code]


@pytest.mark.parametrize(
    ("vi", "code", "place"),
    [
        ("", "no_text", 0),
        ("Rửa tay.\n", "other_count", 0),
        ("Rửa tay.\nMột hai ba bốn năm sáu bảy tám chín mười mười một mười hai.\n", "sentence_long", 2),
        ("Rửa tay\nRửa tay sau khi ho.\n", "no_full_stop", 1),
        (unicodedata.normalize("NFD", VI), "not_composed", 1),
        ("Rửa tay.\n" + "x" * 2500 + ".\n", "text_long", 0),
    ],
)
def test_what_is_wrong_with_the_text_is_said(folder, vi, code, place):
    write(folder, vi=vi)
    faults = inspect(folder).faults
    assert (code, place) in [(fault.code, fault.sentence) for fault in faults]


def test_a_folder_without_articles_is_refused(tmp_path):
    with pytest.raises(SupportPointError, match="SP-104"):
        list_article_folders(tmp_path)


def test_check_lists_every_fault_of_every_article(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    write(tmp_path / "good")
    write(tmp_path / "bad", FACTS.replace("health", "music"), "Rửa tay.\nRửa tay\n")
    assert main(["articles", "check", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["Fault:", "bad:article.toml", "wrong_value"],
        ["Fault:", "bad:vi.txt:2", "no_full_stop"],
    ]
    assert err.startswith("SP-606 ")


def test_publish_signs_what_check_accepts_and_nothing_else(tmp_path, capsys):
    sign = SignKey.make()
    key = tmp_path / "publisher.key"
    key.write_bytes(sign.seed)
    words = ["articles", "publish", str(tmp_path / "in"), "--key", str(key), "--out", str(tmp_path / "out")]
    write(tmp_path / "in" / "wash-hands", vi="Rửa tay\n")
    assert main(words) == 2
    assert not (tmp_path / "out").exists()
    write(tmp_path / "in" / "wash-hands")
    assert main(words) == 0
    (path,) = json.loads(capsys.readouterr().out.splitlines()[-1])["packages"]
    package = read_package(Path(path).read_bytes(), make_keyset(sign))
    assert read_article(package).title["en"] == "Wash hands with soap"


@pytest.mark.parametrize("folder", list_article_folders(SHIPPED), ids=lambda folder: folder.name)
def test_a_shipped_article_stands(folder):
    report = inspect(folder)
    assert report.faults == ()
    article = report.article
    assert article.confidence in CONFIDENCES
    assert article.sentences.keys() == {"vi", "en"}
    assert not re.search(r"\d{7}", " ".join(article.sentences["vi"])), "no telephone numbers in articles"


def test_every_topic_has_two_articles_and_every_part_of_one_has_its_own():
    topics = {topic.id: topic for topic in read_topics(SHIPPED)}
    own = [inspect(folder).article.topic for folder in list_article_folders(SHIPPED)]
    held = Counter([*own, *(topics[topic].within for topic in own)])
    assert [one.id for one in topics.values() if held[one.id] < (1 if one.within else 2)] == []
    assert all(topic.art in list_drawings() for topic in topics.values())


def test_technology_has_its_seven_fields():
    topics = read_topics(SHIPPED)
    assert len([one for one in topics if one.within == "technology"]) == 7
    assert {one.within for one in topics} - {"", *(one.id for one in topics if not one.within)} == set()
