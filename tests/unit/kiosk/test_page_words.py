"""The fixed words of the pages: all translated, with the same places for values, in short sentences."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[3]
QML = ROOT / "supportpoint" / "kiosk" / "qml"
LONGEST_SENTENCE_WORDS = 12
#: Words of offices, and second words for what the pages already call chạm, mã vuông, giấy hẹn.
UNPLAIN = re.compile(r"tra cứu|đính kèm|xác thực|dịch vụ|bấm|ô vuông|biên nhận|không hợp lệ|!", re.IGNORECASE)
UNPLAIN_ENGLISH = re.compile(r"\b(please|sorry|invalid|submit|error)\b|!", re.IGNORECASE)
ENGLISH = ET.parse(ROOT / "translations" / "supportpoint_en.ts")  # noqa: S314 -- our own file
MESSAGES = [
    (str(message.findtext("source")), message.find("translation")) for message in ENGLISH.iter("message")
]


@pytest.mark.parametrize(("source", "translation"), MESSAGES, ids=[source for source, _ in MESSAGES])
def test_message_is_translated(source: str, translation: ET.Element):
    assert translation.get("type") is None
    assert translation.text
    assert sorted(re.findall(r"%\d", source)) == sorted(re.findall(r"%\d", translation.text))


@pytest.mark.parametrize("source", sorted({source for source, _ in MESSAGES}))
def test_sentences_are_short(source: str):
    for sentence in re.split(r"[.?!\n]", source):
        assert len(sentence.split()) <= LONGEST_SENTENCE_WORDS


@pytest.mark.parametrize(("source", "translation"), MESSAGES, ids=[source for source, _ in MESSAGES])
def test_words_are_plain(source: str, translation: ET.Element):
    assert UNPLAIN.findall(source) == []
    assert UNPLAIN_ENGLISH.findall(str(translation.text)) == []


def test_every_word_of_the_pages_is_listed():
    known = {source for source, _ in MESSAGES}
    pages = "\n".join(path.read_text(encoding="utf-8") for path in QML.rglob("*.qml"))
    said = {text.replace("\\n", "\n") for text in re.findall(r'qsTr\("([^"]*)"\)', pages)}
    assert said == known
