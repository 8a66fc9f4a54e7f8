"""What each language of this machine has to speak with: page words, recordings, rules of numbers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from supportpoint.kiosk.voice.chain import Tongue
from supportpoint.kiosk.voice.phrases import SOURCE, Phrasebook
from supportpoint.kiosk.words.packs import NUMBERS_FILE, LanguagePack, Message
from supportpoint.kiosk.words.spoken import VIETNAMESE, SpeechRules, read_rules

ENGLISH = "en"


def make_tongues(messages: Sequence[Message], packs: Mapping[str, LanguagePack]) -> dict[str, Tongue]:
    """Return every language by its code: Vietnamese and English of the pages, the others from their packs."""
    words = {
        SOURCE: {one.vietnamese: one.vietnamese for one in messages},
        ENGLISH: {one.english: one.vietnamese for one in messages if one.english},
    }
    for code, pack in packs.items():
        said = {pack.words[one.id]: one.vietnamese for one in messages if one.id in pack.words}
        words[code] = said or words.get(code, {})
    return {code: _tongue(code, book, packs.get(code)) for code, book in words.items()}


def _tongue(code: str, words: Mapping[str, str], pack: LanguagePack | None) -> Tongue:
    rules = VIETNAMESE if code == SOURCE else None
    if pack is None:
        return Tongue(Phrasebook(words), rules=rules)
    return Tongue(Phrasebook(words), pack.clips, rules or _pack_rules(pack))


def _pack_rules(pack: LanguagePack) -> SpeechRules | None:
    try:
        return read_rules(pack.folder / NUMBERS_FILE)
    except (OSError, ValueError, msgspec.DecodeError):
        return None
