"""Record the life of a kiosk, and judge what a power cut at any moment of it would leave."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supportpoint.clock import SystemClock
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.store.files import Folder
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.repair import find_report
from supportpoint.store.spool import read_entry
from supportpoint.store.store import Store
from tests.chaos.crash.disk import Call, Disk, read_calls, write_image
from tests.chaos.crash.kiosk_life import GONE, Promises, digest_of
from tests.chaos.crash.zygote import RECORD, Watch, Zygote
from tests.conftest import FORM_ID

DATABASE, LOG = "supportpoint.db", "supportpoint.db-wal"


def record_life(zygote: Zygote, folder: Path, seed: int, mistake: str = "", sessions: int = 6) -> list[Call]:
    """Let a kiosk live through some sessions, some of them killed, and return every call it made."""
    rng = random.Random(seed)
    root, far, log = folder / "kiosk", folder / "far", folder / "calls"
    root.mkdir(parents=True)

    def session(name: str, *words: object, kill_at: int = 0) -> None:
        watch = Watch(str(root), RECORD, at=kill_at, log=str(log))
        ran = zygote.run(f"tests.chaos.crash.kiosk_life:{name}", str(root), *words, mistake, watch=watch)
        assert ran.status == 0 or (kill_at and ran.is_killed), ran.err

    session("enrol", str(far))
    for number in range(sessions):
        session(
            "visits", rng.randrange(1 << 30), rng.randint(2, 6), kill_at=rng.choice((0, rng.randint(5, 150)))
        )
        if rng.random() < 0.5:
            zygote.run("tests.chaos.crash.kiosk_life:publish", str(root), str(far), number + 2)
        session("sync", str(far), kill_at=rng.choice((0, 0, rng.randint(5, 60))))
    return read_calls(log)


@dataclass(frozen=True)
class Cut:
    """A power cut: after how many calls, what chance it had, and what a start finds wrong."""

    after: int
    seed: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Weather:
    """What cuts do beside stopping everything: ruin a block of a file, or take the spool with them."""

    ruin: str = ""
    takes_spool: bool = False


CALM = Weather()


def cut_often(
    calls: list[Call], count: int, seed: int, folder: Path, weather: Weather = CALM
) -> Iterator[Cut]:
    """Cut the power `count` times, at moments spread over the record, and start on what each left."""
    rng = random.Random(seed)
    wanted = sorted(_moments(calls, count, rng, weather))
    disk, promises, done = Disk(), Promises(), 0
    for moment in wanted:
        for call in calls[done:moment]:
            disk.apply(call)
            if call.op == "M":
                promises.take(call.mark())
        done = moment
        chance = rng.randrange(1 << 32)
        image = folder / "image"
        shutil.rmtree(image, ignore_errors=True)
        write_image(disk.after_cut(random.Random(chance), weather.ruin), image)
        if weather.takes_spool:
            shutil.rmtree(image / "spool", ignore_errors=True)
        yield Cut(moment, chance, tuple(judge(image, promises, is_ruined=bool(weather.ruin))))


def _moments(calls: list[Call], count: int, rng: random.Random, weather: Weather) -> list[int]:
    """Half of the moments are anywhere, half right after a promise; ruin needs a write under way."""
    if weather.ruin:
        disk, under_way = Disk(), []
        for number, call in enumerate(calls, start=1):
            disk.apply(call)
            if disk.is_unsynced(weather.ruin):
                under_way.append(number)
        return rng.choices(under_way, k=count)
    promised = [number for number, call in enumerate(calls, start=1) if call.op == "M"]
    return rng.choices(promised, k=count // 2) + rng.choices(range(len(calls) + 1), k=count - count // 2)


def judge(image: Path, promises: Promises, *, is_ruined: bool = False) -> Iterator[str]:
    """Start on what a cut left and name every broken promise.

    After a ruined block only sealed cases are promised: the spool brings them back.
    """
    try:
        store = Store.open(image, SystemClock(), load_or_make_keys(image, use_keyring=False))
    except SupportPointError as error:
        yield f"unreadable: {error.code}"
        return
    if not is_ruined and find_report(Folder(image)) is not None:
        yield "damaged by a cut alone"
    with store:
        yield from _judge_cases(store, Folder(image), promises)
        cases = {row.id for row in store.list_items()}
        yield from (
            f"draft and case at once: {draft.id}" for draft in store.list_drafts() if draft.id in cases
        )
        if not is_ruined:
            yield from _judge_drafts(store, promises)
            if promises.identity and store.find_identity() is None:
                yield "identity lost"
            if store.get_cursor() < promises.cursor:
                yield "a step of the pull was lost"
        if promises.installed:
            yield from _judge_package(store, Shelf(image), promises.installed)


def _judge_cases(store: Store, folder: Folder, promises: Promises) -> Iterator[str]:
    blobs = _blobs_of_cases(store)
    for case_id, count in promises.cases.items():
        if case_id not in blobs:
            yield f"case lost: {case_id}"
        elif len(blobs[case_id]) != count:
            yield f"case without some of its attachments: {case_id}"
    for case_id, hashes in blobs.items():
        if not all(_is_whole(folder.blob_path(sha256), sha256) for sha256 in hashes):
            yield f"attachment lost: {case_id}"
        entry = read_entry(folder.spool_path(case_id))
        if entry is None or entry.item.id != case_id:
            yield f"mirror lost: {case_id}"


def _blobs_of_cases(store: Store) -> dict[str, list[bytes]]:
    rows = store._opened.db.rows(
        "SELECT i.id, b.sha256 FROM item i LEFT JOIN blob b ON b.item_number = i.number"
    )
    blobs: dict[str, list[bytes]] = {row["id"]: [] for row in rows}
    for row in rows:
        if row["sha256"] is not None:
            blobs[row["id"]].append(row["sha256"])
    return blobs


def _is_whole(path: Path, sha256: bytes) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).digest() == sha256


def _judge_drafts(store: Store, promises: Promises) -> Iterator[str]:
    cases = {row.id for row in store.list_items()}
    for draft_id, states in promises.drafts.items():
        draft = store.find_draft(draft_id)
        state = GONE if draft is None else digest_of(draft)
        if draft is None and draft_id in promises.finishing and draft_id in cases:
            continue
        if state not in states:
            yield f"draft lost: {draft_id}" if state == GONE else f"draft fell back: {draft_id}"


def _judge_package(store: Store, shelf: Shelf, installed: int) -> Iterator[str]:
    try:
        version = shelf.open_form(FORM_ID).manifest.version
    except SupportPointError as error:
        yield f"no package: {error.code}"
        return
    if version < installed and not store.pending_bundles():
        yield f"package {installed} is noted as installed and is not here"
