"""The life of a kiosk whose calls are recorded: enrolment, visits, sync passes; and what it promised when.

Every promise is a mark in the record: what the program is about to do, and what it has said is done.
"""

from __future__ import annotations

import hashlib
import pickle
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.content.shelf import Shelf
from supportpoint.protocol import BundleRef, Change, Item, encode
from supportpoint.records import Attachment, DeviceIdentity, Draft
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import sign_keyset
from supportpoint.sealing.receipt import make_receipt
from supportpoint.store import files, recovery, spool
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync.passes import run_pass
from supportpoint.sync.submission import submit_case
from tests.chaos.crash.zygote import mark
from tests.conftest import COMMUNE, FORM_ID, Point, Trust
from tests.unit.sync.conftest import FakeServer, LossyTransport

DEVICE = "kiosk-1"


@dataclass
class FarSide:
    """The province, kept in a file between the sessions; secrets as seeds."""

    seeds: tuple[bytes, ...] = field(default_factory=lambda: tuple(SignKey.make().seed for _ in range(6)))
    items: dict[str, Item] = field(default_factory=dict)
    counts: dict[tuple[str, str, int], str] = field(default_factory=dict)
    blobs: dict[bytes, bytearray] = field(default_factory=dict)
    bundles: dict[bytes, bytes] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @classmethod
    def load(cls, path: str) -> FarSide:
        """Return the province of before, or a new one."""
        file = Path(path)
        return pickle.loads(file.read_bytes()) if file.exists() else cls()  # noqa: S301 - our own file

    def save(self, path: str) -> None:
        Path(path).write_bytes(pickle.dumps(self))

    @property
    def trust(self) -> Trust:
        root, publisher, office, intake, commune, _ = self.seeds
        return Trust(SignKey(root), SignKey(publisher), SignKey(office), SealKey(intake), SealKey(commune))

    def server(self, device_key: bytes) -> FakeServer:
        made = FakeServer(key=SignKey(self.seeds[5]), root=self.trust.root)
        made.devices[DEVICE] = device_key
        made.items, made.counts, made.blobs = self.items, self.counts, self.blobs
        made.bundles, made.changes = self.bundles, self.changes
        return made

    def publish(self, folder: Path, version: int) -> None:
        """Announce a version of the small form."""
        package = Point(folder, self.trust).package(version, self.trust.publisher)
        sha256 = hashlib.sha256(package).digest()
        self.bundles[sha256] = package
        body = encode(BundleRef(kind="form", id=FORM_ID, version=version, sha256=sha256, len=len(package)))
        self.changes.append(Change(stream="bundle", id=FORM_ID, rev=len(self.changes) + 1, body=body))


def break_program(mistake: str) -> None:
    """Make one of the mistakes that the proof has to notice."""
    if mistake == "no folder sync":
        for module in (files, recovery, spool):
            module.sync_folder = lambda _path: None  # type: ignore[attr-defined]


def open_store(folder: Path, mistake: str) -> Store:
    store = Store.open(folder, SystemClock(), load_or_make_keys(folder, use_keyring=False))
    if mistake == "synchronous normal":
        store._opened.db.execute("PRAGMA synchronous = NORMAL")
    return store


def enrol(folder: str, far_file: str, mistake: str) -> None:
    """Make the folder, enrol, and fetch the first package."""
    break_program(mistake)
    far, root = FarSide.load(far_file), Path(folder)
    identity = DeviceIdentity(
        device=DEVICE,
        role="kiosk",
        server_url="https://localhost",
        commune_code=COMMUNE,
        commune_name="Nà Tấu",
        point_name="Điểm hỗ trợ",
        province_code="11",
        server_public=SignKey(far.seeds[5]).public,
        root_public=far.trust.root.public,
        keyset=sign_keyset(far.trust.keyset(), far.trust.root),
        epoch="epoch-1",
    )
    with open_store(root, mistake) as store:
        store.save_identity(identity)
        mark(identity=DEVICE)
    far.publish(root, 1)
    far.save(far_file)
    sync(folder, far_file, mistake)


def sync(folder: str, far_file: str, mistake: str) -> None:
    """Do one pass against the province."""
    break_program(mistake)
    far, root = FarSide.load(far_file), Path(folder)
    with open_store(root, mistake) as store:
        server = far.server(load_or_make_keys(root, use_keyring=False).sign.public)
        transport = LossyTransport(server, DEVICE)
        report = run_pass(DirectAccess(store), transport, Shelf(root), clock=SystemClock(), stop=Event())
        assert report.is_clean, report
        mark(cursor=store.get_cursor())
        if not store.pending_bundles():
            mark(installed=Shelf(root).open_form(FORM_ID).manifest.version)
    far.save(far_file)


