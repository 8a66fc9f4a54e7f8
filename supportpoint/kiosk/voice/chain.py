"""How each stretch of shown words can be spoken, best first. Pure; see docs/decisions/0008-listening.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from supportpoint.kiosk.voice.figures import figure_units, say_figures, word_units
from supportpoint.kiosk.voice.phrases import SOURCE, FormPhrases, Phrase, Phrasebook, tidy
from supportpoint.kiosk.words.spoken import SpeechRules, all_recorded

#: Languages whose speakers are not helped by Vietnamese: what has no recording of their own is silent.
ALONE = frozenset({"en"})
#: The recording of a language's own name, heard on the language page.
GREETING = "greeting"

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_DOUBLE_END = re.compile(r"([.?!:;»])\.(?=\s|$)")
_PLACE = re.compile(r"(%\d)")
#: Masks, case numbers, and more digits than an amount or a date has in one run.
_SECRET = re.compile(r"•|\b[0-9A-Z]{3,5}-[0-9A-Z]{3,5}-[0-9A-Z]{3,5}\b|\d{6,}|\d(?: ?\d){7,}")

Clip = Path | bytes


class Mark(StrEnum):
    """What the screen says of a voice that is not the one to be expected."""

    NONE = ""
    MACHINE = "machine"
    VIETNAMESE = "vietnamese"
    VIETNAMESE_MACHINE = "vietnameseMachine"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to speak a stretch: recordings one after the other, or else a text for the machine."""

    clips: tuple[Clip, ...] = ()
    text: str = ""
    mark: Mark = Mark.NONE


@dataclass(frozen=True, slots=True)
class Line:
    """What is spoken in one go. `stretches` hold their ways, best first; none is silence."""

    text: str
    stretches: tuple[tuple[Way, ...], ...] = ()

    def limit(self, *, speaker: bool, machine: bool) -> Line:
        """Return the line with the ways that these devices have."""
        usable = tuple(
            tuple(way for way in ways if speaker and (way.clips or machine)) for ways in self.stretches
        )
        return Line(self.text, tuple(ways for ways in usable if ways))


@dataclass(frozen=True, slots=True)
class Tongue:
    """What one language has: its words, its recordings by id, and how its numbers are put together."""

    book: Phrasebook
    clips: Mapping[str, Path] = field(default_factory=dict)
    rules: SpeechRules | None = None


class Chain:
    """Chooses for shown words. `form` returns the texts of the open form."""

    def __init__(self, tongues: Mapping[str, Tongue], form: Callable[[], FormPhrases | None]) -> None:
        self._tongues, self._form = tongues, form

    def line(self, text: str, language: str) -> Line:
        """Return a line of words that a page shows in a language."""
        shown = tidy(text)
        sentences = _SENTENCE_END.split(_DOUBLE_END.sub(r"\1", shown))
        stretches = (self._ways(part, language) for part in self._known_runs(sentences, language))
        return Line(text, tuple(ways for ways in stretches if ways))

    def greeting(self, language: str, name: str) -> Line:
        """Return the own name of a language: recorded, or for Vietnamese by machine."""
        clip = self._clips(language).get(GREETING)
        ways = [Way((clip,))] if clip is not None else []
        if language == SOURCE:
            ways.append(Way(text=name, mark=Mark.MACHINE))
        return Line(name, (tuple(ways),) if ways else ())

    def is_recorded(self, language: str) -> bool:
        """Whether the language has any recording."""
        return bool(self._clips(language))

    def _known_runs(self, sentences: Sequence[str], language: str) -> Iterator[str]:
        """Yield the longest runs of sentences that are one message, the rest one by one."""
        start = 0
        while start < len(sentences):
            for end in range(len(sentences), start, -1):
                run = " ".join(sentences[start:end])
                if end == start + 1 or self._find(run, language) is not None:
                    yield run
                    start = end
                    break

    def _ways(self, text: str, language: str) -> tuple[Way, ...]:
        if _SECRET.search(text) or not any(map(str.isalnum, text)):
            return ()
        phrase = self._find(text, language)
        codes = (language,) if language in ALONE or language == SOURCE else (language, SOURCE)
        ways: list[Way] = []
        for code in codes:
            clips = self._recorded(phrase, code, language) if phrase else self._figures(text, code)
            if clips:
                ways.append(Way(clips, mark=Mark.NONE if code == language else Mark.VIETNAMESE))
        words = self._vietnamese(text, language, phrase) if SOURCE in codes else ""
        if words:
            mark = Mark.MACHINE if language == SOURCE else Mark.VIETNAMESE_MACHINE
            ways.append(Way(text=say_figures(words), mark=mark))
        return tuple(ways)

    def _find(self, text: str, language: str) -> Phrase | None:
        form = self._form()
        phrase = form.find(text, language) if form is not None else None
        for code in (language, SOURCE):
            if phrase is None and code in self._tongues:
                phrase = self._tongues[code].book.find(text)
        return phrase

    def _recorded(self, phrase: Phrase, code: str, language: str) -> tuple[Clip, ...]:
        if code in phrase.own:
            return (phrase.own[code],)
        clips = self._clips(code)
        if not phrase.values:
            return (clips[phrase.id],) if phrase.id in clips else ()
        found: list[Clip] = []
        for piece, part in _numbered(self._tongues[code].book.shown(phrase.vietnamese)):
            if piece.startswith("%"):
                value = self._value(phrase.values[int(piece[1:]) - 1], code, language)
            else:
                recorded = clips.get(f"{phrase.id}_{part}")
                value = (recorded,) if recorded is not None else ()
            if not value:
                return ()
            found += value
        return tuple(found)

    def _value(self, value: str, code: str, language: str) -> tuple[Clip, ...]:
        phrase = self._find(value, language)
        known = self._recorded(phrase, code, language) if phrase and not phrase.values else ()
        return known or self._figures(value, code)

    def _figures(self, text: str, code: str) -> tuple[Clip, ...]:
        tongue = self._tongues.get(code)
        if tongue is None or tongue.rules is None:
            return ()
        units = figure_units(tongue.rules, text) or (word_units(text) if code == SOURCE else [])
        return tuple(tongue.clips[unit] for unit in units) if all_recorded(units, tongue.clips) else ()

    def _vietnamese(self, text: str, language: str, phrase: Phrase | None) -> str:
        """Return the Vietnamese of shown words, "" where it is not known to be Vietnamese."""
        if language == SOURCE:
            return text
        if phrase is None:
            return text if not any(map(str.isalpha, text)) else ""
        words = phrase.vietnamese
        for place, value in enumerate(phrase.values, 1):
            said = self._vietnamese(value, language, self._find(value, language))
            if not said:
                return ""
            words = words.replace(f"%{place}", said)
        return words

    def _clips(self, code: str) -> Mapping[str, Path]:
        tongue = self._tongues.get(code)
        return tongue.clips if tongue is not None else {}


def _numbered(message: str) -> Iterator[tuple[str, int]]:
    """Yield the parts and places of a message; parts with words are counted from 1."""
    count = 0
    for piece in _PLACE.split(message):
        if piece.startswith("%"):
            yield piece, 0
        elif any(map(str.isalpha, piece)):
            count += 1
            yield piece, count
