"""Pages of the database destroyed by chance: every sealed item comes back, the report says what did not.

The long form: SUPPORTPOINT_DAMAGE_SEEDS=20 pytest tests/chaos/test_store_damage.py
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import secrets
import shutil
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item
from supportpoint.records import Attachment, DeviceIdentity, Draft, SealedBlob, SealedCase
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store import recovery, repair
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store
from tests.conftest import mirrors_in

SEEDS = range(int(os.environ.get("SUPPORTPOINT_DAMAGE_SEEDS", "2")))
PAGE = 4096
ITEMS, DRAFTS = 240, 12
KEYS = DeviceKeys(secrets.token_bytes(32), SignKey.make(), SealKey.make(), "key_file")
CLOCK = FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
DB = "supportpoint.db"

pytestmark = pytest.mark.chaos


@dataclasses.dataclass
class Before:
    """What stood in the folder before it was damaged."""

    folder: object
    items: dict[str, Item]
    drafts: dict[str, Draft]


def open_store(folder) -> Store:
    return Store.open(folder, CLOCK, KEYS)


def fill(store, chance, number) -> None:
    blob = chance.randbytes(500)
    blobs = (SealedBlob(hashlib.sha256(blob).digest(), blob),) if number % 8 == 0 else ()
    store.queue_case(
        SealedCase(
            "case", f"case-{number:04}", chance.randbytes(1500), blobs, "DB7-4K2-9X8", chance.randbytes(32)
        )
    )


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Before:
    """A folder with items, one backup of the first half of them, and drafts with pictures."""
    folder = tmp_path_factory.mktemp("before") / "data"
    chance = random.Random(5)
    with open_store(folder) as store:
        store.save_identity(
            DeviceIdentity(
                "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11",
                bytes(32), bytes(32), b"", "epoch",
            )
        )  # fmt: skip
        for number in range(ITEMS // 2):
            fill(store, chance, number)
        store.plan_backup()(lambda: False)
        for number in range(ITEMS // 2, ITEMS):
            fill(store, chance, number)
        for number in range(DRAFTS):
            photo = Attachment(f"{number}.jpg", chance.randbytes(6000))
            store.save_draft(
                Draft(
                    f"draft-{number}",
                    "birth",
                    "1",
                    "vi",
                    "/p",
                    chance.randbytes(2100 + 400 * number).hex().encode(),
                    CLOCK.now(),
                    (photo,),
                )
            )
        items = read_items(store)
        drafts = read_drafts(store)
    assert (folder / DB).stat().st_size > 110 * PAGE
    return Before(folder, items, drafts)


def read_items(store) -> dict[str, Item]:
    return {item.id: item for item in store.take_batch(limit=100_000, max_bytes=1 << 40)}


def read_drafts(store) -> dict[str, Draft]:
    return {one.id: store.find_draft(one.id) for one in store.list_drafts()}


def use(folder):
    """Open and read everything, as the kiosk does: what meets damage is done again on a store opened anew."""
    for _ in range(2):
        store = open_store(folder)
        try:
            store.list_items()
            return store, read_items(store), read_drafts(store)
        except SupportPointError as error:
            store.close()
            if error.code != "SP-210":
                raise
    raise AssertionError("damaged after the repair")


def check_whole(before, folder, where) -> repair.RepairReport | None:
    store, items, drafts = use(folder)
    with store:
        report = repair.find_report(store._opened.folder)
        assert items.keys() == before.items.keys(), where
        sealed = {one: (item.envelope, item.blobs) for one, item in items.items()}
        assert sealed == {one: (item.envelope, item.blobs) for one, item in before.items.items()}, where
        assert all(before.drafts[one] == draft for one, draft in drafts.items()), f"{where}: half a draft"
        gone = len(before.drafts.keys() - drafts.keys())
        if report is None:
            assert not gone, where
        else:
            told = report.tables["draft"].lost_at_most
            assert gone <= told or not report.is_readable, f"{where}: {gone} drafts gone, {told} told"
            assert report.tables["item"].lost_at_most == 0 or not report.tables["item"].is_counted, where
            first = store.queue_case(SealedCase("case", "after", b"sealed", (), "DB7-4K2-9X8", bytes(32)))
            places = {(item.incarnation, item.seq) for item in items.values()}
            assert (first.incarnation, first.seq) not in places, where
    with open_store(folder) as again:  # and it stays so
        assert len(read_items(again)) == len(items) + (report is not None), where
    return report


def destroy(path, pages, chance, *, spare_first=True) -> None:
    content = bytearray(path.read_bytes())
    numbers = range(1 if spare_first else 0, len(content) // PAGE)
    for number in chance.sample(numbers, min(pages, len(numbers))):
        content[number * PAGE : (number + 1) * PAGE] = chance.randbytes(PAGE)
    path.write_bytes(content)


@pytest.fixture
def folder(before, tmp_path):
    shutil.copytree(before.folder, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("pages", [1, 5, 20, 100])
def test_destroyed_pages_lose_no_sealed_item(before, folder, pages, seed):
    chance = random.Random(f"{pages}/{seed}")
    destroy(folder / DB, pages, chance, spare_first=False)
    check_whole(before, folder, f"{pages} pages, seed {seed}")


def test_each_page_destroyed_alone_gives_nothing_wrong(before, folder, tmp_path):
    """SQLCipher reads the end of a long value as zeroes where its last page is destroyed; we must not."""
    whole = (folder / DB).read_bytes()
    step = 1 if len(SEEDS) > 2 else 29
    for number in range(len(SEEDS) % step, len(whole) // PAGE, step):
        copy = tmp_path / f"page-{number}"
        shutil.copytree(folder, copy)
        destroyed = whole[: number * PAGE] + bytes(PAGE) + whole[(number + 1) * PAGE :]
        (copy / DB).write_bytes(destroyed)
        check_whole(before, copy, f"page {number}")
        shutil.rmtree(copy)


@pytest.mark.parametrize("seed", SEEDS)
def test_without_backup_and_with_torn_spool_files_the_report_counts(before, folder, seed):
    """Nothing but the damaged database itself has them: what is gone is told."""
    chance = random.Random(seed)
    shutil.rmtree(folder / "backups")
    for path in sorted(mirrors_in(folder)):
        path.unlink()
    destroy(folder / DB, 5, chance)
    store, items, _ = use(folder)
    with store:
        report = repair.find_report(store._opened.folder)
    gone = before.items.keys() - items.keys()
    where = f"seed {seed}: {len(gone)} gone, {report}"
    assert all(items[one].envelope == before.items[one].envelope for one in items), where
    assert report is None or not report.is_readable or len(gone) <= report.tables["item"].lost_at_most, where
    assert len(list((folder / "spool").glob("*.item"))) == len(items), f"{where}: not mirrored again"


def lose_first_page(folder):
    content = (folder / DB).read_bytes()
    (folder / DB).write_bytes(secrets.token_bytes(PAGE) + content[PAGE:])


def lose_newest_backup(folder):
    shutil.copy(folder / "backups" / "00000001.db", folder / "backups" / "00000002.db")
    destroy(folder / "backups" / "00000002.db", 20, random.Random(1))
    lose_first_page(folder)


DAMAGE = {
    "first page": lose_first_page,
    "cut off": lambda folder: os.truncate(folder / DB, (folder / DB).stat().st_size // 2),
    "cut inside a page": lambda folder: os.truncate(folder / DB, (folder / DB).stat().st_size - 100),
    "empty": lambda folder: os.truncate(folder / DB, 0),
    "gone": lambda folder: (folder / DB).unlink(),
    "zeroes": lambda folder: (folder / DB).write_bytes(bytes((folder / DB).stat().st_size)),
    "newest backup damaged": lose_newest_backup,
    "all backups damaged": lambda folder: (
        destroy(folder / "backups" / "00000001.db", 30, random.Random(2)),
        lose_first_page(folder),
    ),
    "no key check": lambda folder: ((folder / "supportpoint.keycheck").unlink(), lose_first_page(folder)),
    "key check torn": lambda folder: (
        os.truncate(folder / "supportpoint.keycheck", 7),
        lose_first_page(folder),
    ),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_every_kind_of_damage_is_repaired_at_the_opening(before, folder, how):
    DAMAGE[how](folder)
    open_store(folder).close()
    assert (folder / "repair.json").exists(), "nobody noticed before something was asked for"
    report = check_whole(before, folder, how)
    items = report.tables["item"]
    assert items.salvaged + items.from_backup + items.from_spool == ITEMS
    assert report.backup == ("" if how == "all backups damaged" else "00000001")


@pytest.mark.parametrize("how", ["first page", "gone"])
def test_without_the_spool_the_backup_brings_back_what_it_knew(before, folder, how):
    shutil.rmtree(folder / "spool")
    DAMAGE[how](folder)
    store, items, _ = use(folder)
    with store:
        assert items.keys() == {f"case-{number:04}" for number in range(ITEMS // 2)}
        assert repair.find_report(store._opened.folder).backup == "00000001"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("harm", ["cut", "scribble"])
def test_torn_log_loses_no_sealed_item(before, folder, harm, seed, monkeypatch):
    """The log as a power cut may leave it: cut anywhere, or with a stretch of rubbish."""
    chance = random.Random(f"{harm}/{seed}")
    copy = folder.with_name("torn")
    with open_store(folder) as store:
        for number in range(ITEMS, ITEMS + 20):
            fill(store, chance, number)
        before = dataclasses.replace(before, items=read_items(store))
        shutil.copytree(folder, copy)
    log = copy / f"{DB}-wal"
    content = bytearray(log.read_bytes())
    if harm == "cut":
        del content[chance.randrange(32, len(content)) :]
    else:
        at = chance.randrange(32, len(content) - 300)
        content[at : at + 300] = chance.randbytes(300)
    log.write_bytes(content)
    (copy / f"{DB}-shm").unlink(missing_ok=True)
    _, items, drafts = use(copy)
    assert {one: item.envelope for one, item in items.items()} == {
        one: item.envelope for one, item in before.items.items()
    }, f"{harm}, seed {seed}"
    assert drafts == before.drafts


@pytest.mark.parametrize("seed", SEEDS)
def test_destroyed_pages_under_a_log_lose_no_sealed_item(before, folder, seed):
    """A disk that failed while the kiosk ran: the log is read too, and never played over the new database."""
    chance = random.Random(seed)
    copy = folder.with_name("under-log")
    with open_store(folder) as store:
        for number in range(ITEMS, ITEMS + 10):
            fill(store, chance, number)
        before = dataclasses.replace(before, items=read_items(store))
        shutil.copytree(folder, copy)
    shutil.rmtree(copy / "spool")
    (copy / "spool").mkdir()
    (copy / f"{DB}-shm").unlink(missing_ok=True)
    (copy / "backups" / "00000001.db").unlink()
    content = (copy / DB).read_bytes()
    (copy / DB).write_bytes(content[: 60 * PAGE] + chance.randbytes(PAGE) + content[61 * PAGE :])
    store, items, _ = use(copy)
    with store:
        report = repair.find_report(store._opened.folder)
    assert report is not None, f"seed {seed}: nobody noticed"
    assert items.keys() >= {f"case-{number:04}" for number in range(ITEMS, ITEMS + 10)}, f"seed {seed}"
    gone = len(before.items.keys() - items.keys())
    assert gone <= report.tables["item"].lost_at_most <= 8, f"seed {seed}: {gone} gone"


@pytest.mark.parametrize("step", ["_build", "_set_aside", "publish"])
def test_power_cut_in_the_middle_of_a_repair_is_gone_on_from(before, folder, step, monkeypatch):
    lose_first_page(folder)

    def die(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if step == "publish":
            real = repair.sync_folder
            patched.setattr(
                repair,
                "sync_folder",
                lambda path: die() if path == folder and (folder / DB).exists() else real(path),
            )
        elif step == "_set_aside":
            patched.setattr(repair, "sync_folder", die)
        else:
            patched.setattr(repair, step, die)
        with pytest.raises(KeyboardInterrupt):
            open_store(folder)
    check_whole(before, folder, step)


def test_a_key_that_does_not_fit_touches_nothing(folder):
    wrong = dataclasses.replace(KEYS, database_key=secrets.token_bytes(32))
    lose_first_page(folder)
    for spoil in (lambda: None, (folder / "supportpoint.keycheck").unlink):
        spoil()
        held = {
            path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"
        }
        with pytest.raises(SupportPointError, match="SP-203"):
            Store.open(folder, CLOCK, wrong)
        assert held == {
            path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"
        }


def test_nothing_is_moved_while_another_program_has_it_open(before, folder, monkeypatch):
    monkeypatch.setattr(repair, "BUSY_S", 0.05)
    with open_store(folder) as other:
        with other._opened.db.immediate():
            pass
        lose_first_page(folder)
        with pytest.raises(SupportPointError, match="SP-210"):
            open_store(folder)
        assert (folder / DB).exists()
    check_whole(before, folder, "after the other went")


def test_the_proof_can_fail(before, folder, monkeypatch):
    """Without the spool's part of the repair, items sealed after the backup are gone, and it is noticed."""
    monkeypatch.setattr(
        recovery,
        "_rebuild",
        lambda opened, mirrors, *, is_new: (recovery.draw(opened, "x"), recovery._Mended())[1],
    )
    lose_first_page(folder)
    with pytest.raises(AssertionError, match="first page"):
        check_whole(before, folder, "first page")


def test_the_report_names_nobody(before, folder):
    lose_first_page(folder)
    check_whole(before, folder, "first page")
    report = msgspec.json.decode((folder / "repair.json").read_bytes())
    assert set(report) >= {"at", "backup", "tables", "kept_in"}
    text = (folder / "repair.json").read_text()
    assert not any(word in text for word in ("case-", "draft-", "DB7-4K2"))
    assert CLOCK.now() + timedelta(days=1) > datetime.fromisoformat(report["at"])
