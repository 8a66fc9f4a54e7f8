"""Every event of a bad world in any order, and the invariants of docs/sync.md after each of them."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BatchReceipt, Item, SyncReply, unsigned
from supportpoint.records import ItemState, SealedCase
from supportpoint.sealing.item import sign_item
from supportpoint.sealing.keys import SignKey
from tests.chaos.protocol.machine import DAY_S, URGENT, Machine, dump, make_case
from tests.chaos.protocol.model import ModelProvince
from tests.chaos.protocol.rig import Died, Rig, suppress_codes
from tests.chaos.protocol.way import FAULTS, Kept, Province

MAX_MACHINES = 4
STARTED_AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 - a disk that costs no time
RIG = Rig()

which = st.integers(0, 11)
photos = st.lists(st.sampled_from((1, 700, 20_000, 40_000)), max_size=2)
faults = st.lists(st.sampled_from(FAULTS), max_size=6)
kinds = st.sampled_from(("case", "case", URGENT, "kind-of-2031"))


class World(RuleBasedStateMachine):
    """Up to four machines on real stores, a province, and everything between them.

    `sealed` are all cases ever confirmed, `perhaps` those whose sealing died or was refused.
    """

    make_province: Callable[[], Province] = ModelProvince

    @initialize(points=st.integers(1, 2))
    def begin(self, points: int) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="world-", dir=MEMORY))
        self.names = itertools.count()
        self.clock = FixedClock(STARTED_AT)
        self.province = type(self).make_province()
        self.machines = [Machine(self._folder(), self.clock, self.province, RIG) for _ in range(points)]
        self.sealed: dict[str, SealedCase] = {}
        self.perhaps: dict[str, SealedCase] = {}
        self.late: list[Callable[[], Any]] = []
        self.copies: list[Any] = []
        self.disks: list[tuple[Machine, Path, set[str], Any]] = []
        self.sticks: list[Any] = []
        self.thieves: set[str] = set()
        self.was_revoked = False
        self.arrived: set[str] = set()

    def _folder(self) -> Path:
        return self.root / str(next(self.names))

    def _pick(self, number: int) -> Machine:
        return self.machines[number % len(self.machines)]

    # What a support point does

    @rule(number=which, sizes=photos, kind=kinds)
    def seal(self, number: int, sizes: list[int], kind: str) -> None:
        sealed = self._pick(number).seal(sizes, kind)
        self.sealed[sealed.id] = sealed

    @rule(number=which, words=faults)
    def send(self, number: int, words: list[str]) -> None:
        machine = self._pick(number)
        machine.sync(words)
        self.late += machine.channel.late
        machine.channel.late = []

    @rule(sizes=photos)
    def live_for_a_day(self, sizes: list[int]) -> None:
        """Everybody seals and sends, and nothing is in the way."""
        for number in range(len(self.machines)):
            self.clock.advance(DAY_S)
            self.seal(number, sizes, "case")
            self._pick(number).sync()

    @rule(number=which)
    def send_answers_and_no_photos(self, number: int) -> None:
        machine = self._pick(number)
        machine.channel.takes_photos = False
        machine.sync()
        machine.channel.takes_photos = True

    @rule(seconds=st.sampled_from((1, 3700, 90_000, -400_000_000)))
    def turn_the_clock(self, seconds: int) -> None:
        self.clock.advance(seconds)

    # What the way does

    @precondition(lambda self: self.late)
    @rule(number=which, stays=st.booleans())
    def deliver_late(self, number: int, *, stays: bool) -> None:
        """Out of order, once or again and again; nobody listens to the answer any more."""
        place = number % len(self.late)
        request = self.late[place] if stays else self.late.pop(place)
        with suppress_codes("SP-504", "SP-506"):
            request()

    @precondition(lambda self: self.late)
    @rule(number=which)
    def drop_late(self, number: int) -> None:
        self.late.pop(number % len(self.late))

    @rule(number=which)
    def pack_a_stick(self, number: int) -> None:
        self.sticks.append(self.pack(self._pick(number)))

    @precondition(lambda self: self.sticks)
    @rule(number=which, by=which, part=st.integers(0, 9))
    def plug_in_a_stick(self, number: int, by: int, part: int) -> None:
        """At the server or at another machine; a stick pulled early, and one plugged in again, too."""
        self.plug_in(self.sticks[number % len(self.sticks)], self._pick(by), part)

    def pack(self, machine: Machine) -> Any:
        """Return a stick with what waits on a machine."""
        return machine.pack_stick()

    def plug_in(self, stick: Any, by: Machine, part: int) -> None:
        """Let a machine bring `part` of a stick to the province; attachments go last."""
        items, blobs = stick
        if self.province.is_welcome(by.device):
            taken = blobs[: part // 3] if part >= len(items) else ()
            self.province.take_stick(items[:part], taken, by.device)

    @rule(number=which)
    def lie(self, number: int) -> None:
        """An answer of another server changes nothing (I11)."""
        machine = self._pick(number)
        stranger = SignKey.make()
        receipt = BatchReceipt(
            epoch="a-life-of-its-own",
            device=machine.device,
            now="",
            results=tuple((item_id, "complete", bytes(32)) for item_id in machine.expected),
        )
        signed = msgspec.structs.replace(receipt, signature=stranger.sign(unsigned(receipt)))
        before = dump(machine.store)
        with pytest.raises(SupportPointError, match="SP-502"):
            machine.store.apply_reply(SyncReply(epoch=receipt.epoch, now="", receipt=signed))
        assert dump(machine.store) == before

    # What happens to a support point

    @rule(number=which, places=st.integers(0, 12), dies=st.booleans(), sizes=photos)
    def strike_while_sealing(self, number: int, places: int, *, dies: bool, sizes: list[int]) -> None:
        self._strike(self._pick(number), places, lambda machine: machine.seal(sizes), dies=dies)

    @rule(number=which, places=st.integers(0, 12), dies=st.booleans(), words=faults)
    def strike_while_sending(self, number: int, places: int, *, dies: bool, words: list[str]) -> None:
        self._strike(self._pick(number), places, lambda machine: machine.sync(words), dies=dies)

    def _strike(self, machine: Machine, places: int, act: Callable[[Machine], Any], *, dies: bool) -> None:
        before = machine.expected.copy()
        machine.last_tried = make_case(self.clock, ())
        RIG.arm(places, dies=dies)
        try:
            with suppress_codes("SP-202"):
                act(machine)
        except Died:
            machine.die()
        RIG.disarm()
        tried = machine.last_tried
        self.perhaps[tried.id] = tried
        assert not ({tried.id} & machine.draft_ids() & set(machine.states())), "sealed and still a draft"
        if tried.id in machine.states():
            machine.expected.add(tried.id)
            self.sealed[tried.id] = tried
        assert machine.expected >= before
        machine.channel.late = []

    @rule(number=which)
    def restart(self, number: int) -> None:
        self._pick(number).restart()

    @precondition(lambda self: len(self.machines) < MAX_MACHINES)
    @rule(number=which)
    def clone(self, number: int) -> None:
        self._pick(number).is_one_life = False
        self.machines.append(self._pick(number).copy(self._folder()))

    @rule(number=which)
    def keep_the_disk(self, number: int) -> None:
        machine = self._pick(number)
        kept = self._folder()
        machine.store.close()
        shutil.copytree(machine.folder, kept)
        machine.open()
        self.disks.append((machine, kept, set(machine.expected), machine.keys))

    @precondition(lambda self: self.disks)
    @rule(number=which, whole=st.booleans())
    def put_an_old_disk_back(self, number: int, *, whole: bool) -> None:
        """The whole disk, or the database alone beside a spool that is newer."""
        machine, kept, expected, keys = self.disks[number % len(self.disks)]
        if keys is not machine.keys or not (whole or expected <= machine.expected):
            return  # enrolled with other keys since, or the spool is the older one
        machine.store.close()
        if whole:
            shutil.rmtree(machine.folder)
            shutil.copytree(kept, machine.folder)
            machine.expected = set(expected)
        else:
            self._remove_database(machine)
            shutil.copy(kept / "supportpoint.db", machine.folder)
        machine.open()
        machine.is_one_life = False

    @rule(number=which)
    def lose_the_database(self, number: int) -> None:
        machine = self._pick(number)
        machine.store.close()
        self._remove_database(machine)
        machine.open()
        machine.is_one_life = False

    def _remove_database(self, machine: Machine) -> None:
        for path in machine.folder.glob("supportpoint.db*"):
            path.unlink()

    @rule(number=which)
    def poison(self, number: int) -> None:
        """One item that makes the server fail delays no other beyond this pass (I9)."""
        machine = self._pick(number)
        waiting = sorted(item_id for item_id, state in machine.states().items() if state == ItemState.QUEUED)
        if not waiting or not self.province.is_welcome(machine.device):
            return
        self.clock.advance(3 * DAY_S)
        machine.channel.poison = waiting[number % len(waiting)]
        try:
            machine.sync()
            states = machine.states()
            late = [one for one in waiting if states[one] == ItemState.QUEUED]
            assert set(late) <= {machine.channel.poison}, "a poisoned item held up others"
        finally:
            machine.channel.poison = ""

    # What happens to the province

    @rule(stream=st.sampled_from(("bundle", "stream-of-2031")))
    def announce(self, stream: str) -> None:
        self.province.announce(stream, f"row-{next(self.names)}")

    @rule()
    def back_up_the_server(self) -> None:
        self.copies.append(self.province.back_up())

    @rule(number=which, sizes=photos)
    def back_up_while_a_photo_waits(self, number: int, sizes: list[int]) -> None:
        """A copy that knows a case without its photo, and whole ones after it."""
        for blob_sizes in (sizes, []):
            self.seal(number, blob_sizes, "case")
        self.send_answers_and_no_photos(number)
        self.back_up_the_server()

    @precondition(lambda self: self.copies)
    @rule(number=which, with_files=st.booleans(), news=st.integers(0, 2))
    def restore_the_server(self, number: int, *, with_files: bool, news: int) -> None:
        """Nobody has heard of it yet when it goes on announcing."""
        copied = self.copies[number % len(self.copies)]
        self.province.restore(copied, files=copied if with_files else None)
        self.arrived = set(self.province.kept())
        for _ in range(news):
            self.announce("bundle")

    @precondition(lambda self: self.copies)
    @rule(number=which)
    def lose_newer_files(self, number: int) -> None:
        """The database of today beside the files of a copy, which are older."""
        self.province.restore(self.province.back_up(), files=self.copies[number % len(self.copies)])

    @rule(number=which)
    def revoke(self, number: int) -> None:
        self.province.revoke(self._pick(number).device)
        self.was_revoked = True

    @precondition(lambda self: self.sealed)
    @rule(number=which, by=which)
    def steal_an_id(self, number: int, by: int) -> None:
        """Another thing under a known id is held and overwrites nothing (I3)."""
        machine = self._pick(by)
        victim = sorted(self.sealed)[number % len(self.sealed)]
        if victim not in self.province.kept() or not self.province.is_welcome(machine.device):
            return
        item = Item(
            kind="case",
            id=victim,
            device=machine.device,
            incarnation="ffffffffffffffff",
            seq=next(self.names) + 1,
            envelope=os.urandom(20),
        )
        self.province.take_stick((sign_item(item, machine.keys.sign),), (), machine.device)
        self.thieves.add(victim)
        assert victim in self.province.held_ids()

    # What must hold after every step

    @invariant()
    def nothing_is_lost_doubled_or_changed(self) -> None:
        if not hasattr(self, "province"):
            return
        kept = self.province.kept()
        assert self.province.count_doubled() == 0  # I2
        for item_id, one in kept.items():
            self._assert_as_sealed(item_id, one)
        assert self.arrived <= set(kept), "the server forgot"
        self.arrived = set(kept)
        feed = self.province.list_feed()
        whole = {item_id for item_id, one in kept.items() if one.is_whole}
        for machine in self.machines:
            states = machine.states()
            self._let_come_back(machine, set(states) - machine.expected)
            assert set(states) == machine.expected  # I1, I5
            assert ItemState.NEEDS_PERSON not in states.values()
            if machine.is_up_to_date():
                done = {item_id for item_id, state in states.items() if state == ItemState.COMPLETE}
                assert done <= whole, "told complete, and it is not"  # I4
                cursor, pulled = machine.store.get_cursor(), machine.pulled()
                assert {(stream, ref) for place, stream, ref in feed if place <= cursor} <= pulled  # I8, I10
        if not self.was_revoked:
            assert self.province.held_ids() <= self.thieves

    def _let_come_back(self, machine: Machine, item_ids: set[str]) -> None:
        """A case that was refused stays perhaps in the spool: a salvage would rather send it than lose it."""
        assert item_ids <= set(self.perhaps)
        machine.expected |= item_ids
        self.sealed |= {item_id: self.perhaps[item_id] for item_id in item_ids}

    def _assert_as_sealed(self, item_id: str, one: Kept) -> None:
        sealed = self.sealed.get(item_id) or self.perhaps[item_id]
        assert one.envelope == sealed.envelope  # I3
        assert [ref.sha256 for ref in one.blobs] == [blob.sha256 for blob in sealed.blobs]

    # Peace

    def make_peace(self) -> None:
        """Nobody strikes any more: all that is still kept anywhere is at the province, once, whole (I7)."""
        for _ in range(3):
            for machine in self.machines:
                if not self.province.is_welcome(machine.device):
                    machine.enrol(anew=True)
                machine.sync_until_quiet()
            if not any(machine.store.counts().waiting for machine in self.machines):
                break
        kept = self.province.kept()
        for machine in self.machines:
            assert set(machine.states().values()) <= {ItemState.COMPLETE}, machine.states()
            assert machine.expected <= {item_id for item_id, one in kept.items() if one.is_whole}
            assert {(stream, ref) for _, stream, ref in self.province.list_feed()} <= machine.pulled()
            self.clock.advance(DAY_S)
            assert machine.sync().is_clean
            assert not machine.channel.sent, "what is complete was sent again"
        self.nothing_is_lost_doubled_or_changed()

    def restore_once_more(self) -> None:
        """After a restore exactly the missing ones are sent again."""
        self.restore_the_server(-1, with_files=True, news=1)
        for machine in self.machines:
            self.clock.advance(DAY_S)
            if not self.province.is_welcome(machine.device):
                continue
            whole = {item_id for item_id, one in self.province.kept().items() if one.is_whole}
            missing = machine.expected - whole
            assert machine.sync().is_clean
            sent = set(machine.channel.sent)
            assert missing <= sent
            assert sent == missing or not machine.is_one_life, "more than was lost"

    def teardown(self) -> None:
        if not hasattr(self, "province"):
            return
        RIG.disarm()
        try:
            self.make_peace()
            if self.copies:
                self.restore_once_more()
                self.make_peace()
        finally:
            for machine in self.machines:
                machine.store.close()
            shutil.rmtree(self.root)
