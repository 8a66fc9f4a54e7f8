"""The official paper of a form, filled from its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.reports.fields import Field, Fields, Row, read_fields
from supportpoint.reports.typesetting import typeset_pdf
from supportpoint.reports.words import capital_name, clean_text, find_date, in_sentence, join_address

SHARED = frozenset({"official", "birth-parts"})
LONGEST_NAME = 120
ADDRESS_PARTS = ("facility", "detail", "commune", "province", "country")
VERSION_DAY = 8
FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper says of its form. `office` is the commune that receives it, `number` that of the case."""

    form_id: str
    version: str
    title: str = ""
    procedure: str = ""
    source: str = ""
    as_of: str = ""
    office: str = ""
    number: str = ""


def list_papers() -> tuple[str, ...]:
    """Return the ids of the forms that have an official paper."""
    stems = sorted(path.stem for path in _folder().glob("*.typ"))
    return tuple(stem for stem in stems if stem not in SHARED)


def has_paper(form_id: str) -> bool:
    """Return whether there is an official paper for this form."""
    return form_id in list_papers()


def make_form_paper(session: FormSession, *, office: str = "", number: str = "") -> bytes:
    """Return the official paper of a session's form as PDF.

    Shape:  `office` is the name of the commune the case lies at; without it the requester's own.
    Errors: SP-610 when the form has no paper, SP-611 when it cannot be set.
    """
    definition = session.definition
    facts = read_facts(definition, office=office, number=number)
    return make_paper(definition.form_id, read_fields(session), facts)


def read_facts(definition: FormDefinition, *, office: str = "", number: str = "") -> PaperFacts:
    """Return the facts of a form for its paper, in Vietnamese."""
    settings = definition.settings
    return PaperFacts(
        form_id=definition.form_id,
        version=definition.version,
        title=definition.title("vi"),
        procedure="" if settings.procedure == "none" else settings.procedure,
        source=settings.source,
        as_of=settings.as_of,
        office=office,
        number=number,
    )


def make_paper(template: str, fields: Fields, facts: PaperFacts) -> bytes:
    """Return a paper as PDF. The same template, fields and facts give the same bytes.

    Errors: SP-610 when there is no such paper, SP-611 when it cannot be set.
    """
    if not has_paper(template):
        raise SupportPointError("SP-610", paper=template)
    content = make_content(fields, facts)
    return typeset_pdf(_folder() / f"{template}.typ", content, _made_on(fields, facts))


def make_content(fields: Fields, facts: PaperFacts) -> bytes:
    """Return what a template reads, as JSON.

    Shape: {"fields": {id: {"value", "display", "capitals", "date"}}, "rows": {id: [{rest of id: …}]},
            "facts": {…}}; an address ID.commune, ID.province … is there as ID too, in one line.
    """
    document: dict[str, Any] = {
        "fields": _describe_row(fields.single),
        "rows": {name: [_describe_row(row) for row in rows] for name, rows in fields.rows.items()},
        "facts": {name: clean_text(value) for name, value in asdict(facts).items()}
        | {"office": in_sentence(clean_text(facts.office)), "as_of": _as_of(facts)},
    }
    return msgspec.json.encode(document)


def _describe_row(row: Row) -> dict[str, dict[str, Any]]:
    return {name: _describe(found) for name, found in (_addresses(row) | row).items()}


def _describe(found: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"value": found.value, "display": found.display}
    if len(found.display) <= LONGEST_NAME:
        described["capitals"] = capital_name(found.display)
    day = find_date(found.value)
    if day is not None:
        described["date"] = asdict(day)
    return described


def _addresses(row: Mapping[str, Field]) -> dict[str, Field]:
    """Return one line for each address that the answers hold in parts."""
    bases = dict.fromkeys(
        name.rpartition(".")[0] for name in row if name.rpartition(".")[2] in ADDRESS_PARTS and "." in name
    )
    lines: dict[str, Field] = {}
    for base in bases:
        given = ((part, row[f"{base}.{part}"].display) for part in ADDRESS_PARTS if f"{base}.{part}" in row)
        line = join_address(text if part == "detail" else in_sentence(text) for part, text in given)
        if line:
            lines[base] = Field(line, line, "address")
    return lines


def _as_of(facts: PaperFacts) -> str:
    found = find_date(facts.as_of)
    return found.text if found is not None else clean_text(facts.as_of)


def _made_on(fields: Fields, facts: PaperFacts) -> date:
    """Return the day that the file says it was made on: of the statement, else of the form's version."""
    stated = fields.single.get("statement.date")
    for text in (stated.value if stated is not None else "", _version_day(facts.version)):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return FIRST_DAY


def _version_day(version: str) -> str:
    return f"{version[:4]}-{version[4:6]}-{version[6:VERSION_DAY]}"


def _folder() -> Path:
    return shipped_dir("assets") / "papers"
