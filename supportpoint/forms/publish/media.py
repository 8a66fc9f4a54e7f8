"""Pictures and recordings that a form names: what is there, what is missing, how much is still to record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.headers import find_languages
from supportpoint.forms.publish.rules import is_seen
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import MAX_MEDIA_BYTES

FOLDER = "media"
AUDIO = "media::audio"
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Recordings:
    """How many of the texts that people see have a voice in one language."""

    language: str
    have: int
    wanted: int


def list_uses(workbook: Workbook) -> Iterator[tuple[str, int, str, str]]:
    """Yield (sheet, row, column, file name) of every cell that names a picture or a recording."""
    for sheet in ("survey", "choices"):
        for number, row in workbook.rows(sheet):
            for column, cell in row.items():
                if column.startswith("media::"):
                    yield sheet, number, column, cell


def count_recordings(workbook: Workbook) -> tuple[Recordings, ...]:
    """Return the recordings by language: of every question and choice that people see."""
    seen = [row for sheet in ("survey", "choices") for _, row in workbook.rows(sheet) if is_seen(sheet, row)]
    return tuple(
        Recordings(language, sum(f"{AUDIO}::{language}" in row for row in seen), len(seen))
        for language in find_languages(workbook)
    )


def find_media_faults(workbook: Workbook) -> Iterator[Fault]:
    """Yield a fault for each recording that is named and not there, and each name that cannot travel."""
    for sheet, number, column, name in list_uses(workbook):
        if not _FILE.fullmatch(name):
            yield make_fault(sheet, number, column, "media_name", file=name)
        elif column.startswith(AUDIO) and not _find(workbook, name):
            yield make_fault(sheet, number, column, "missing_recording", file=name)
    if sum(path.stat().st_size for path in _files(workbook).values()) > MAX_MEDIA_BYTES:
        yield make_fault("survey", 0, "", "media_too_large", most=MAX_MEDIA_BYTES >> 20)


def find_media_warnings(workbook: Workbook) -> Iterator[Fault]:
    """Yield a warning for each picture that is not there, and the count of recordings per language."""
    art = shipped_dir("assets") / "art"
    for sheet, number, column, name in list_uses(workbook):
        is_named = _FILE.fullmatch(name) and not column.startswith(AUDIO)
        if is_named and not _find(workbook, name) and not (art / name).is_file():
            yield make_fault(sheet, number, column, "missing_picture", file=name)
    drawing = workbook.settings().get("art", "")
    if drawing and not (_FILE.fullmatch(drawing) and (art / f"{drawing}.svg").is_file()):
        yield make_fault("settings", 2, "art", "missing_picture", file=f"{drawing}.svg")
    for count in count_recordings(workbook):
        if count.have < count.wanted:
            facts = {"language": count.language, "have": count.have, "wanted": count.wanted}
            yield make_fault("survey", 0, f"{AUDIO}::{count.language}", "recordings", **facts)


def read_media(workbook: Workbook) -> dict[str, bytes]:
    """Return the pictures and recordings that lie in the form's media folder, by name in the package."""
    return {f"{FOLDER}/{name}": path.read_bytes() for name, path in sorted(_files(workbook).items())}


def _files(workbook: Workbook) -> dict[str, Path]:
    names = {name for _, _, _, name in list_uses(workbook) if _FILE.fullmatch(name)}
    found = {name: _find(workbook, name) for name in names}
    return {name: path for name, path in found.items() if path is not None}


def _find(workbook: Workbook, name: str) -> Path | None:
    path = workbook.folder / FOLDER / name
    return path if path.is_file() else None
