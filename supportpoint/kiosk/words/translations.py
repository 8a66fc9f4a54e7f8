"""The words of the pages in the language of the visit. The source language is Vietnamese."""

from __future__ import annotations

from pathlib import Path

import msgspec
from lxml import etree
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtQml import QQmlEngine

from supportpoint.kiosk.words.packs import LanguagePack, load_pack, measure, read_messages

SOURCE_LANGUAGE = "vi"
FILE_NAME = "supportpoint_{language}"
#: Every string of the pages, in Vietnamese and English.
PAGE_WORDS = f"{FILE_NAME.format(language='en')}.ts"
PACKS = "packs"


def measure_coverage(folder: Path, language: str, pack: LanguagePack | None = None) -> int:
    """Return how many percent of the page words have a translation; 100 for the source language."""
    if language == SOURCE_LANGUAGE:
        return 100
    if pack is not None and pack.words:
        return measure(pack, read_messages(folder / PAGE_WORDS)).words
    path = folder / f"{FILE_NAME.format(language=language)}.ts"
    if not path.is_file():
        return 0
    translations = etree.parse(path).findall(".//message/translation")
    finished = [one for one in translations if one.get("type") is None and (one.text or len(one))]
    return 100 * len(finished) // max(1, len(translations))


def find_packs(
    languages: tuple[str, ...], folders: list[Path], scripts: dict[str, str]
) -> dict[str, LanguagePack]:
    """Return the packs of the languages that have one; `scripts` names the script of one with several."""
    found = {language: find_pack(language, folders, scripts.get(language, "")) for language in languages}
    return {language: pack for language, pack in found.items() if pack is not None}


def find_pack(language: str, folders: list[Path], script: str = "") -> LanguagePack | None:
    """Return the first readable pack of a language, in a script; a broken one is passed over."""
    for folder in folders:
        try:
            pack = load_pack(folder / PACKS / language, script)
        except (OSError, ValueError, msgspec.DecodeError):
            continue
        if pack.note.language == language:
            return pack
    return None


class PackTranslator(QTranslator):
    """Gives Qt the words of a pack; what the pack has not stays Vietnamese."""

    def __init__(self, pack: LanguagePack, parent: QQmlEngine) -> None:
        super().__init__(parent)
        self._pack = pack

    def isEmpty(self) -> bool:
        return not self._pack.words

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: ARG002 -- Qt's signature
        return self._pack.text(source) or source


class PageWords:
    """Switches the language of all pages at once, live. `packs` are the languages that came as packs."""

    def __init__(
        self, folder: Path, engine: QQmlEngine, packs: dict[str, LanguagePack] | None = None
    ) -> None:
        self._folder, self._engine, self._packs = folder, engine, packs or {}
        self._made: dict[str, QTranslator | None] = {}
        self._installed: QTranslator | None = None

    def use(self, language: str) -> None:
        """Show the pages in a language; in Vietnamese where it has no file."""
        if self._installed is not None:
            QCoreApplication.removeTranslator(self._installed)
            self._installed = None
        if language not in self._made:  # Qt keeps each as long as the engine
            self._made[language] = self._translator(language)
        translator = self._made[language]
        if translator is not None:
            QCoreApplication.installTranslator(translator)
            self._installed = translator
        self._engine.retranslate()

    def _translator(self, language: str) -> QTranslator | None:
        pack = self._packs.get(language)
        if pack is not None and pack.words:  # one of recordings alone leaves the words as they are
            return PackTranslator(pack, self._engine)
        translator = QTranslator(self._engine)
        path = self._folder / f"{FILE_NAME.format(language=language)}.qm"
        is_there = language != SOURCE_LANGUAGE and path.is_file() and translator.load(str(path))
        return translator if is_there else None
