"""Sync passes for an operator at a prompt, and what the store says of the machine."""

from __future__ import annotations

from concurrent.futures import Executor
from secrets import SystemRandom
from threading import Event

from supportpoint.cli.courier import describe_courier
from supportpoint.cli.enrolment import show_fingerprint
from supportpoint.cli.folders import OpenPoint
from supportpoint.courier.delivery import CourierTransport, Delivered, deliver
from supportpoint.courier.relay import RelayLane
from supportpoint.records import SyncReport
from supportpoint.store.signed_clock import SignedClock
from supportpoint.sync.backoff import retry_delay_s
from supportpoint.sync.passes import run_pass
from supportpoint.sync.transport import Transport

WORTH_WAITING_FOR = frozenset({"SP-501", "SP-502", "SP-505", "SP-506", "SP-508"})
"""What may be over in a minute: a portal that asks to log in (SP-502) is, and a proxy without its server."""
_chance = SystemRandom()


def sync_once(point: OpenPoint, transport: Transport, stop: Event, pool: Executor) -> SyncReport:
    """Run one pass over an open data folder."""
    return run_pass(point.access, transport, point.shelf, clock=point.clock, stop=stop, pool=pool)


def deliver_relayed(point: OpenPoint, transport: CourierTransport, stop: Event) -> Delivered:
    """Send on what this machine carries for others."""
    return deliver(RelayLane(point.folder), transport, stop)


def sync_until_empty(
    point: OpenPoint, transport: Transport, stop: Event, pool: Executor, patience_s: float
) -> SyncReport:
    """Run passes until nothing waits; give up after `patience_s` without progress, or when waiting is vain.

    Shape:  the sums of all passes, with the code of the last one.
    """
    total = SyncReport()
    failures = 0
    moved_at_s = point.clock.monotonic_s()
    while True:
        report = sync_once(point, transport, stop, pool)
        total = _add(total, report)
        is_done = report.is_clean and not point.store.counts().waiting
        if is_done or stop.is_set() or (report.code and report.code not in WORTH_WAITING_FOR):
            return total
        if report.pushed or report.completed or report.blob_bytes:
            failures, moved_at_s = 0, point.clock.monotonic_s()
        failures += 1
        delay_s = retry_delay_s(failures, _chance.random(), watched=True)
        if point.clock.monotonic_s() + delay_s - moved_at_s > patience_s:
            return total
        stop.wait(delay_s)


def _add(total: SyncReport, report: SyncReport) -> SyncReport:
    return SyncReport(
        pushed=total.pushed + report.pushed,
        completed=total.completed + report.completed,
        blob_bytes=total.blob_bytes + report.blob_bytes,
        changes=total.changes + report.changes,
        code=report.code,
        next_in_s=report.next_in_s,
        facts=report.facts,
    )


def _describe_clock(clock: SignedClock) -> dict[str, object]:
    offset_s = clock.find_offset_s()
    signed_at = clock.find_signed_at()
    return {
        "clock_wrong": clock.is_wrong(),
        "clock_trusted": clock.is_trusted(),
        "clock_offset_s": None if offset_s is None else round(offset_s),
        "clock_signed_at": "" if signed_at is None else signed_at.isoformat(timespec="seconds"),
    }


def describe(point: OpenPoint) -> dict[str, object]:
    """Return ids, counts and forms of a machine; nothing of a person."""
    identity = point.store.find_identity()
    counts = point.store.counts()
    drops = point.store.count_drops()
    health = point.store.get_health()
    return {
        "enrolled": identity is not None,
        "device": identity.device if identity else "",
        "role": identity.role if identity else "",
        "commune_code": identity.commune_code if identity else "",
        "server": identity.server_url if identity else "",
        "epoch": identity.epoch if identity else "",
        "cursor": point.store.get_cursor(),
        "key_level": point.keys.level,
        **_describe_clock(point.clock),
        "fingerprint": show_fingerprint(identity, point.keys) if identity else "",
        "queued": counts.queued,
        "stored": counts.stored,
        "complete": counts.complete,
        "needs_person": counts.needs_person,
        "archived": counts.archived,
        "waiting": counts.waiting,
        "blob_bytes": counts.blob_bytes,
        "drops_waiting": drops.waiting,
        "drops_delivered": drops.delivered,
        **describe_courier(point),
        "drafts": len(point.store.list_drafts()),
        "backups": health.backups,
        "backup_age_s": None if health.backup_age_s is None else round(health.backup_age_s),
        "free_bytes": health.free_bytes,
        "room_held": health.is_room_held,
        "repair": health.repair,
        "forms": [{"id": form.id, "version": form.version} for form in point.shelf.list_forms()],
        "items": [
            {
                "id": row.id,
                "kind": row.kind,
                "state": row.state,
                "blobs_done": row.blobs_done,
                "blobs_total": row.blobs_total,
                "last_error": row.last_error,
            }
            for row in point.store.list_items()
        ],
    }