def publish(folder: str, far_file: str, version: int) -> None:
    """Announce another version; nothing happens at the kiosk."""
    far = FarSide.load(far_file)
    far.publish(Path(folder), version)
    far.save(far_file)


def visits(folder: str, seed: int, count: int, mistake: str) -> None:
    """Let some people fill forms: save pages, come back, finish, give up; the log is emptied in between."""
    break_program(mistake)
    with open_store(Path(folder), mistake) as store:
        _Visits(store, Path(folder), random.Random(seed)).run(count)


class _Visits:
    def __init__(self, store: Store, folder: Path, rng: random.Random) -> None:
        self._store = store
        self._rng = rng
        self._package = Shelf(folder).open_form(FORM_ID)

    def run(self, count: int) -> None:
        for _ in range(count):
            draft = self._fill()
            match self._rng.choice(("finish", "finish", "leave", "delete")):
                case "finish":
                    self._finish(draft)
                case "delete":
                    mark(deleting=draft.id)
                    self._store.delete_draft(draft.id)
                    mark(deleted=draft.id)
            if self._rng.random() < 0.7:
                self._store.end_visit()

    def _fill(self) -> Draft:
        draft = self._begin()
        for page in range(self._rng.randint(1, 4)):
            photos = draft.attachments
            if self._rng.random() < 0.5:
                content = self._rng.randbytes(self._rng.choice((3000, 40_000)))
                photos = (*photos, Attachment(f"{len(photos)}.jpg", content))
            xml = self._rng.randbytes(self._rng.randint(200, 6000)).replace(b"\0", b"o")  # as XML has none
            draft = replace(draft, xml=xml, attachments=photos, page_ref=f"/p{page}")
            mark(saving=draft.id, digest=digest_of(draft))
            self._store.save_draft(draft)
            mark(saved=draft.id, digest=digest_of(draft))
        return draft

    def _begin(self) -> Draft:
        """Go on with a draft that somebody left, or with a new one."""
        left = self._store.list_drafts()
        if left and self._rng.random() < 0.4:
            found = self._store.find_draft(self._rng.choice(left).id)
            assert found is not None
            return found
        now = datetime.now(UTC)
        return Draft(str(make_uuid7(now)), FORM_ID, "1", "vi", "/p", b"", now)

    def _finish(self, draft: Draft) -> None:
        mark(finishing=draft.id)
        submit_case(
            DirectAccess(self._store),
            package=self._package,
            xml=draft.xml,
            attachments=draft.attachments,
            case_id=draft.id,
            clock=SystemClock(),
            draft_id=draft.id,
            receipt=make_receipt(),
        )
        mark(finished=draft.id, blobs=len(draft.attachments))


def digest_of(draft: Draft) -> str:
    """Return what tells one state of a draft from another."""
    made = hashlib.sha256(draft.xml)
    for file in draft.attachments:
        made.update(file.name.encode() + hashlib.sha256(file.content).digest())
    return made.hexdigest()


GONE = ""


@dataclass
class Promises:
    """What must be true of the data folder after the marks so far."""

    drafts: dict[str, set[str]] = field(default_factory=dict)
    finishing: set[str] = field(default_factory=set)
    cases: dict[str, int] = field(default_factory=dict)
    identity: str = ""
    cursor: int = 0
    installed: int = 0

    def take(self, facts: dict[str, Any]) -> None:
        """Take in one mark. A draft may be in any state that was begun since one was promised."""
        digest = facts.get("digest", GONE)
        match facts:
            case {"saving": draft_id}:
                self.drafts.setdefault(draft_id, {GONE}).add(digest)
            case {"saved": draft_id}:
                self.drafts[draft_id] = {digest}
            case {"deleting": draft_id}:
                self.drafts[draft_id].add(GONE)
            case {"deleted": draft_id}:
                self.drafts[draft_id] = {GONE}
            case {"finishing": draft_id}:
                self.finishing.add(draft_id)
            case {"finished": draft_id, "blobs": blobs}:
                self.finishing.discard(draft_id)
                self.cases[draft_id] = blobs
                self.drafts[draft_id] = {GONE}
            case {"identity": device}:
                self.identity = device
            case {"cursor": cursor}:
                self.cursor = max(self.cursor, cursor)
            case {"installed": version}:
                self.installed = version
            case other:
                raise AssertionError(other)
