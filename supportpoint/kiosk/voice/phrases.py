"""Finds the message behind words that a page shows, and the text of a form behind its own. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from supportpoint.forms.reading.texts import Itext
from supportpoint.forms.view import Question
from supportpoint.kiosk.words.packs import message_id

SOURCE = "vi"
AUDIO = "audio"
MEDIA_FOLDER = "media/"

_PLACE = re.compile(r"%(\d)")
#: A pattern with fewer letters of its own would fit anything.
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Shown words that are known. `values` fill the places %1, %2 of `vietnamese`.

    `own` are recordings that came with a form, by language.
    """

    vietnamese: str
    values: tuple[str, ...] = ()
    own: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The message id of the Vietnamese words."""
        return message_id(self.vietnamese)


class Phrasebook:
    """Everything the pages can show in one language, by the words shown."""

    def __init__(self, vietnamese_by_shown: Mapping[str, str]) -> None:
        self._exact = {tidy(shown): vietnamese for shown, vietnamese in vietnamese_by_shown.items()}
        self._shown = {vietnamese: shown for shown, vietnamese in vietnamese_by_shown.items()}
        self._open = [
            (_pattern(shown), vietnamese)
            for shown, vietnamese in self._exact.items()
            if "%" in shown and sum(map(str.isalpha, shown)) >= _FEWEST_LETTERS
        ]

    def find(self, shown: str) -> Phrase | None:
        """Return the message that reads like this, also with its places filled or without its full stop."""
        for words in (shown, shown.removesuffix("."), f"{shown}."):
            if words in self._exact:
                return Phrase(self._exact[words])
        for pattern, vietnamese in self._open:
            match = pattern.fullmatch(shown)
            if match is not None:
                values = sorted(match.groupdict().items())
                return Phrase(vietnamese, tuple(value for _, value in values))
        return None

    def shown(self, vietnamese: str) -> str:
        """Return a message in this language with its places open, the Vietnamese where it has none."""
        return self._shown.get(vietnamese, vietnamese)


def tidy(text: str) -> str:
    """Return a text with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def _pattern(shown: str) -> re.Pattern[str]:
    """Return what matches a message with its places filled; a value never reaches over a full stop."""
    seen: set[str] = set()
    parts: list[str] = []
    for place, part in enumerate(_PLACE.split(shown)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P=p{part})")
        else:
            seen.add(part)
            parts.append(rf"(?P<p{part}>(?:(?![.?!] ).)+?)")
    return re.compile("".join(parts), re.DOTALL)


class FormPhrases:
    """The texts of one form by their words, with the recordings that its package brings."""

    def __init__(self, itext: Itext, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._audio: dict[str, dict[str, str]] = {}
        self._words: dict[str, dict[str, str]] = {}
        self._keys: dict[str, dict[str, str]] = {}
        for code, texts in itext.languages.items():
            keys = self._keys.setdefault(code, {})
            for key, forms in texts.items():
                words, audio = forms.get("", ()), forms.get(AUDIO, ())
                if len(words) == 1 and isinstance(words[0], str):
                    # Of two texts with the same words the recorded one speaks for both.
                    shown = tidy(words[0])
                    if audio or shown not in keys:
                        keys[shown] = key
                    self._words.setdefault(key, {})[code] = words[0]
                if audio and isinstance(audio[0], str):
                    self._audio.setdefault(key, {})[code] = audio[0].rpartition("/")[2]

    def find(self, shown: str, language: str) -> Phrase | None:
        """Return the text that reads like this in the language, or in Vietnamese where it lacks it."""
        for code in (language, SOURCE):
            keys = self._keys.get(code, {})
            for words in (shown, shown.removesuffix("."), f"{shown}."):
                if words in keys:
                    return self._phrase(keys[words], words if code == SOURCE else "")
        return None

    def _phrase(self, key: str, vietnamese: str) -> Phrase:
        named = self._audio.get(key, {})
        own = {code: self._files.get(f"{MEDIA_FOLDER}{name}", b"") for code, name in named.items()}
        words = vietnamese or self._words.get(key, {}).get(SOURCE, "")
        return Phrase(words, own={code: clip for code, clip in own.items() if clip})


def leave_answers_out(text: str, question: Question | None) -> str:
    """Return words of a page as they may be spoken: a form may put answers into what it asks."""
    if question is not None:
        for shown, said in zip((question.label, question.hint), question.said, strict=True):
            if shown and shown != said:
                text = text.replace(shown, said)
    return text
