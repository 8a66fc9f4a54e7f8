"""A stick comes in: answers for us are applied, letters of others are taken along, theirs are left here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from supportpoint.clock import Clock
from supportpoint.courier.answers import Heard, take_answers
from supportpoint.courier.heads import check_contents, read_head
from supportpoint.courier.relay import RelayLane
from supportpoint.courier.stick import (
    ANSWERS_SUFFIX,
    LETTER_SUFFIX,
    list_files,
    open_file,
    remove_files,
)
from supportpoint.courier_messages import CourierHead
from supportpoint.errors import SupportPointError
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import SignKey
from supportpoint.store.access import StoreAccess
from supportpoint.sync.bundles import Installer


@dataclass
class StickReport:
    """What a stick brought. `codes` says what went wrong, by file name; a bad file stops no other."""

    files: int = 0
    heard: Heard = field(default_factory=Heard)
    relayed: int = 0
    answers_left: int = 0
    codes: dict[str, str] = field(default_factory=dict)


def take_stick(  # noqa: PLR0913 - the seams of one visit of a stick
    access: StoreAccess, shelf: Installer, lane: RelayLane, place: Path, *, key: SignKey, clock: Clock
) -> StickReport:
    """Take what is on a stick, or in one file of it.

    Errors: SP-102; SP-903 when the place cannot be read; SP-2xx of the store. All else is in the report,
            SP-508 too: a sync is running, and the answers wait for the next try.
    """
    identity = access(lambda store: store.get_identity())
    report = StickReport()
    for path in list_files(place, ANSWERS_SUFFIX):
        report.files += 1
        try:
            with access(lambda store: store.sync_lock()):  # a pass may not see the cursor move under it
                _add(report.heard, take_answers(access, shelf, path))
        except SupportPointError as error:
            _note(report, path, error)
    for path in list_files(place, LETTER_SUFFIX):
        report.files += 1
        try:
            report.relayed += lane.take(path, identity)
        except SupportPointError as error:
            _note(report, path, error)
    if place.is_dir():
        try:
            report.answers_left = lane.write_answers(place, identity, key, clock)
        except SupportPointError as error:
            report.codes["answers"] = error.code
    return report


def sweep(place: Path, kept: Path, identity: DeviceIdentity) -> int:
    """Delete our earlier letters and their answers once `kept` holds all that waits; return how many."""
    heads = {path: _find_head(path) for path in list_files(place, LETTER_SUFFIX) if path != kept}
    old = {path: head for path, head in heads.items() if head and head.device == identity.device}
    ids = {head.id for head in old.values()}
    answers = {path: _find_head(path) for path in list_files(place, ANSWERS_SUFFIX)}
    answered = [path for path, head in answers.items() if head and not head.device and head.id in ids]
    remove_files([*old, *answered])
    return len(old) + len(answered)


def look(path: Path) -> dict[str, object]:
    """Return what a courier file is and how much of it is whole; ids, counts and sizes alone.

    Errors: SP-903; SP-905 when its front is damaged.
    """
    with open_file(path) as reader:
        head = read_head(reader.head)
        check_contents(head, reader.contents)
        whole: dict[str, int] = {}
        for entry, _ in reader.parts():
            whole[entry.folder] = whole.get(entry.folder, 0) + 1
        return {
            "file": path.name,
            "kind": head.kind,
            "id": head.id,
            "device": head.device,
            "made_on": head.made_on,
            "whole": whole,
            "lost": reader.lost,
        }


def _find_head(path: Path) -> CourierHead | None:
    try:
        with open_file(path) as reader:
            return read_head(reader.head)
    except SupportPointError:
        return None


def _add(total: Heard, one: Heard) -> None:
    for name in ("answers", "stored", "completed", "changes", "bundles", "others", "refused", "lost"):
        setattr(total, name, getattr(total, name) + getattr(one, name))
    total.codes += one.codes


def _note(report: StickReport, path: Path, error: SupportPointError) -> None:
    if error.code.startswith("SP-2") or error.code == "SP-102":
        raise error
    report.codes[path.name] = error.code
