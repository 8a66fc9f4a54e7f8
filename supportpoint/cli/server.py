"""The commands of the provincial server; the work is in `supportpoint.server`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from supportpoint.cli import server_keys
from supportpoint.cli.output import FAILED, print_failure, print_json
from supportpoint.errors import SupportPointError

Run = Callable[[argparse.Namespace], int]


def register(commands: Any) -> None:
    """Add `server` to the parser's commands."""
    inner = commands.add_parser("server", help="the provincial server").add_subparsers(
        metavar="ACTION", required=True
    )
    init = _add(inner, "init", "make database, keys, certificates and units", _run_init)
    init.add_argument(
        "--host-name", action="append", default=[], metavar="NAME", help="a name in the certificate"
    )
    run = _add(inner, "run", "serve until stopped", _run_server)
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8443)
    run.add_argument("--no-tls", action="store_true", help="plain HTTP, behind a proxy that does TLS")
    run.add_argument("--no-opener", action="store_true", help="do not start the process that opens cases")
    _add(inner, "opener", "open ordinary cases until stopped", _run_opener)
    code = _add(inner, "code", "make a one-time enrolment code", _run_code)
    code.add_argument("--commune", required=True, metavar="CODE", help="for a reader: the province's code")
    code.add_argument("--point", default="", metavar="NAME", help="name of the support point")
    code.add_argument("--role", default="kiosk", choices=("kiosk", "desk", "reader"))
    code.add_argument("--asset-tag", default="", metavar="TAG", help="the one machine that may use it")
    code.add_argument("--agency", default="", metavar="UNIT", help="whose cases a reader reads")
    devices = _add(inner, "devices", "list devices, their key stores and fingerprint words", _run_devices)
    devices.add_argument("device", nargs="?", default="")
    confirm = _add(inner, "confirm", "note that a device's words were compared", _run_confirm)
    confirm.add_argument("device")
    confirm.add_argument("words", nargs="+", help="the eight words, as read out at the machine")
    publish = _add(inner, "publish", "announce a signed package to all devices", _run_publish)
    publish.add_argument("package", type=Path)
    staff = _add(inner, "staff", "make an office account, or give it a new password", _run_staff)
    staff.add_argument("--name", required=True)
    staff.add_argument("--unit", required=True, metavar="CODE")
    revoke = _add(inner, "revoke", "refuse a device from now on", _run_revoke)
    revoke.add_argument("device")
    server_keys.register(inner)
    backed_up = _add(inner, "backed-up", "say that a backup was checked: kiosks may let go", _run_backed_up)
    backed_up.add_argument(
        "--begun-at", required=True, metavar="MOMENT", type=_moment, help="2026-11-28T02:00:00+07:00"
    )
    courier = _add(inner, "courier", "take the letters of a USB stick, leave the answers on it", _run_courier)
    courier.add_argument("place", type=Path, metavar="FOLDER|FILE")
    drops = _add(inner, "drops", "write protected feedback, sealed, for the inspectorate", _run_drops)
    drops.add_argument("--to", required=True, metavar="DIR")
    files = _add(inner, "files", "look for lost files, and ask the kiosks for them again", _run_files)
    files.add_argument("--read", action="store_true", help="compare every byte, not only sizes")
    files.add_argument(
        "--empty-store", action="store_true", help="the old store is gone for good: begin with this folder"
    )
    _add(inner, "audit", "check the audit chains of all devices", _run_audit)
    _add(inner, "alarms", "list what a person should look at", _run_alarms)
    _add(inner, "status", "count what the server holds", _run_status)


def _add(inner: Any, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = inner.add_parser(name, help=words)
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="data folder of the server")
    parser.set_defaults(run=run)
    return parser


def _commands(options: argparse.Namespace, **choices: Any) -> Any:
    from supportpoint.server.startup import use_data_dir

    use_data_dir(options.data, **choices)
    from supportpoint.server import commands

    return commands


def _run_init(options: argparse.Namespace) -> int:
    print_json(_commands(options).init(tuple(options.host_name)))
    return 0


def _run_server(options: argparse.Namespace) -> int:
    commands = _commands(options, tls=not options.no_tls)
    from supportpoint.server.serving import Address

    address = Address(host=options.host, port=options.port, tls=not options.no_tls)
    commands.run(address, with_opener=not options.no_opener)
    return 0


def _run_opener(options: argparse.Namespace) -> int:
    _commands(options)
    from supportpoint.server.opener import loop

    loop.run()
    return 0


def _run_code(options: argparse.Namespace) -> int:
    place = (options.commune, options.point, options.role, options.asset_tag, options.agency)
    print_json(_commands(options).code(*place))
    return 0


def _devices(options: argparse.Namespace) -> Any:
    _commands(options)
    from supportpoint.server import devices

    return devices


def _run_devices(options: argparse.Namespace) -> int:
    for device in _devices(options).list_devices(options.device):
        print_json(device)
    return 0


def _run_confirm(options: argparse.Namespace) -> int:
    _devices(options).confirm(options.device, " ".join(options.words))
    print_json({"confirmed": options.device})
    return 0


def _run_publish(options: argparse.Namespace) -> int:
    print_json(_commands(options).publish(options.package))
    return 0


def _run_staff(options: argparse.Namespace) -> int:
    print_json(_commands(options).make_staff(options.name, options.unit))
    return 0


def _run_revoke(options: argparse.Namespace) -> int:
    _commands(options).revoke(options.device)
    print_json({"revoked": options.device})
    return 0


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("the moment needs its distance from UTC, such as +07:00")
    return moment


def _run_backed_up(options: argparse.Namespace) -> int:
    print_json({"backed_up_through": _commands(options).note_backup(options.begun_at)})
    return 0


def _run_courier(options: argparse.Namespace) -> int:
    _commands(options)
    from supportpoint.server import courier

    done = courier.take_stick(options.place)
    print_json(vars(done))
    return print_failure(SupportPointError(next(iter(done.codes.values())))) if done.codes else 0


def _run_drops(options: argparse.Namespace) -> int:
    print_json(_commands(options).drops(options.to))
    return 0


def _run_audit(options: argparse.Namespace) -> int:
    found = _commands(options).audit()
    print_json(found)
    return FAILED if found["faults"] else 0


def _run_files(options: argparse.Namespace) -> int:
    found = _commands(options).files(reads=options.read, empty_store=options.empty_store)
    print_json(found)
    return FAILED if found["lost"] or found["packages"] else 0


def _run_alarms(options: argparse.Namespace) -> int:
    print_json({"alarms": _commands(options).list_alarms()})
    return 0


def _run_status(options: argparse.Namespace) -> int:
    print_json(_commands(options).status())
    return 0
