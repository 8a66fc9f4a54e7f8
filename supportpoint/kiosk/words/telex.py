"""Telex and VNI on the keys of a real keyboard, without underlined letters in waiting. Pure.

A key that shapes a letter or puts a tone works anywhere in its syllable: `duongdwf`, `dduwowngf` and
`d9u7o7ng2` all give "đường". The same key once more takes it back and types itself; the rest of that word is
then taken as typed (`huawwei` gives "huawei"). A word that can be no syllable stays as typed (`facebook`),
and one that stops being possible goes back to its keys (`Canada`).
"""

from __future__ import annotations

from enum import StrEnum

from supportpoint.kiosk.words.vietnamese import Style, compose, parse, syllable_start, vowel_span

#: The telex or VNI key of each tone, as the mark it puts; z and 0 take the tone off.
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}

_PLAIN = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_NUCLEI = """
a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu oa oă oe oi oo ôi ơi ua uă uâ uê ui uô uơ uy
ưa ưi ươ ưu yê iê iêu yêu oai oao oau oay oeo uao uau uay uây uêu uôi ươi ươu uơu uya uyê uyu
"""
_CODAS = frozenset(("", "c", "ch", "g", "h", "k", "l", "m", "n", "ng", "nh", "p", "r", "s", "t"))
_STRANGE = frozenset("fjwz")
_LONGEST_ONSET = 3


class Method(StrEnum):
    """Which keys shape and tone: letters, digits, both, or none."""

    TELEX = "telex"
    VNI = "vni"
    BOTH = "both"
    OFF = "off"


def _plainer(nucleus: str) -> set[str]:
    """Return a group of vowels with any of its shapes left out, as it looks while it is typed."""
    forms = {""}
    for letter in nucleus:
        forms = {form + one for form in forms for one in {letter, _PLAIN.get(letter, letter)}}
    return forms


_POSSIBLE = frozenset(form for nucleus in _NUCLEI.split() for form in _plainer(nucleus))


def is_possible(letters: list[str]) -> bool:
    """Whether letters without tones are, or may become, one syllable of Vietnamese or a kin language."""
    low = [letter.lower() for letter in letters]
    start, end = vowel_span(low)
    if _STRANGE.intersection(low):
        return False
    if start == end:
        return True
    return start <= _LONGEST_ONSET and "".join(low[start:end]) in _POSSIBLE and "".join(low[end:]) in _CODAS


def _as(pattern: str, letter: str) -> str:
    return letter.upper() if pattern.isupper() else letter


def _with(letters: list[str], changes: dict[int, str]) -> list[str]:
    return [
        _as(letter, changes[place]) if place in changes else letter for place, letter in enumerate(letters)
    ]


def _hats(letters: list[str], wanted: str) -> list[list[str]]:
    """Return the ways to put a hat on one of the wanted vowels, the last first; a horn before ô falls."""
    start, end = vowel_span(letters)
    ways: list[list[str]] = []
    for place in range(end - 1, start - 1, -1):
        letter = letters[place].lower()
        plain = _PLAIN.get(letter, letter)
        if plain not in wanted or letter == _HATS.get(plain):
            continue
        changes = {place: _HATS[plain]}
        if plain == "o" and place > start and letters[place - 1].lower() == "ư":
            changes[place - 1] = "u"
        ways.append(_with(letters, changes))
    return ways


def _breves(letters: list[str]) -> list[list[str]]:
    start, end = vowel_span(letters)
    places = [place for place in range(start, end) if letters[place].lower() in {"a", "â"}]
    return [_with(letters, {place: "ă"}) for place in places]


def _horns(letters: list[str]) -> list[list[str]]:
    """Return the ways to put horns: both of uo where more letters follow, the o of it at the end, or one."""
    start, end = vowel_span(letters)
    plain = "".join(_PLAIN.get(letter.lower(), letter.lower()) for letter in letters[start:end])
    pair = plain.find("uo")
    if pair >= 0:
        place = start + pair
        whole = {place: "ư", place + 1: "ơ"} if len(letters) > place + 2 else {place: "u", place + 1: "ơ"}
        both = {place: "ư", place + 1: "ơ"}
        return [way for way in (_with(letters, whole), _with(letters, both)) if way != letters]
    singles = [place for place in range(start, end) if letters[place].lower() in {"u", "o", "ô"}]
    horned = {"u": "ư", "o": "ơ", "ô": "ơ"}
    return [_with(letters, {place: horned[letters[place].lower()]}) for place in singles]


def _bar_place(letters: list[str]) -> int:
    """Return where the bar of đ goes: the first letter, or the last of a short form without vowels (HĐND)."""
    start, end = vowel_span(letters)
    return 0 if start < end else len(letters) - 1


def _ways(letters: list[str], key: str) -> list[list[str]]:
    """Return what the letters may become by a key that shapes, the likeliest first."""
    if key in {"d", "9"}:
        place = _bar_place(letters)
        return [_with(letters, {place: "đ"})] if letters[place].lower() == "d" else []
    if key in {"a", "e", "o", "6"}:
        return _hats(letters, "aeo" if key == "6" else key)
    if key == "7":
        return _horns(letters)
    if key == "8":
        return _breves(letters)
    if key == "w":
        start, end = vowel_span(letters)
        vowels = "".join(letters[start:end]).lower()
        leans_on_u = vowels.startswith("ua")
        return _horns(letters) + _breves(letters) if leans_on_u else _breves(letters) + _horns(letters)
    return []


