"""The USB courier at a support point: export, import, verify."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportpoint.cli.folders import add_data_option, open_point
from supportpoint.cli.output import print_failure, print_json
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from collections.abc import Callable

    from supportpoint.cli.folders import OpenPoint

MEGABYTE = 1_000_000


def register(commands: Any) -> None:
    """Add `courier` to the parser's commands."""
    inner = commands.add_parser("courier", help="send and fetch by USB stick").add_subparsers(
        metavar="ACTION", required=True
    )
    export = _add(inner, "export", "put what waits onto a stick", _run_export)
    export.add_argument("--max-megabytes", metavar="N", type=int, default=1000, help="at most so much (1000)")
    export.add_argument(
        "--patience", metavar="SECONDS", type=float, default=600.0, help="give up a slower stick (600)"
    )
    take = _add(inner, "import", "take answers, and letters of other points, from a stick", _run_import)
    take.add_argument(
        "--quota-megabytes", metavar="N", type=int, default=256, help="room for others' letters (256)"
    )
    verify = inner.add_parser("verify", help="say how much of a stick's files is whole")
    verify.add_argument("place", metavar="FOLDER|FILE", type=Path)
    verify.set_defaults(run=_run_verify)


def _add(
    inner: Any, name: str, words: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = inner.add_parser(name, help=words)
    add_data_option(parser)
    parser.add_argument("place", metavar="FOLDER|FILE", type=Path)
    parser.set_defaults(run=run)
    return parser


def _run_export(options: argparse.Namespace) -> int:
    from supportpoint.courier.drops_carried import write_drops
    from supportpoint.courier.intaking import sweep
    from supportpoint.courier.letters import write_letter
    from supportpoint.courier.relay import RelayLane

    with open_point(options.data) as point:
        letter = write_letter(
            point.access,
            point.keys.sign,
            point.folder,
            options.place,
            clock=point.clock,
            max_bytes=options.max_megabytes * MEGABYTE,
            patience_s=options.patience,
        )
        identity = point.store.get_identity()
        swept = answers = drops = 0
        point.store.note_audit("exported", items=letter.items, blobs=letter.blobs)
        if options.place.is_dir():
            drops = write_drops(point.access, options.place, options.max_megabytes * MEGABYTE)
            if letter.is_whole:
                swept = sweep(options.place, letter.path, identity)
            lane = RelayLane(point.folder)
            answers = lane.write_answers(options.place, identity, point.keys.sign, point.clock)
    print_json(
        {
            "file": letter.path.name,
            "items": letter.items,
            "blobs": letter.blobs,
            "bytes": letter.size_bytes,
            "drops": drops,
            "left_items": letter.left_items,
            "left_blobs": letter.left_blobs,
            "left_bytes": letter.left_bytes,
            "old_letters_removed": swept,
            "answers_for_others": answers,
        }
    )
    return 0


def _run_import(options: argparse.Namespace) -> int:
    from supportpoint.courier.drops_carried import take_receipts
    from supportpoint.courier.intaking import take_stick
    from supportpoint.courier.relay import RelayLane

    with open_point(options.data) as point:
        lane = RelayLane(point.folder, options.quota_megabytes * MEGABYTE)
        report = take_stick(
            point.access, point.shelf, lane, options.place, key=point.keys.sign, clock=point.clock
        )
        drops = take_receipts(point.access, options.place)
        waiting = point.store.counts().waiting
    print_json(
        {
            "files": report.files,
            **vars(report.heard),
            "drops_delivered": drops,
            "relayed": report.relayed,
            "answers_for_others": report.answers_left,
            "refused_files": report.codes,
            "waiting": waiting,
        }
    )
    codes = [*report.codes.values(), *report.heard.codes, *(["SP-905"] if report.heard.lost else [])]
    return print_failure(SupportPointError(codes[0])) if codes else 0


def _run_verify(options: argparse.Namespace) -> int:
    from supportpoint.courier.intaking import look
    from supportpoint.courier.stick import ANSWERS_SUFFIX, LETTER_SUFFIX, list_files

    code = ""
    for suffix in (LETTER_SUFFIX, ANSWERS_SUFFIX):
        for path in list_files(options.place, suffix):
            try:
                seen = look(path)
            except SupportPointError as error:
                seen = {"file": path.name, "code": error.code}
            print_json(seen)
            code = code or str(seen.get("code") or ("SP-905" if seen.get("lost") else ""))
    return print_failure(SupportPointError(code)) if code else 0


def describe_courier(point: OpenPoint) -> dict[str, object]:
    """Return what waits for a stick, and what is carried here for others."""
    from supportpoint.courier.letters import count_for_stick
    from supportpoint.courier.relay import RelayLane

    relay = RelayLane(point.folder).counts()
    return {
        "for_stick": count_for_stick(point.access, point.folder),
        "relay_letters": relay.waiting,
        "relay_answers": relay.answered,
        "relay_bytes": relay.size_bytes,
    }
