"""Every code has plain words in both languages, and they say what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from supportpoint.config import error_words
from supportpoint.errors import CATALOGUE

FOLDER = Path(__file__).parents[2] / "translations"
MOST_WORDS = {"vi": 12, "en": 12}
JARGON = re.compile(
    r"database|sql|tls|keyset|envelope|certificate|server|máy chủ|xác thực|tra cứu|đính kèm|lỗi"
    r"|biên nhận|bấm|\b(?:please|sorry|invalid)\b",
    re.IGNORECASE,
)


@pytest.fixture(params=["vi", "en"])
def language(request):
    return request.param


@pytest.fixture
def words(language):
    return json.loads((FOLDER / f"errors.{language}.json").read_text(encoding="utf-8"))


def test_every_code_has_words_and_no_other(words):
    assert sorted(words) == sorted(CATALOGUE)


def test_sentences_are_short(words, language):
    long = {
        code: sentence
        for code, text in words.items()
        for sentence in re.split(r"(?<=[.!?]) ", text)
        if len(sentence.split()) > MOST_WORDS[language]
    }
    assert not long


def test_words_are_plain_and_end_as_sentences(words):
    assert not {code: text for code, text in words.items() if JARGON.search(text)}
    assert not {code: text for code, text in words.items() if not text.endswith(".") or "  " in text}


def test_no_two_codes_say_the_same(words):
    assert len(set(words.values())) == len(words)


def test_words_are_found_by_code_and_fall_back_to_vietnamese(words, language):
    assert error_words("SP-407", language) == words["SP-407"]
    assert error_words("SP-407", "hmn") == error_words("SP-407", "vi")
    assert error_words("SP-999") == "SP-999"
