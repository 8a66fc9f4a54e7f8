"""Check a workbook and build what a package holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.dictionary import train_dictionary
from supportpoint.forms.publish.faults import Fault
from supportpoint.forms.publish.headers import find_languages
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.media import read_media
from supportpoint.forms.publish.report import Report, inspect
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import SP_SETTINGS

FORM_FILE = "form.xml"
DICTIONARY_FILE = "dictionary.zstd"
TITLE = "form_title_"


@dataclass(frozen=True, slots=True)
class BuiltForm:
    """What `content.package` signs. `title` is by language code; `files` by name inside the package."""

    form_id: str
    version: int
    title: dict[str, str]
    settings: dict[str, str]
    files: dict[str, bytes]


def check(path: Path) -> tuple[Fault, ...]:
    """Return everything that forbids publishing a workbook, sorted by place; () when it can be published.

    Errors: SP-104 nothing there; SP-311 neither a workbook nor a folder of tables.
    """
    return inspect(path).faults


def build(path: Path) -> BuiltForm:
    """Return the form as package files, its dictionary trained; equal tables give equal bytes.

    Errors: SP-104, SP-311 as `check`; SP-312 when `check` finds faults.
    """
    return build_report(inspect(path))


def build_report(report: Report, *, with_dictionary: bool = True) -> BuiltForm:
    """Return the form that a check found good; without its dictionary when it is only looked at.

    Errors: SP-312 when the check found faults.
    """
    if report.faults:
        first = report.faults[0]
        raise SupportPointError(
            "SP-312", faults=len(report.faults), first=first.code, sheet=first.sheet, row=first.row
        )
    workbook = report.workbook
    lists = read_lists(workbook)
    settings = workbook.settings()
    dictionary = train_dictionary(report.xform, lists) if with_dictionary else b""
    trained = {DICTIONARY_FILE: dictionary} if dictionary else {}
    return BuiltForm(
        form_id=settings["form_id"],
        version=int(settings["version"]),
        title=_titles(workbook),
        settings={name: settings[name] for name in SP_SETTINGS if name in settings},
        files={FORM_FILE: report.xform, **trained, **lists, **read_media(workbook)},
    )


def _titles(workbook: Workbook) -> dict[str, str]:
    settings = workbook.settings()
    first = next(iter(find_languages(workbook).values()))
    others = {name.removeprefix(TITLE): text for name, text in settings.items() if name.startswith(TITLE)}
    return {first: settings["form_title"], **others}
