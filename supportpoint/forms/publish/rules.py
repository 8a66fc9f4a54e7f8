"""What this project asks of a workbook beyond pyxform: law, languages, and only what the engine runs.

Nothing is ever guessed: a type, an appearance or a sheet that the engine lacks is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.headers import find_languages
from supportpoint.forms.publish.outline import read_type
from supportpoint.forms.publish.parameters import split_parameters
from supportpoint.forms.publish.tables import Row, Workbook
from supportpoint.forms.publish.vocabulary import (
    APPEARANCES,
    ASKED,
    AUTOPLAYS,
    ENUMERATED,
    LEGAL_SETTINGS,
    PARAMETERS,
    PLACE_SETTINGS,
    REQUIRED_LANGUAGES,
    SELECTS,
    SHEETS,
    TRANSLATED,
    TYPES,
)

_COLUMNS_N = re.compile(r"columns-[1-9]")
_VERSION = re.compile(r"[0-9]{10}")
_FORM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ORDER = re.compile(r"[0-9]{1,4}")
_MARKUP = re.compile(
    r"</?(?:b|i|u|p|br|em|strong|span|font|a|h[1-6])\b[^>]*>|\*\*|(?<!\S)__(?=\S)|^#{1,6} ", re.MULTILINE
)


def find_faults(workbook: Workbook) -> Iterator[Fault]:
    """Yield every fault of settings, languages, types, appearances and parameters."""
    for sheet in workbook.sheets:
        if sheet not in SHEETS:
            yield make_fault(sheet, 0, "", "unsupported_sheet", sheet=sheet)
    if "settings" in workbook.sheets:
        yield from _settings_faults(workbook)
    yield from _language_faults(workbook)
    languages = tuple(find_languages(workbook))
    for sheet in ("survey", "choices"):
        for number, row in workbook.rows(sheet):
            yield from _translation_faults(sheet, number, row, languages)
    for number, row in workbook.rows("survey"):
        yield from _survey_faults(number, row)


def _settings_faults(workbook: Workbook) -> Iterator[Fault]:
    settings = workbook.settings()

    def fault(column: str, code: str, **facts: object) -> Fault:
        return make_fault("settings", 2, column, code, **facts)

    for number, _ in list(workbook.rows("settings"))[1:]:
        yield make_fault("settings", number, "", "settings_rows")
    for name in ("form_title", "form_title_en", *LEGAL_SETTINGS, *PLACE_SETTINGS, "fee_en", "deadline_en"):
        if name not in settings:
            yield fault(name, "missing_setting", name=name)
    if not _FORM_ID.fullmatch(settings.get("form_id", "")):
        yield fault("form_id", "form_id")
    if not _VERSION.fullmatch(settings.get("version", "")):
        yield fault("version", "version", version=settings.get("version", ""))
    if not _ORDER.fullmatch(settings.get("order", "0")):
        yield fault("order", "order", value=settings["order"])
    for column, known in ENUMERATED:
        value = settings.get(column)
        if value is not None and value not in known:
            yield fault(column, "unknown_value", value=value, known=", ".join(sorted(known)))


def _language_faults(workbook: Workbook) -> Iterator[Fault]:
    languages = find_languages(workbook)
    default = workbook.settings().get("default_language", "")
    if languages and "settings" in workbook.sheets and default not in languages:
        facts = {"language": default, "known": ", ".join(languages)}
        yield make_fault("settings", 2, "default_language", "default_language", **facts)
    for code in REQUIRED_LANGUAGES:
        if code not in languages.values():
            yield make_fault("survey", 1, "label", "missing_language", language=code)
    first: dict[str, str] = {}
    for language, code in languages.items():
        if first.setdefault(code, language) != language:
            yield make_fault("survey", 1, "label", "language_twice", first=first[code], second=language)


def _translation_faults(sheet: str, number: int, row: Row, languages: tuple[str, ...]) -> Iterator[Fault]:
    for base in TRANSLATED:
        given = {language: f"{base}::{language}" in row for language in languages}
        wanted = any(given.values()) or (base == "label" and is_seen(sheet, row))
        for language, has in given.items():
            if wanted and not has:
                column = f"{base}::{language}"
                yield make_fault(sheet, number, column, "missing_translation", language=language)


def find_markup(workbook: Workbook) -> Iterator[Fault]:
    """Yield a warning for each text with bold, colour or headings: the kiosk shows the signs themselves."""
    for sheet in ("survey", "choices"):
        for number, row in workbook.rows(sheet):
            for column, text in row.items():
                found = _MARKUP.search(text) if column.partition("::")[0] in TRANSLATED else None
                if found:
                    yield make_fault(sheet, number, column, "markup", sign=found[0])


def is_seen(sheet: str, row: Row) -> bool:
    """Return whether a person reads this row, so that it needs a label and a voice."""
    if sheet == "choices":
        return "list_name" in row
    return read_type(row) in ASKED | SELECTS


def _survey_faults(number: int, row: Row) -> Iterator[Fault]:
    kind = read_type(row)
    if "type" not in row:
        if "name" in row or any(header.startswith("label") for header in row):
            yield make_fault("survey", number, "type", "missing_type")
    elif kind not in TYPES:
        yield make_fault("survey", number, "type", "unsupported_type", type=row["type"])
    elif kind == "calculate" and not row.keys() & {"calculation", "default"}:
        yield make_fault("survey", number, "calculation", "missing_calculation")
    for word in row.get("appearance", "").split():
        if word not in APPEARANCES and not _COLUMNS_N.fullmatch(word):
            yield make_fault("survey", number, "appearance", "unsupported_appearance", word=word)
    played = row.get("autoplay")
    if played is not None and played not in AUTOPLAYS:
        known = ", ".join(sorted(AUTOPLAYS))
        yield make_fault("survey", number, "autoplay", "unknown_value", value=played, known=known)
    if "parameters" in row and kind in TYPES:
        yield from _parameter_faults(number, kind, row["parameters"])


def _parameter_faults(number: int, kind: str, cell: str) -> Iterator[Fault]:
    pairs, is_whole = split_parameters(cell)
    if not is_whole:
        yield make_fault("survey", number, "parameters", "parameter")
    for name in pairs:
        if name not in PARAMETERS.get(kind, ()):
            yield make_fault("survey", number, "parameters", "unsupported_parameter", type=kind, name=name)
