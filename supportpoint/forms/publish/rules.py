"""What this project asks of a workbook beyond pyxform: law, languages, and only what the engine runs.

Nothing is ever guessed: a type, an appearance or a sheet that the engine lacks is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.workbook import SHEETS

LEGAL_SETTINGS = ("purpose", "fee", "deadline", "source", "as_of", "confidence", "procedure")
PLACE_SETTINGS = ("section", "art", "route", "order")
SP_SETTINGS = (*LEGAL_SETTINGS, *PLACE_SETTINGS, "category", "autosave")
PURPOSES = frozenset({"ordinary", "legal_aid", "protected"})
CONFIDENCES = frozenset({"read", "read-2nd", "known", "unsure", "unverified"})
AUTOSAVES = frozenset({"never", "session", "resume"})
SECTIONS = frozenset({"papers", "sell", "law", "say", "staff"})
ROUTES = frozenset(
    {"commune_office", "commune_police", "social_insurance", "school", "legal_aid_centre", "market"}
) | {"supervision_board", "agency", "inspectorate", "province"}
ENUMERATED = (
    ("purpose", PURPOSES),
    ("confidence", CONFIDENCES),
    ("autosave", AUTOSAVES),
    ("section", SECTIONS),
    ("route", ROUTES),
)
REQUIRED_LANGUAGES = ("vi", "en")
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
METADATA = frozenset({"start", "end", "today", "deviceid"})
UNSEEN = METADATA | {"calculate", "hidden", "csv-external"}
STRUCTURE = frozenset({"begin_group", "end_group", "begin_repeat", "end_repeat"})
ASKED = frozenset({"text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge"}) | {
    *("image", "audio", "file", "range", "barcode")
}
SELECTS = frozenset({"select_one", "select_multiple", "select_one_from_file", "select_multiple_from_file"})
TYPES = UNSEEN | STRUCTURE | ASKED | SELECTS
APPEARANCES = frozenset(
    {"minimal", "quick", "likert", "columns", "columns-pack", "label", "list-nolabel"}
) | {
    *("list", "no-calendar", "month-year", "year", "numbers", "multiline", "signature", "field-list"),
    *("sp:id-scan", "sp:partial-date", "sp:commune", "sp:village", "sp:name", "sp:voice", "sp:consent"),
    "sp:money",
}
_COLUMNS_N = re.compile(r"columns-[1-9]")
_LANGUAGE = re.compile(r"(?P<base>[a-z_]+(::image|::audio)?)::(?P<language>.*\((?P<code>[a-z-]+)\))")
_VERSION = re.compile(r"[0-9]{10}")
_FORM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_ORDER = re.compile(r"[0-9]{1,4}")


def find_faults(workbook: Workbook) -> Iterator[Fault]:
    """Yield every fault that the tables show without being converted."""
    for sheet in workbook.sheets:
        if sheet not in SHEETS:
            yield make_fault(sheet, 0, "", "unsupported_sheet", sheet=sheet)
    yield from _settings_faults(workbook)
    languages = find_languages(workbook)
    codes = set(languages.values())
    for code in REQUIRED_LANGUAGES:
        if code not in codes:
            yield make_fault("survey", 1, "label", "missing_language", language=code)
    for sheet in ("survey", "choices"):
        for number, row in workbook.rows(sheet):
            yield from _translation_faults(sheet, number, row, tuple(languages))
    for number, row in workbook.rows("survey"):
        yield from _survey_faults(number, row)


def find_languages(workbook: Workbook) -> dict[str, str]:
    """Return full language name → its code, `Tiếng Việt (vi)` → `vi`, in the order of the columns."""
    found: dict[str, str] = {}
    for sheet in ("survey", "choices"):
        if sheet in workbook.sheets:
            for header in workbook.sheets[sheet].headers:
                match = _LANGUAGE.fullmatch(header)
                if match:
                    found[match["language"]] = match["code"]
    return found


def read_type(row: dict[str, str]) -> str:
    """Return the first word of the type cell, with `begin group` written `begin_group`."""
    words = row.get("type", "").split()
    if len(words) > 1 and words[0] in {"begin", "end"}:
        return f"{words[0]}_{words[1]}"
    return words[0] if words else ""


def _settings_faults(workbook: Workbook) -> Iterator[Fault]:
    settings = workbook.settings()

    def fault(column: str, code: str, **facts: object) -> Fault:
        return make_fault("settings", 2, column, code, **facts)

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


def _translation_faults(
    sheet: str, number: int, row: dict[str, str], languages: tuple[str, ...]
) -> Iterator[Fault]:
    for base in TRANSLATED:
        if base in row:
            yield make_fault(sheet, number, base, "language_unnamed", column=base)
        given = {language: f"{base}::{language}" in row for language in languages}
        wanted = any(given.values()) or (base == "label" and _is_seen(sheet, row))
        for language, has in given.items():
            if wanted and not has:
                column = f"{base}::{language}"
                yield make_fault(sheet, number, column, "missing_translation", language=language)


def _is_seen(sheet: str, row: dict[str, str]) -> bool:
    """Whether a person reads this row, so that it needs a label."""
    if sheet == "choices":
        return "list_name" in row
    return read_type(row) in ASKED | SELECTS


def _survey_faults(number: int, row: dict[str, str]) -> Iterator[Fault]:
    kind = read_type(row)
    if kind not in TYPES:
        yield make_fault("survey", number, "type", "unsupported_type", type=row.get("type", ""))
    for word in row.get("appearance", "").split():
        if word not in APPEARANCES and not _COLUMNS_N.fullmatch(word):
            yield make_fault("survey", number, "appearance", "unsupported_appearance", word=word)
