"""What an operator can ask of the server: plain functions; the command line only parses and prints.

`startup.use_data_dir` comes first in the process; this module imports models.
Source: docs/decisions/0005-server.md
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, transaction

from supportpoint.errors import SupportPointError
from supportpoint.server.authority import make_certificates
from supportpoint.server.readiness import need_free_port, need_set_up, need_todays_schema, need_writable
from supportpoint.server.registry import audit as chains
from supportpoint.server.registry import backed_up, bundles, codes, keysets, province
from supportpoint.server.registry.drops import write_drops
from supportpoint.server.registry.feed import prune_tombstones
from supportpoint.server.registry.files import mark_store
from supportpoint.server.registry.folder import data_dir, remove_partial_files
from supportpoint.server.registry.keys import agencies, make_keys, root_public, server_key
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.lost_files import look_after_files, look_at_all, need_store
from supportpoint.server.registry.marks import current_epoch, turn_mark
from supportpoint.server.registry.models import (
    COMMUNE,
    PROVINCE,
    Alarm,
    AuditEntry,
    Blob,
    Case,
    Device,
    Item,
    SealedDrop,
    ServerMark,
    Unit,
)
from supportpoint.server.registry.moment import now, now_text
from supportpoint.server.serving import Address, serve

DEFAULT_POINT = "Điểm hỗ trợ"
SAMPLE_COMMUNE = "03316"
LOCAL_HOSTS = ("localhost", "127.0.0.1")


def init(hosts: tuple[str, ...] = ()) -> dict[str, object]:
    """Make database, keys, certificates, units and sample staff; what is there already is kept.

    Shape:  {"data", "ca", "epoch", "server_public", "root_public", "communes", "staff":
            [{"username", "password", "unit"}]}. Passwords are shown once: `staff` is empty when the
            server was set up before. `hosts` are further names in the TLS certificate.
    Errors: SP-101 when the database cannot be reached; SP-110 when its files are not there.
    """
    folder = data_dir()
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise SupportPointError("SP-101", reason="database cannot be reached") from error
    need_store()
    communes = list(province.read_communes())
    province.make_units(communes)
    if not (folder / "keys" / "keyset.bin").is_file():
        make_keys(folder, [commune.code for commune in communes], now_text())
    if not (folder / "tls" / "server.key").is_file():
        make_certificates(folder / "tls", (*LOCAL_HOSTS, *hosts), now())
    staff: list[dict[str, str]] = []
    if not ServerMark.objects.exists():
        staff = [make_staff("canbo-tinh", province.PROVINCE_CODE), make_staff("canbo-xa", SAMPLE_COMMUNE)]
        turn_mark()
    return {
        "data": str(folder),
        "ca": str(folder / "tls" / "ca.pem"),
        "epoch": current_epoch(),
        "server_public": server_key().public.hex(),
        "root_public": root_public().hex(),
        "communes": len(communes),
        "staff": staff,
    }


def _need_database() -> None:
    try:
        current_epoch()
    except DatabaseError as error:
        raise SupportPointError("SP-101", reason="database cannot be reached") from error


def run(address: Address, *, with_opener: bool = True) -> None:
    """Serve until SIGTERM.

    Errors: SP-106 when the server was not set up here, or by an older program; SP-107 when the port cannot
            be had; SP-108 when the folder cannot be written; SP-110 when the store of the files is not
            there; SP-101, SP-103.
    """
    folder = data_dir()
    need_set_up(folder)
    _need_database()
    need_todays_schema()
    need_writable(folder)
    need_free_port(address.host, address.port)
    remove_partial_files()
    look_after_files()
    turn_mark()
    with single_writer():
        keysets.announce()
    prune_tombstones()
    serve(address, folder, with_opener=with_opener)


def code(
    unit: str, point_name: str = "", role: str = codes.KIOSK, asset_tag: str = "", agency: str = ""
) -> dict[str, str]:
    """Make a one-time enrolment code: a kiosk's or a desk's of a commune, a reader's of an agency.

    Shape:  {"code", "commune", "point", "role", "asset_tag", "agency"}; a reader's unit is the province.
    Errors: SP-803 no such unit or agency for this role.
    """
    kind = PROVINCE if role == codes.READER else COMMUNE
    place = Unit.objects.filter(pk=unit, kind=kind).first()
    if place is None or role not in codes.ROLES:
        raise SupportPointError("SP-803", commune=unit, role=role)
    if (role == codes.READER) != bool(agency) or (agency and agency not in agencies()):
        raise SupportPointError("SP-803", agency=agency)
    point = point_name or f"{DEFAULT_POINT} {place.name}"
    made = codes.make_code(codes.Place(place, point, role, asset_tag, agency))
    facts = {"commune": unit, "point": point, "role": role, "asset_tag": asset_tag, "agency": agency}
    return {"code": made} | facts


def publish(package: Path) -> dict[str, object]:
    """Store a signed package and announce it to all devices. Shape: {"kind", "id", "version"}.

    Errors: SP-104 unreadable file; SP-601 to SP-604 as `registry.bundles.publish`.
    """
    try:
        content = package.read_bytes()
    except OSError as error:
        raise SupportPointError("SP-104", file=package.name) from error
    manifest = bundles.publish(content, province.PROVINCE_CODE)
    return {"kind": manifest.kind, "id": manifest.id, "version": manifest.version}


def make_staff(username: str, unit: str, password: str = "") -> dict[str, str]:
    """Make a staff account, or give it a new password. Shape: {"username", "password", "unit"}.

    Errors: SP-803 when there is no such unit.
    """
    if not Unit.objects.filter(pk=unit).exists():
        raise SupportPointError("SP-803", unit=unit)
    with transaction.atomic():
        chosen = province.make_staff(username, unit, password)
    return {"username": username, "password": chosen, "unit": unit}


def revoke(device: str) -> None:
    """Refuse a device from now on. Errors: SP-803 when there is none of that id."""
    if not Device.objects.filter(pk=device, revoked_at=None).update(revoked_at=now()):
        raise SupportPointError("SP-803", device=device)


def note_backup(begun_at: datetime) -> int:
    """Let the devices hear that a backup begun at this moment was checked; return what counts now.

    Errors: SP-106 when this server was never set up; SP-109 when the moment is still to come.
    """
    _need_database()
    return backed_up.note_backup(begun_at)


def list_keys() -> dict[str, str]:
    """Return where the keys are, by role: root.key goes to a safe, each agency takes its own folder away."""
    folder = data_dir()
    return {
        "root": str(folder / "offline" / "root.key"),
        "publisher": str(folder / "keys" / "publisher.key"),
        "intake": str(folder / "keys" / "intake.key"),
        "units": str(folder / "keys" / "units"),
        "agencies": str(folder / "agencies"),
        "keyset": str(folder / "keys" / "keyset.bin"),
    }


def drops(folder: str) -> dict[str, int]:
    """Write all protected feedback, sealed, for the inspectorate. Shape: {"written"}. Errors: SP-108."""
    return {"written": write_drops(Path(folder))}


def audit() -> dict[str, object]:
    """Check the audit chains of all devices.

    Shape: {"rows", "faults": [{"device", "incarnation", "number", "reason"}]}.
    """
    return {"rows": AuditEntry.objects.count(), "faults": [asdict(one) for one in chains.find_faults()]}


def files(*, reads: bool = False, empty_store: bool = False) -> dict[str, object]:
    """Look at every file, with `reads` also at its bytes; what is lost is asked of the kiosks again.

    `empty_store` says that the old store is gone for good, and that the folder that is there takes its place.
    Shape:  the fields of `registry.lost_files.Looked`.
    Errors: SP-106; SP-110 when the store is not there.
    """
    _need_database()
    if empty_store:
        mark_store()
    return asdict(look_at_all(reads=reads))


def list_alarms() -> list[dict[str, object]]:
    """Return what a person should look at, the newest first.

    Shape: [{"kind", "device", "ref", "facts", "times", "first_at", "last_at"}], moments as ISO text.
    """
    return [
        {
            "kind": alarm.kind,
            "device": alarm.device,
            "ref": alarm.ref,
            "facts": alarm.facts,
            "times": alarm.times,
            "first_at": alarm.first_at.isoformat(),
            "last_at": alarm.last_at.isoformat(),
        }
        for alarm in Alarm.objects.order_by("-last_at")
    ]


def status() -> dict[str, int]:
    """Count what is here; `duplicates` are items that hold the same envelope and files as another."""
    items = Item.objects.count()
    return {
        "items": items,
        "cases": Case.objects.count(),
        "waiting": Item.objects.filter(opening="waiting").count(),
        "held": Item.objects.filter(opening="held").count(),
        "for_agencies": Item.objects.filter(opening="agency").count(),
        "drops": SealedDrop.objects.count(),
        "blobs": Blob.objects.filter(done=True).count(),
        "unfinished_blobs": Blob.objects.filter(done=False).count(),
        "duplicates": items - Item.objects.values("identity").distinct().count(),
        "alarms": Alarm.objects.count(),
        "devices": Device.objects.filter(revoked_at=None).count(),
    }
