"""Check a workbook and build what a package holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.dictionary import train_dictionary
from supportpoint.forms.publish.engine import find_engine_faults
from supportpoint.forms.publish.faults import Fault
from supportpoint.forms.publish.lists import find_list_faults, read_lists
from supportpoint.forms.publish.rules import SP_SETTINGS, find_faults, find_languages
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.workbook import read_workbook

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
    """Return everything wrong with a workbook, sorted by place; () when it can be published.

    Errors: SP-104 nothing there; SP-311 neither a workbook nor a folder of tables.
    """
    return _check(read_workbook(path))[1]


def build(path: Path) -> BuiltForm:
    """Return the form as package files, its dictionary trained; equal tables give equal bytes.

    Errors: SP-104, SP-311 as `check`; SP-312 when `check` finds faults.
    """
    workbook = read_workbook(path)
    xform, faults = _check(workbook)
    if faults:
        first = faults[0]
        raise SupportPointError(
            "SP-312", faults=len(faults), first=first.code, sheet=first.sheet, row=first.row
        )
    lists = read_lists(workbook)
    settings = workbook.settings()
    dictionary = train_dictionary(xform, lists)
    return BuiltForm(
        form_id=settings["form_id"],
        version=int(settings["version"]),
        title=_titles(workbook),
        settings={name: settings[name] for name in SP_SETTINGS if name in settings},
        files={FORM_FILE: xform, **({DICTIONARY_FILE: dictionary} if dictionary else {}), **lists},
    )


def _check(workbook: Workbook) -> tuple[bytes, tuple[Fault, ...]]:
    """Return the XForm and no fault, or b"" and the faults of the first stage that has some."""
    if workbook.faults:
        return b"", tuple(sorted(workbook.faults))
    faults = [*find_faults(workbook), *find_list_faults(workbook)]
    xform = make_xform(workbook)
    if isinstance(xform, Fault):
        faults.append(xform)
    elif not faults:
        faults += find_engine_faults(xform, workbook)
    if faults or isinstance(xform, Fault):
        return b"", tuple(sorted({_located(fault, workbook) for fault in faults}))
    return xform, ()


def _located(fault: Fault, workbook: Workbook) -> Fault:
    """Return the fault at the place where the clerk wrote the row, which may be in a block."""
    sheet, row = workbook.origin(fault.sheet, fault.row)
    return replace(fault, sheet=sheet, row=row)


def _titles(workbook: Workbook) -> dict[str, str]:
    settings = workbook.settings()
    first = next(iter(find_languages(workbook).values()))
    others = {name.removeprefix(TITLE): text for name, text in settings.items() if name.startswith(TITLE)}
    return {first: settings["form_title"], **others}
