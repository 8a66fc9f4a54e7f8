"""The words of the pages in the language of the visit. The source language is Vietnamese."""

from __future__ import annotations

from pathlib import Path

from lxml import etree
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtQml import QQmlEngine

SOURCE_LANGUAGE = "vi"
FILE_NAME = "supportpoint_{language}"


def measure_coverage(folder: Path, language: str) -> int:
    """Return how many percent of the page words have a finished translation; 100 for the source language."""
    if language == SOURCE_LANGUAGE:
        return 100
    path = folder / f"{FILE_NAME.format(language=language)}.ts"
    if not path.is_file():
        return 0
    translations = etree.parse(path).findall(".//message/translation")
    finished = [one for one in translations if one.get("type") is None and (one.text or len(one))]
    return 100 * len(finished) // max(1, len(translations))


class PageWords:
    """Switches the language of all pages at once, live."""

    def __init__(self, folder: Path, engine: QQmlEngine) -> None:
        self._folder, self._engine = folder, engine
        self._installed: QTranslator | None = None

    def use(self, language: str) -> None:
        """Show the pages in a language; in Vietnamese where it has no file."""
        if self._installed is not None:
            QCoreApplication.removeTranslator(self._installed)
            self._installed = None
        translator = QTranslator(self._engine)
        path = self._folder / f"{FILE_NAME.format(language=language)}.qm"
        if language != SOURCE_LANGUAGE and path.is_file() and translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            self._installed = translator
        self._engine.retranslate()