def _undone(letters: list[str], key: str) -> list[str] | None:
    """Return the letters without the shape that a key has put, None when they carry none of its kind."""
    if key in {"d", "9"}:
        place = _bar_place(letters)
        return _with(letters, {place: "d"}) if letters[place].lower() == "đ" else None
    shapes = {"a": "â", "e": "ê", "o": "ô", "6": "âêô", "7": "ơư", "8": "ă", "w": "ăơư"}.get(key, "")
    places = [place for place, letter in enumerate(letters) if letter.lower() in shapes]
    return _with(letters, {place: _PLAIN[letters[place].lower()] for place in places}) if places else None


def _joined(letters: list[str]) -> list[str]:
    """Return the letters with both horns where one of uo has its horn and more letters follow."""
    start, end = vowel_span(letters)
    low = "".join(letters[start:end]).lower()
    place = max(low.find("ưo"), low.find("uơ"))
    if place < 0 or start + place + 2 >= len(letters):
        return letters
    return _with(letters, {start + place: "ư", start + place + 1: "ơ"})


class HardwareKeys:
    """Turns keys into text. Remembers the keys of the word being typed, nothing more.

    After a hat was taken back (`boong` is typed booong) only tones go on to work in that word.
    """

    def __init__(self, method: Method = Method.BOTH, style: Style = Style.OLD) -> None:
        self.method, self.style = method, style
        self.forget()

    def forget(self) -> None:
        """Forget the word being typed."""
        self._text = self._keys = ""
        self._is_whole = self._is_literal = self._is_unshaped = False

    def press(self, text: str, key: str) -> str:
        """Return `text` after one more key, a single character, typed at its end."""
        start = syllable_start(text)
        if text != self._text or start == len(text):
            self.forget()
            self._is_whole = start == len(text)
        if not (key.isalpha() or self._tones().get(key) is not None or self._shapes(key)):
            self.forget()
            return text + key
        word = self._word(text[start:], key)
        self._keys += key
        self._text = text[:start] + word
        return self._text

    def _tones(self) -> dict[str, str]:
        telex = _TELEX_TONES if self.method in {Method.TELEX, Method.BOTH} else {}
        return telex | (_VNI_TONES if self.method in {Method.VNI, Method.BOTH} else {})

    def _shapes(self, key: str) -> bool:
        telex = key in "aeodw" and self.method in {Method.TELEX, Method.BOTH}
        return telex or (key in "6789" and self.method in {Method.VNI, Method.BOTH})

    def _word(self, word: str, key: str) -> str:
        """Return the word after a key."""
        if self._is_literal or not (word or key.lower() == "w"):
            return word + key
        letters, tone = parse(word)
        low = key.lower()
        if is_possible(letters):
            changed = self._toned(letters, tone, low) or self._shaped(letters, tone, low)
            if changed is not None:
                return changed
            taken_back = self._taken_back(letters, tone, low)
            if taken_back is not None:
                self._is_unshaped = low in _HATS
                self._is_literal = not self._is_unshaped
                return compose([*parse(taken_back)[0], key], parse(taken_back)[1], self.style)
        return self._longer(letters, tone, key)

    def _toned(self, letters: list[str], tone: str, key: str) -> str | None:
        wanted = self._tones().get(key)
        start, end = vowel_span(letters)
        if wanted is None or start == end or wanted == tone:
            return None
        return compose(letters, wanted, self.style)

    def _shaped(self, letters: list[str], tone: str, key: str) -> str | None:
        if self._is_unshaped or not self._shapes(key):
            return None
        start, end = vowel_span(letters)
        if key == "w" and start == end:
            return compose([*letters, "ư"], tone, self.style)
        for way in _ways(letters, key) if letters else []:
            if is_possible(way):
                return compose(way, tone, self.style)
        return None

    def _taken_back(self, letters: list[str], tone: str, key: str) -> str | None:
        """Return the word without what this key put before; None when it put nothing."""
        if tone and self._tones().get(key) == tone:
            return compose(letters, "", self.style)
        if key == "w" and self._stands_for_u(letters):
            return compose([letter for letter in letters if letter.lower() != "ư"], tone, self.style)
        before = _undone(letters, key) if self._shapes(key) and letters else None
        return compose(before, tone, self.style) if before is not None else None

    def _stands_for_u(self, letters: list[str]) -> bool:
        """Whether a w alone has made the ư of this word."""
        return self._is_whole and "ư" in "".join(letters).lower() and "u" not in self._keys.lower()

    def _longer(self, letters: list[str], tone: str, key: str) -> str:
        """Return the word with one more letter; the keys themselves when it can be no syllable any more."""
        longer = _joined([*letters, key])
        if is_possible(longer) or not key.isalpha():
            return compose(longer, tone, self.style)
        if self._is_whole:
            self._is_literal = True
            return self._keys + key
        return compose([*letters, key], tone, self.style)
