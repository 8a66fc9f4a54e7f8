"""Whatever a road does to them: once peace returns, everything sealed is on the server exactly once.

Each example is a kiosk with a real store, a server that keeps the protocol, and a run of events on
the way between them. Invariants I2, I4, I5, I7, I8 of docs/sync.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from supportpoint.records import ItemState

FAULTS = ["", "", "drop", "lost", "twice", "SP-502", "SP-505"]
seals = st.tuples(st.just("seal"), st.lists(st.integers(1, 40_000), max_size=2))
syncs = st.tuples(st.just("sync"), st.lists(st.sampled_from(FAULTS), max_size=5))
plain = st.sampled_from(
    [(word, None) for word in ("restart", "replay", "news", "backup", "restore", "restore_all", "clone")]
)
Event = tuple[str, Any]


class World:
    """Applies events and keeps watch over the invariants."""

    def __init__(self, kiosk: Any) -> None:
        self.server = kiosk.server
        self.kiosks = [kiosk]
        self.kept = self.server.backup()
        self.sealed: dict[str, Any] = {}

    def apply(self, event: Event) -> None:
        word, detail = event
        getattr(self, word)(detail)
        self.watch()

    def seal(self, sizes: list[int]) -> None:
        kiosk = self.kiosks[len(self.sealed) % len(self.kiosks)]
        sealed = kiosk.seal(*sizes)
        self.sealed[sealed.id] = sealed

    def sync(self, faults: list[str]) -> None:
        for kiosk in self.kiosks:
            kiosk.transport.faults.extend(faults)
            kiosk.sync()
            kiosk.transport.faults.clear()

    def restart(self, _: None) -> None:
        self.kiosks[0].restart()

    def replay(self, _: None) -> None:
        """Somebody on the way sends everything again that ever passed."""
        for request in self.kiosks[0].transport.heard[-20:]:
            self.server.sync(self.kiosks[0].transport.device, request)

    def news(self, _: None) -> None:
        self.server.announce("bundle", f"row-{len(self.server.changes)}", b"\xc1")

    def backup(self, _: None) -> None:
        self.kept = self.server.backup()

    def restore(self, _: None) -> None:
        self._restore(with_files=False)

    def restore_all(self, _: None) -> None:
        self._restore(with_files=True)

    def _restore(self, *, with_files: bool) -> None:
        self.server.restore(self.kept, with_files=with_files)
        for kiosk in self.kiosks:
            kiosk.transport.heard.clear()

    def clone(self, _: None) -> None:
        if len(self.kiosks) == 1:
            kiosk = self.kiosks[0]
            self.kiosks.append(kiosk.clone(kiosk.folder.with_name("clone")))

    def watch(self) -> None:
        assert all(count == 1 for count in self.server.effects.values())  # I2
        assert not self.server.held
        listed = set()
        for kiosk in self.kiosks:
            listed |= {row.id for row in kiosk.store.list_items()}
        assert listed == set(self.sealed)  # I5

    def make_peace(self) -> None:
        for _ in range(3):
            for kiosk in self.kiosks:
                kiosk.sync_until_quiet()
        for kiosk in self.kiosks:
            assert set(kiosk.states().values()) <= {ItemState.COMPLETE}
            assert kiosk.store.get_cursor() == len(self.server.changes)  # I8
            pending = {change.id for change in kiosk.store.pending_bundles()}
            assert {change.id for change in self.server.changes} <= pending
        assert set(self.server.items) == set(self.sealed)  # I7
        for item_id, sealed in self.sealed.items():
            assert self.server.items[item_id].envelope == sealed.envelope
            assert all(self.server.has_blob(blob.sha256) for blob in sealed.blobs)  # I4
        assert all(self.server.effects[item_id] == 1 for item_id in self.sealed)


@example([("seal", [9]), ("sync", ["lost"]), ("backup", None), ("seal", []), ("sync", []), ("restore", None)])
@example(
    [("seal", []), ("sync", []), ("clone", None), ("seal", []), ("seal", [5]), ("sync", []), ("sync", [])]
)
@example([("seal", [9]), ("sync", ["lost"]), ("backup", None), ("sync", []), ("restore_all", None)])
@example([(word, []) for word in ("seal", "clone", "seal", "sync", "seal", "restore")])
@given(st.lists(st.one_of(seals, syncs, plain), max_size=14))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    print_blob=True,
)
def test_everything_sealed_is_there_exactly_once(make_world: Callable[[], Any], events: list[Event]) -> None:
    world = World(make_world())
    try:
        for event in events:
            world.apply(event)
        world.make_peace()
    finally:
        for kiosk in world.kiosks:
            kiosk.store.close()
