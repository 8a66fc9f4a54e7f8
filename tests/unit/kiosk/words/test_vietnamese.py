"""Syllables come out right in whatever order letters, vowel keys and tone keys are touched."""

from __future__ import annotations

import unicodedata

import pytest

from supportpoint.kiosk.words.vietnamese import SPECIAL_LETTERS, TONES, add_letter, add_tone, remove_last

SYLLABLES = [
    "giây",
    "già",
    "quà",
    "quý",
    "quỳnh",
    "dư",
    "dừa",
    "mua",
    "mưa",
    "mùa",
    "của",
    "cửa",
    "nguyễn",
    "đường",
    "hòa",
    "hoàn",
    "hoàng",
    "khỏe",
    "thúy",
    "thủy",
    "thuở",
    "thuế",
    "huyền",
    "khuya",
    "khuỷu",
    "ngoằn",
    "ngoèo",
    "xoáy",
    "ngoài",
    "người",
    "mười",
    "rượu",
    "hươu",
    "hưu",
    "cứu",
    "giếng",
    "giêng",
    "gì",
    "gìn",
    "giữ",
    "giặt",
    "giỗ",
    "quốc",
    "quyển",
    "quẹt",
    "quỷ",
    "yến",
    "yêu",
    "nghĩa",
    "nghiêng",
    "mía",
    "lìa",
    "tía",
    "tiến",
    "luận",
    "lượng",
    "lường",
    "vàng",
    "thào",
    "sùng",
    "quàng",
    "tòng",
    "lò",
    "thị",
    "văn",
    "ơn",
    "đặng",
    "đỗ",
    "điện",
    "biên",
    "phủ",
    "xã",
    "bản",
    "nậm",
    "cứm",
    "tuần",
    "tấu",
    "tủa",
    "chùa",
    "pồ",
    "ẳng",
    "ổi",
    "ếch",
    "ầm",
    "ỉu",
    "ủy",
    "ốc",
    "ưỡn",
    "toán",
    "loét",
    "thoả",
    "hoẵng",
    "quặng",
    "toàn",
    "bịa",
    "rùa",
    "múa",
    "lúa",
    "chúa",
    "sửa",
    "bữa",
    "ruộng",
    "muối",
    "suối",
    "chuối",
    "tuổi",
    "ruồi",
]
OLD_STYLE = {"thoả": "thỏa"}


def plain_and_tone(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((name for name, mark in TONES.items() if mark in parts), "")
    plain = "".join(part for part in parts if part not in TONES.values())
    return unicodedata.normalize("NFC", plain), tone


def write(syllable: str, *, tone_at_once: bool) -> str:
    text, late = "", ""
    for letter in syllable:
        plain, tone = plain_and_tone(letter)
        text = add_letter(text, plain)
        if tone and tone_at_once:
            text = add_tone(text, tone)
        late = late or ("" if tone_at_once else tone)
    return add_tone(text, late) if late else text


@pytest.mark.parametrize("syllable", SYLLABLES)
def test_tone_after_its_letter_or_at_the_end_is_the_same_syllable(syllable: str):
    wanted = OLD_STYLE.get(syllable, syllable)
    assert write(syllable, tone_at_once=True) == wanted
    assert write(syllable, tone_at_once=False) == wanted


@pytest.mark.parametrize("syllable", SYLLABLES)
def test_every_result_is_composed_and_keeps_capitals(syllable: str):
    text = write(syllable.upper(), tone_at_once=True)
    assert text == OLD_STYLE.get(syllable, syllable).upper()
    assert unicodedata.is_normalized("NFC", text)


def test_the_whole_name():
    text = ""
    for key in ("L", "o", "huyen", " ", "T", "h", "i", "nang", " ", "M", "a", "i", " ", "A", "n"):
        if key in TONES:
            text = add_tone(text, key)
            continue
        text = text + key if key == " " else add_letter(text, key)
    assert text == "Lò Thị Mai An"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("", "dđ", "đ"),
        ("", "aă", "ă"),
        ("", "oơ", "ơ"),
        ("", "ôơ", "ơ"),
        ("tru", "ươ", "trươ"),
        ("hu", "a", "hua"),
        ("L", "o", "Lo"),
        ("D", "đ", "Đ"),
    ],
)
def test_a_special_letter_shapes_the_plain_one_before_it(before: str, keys: str, after: str):
    for key in keys:
        before = add_letter(before, key)
    assert before == after


def test_the_tone_moves_when_letters_follow_and_when_they_go():
    text = add_tone("hoa", "huyen")
    assert text == "hòa"
    text = add_letter(text, "n")
    assert text == "hoàn"
    assert remove_last(text) == "hòa"


@pytest.mark.parametrize(
    ("text", "left"), [("má", "m"), ("đường", "đườn"), ("Lò ", "Lò"), ("", ""), ("a1", "a")]
)
def test_one_backspace_takes_one_letter(text: str, left: str):
    assert remove_last(text) == left


def test_the_same_tone_twice_takes_it_off_and_another_replaces_it():
    assert add_tone("má", "sac") == "ma"
    assert add_tone("má", "nang") == "mạ"


@pytest.mark.parametrize("text", ["", " ", "Lò ", "b", "123"])
def test_a_tone_without_a_vowel_changes_nothing(text: str):
    assert add_tone(text, "sac") == text


def test_only_the_last_syllable_changes():
    assert add_tone("Thị Mai", "huyen") == "Thị Mài"
    assert set(SPECIAL_LETTERS) <= set("ăâđêôơư")
