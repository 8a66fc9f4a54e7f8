"""The last word of the check: the kiosk's own engine loads the form, or says what it cannot run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from supportpoint.config import error_words
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition
from supportpoint.forms.publish.faults import LANGUAGES, MAX_FACT_CHARS, Fault, Hint, make_fault
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.outline import Outline
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import EXPRESSIONS

#: Columns whose rules can wait for each other.
CIRCLED = ("calculation", "relevant", "repeat_count", "choice_filter")


def find_engine_faults(xform: bytes, workbook: Workbook, outline: Outline) -> Iterator[Fault]:
    """Yield what the engine refuses, or would show in a poorer way, at the cell where that can be told."""
    try:
        definition = FormDefinition.load(xform, files=read_lists(workbook))
    except SupportPointError as error:
        circle = str(error.facts.get("refs", "")).split(" > ")
        if error.code == "SP-304":
            yield make_circle(outline, circle)
            return
        row, column = find_place(workbook, outline, error.facts)
        yield make_fault("survey", row, column, "engine", words=_say(error))
        return
    rows = {place.path: place.number for place in outline.places}
    for path, what in definition.unsupported:
        yield make_fault("survey", rows.get(path, 0), "", "engine", words=what)


def _say(error: SupportPointError) -> Hint:
    """Return the words of an error with its facts, in each language."""
    facts = " ".join(f"{name}={fact}" for name, fact in error.facts.items())[:MAX_FACT_CHARS]
    return Hint(f"{error.code} {error_words(error.code, language)} [{facts}]" for language in LANGUAGES)


def make_circle(outline: Outline, paths: list[str]) -> Fault:
    """Return the fault of rules that wait for each other, at the first of their rows."""
    names = " → ".join(path.rpartition("/")[2] for path in [*paths, paths[0]])
    places = [place for place in outline.places if place.path in paths]
    if not places:
        return make_fault("survey", 0, "", "circle", names=names)
    first = min(places, key=lambda place: place.number)
    column = next((column for column in CIRCLED if column in first.row), "")
    return make_fault("survey", first.number, column, "circle", names=names)


def find_place(workbook: Workbook, outline: Outline, facts: dict[str, object]) -> tuple[int, str]:
    """Return the (row, column) that an error's facts point at: a path, an expression or a function."""
    texts = {str(value) for value in facts.values()}
    call = re.compile(rf"(?<![\w-]){re.escape(str(facts.get('function', '')))}\s*\(")
    for number, row in workbook.rows("survey"):
        for column in EXPRESSIONS:
            cell = row.get(column, "")
            if cell in texts or ("function" in facts and call.search(cell)):
                return number, column
    return next((place.number for place in outline.places if place.path in texts), 0), ""
