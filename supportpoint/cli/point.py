"""The commands of a support point: kiosk, submit, sync, status."""

from __future__ import annotations

import argparse
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

from supportpoint.cli.folders import add_data_option, open_point, read_file
from supportpoint.cli.output import FAILED, print_failure, print_json
from supportpoint.errors import SupportPointError

PATIENCE_S = 60.0


def register(commands: Any) -> None:
    """Add the commands to the parser's commands."""
    _register_kiosk(commands)
    _register_submit(commands)
    _register_sync(commands)
    _register_status(commands)
    _register_find(commands)


def read_window(text: str) -> tuple[int, int]:
    """Return width and height in px of `1366x768`. Errors: argparse.ArgumentTypeError."""
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if match is None:
        raise argparse.ArgumentTypeError("WIDTHxHEIGHT is needed, such as 1366x768")
    return int(match[1]), int(match[2])


def _named_path(text: str) -> tuple[str, Path]:
    name, separator, path = text.partition("=")
    if not (name and separator and path):
        raise argparse.ArgumentTypeError("NAME=PATH is needed")
    return name, Path(path)


def _register_kiosk(commands: Any) -> None:
    parser = commands.add_parser("kiosk", help="open the kiosk")
    add_data_option(parser)
    parser.add_argument("--fake-devices", action="store_true", help="invented scanner, camera and printer")
    parser.add_argument(
        "--window", metavar="WxH", type=read_window, help="a window instead of the full screen"
    )
    parser.set_defaults(run=_run_kiosk)


def _run_kiosk(options: argparse.Namespace) -> int:
    from supportpoint.kiosk import bootstrap

    return bootstrap.run(options.data, fake_devices=options.fake_devices, window=options.window)


def _register_submit(commands: Any) -> None:
    parser = commands.add_parser("submit", help="seal a filled form and queue it")
    add_data_option(parser)
    parser.add_argument(
        "--form", required=True, metavar="ID", help="form on this machine; ID@VERSION for one"
    )
    parser.add_argument("--answers", required=True, metavar="FILE", type=Path, help="answers as JSON")
    parser.add_argument(
        "--attach",
        action="append",
        default=[],
        metavar="NAME=PATH",
        type=_named_path,
        help="a file for an answer",
    )
    parser.set_defaults(run=_run_submit)


def _run_submit(options: argparse.Namespace) -> int:
    from supportpoint.cli.submission import fill_form, read_answers
    from supportpoint.records import ItemState
    from supportpoint.sealing.receipt import write_secret
    from supportpoint.sync.submission import submit_case

    answers = read_answers(read_file(options.answers))
    given = {name: read_file(path) for name, path in options.attach}
    suffixes = {name: path.suffix for name, path in options.attach}
    form_id, _, version = options.form.partition("@")
    with open_point(options.data) as point:
        began_s = time.monotonic()
        point.store.get_identity()
        package = point.shelf.open_form(form_id, int(version) if version.isdecimal() else None)
        filled = fill_form(package, answers, given, suffixes, point.clock)
        done = submit_case(
            point.access,
            package=package,
            xml=filled.xml,
            attachments=filled.attachments,
            case_id=filled.case_id,
            clock=point.clock,
        )
    print_json(
        {
            "case_id": done.case_id,
            "case_number": done.case_number,
            "receipt": write_secret(done.receipt.secret),
            "state": ItemState.QUEUED,
            "seconds": round(time.monotonic() - began_s, 3),
        }
    )
    return 0


def _register_sync(commands: Any) -> None:
    parser = commands.add_parser("sync", help="send what waits and fetch what is new")
    add_data_option(parser)
    parser.add_argument("--until-empty", action="store_true", help="go on until nothing waits")
    parser.add_argument(
        "--patience",
        metavar="SECONDS",
        type=float,
        default=PATIENCE_S,
        help="with --until-empty: how long to go on without any progress (60)",
    )
    parser.set_defaults(run=_run_sync)


def _run_sync(options: argparse.Namespace) -> int:
    from supportpoint.cli.sending import deliver_relayed, sync_once, sync_until_empty
    from supportpoint.sync.download import DOWNLOADS
    from supportpoint.sync.http import HttpTransport
    from supportpoint.sync.upkeep import keep_up

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with open_point(options.data) as point, ThreadPoolExecutor(2, "blob") as pool:
        identity, downloads = point.store.get_identity(), point.folder / DOWNLOADS
        transport = HttpTransport(
            identity, point.keys.sign, stop=stop, clock=point.clock, downloads=downloads
        )
        began_s = time.monotonic()
        try:
            if options.until_empty:
                report = sync_until_empty(point, transport, stop, pool, options.patience)
            else:
                report = sync_once(point, transport, stop, pool)
            relayed = deliver_relayed(point, transport, stop)
        finally:
            transport.close()
        seconds = time.monotonic() - began_s
        keep_up(point.access, point.shelf, draft_kept=timedelta(seconds=point.draft_kept_s))
        waiting = point.store.counts().waiting
    print_json(
        {
            "pushed": report.pushed,
            "completed": report.completed,
            "blob_bytes": report.blob_bytes,
            "changes": report.changes,
            "code": report.code,
            "next_in_s": report.next_in_s,
            "facts": report.facts,
            "relayed": {"letters": relayed.letters, "items": relayed.items, "code": relayed.code},
            "seconds": round(seconds, 2),
            "sent_bytes": transport.pace.sent_bytes,
            "connections": transport.pace.connections,
            "waiting": waiting,
        }
    )
    if report.code:
        return print_failure(SupportPointError(report.code))
    return FAILED if options.until_empty and waiting else 0


def _register_status(commands: Any) -> None:
    parser = commands.add_parser("status", help="say what waits on this machine")
    add_data_option(parser)
    parser.add_argument("--json", action="store_true", help="one JSON line")
    parser.set_defaults(run=_run_status)


def _run_status(options: argparse.Namespace) -> int:
    from supportpoint.cli.sending import describe

    with open_point(options.data) as point:
        facts = describe(point)
    if options.json:
        print_json(facts)
        return 0
    for name, value in facts.items():
        if not isinstance(value, list):
            print(f"{name}: {value}")
    return 0


def _register_find(commands: Any) -> None:
    parser = commands.add_parser("find", help="find a form, an article or a case number on this machine")
    add_data_option(parser)
    parser.add_argument("text", help="words with or without marks, or a part of a case number")
    parser.set_defaults(run=_run_find)


def _run_find(options: argparse.Namespace) -> int:
    from supportpoint.sync.upkeep import note_entries

    with open_point(options.data) as point:
        note_entries(point.access, point.shelf)
        entries = point.store.find_entries(options.text)
        items = point.store.find_items(options.text)
    print_json(
        {
            "entries": [{"kind": one.kind, "ref": one.ref, "title": one.title} for one in entries],
            "items": [{"id": one.id, "case_number": one.case_number, "state": one.state} for one in items],
        }
    )
    return 0
