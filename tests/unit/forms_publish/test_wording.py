"""What a villager reads or hears in any shipped form: short, plain, whole, and with a picture to touch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.workbook import read_workbook

FOLDER = shipped_dir("assets") / "forms"
FORMS = sorted(path.parent.name for path in FOLDER.glob("*/survey.csv"))
VI, EN = "Tiếng Việt (vi)", "English (en)"
SPOKEN = ("label", "hint", "required_message", "constraint_message")
OTHER_TONES = re.compile(r"\w*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
MOST_WORDS, MOST_SHORT_WORDS = 12, 4
#: Words of offices, for which the glossary has plain ones, and a "you" that is rude to elders.
JARGON = re.compile(
    r"\b(bạn|tra cứu|đính kèm|xác thực|kê khai|cung cấp|thực hiện|đối tượng|tiếp nhận|thẩm quyền|trường hợp"
    r"|dữ liệu|thông tin|quy định|ủy quyền|chứng thực|hoàn tất|hợp lệ|bắt buộc nhập|vui lòng"
    r"|đăng nhập|nhập liệu|đương sự|công dân (?:phải|cần))\b"
    r"|\b(please|attach|upload|verify|authenticate|submit|pursuant|hereby|mandatory|invalid|citizen must)\b",
    re.IGNORECASE,
)
#: Vietnamese that is written without any mark, and names. Longer texts without a mark have lost theirs.
MARKLESS = frozenset(
    re.findall("[a-z]+", "ai an cho chai con g gam khai mua nam ninh qua sao sinh trai xin xong")
    + re.findall("[a-z]+", "email facebook haccp iso ocop vietgap vneid zalo")
)
#: Too long for pictures: these are searched by name.
LONG_LISTS = frozenset({"communes.csv", "provinces.csv", "ethnic.csv"})
TELLTALE = frozenset({"start", "end", "deviceid", "today"})


class Said(NamedTuple):
    """One text of a form and where it stands."""

    place: str
    language: str
    text: str


@cache
def read_form(form: str) -> Workbook:
    return read_workbook(FOLDER / form)


def list_texts(form: str, columns: tuple[str, ...]) -> Iterator[Said]:
    for sheet in ("survey", "choices"):
        for line, row in read_form(form).rows(sheet):
            for column in columns:
                for language in (VI, EN):
                    if text := row.get(f"{column}::{language}", ""):
                        yield Said(f"{sheet}:{line}:{row.get('name', '')}", language, text)


def list_shorts(form: str) -> Iterator[Said]:
    for line, row in read_form(form).rows("survey"):
        for language, column in ((VI, "bind::sp:short"), (EN, "bind::sp:short_en")):
            if text := row.get(column, ""):
                yield Said(f"survey:{line}:{row['name']}", language, text)


def list_titles(form: str) -> Iterator[Said]:
    """Yield what the kiosk says of a form before it is opened."""
    settings = read_form(form).settings()
    for name in ("form_title", "fee", "deadline"):
        yield Said(f"settings:{name}", VI, settings[name])
        yield Said(f"settings:{name}", EN, settings[f"{name}_en"])


def count_words(text: str) -> int:
    """Return the words of the longest sentence."""
    sentences = re.split(r"(?<=[.!?;])\s+", text)
    return max(len([word for word in sentence.split() if re.search(r"\w", word)]) for sentence in sentences)


def find_faults(said: Said) -> list[str]:
    """Return what is wrong with a text that is shown or read out."""
    faults = []
    if count_words(said.text) > MOST_WORDS:
        faults.append("long")
    if JARGON.search(said.text):
        faults.append("jargon")
    if unicodedata.normalize("NFC", said.text) != said.text:
        faults.append("not NFC")
    words = set(re.findall("[a-z]+", re.sub(r"\$\{[a-z_]+\}", "", said.text.lower())))
    if said.language == VI and said.text.isascii() and not words <= MARKLESS:
        faults.append("marks lost")
    return faults


@pytest.mark.parametrize("form", FORMS)
def test_what_is_said_is_short_and_plain(form):
    texts = [*list_titles(form), *list_texts(form, SPOKEN), *list_shorts(form)]
    wrong = [(*said, faults) for said in texts if (faults := find_faults(said))]
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_short_labels_are_short(form):
    shorts = list(list_shorts(form))
    assert shorts
    assert [said for said in shorts if len(said.text.split()) > MOST_SHORT_WORDS] == []


@pytest.mark.parametrize("form", FORMS)
def test_official_words_are_whole(form):
    texts = list_texts(form, ("guidance_hint",))
    assert [said for said in texts if unicodedata.normalize("NFC", said.text) != said.text] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_choice_has_a_picture(form):
    workbook = read_form(form)
    asked = [row["type"].split() for _, row in workbook.rows("survey") if row["type"].startswith("select")]
    from_file = {words[1] for words in asked if words[0].endswith("_from_file")}
    assert from_file <= LONG_LISTS
    lists = {words[1] for words in asked} - from_file
    choices = [row for _, row in workbook.rows("choices") if row["list_name"] in lists]
    assert {row["list_name"] for row in choices} == lists
    assert [row for row in choices if not (row.get(f"media::image::{VI}") or row.get("media::image"))] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_protected_form_holds_no_telltale_rows(form):
    workbook = read_form(form)
    if workbook.settings()["purpose"] != "protected":
        assert form not in {"feedback-denunciation", "feedback-tip"}
        return
    rows = [row for _, row in workbook.rows("survey")]
    assert TELLTALE.isdisjoint(row["type"] for row in rows)
    assert [row["name"] for row in rows if any("now()" in cell for cell in row.values())] == []
    assert workbook.settings()["autosave"] == "never"
    assert "/" not in workbook.settings()["instance_name"]


@pytest.mark.parametrize(
    ("language", "text", "faults"),
    [
        (VI, "Mời bà con ghi họ và tên.", []),
        (VI, "một hai ba bốn năm sáu bảy tám chín mười mốt hai ba.", ["long"]),
        (VI, "Mời đính kèm giấy khai sinh.", ["jargon"]),
        (VI, "Bạn tên gì?", ["jargon"]),
        (VI, unicodedata.normalize("NFD", "Mời ghi tên."), ["not NFC"]),
        (VI, "Moi ba con ghi ten.", ["marks lost"]),
        (EN, "Please write the name.", ["jargon"]),
        (EN, "Upload the paper.", ["jargon"]),
    ],
)
def test_a_fault_is_seen(language, text, faults):
    assert find_faults(Said("here", language, text)) == faults


@pytest.mark.parametrize("folder", ["forms", "blocks", "articles"])
def test_tones_stand_where_the_keyboard_puts_them(folder: str):
    """The kiosk writes «hòa, khỏe, ủy»; a form with «hoà» would mix both habits on one screen."""
    texts = [path for path in (FOLDER.parent / folder).rglob("*") if path.suffix in {".csv", ".toml", ".txt"}]
    found = [(path.name, word) for path in texts for word in OTHER_TONES.findall(path.read_text("utf-8"))]
    assert texts
    assert found == []
