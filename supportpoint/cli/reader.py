"""`supportpoint reader`: an agency fetches, opens and answers what is sealed to it alone."""

from __future__ import annotations

import argparse
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportpoint.cli.folders import OpenPoint, add_data_option, open_point, read_file
from supportpoint.cli.output import print_failure, print_json
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.protocol import MissingThing
    from supportpoint.sealing.case import OpenedCase
    from supportpoint.sealing.keys import SealKey

READER = "reader"
STATES = ("received", "working", "need", "accepted", "refused")


def register(commands: Any) -> None:
    """Add `reader` to the parser's commands."""
    inner = commands.add_parser("reader", help="open and answer what is sealed to an agency").add_subparsers(
        metavar="ACTION", required=True
    )
    sync = inner.add_parser("sync", help="send answers, fetch cases and forms")
    sync.set_defaults(run=_run_sync)
    listing = inner.add_parser("list", help="list the cases")
    listing.set_defaults(run=_run_list)
    show = inner.add_parser("show", help="show one case")
    show.add_argument("case")
    show.add_argument("--files", type=Path, metavar="DIR", help="write its files there")
    show.set_defaults(run=_run_show)
    answer = inner.add_parser("answer", help="answer one case into the villager's mailbox")
    answer.add_argument("case")
    answer.add_argument("--act-key", required=True, type=Path, metavar="FILE", help="the agency's act.key")
    answer.add_argument("--state", required=True, choices=STATES)
    answer.add_argument("--reason", default="", help="what the person hears")
    answer.add_argument("--missing", action="append", default=[], metavar="WORDS", help="a paper that lacks")
    answer.add_argument("--due", default="", metavar="DAY", help="until when, 2026-12-31")
    answer.add_argument("--name", default="", help="how the agency calls itself; its unit by default")
    answer.set_defaults(run=_run_answer)
    for one in (sync, listing, show, answer):
        add_data_option(one)
    for one in (listing, show, answer):
        one.add_argument(
            "--key", required=True, action="append", type=Path, metavar="FILE", help="the agency's seal.key"
        )


def _need_reader(point: OpenPoint) -> None:
    """Set aside what no longer stands on the shelf. Errors: SP-102 enrolled as something else; SP-406."""
    from supportpoint.sealing.keyset import read_keyset

    identity = point.store.get_identity()
    if identity.role != READER:
        raise SupportPointError("SP-102", role=identity.role)
    point.shelf.verify_all(read_keyset(identity.keyset, identity.root_public))


def _run_sync(options: argparse.Namespace) -> int:
    from supportpoint.cli.sending import sync_once
    from supportpoint.store.cabinet import Cabinet
    from supportpoint.sync.agency import pull_cases
    from supportpoint.sync.http import HttpTransport

    stop = threading.Event()
    with open_point(options.data) as point, ThreadPoolExecutor(2, "blob") as pool:
        _need_reader(point)
        transport = HttpTransport(point.store.get_identity(), point.keys.sign, stop=stop)
        try:
            report = sync_once(point, transport, stop, pool)
            new = 0 if report.code else pull_cases(transport, Cabinet(options.data))
        finally:
            transport.close()
        waiting = point.store.counts().waiting
    print_json({"new_cases": new, "sent": report.completed, "waiting": waiting, "code": report.code})
    return print_failure(SupportPointError(report.code)) if report.code else 0


def _read_keys(paths: list[Path]) -> dict[bytes, SealKey]:
    from supportpoint.sealing.keys import SEED_BYTES, SealKey

    pairs = []
    for path in paths:
        seed = read_file(path)
        if len(seed) != SEED_BYTES:
            raise SupportPointError("SP-104", file=path.name, reason="not a key")
        pairs.append(SealKey(seed))
    return {pair.kid: pair for pair in pairs}


def _open(options: argparse.Namespace, point: OpenPoint, case_id: str) -> OpenedCase:
    from supportpoint.store.cabinet import Cabinet
    from supportpoint.sync.agency import read_case

    return read_case(Cabinet(options.data), point.shelf, _read_keys(options.key), case_id)


def _run_list(options: argparse.Namespace) -> int:
    from supportpoint.store.cabinet import Cabinet

    cabinet = Cabinet(options.data)
    with open_point(options.data) as point:
        _need_reader(point)
        for case_id in cabinet.list_cases():
            answers = {"case": case_id, "answers": cabinet.get_rev(case_id)}
            try:
                opened = _open(options, point, case_id)
            except SupportPointError as error:
                print_json(answers | {"code": error.code})
                continue
            print_json(answers | _describe(opened))
    return 0


def _describe(opened: OpenedCase) -> dict[str, object]:
    return {
        "number": opened.record.case_number,
        "form": opened.inner.form_id,
        "version": opened.inner.form_version,
        "commune": opened.inner.commune,
        "submitted_on": opened.record.submitted_on,
        "files": len(opened.record.files),
    }


def _run_show(options: argparse.Namespace) -> int:
    from supportpoint.forms import FormDefinition, FormSession

    with open_point(options.data) as point:
        _need_reader(point)
        opened = _open(options, point, options.case)
        package = point.shelf.open_form(opened.inner.form_id, int(opened.inner.form_version))
        definition = FormDefinition.load(package.files["form.xml"], files=package.files)
        session = FormSession.from_xml(definition, opened.record.xml, clock=point.clock)
        rows = [row for section in session.outline() for row in section.rows]
        if options.files is not None:
            _write_files(options, opened)
    answers = [{"question": row.label, "answer": row.display} for row in rows if row.answered]
    print_json({"case": options.case} | _describe(opened) | {"answers": answers})
    return 0


def _write_files(options: argparse.Namespace, opened: OpenedCase) -> None:
    """Write the files of a case in clear, because the person who holds the key asked for it."""
    from supportpoint.sealing.case import open_file
    from supportpoint.store.cabinet import Cabinet

    options.files.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in opened.record.files:
        content = open_file(Cabinet(options.data).load_file(file.sha256), _read_keys(options.key))
        (options.files / Path(file.name).name).write_bytes(content)


def _run_answer(options: argparse.Namespace) -> int:
    from supportpoint.protocol import CaseNews
    from supportpoint.sealing.keys import SignKey
    from supportpoint.store.cabinet import Cabinet
    from supportpoint.sync.agency import answer_case

    signer = SignKey(read_file(options.act_key))
    with open_point(options.data) as point:
        _need_reader(point)
        opened = _open(options, point, options.case)
        news = CaseNews(
            case_number=opened.record.case_number,
            state=options.state,
            at=point.clock.now().isoformat(timespec="seconds"),
            unit=options.name,
            reason=options.reason,
            missing=_missing(options.missing),
            due_on=options.due,
        )
        act = answer_case(point.access, Cabinet(options.data), opened, news, signer, point.clock)
    print_json({"case": options.case, "act": act, "state": options.state})
    return 0


def _missing(wanted: list[str]) -> tuple[MissingThing, ...]:
    from supportpoint.protocol import MissingThing

    return tuple(MissingThing(kind="photo", label=words) for words in wanted)
