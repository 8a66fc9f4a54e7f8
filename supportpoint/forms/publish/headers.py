"""Column headers: one spelling for each, and which of them this product reads, refuses or leaves unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.tables import Sheet, Workbook
from supportpoint.forms.publish.vocabulary import (
    ALIASES,
    CHOICES_COLUMNS,
    MEDIA,
    REFUSED_COLUMNS,
    REFUSED_PREFIXES,
    REFUSED_SETTINGS,
    SETTINGS,
    SURVEY_COLUMNS,
    TRANSLATED,
    TRANSLATED_SETTINGS,
)

_LANGUAGE = re.compile(r"(?P<base>[a-z_]+(::(big-)?[a-z]+)?)::(?P<language>.*\((?P<code>[a-z-]+)\))")
_KNOWN = {"survey": SURVEY_COLUMNS, "choices": CHOICES_COLUMNS, "settings": SETTINGS}
_XML_NAME = re.compile(r"[^\W\d][\w.-]*")


def read_header(sheet: str, header: str, others: frozenset[str] = frozenset()) -> str:
    """Return the one spelling of a known column (`Relevance` → `relevant`), another column as it stands."""
    first, mark, rest = header.strip().partition("::")
    base = re.sub(r"[\s_]+", "_", first.strip().lower())
    base = ALIASES.get(base, base)
    if sheet == "choices" and base == "value" and not others & {"name", "Name", "NAME"}:
        base = "name"
    if base == "media" and mark:
        kind, mark, rest = rest.partition("::")
        base = f"media::{kind.strip().lower()}"
    known = base in _KNOWN.get(sheet, ()) or base in REFUSED_COLUMNS or base.startswith("media::")
    if sheet == "settings" and base in REFUSED_SETTINGS | SETTINGS:
        return base
    return f"{base}{mark}{rest.strip()}" if known else header.strip()


def find_languages(workbook: Workbook) -> dict[str, str]:
    """Return full language name → its code, `Tiếng Việt (vi)` → `vi`, in the order of the columns."""
    found: dict[str, str] = {}
    for sheet in ("survey", "choices"):
        if sheet in workbook.sheets:
            for header in workbook.sheets[sheet].headers:
                match = _LANGUAGE.fullmatch(header)
                if match and match["base"] in (*TRANSLATED, *MEDIA):
                    found[match["language"]] = match["code"]
    return found


def find_header_faults(workbook: Workbook) -> Iterator[Fault]:
    """Yield a fault for each column that is refused, misspelt or missing."""
    for sheet, needed in (("survey", ("type", "name")), ("choices", ("list_name", "name"))):
        if sheet in workbook.sheets:
            headers = workbook.sheets[sheet].headers
            for column in needed:
                if column not in headers and headers:
                    yield make_fault(sheet, 1, column, "missing_column", column=column)
            yield from _refused(sheet, headers)
    if "settings" in workbook.sheets:
        for name in workbook.sheets["settings"].headers:
            base = name.partition("::")[0]
            if base in REFUSED_SETTINGS or name.lower().startswith(REFUSED_PREFIXES):
                yield make_fault("settings", 1, name, "unsupported_setting", name=name)
            elif not _is_setting(name) and _near("settings", name):
                known = _near("settings", name)
                yield make_fault("settings", 1, name, "column_name", column=name, known=known)


def _refused(sheet: str, headers: tuple[str, ...]) -> Iterator[Fault]:
    for header in headers:
        base = _word_of(header)
        if (
            sheet == "survey" and base not in SURVEY_COLUMNS and header.lower().startswith(REFUSED_PREFIXES)
        ) or base in REFUSED_COLUMNS:
            yield make_fault(sheet, 1, header, "unsupported_column", column=header)
        elif base in TRANSLATED or base == "media::audio":
            if "::" not in header.removeprefix("media::"):
                yield make_fault(sheet, 1, header, "language_unnamed", column=header)
            elif not _LANGUAGE.fullmatch(header):
                yield make_fault(sheet, 1, header, "language_unnamed", column=base)
        elif base not in _KNOWN[sheet] and (known := _near(sheet, header)):
            yield make_fault(sheet, 1, header, "column_name", column=header, known=known)


def find_unread(workbook: Workbook) -> Iterator[Fault]:
    """Yield a warning for each column that nothing reads; extra columns of choices serve choice filters."""
    for name, sheet in workbook.sheets.items():
        for header in _unread(name, sheet):
            yield make_fault(name, 1, header, "column_unread", column=header)


def _unread(name: str, sheet: Sheet) -> Iterator[str]:
    for header in sheet.headers:
        if not header or name not in _KNOWN or _near(name, header):
            continue
        if name == "survey":
            if _word_of(header) in SURVEY_COLUMNS | REFUSED_COLUMNS:
                continue
            if not header.lower().startswith(REFUSED_PREFIXES):
                yield header
        elif name == "choices":
            if "::" not in header and not _XML_NAME.fullmatch(header):
                yield header
        elif not _is_setting(header) and header not in REFUSED_SETTINGS and "::" not in header:
            yield header


def _word_of(header: str) -> str:
    """Return a column's word without its language."""
    if header.startswith("bind::"):
        return header
    parts = header.split("::")
    return "::".join(parts[:2]) if parts[0] == "media" else parts[0]


def _is_setting(name: str) -> bool:
    return name in SETTINGS or name.rpartition("_")[0] in TRANSLATED_SETTINGS


def _near(sheet: str, header: str) -> str:
    """Return the known column that a misspelt header means, "" when it means none or is one."""
    base = _word_of(header)
    if base in _KNOWN[sheet] or base in REFUSED_COLUMNS or (sheet == "settings" and _is_setting(header)):
        return ""
    word = re.split(r":+", base)[0].lower()
    if base != word and word in _KNOWN[sheet]:
        return f"{word}::"
    plain = [known for known in _KNOWN[sheet] if "::" not in known]
    return next(iter(get_close_matches(word, plain, 1, 0.85)), "")
