"""Every syllable of Vietnamese comes out right, typed in many orders by Telex, VNI and screen keys.

The word list is that of the dictionary package hunspell-vi, read where it is installed; nothing of it is kept
here. Where it is missing, the syllables put together from onsets and rhymes below are typed all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportpoint.kiosk.words.telex import HardwareKeys, Method
from supportpoint.kiosk.words.vietnamese import (
    TONES,
    Style,
    add_letter,
    add_tone,
    parse,
    remove_last,
    split_tone,
)

DICTIONARY = Path("/usr/share/hunspell/vi_VN.dic")
LETTERS = frozenset("abcdeghiklmnopqrstuvxyăâđêôơư")

#: Short forms, foreign words, and what is two syllables in one.
NO_SYLLABLES = frozenset(("hđnd", "palăng", "telex", "url"))

ONSETS = ("b", "đ", "gi", "ngh", "q", "th")
#: Rhymes with a dot after the vowel that carries the tone.
RHYMES = """
a. a.c a.ch a.m a.n a.ng a.nh a.p a.t a.i a.o a.u a.y ă.c ă.m ă.n ă.ng ă.p ă.t â.c â.m â.n â.ng â.p
â.t â.u â.y e. e.c e.m e.n e.ng e.o e.p e.t ê. ê.ch ê.m ê.n ê.nh ê.p ê.t ê.u i. i.a i.ch i.m i.n
i.nh i.p i.t i.u iê.c iê.m iê.n iê.ng iê.p iê.t iê.u o. o.c o.i o.m o.n o.ng o.p o.t oa.c oa.ch oa.i
oa.n oa.ng oa.nh oa.o oa.t oa.y oă.c oă.m oă.n oă.ng oă.t oe.o oe.n oe.t ô. ô.c ô.i ô.m ô.n ô.ng ô.p
ô.t ơ. ơ.i ơ.m ơ.n ơ.p ơ.t u. u.a u.c u.i u.m u.n u.ng u.p u.t uâ.n uâ.ng uâ.t uâ.y uê. uê.ch uê.nh
uô.c uô.i uô.m uô.n uô.ng uô.t uơ. uy.a uy.ch uy.n uy.nh uy.t uy.u uyê.n uyê.t ư. ư.a ư.c ư.i ư.ng
ư.t ư.u ươ.c ươ.i ươ.m ươ.n ươ.ng ươ.p ươ.t ươ.u y. yê.n yê.u o.a o.e u.y
"""
MOVED = {"òa": "oà", "ỏe": "oẻ", "úy": "uý"}
MOVED_BY_STYLE = ("oa", "oe", "uy")

TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
TELEX |= dict(zip(TONES.values(), "sfrxj", strict=True))
VNI = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
VNI |= dict(zip(TONES.values(), "12345", strict=True))


def dictionary_syllables() -> list[str]:
    lines = DICTIONARY.read_text(encoding="utf-8").splitlines()[1:]
    words = {unicodedata.normalize("NFC", line.split("/")[0].strip().lower()) for line in lines}
    return sorted(
        word for word in words if word and set(parse(word)[0]) <= LETTERS and word not in NO_SYLLABLES
    )


def own_syllables() -> list[str]:
    """Onsets with rhymes: more than the language has, none that it could not have."""
    found = []
    for onset in ["", *ONSETS]:
        for rhyme in RHYMES.split():
            before, after = rhyme.split(".")
            if onset in {"g", "gi"} and before[0] in "iy":
                continue
            if onset == "q" and (
                before[0] != "u" or len(before) < 2 or before[:2] in {"uô", "uơ"} or rhyme in {"uy.a", "uy.u"}
            ):
                continue
            found += [
                unicodedata.normalize("NFC", onset + before + tone + after) for tone in ("", *TONES.values())
            ]
    return found


def old_style(word: str) -> str:
    """Return a word with the tone of an open oa, oe, uy on its first vowel."""
    letters, tone = parse(word)
    plain = "".join(letters)
    if tone and plain.endswith(MOVED_BY_STYLE) and not plain.endswith("quy"):
        return unicodedata.normalize("NFC", plain[:-1] + tone + plain[-1])
    return word


def double_o(typed: str, word: str, keys: dict[str, str]) -> str:
    """In Telex the two letters oo are typed ooo."""
    return (
        re.sub(r"oo|(?<=o[sfrxj])o", "ooo", typed)
        if keys is TELEX and "oo" in "".join(parse(word)[0])
        else typed
    )


def in_place(word: str, keys: dict[str, str]) -> str:
    """Shape and tone each right after its letter."""
    pairs = [split_tone(letter) for letter in word]
    return double_o(
        "".join(keys.get(letter, letter) + keys.get(tone, "") for letter, tone in pairs), word, keys
    )


def tone_last(word: str, keys: dict[str, str]) -> str:
    letters, tone = parse(word)
    return double_o("".join(keys.get(letter, letter) for letter in letters), word, keys) + keys.get(tone, "")


def all_last(word: str, keys: dict[str, str]) -> str:
    """Plain letters, then the shapes, then the tone; one key gives both horns of ươ."""
    letters, tone = parse(word)
    plain = "".join(keys.get(letter, letter)[0] for letter in letters)
    shapes = "".join(keys[letter][1] for letter in letters if letter in keys)
    plain = double_o(plain, word, keys)
    return plain + re.sub(r"(w)w|(7)7", r"\1\2", shapes) + keys.get(tone, "")


def tone_first(word: str, keys: dict[str, str]) -> str:
    """The tone after the first vowel, wherever it will stand in the end."""
    letters, tone = parse(word)
    typed = "".join(keys.get(letter, letter) for letter in letters)
    return re.sub(r"[aăâeêioôơuưy]", lambda vowel: vowel.group() + keys.get(tone, ""), typed, count=1)


def by_keys(typed: str, method: Method, style: Style) -> str:
    keys, text = HardwareKeys(method, style), ""
    for key in typed:
        text = keys.press(text, key)
    return text


def on_screen(typed: str, style: Style) -> str:
    names = {mark: name for name, mark in TONES.items()}
    text = ""
    for key in typed:
        text = add_tone(text, names[key], style) if key in names else add_letter(text, key, style)
    return text


ORDERS: list[Callable[[str, dict[str, str]], str]] = [in_place, tone_last, all_last]


def wrongs(words: list[str], style: Style) -> Iterator[tuple[str, str, str]]:
    for given in words:
        word = old_style(given) if style is Style.OLD else given
        for keys, method in (
            (TELEX, Method.TELEX),
            (VNI, Method.VNI),
            (TELEX, Method.BOTH),
            (VNI, Method.BOTH),
        ):
            for order in ORDERS:
                if "oo" in "".join(parse(word)[0]) and keys is VNI and method is Method.BOTH:
                    continue  # with both at once a second o is the hat
                typed = order(word, keys)
                if (come := by_keys(typed, method, style)) != word:
                    yield word, typed, come
        letters, tone = parse(word)
        marks = {mark: mark for mark in TONES.values()}
        for typed in (in_place(word, marks), "".join(letters) + tone, tone_first(word, marks)):
            if (come := on_screen(typed, style)) != word:
                yield word, typed, come


@pytest.mark.skipif(not DICTIONARY.is_file(), reason="the dictionary package hunspell-vi is not installed")
def test_every_syllable_of_the_dictionary():
    words = dictionary_syllables()
    assert len(words) > 6000
    assert not list(wrongs(words, Style.OLD))


def test_every_syllable_of_onsets_and_rhymes():
    words = own_syllables()
    assert len(words) > 5000
    assert not list(wrongs(words, Style.OLD))


def test_the_new_style_moves_the_tone_of_open_syllables():
    pairs = [(old, old[:-2] + new) for old in ("hòa", "khỏe", "thúy") for new in [MOVED[old[-2:]]]]
    assert [new for _, new in pairs] == ["hoà", "khoẻ", "thuý"]
    assert not list(wrongs([new for _, new in pairs], Style.NEW))


def test_removing_letters_lets_the_tone_move_back():
    for word in own_syllables():
        letters, tone = parse(word)
        shorter = word
        for left in range(len(letters) - 1, 0, -1):
            shorter = remove_last(shorter)
            kept, kept_tone = parse(shorter)
            assert kept == letters[:left]
            assert kept_tone in {tone, ""}
            assert shorter == unicodedata.normalize("NFC", shorter)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nguyeenx", "nguyễn"),
        ("nguyenex", "nguyễn"),
        ("duongdwf", "đường"),
        ("DDUWOWNGF", "ĐƯỜNG"),
        ("QuangF", "Quàng"),
        ("huawwei", "huawei"),
        ("Canada", "Canada"),
        ("facebook", "facebook"),
        ("wifi", "wifi"),
        ("ww", "w"),
        ("tw", "tư"),
        ("aas", "ấ"),
        ("aaa", "aa"),
        ("asz", "a"),
        ("ass", "as"),
        ("tesst", "test"),
        ("ddd", "dd"),
        ("HDDND", "HĐND"),
        ("DDawks", "Đắk"),
        ("Kroong", "Krông"),
        ("A11", "A1"),
        ("xa2", "xà"),
        ("12", "12"),
        ("muwowio", "muôi"),
        ("muooiw", "mươi"),
        ("quow", "quơ"),
    ],
)
def test_keys_give_the_word(typed: str, expected: str):
    assert by_keys(typed, Method.BOTH, Style.OLD) == expected


@pytest.mark.parametrize(
    ("method", "typed", "expected"),
    [
        (Method.TELEX, "xa2", "xa2"),
        (Method.TELEX, "xaf", "xà"),
        (Method.VNI, "xaf", "xaf"),
        (Method.VNI, "xa2", "xà"),
        (Method.OFF, "xaf2", "xaf2"),
        (Method.OFF, "dduw", "dduw"),
    ],
)
def test_only_the_chosen_keys_shape(method: Method, typed: str, expected: str):
    assert by_keys(typed, method, Style.OLD) == expected


def test_a_word_from_elsewhere_can_be_toned_by_keys():
    keys = HardwareKeys()
    assert keys.press("Lò Thị Hoa", "f") == "Lò Thị Hòa"
    assert keys.press("Lò Thị Ho", "a") == "Lò Thị Hoa"
    assert keys.press("Lường", "f") == "Lươngf"


def test_each_word_is_begun_afresh():
    assert by_keys("huawwei hoaf", Method.BOTH, Style.OLD) == "huawei hòa"
