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
    from supportpoint.sealing.keys import SealKey
    from supportpoint.sync.matters import Desk, Matter

READER = "reader"
STATES = ("received", "working", "need", "accepted", "refused")


def register(commands: Any) -> None:
    """Add `reader` to the parser's commands."""
    inner = commands.add_parser("reader", help="open and answer what is sealed to an agency").add_subparsers(
        metavar="ACTION", required=True
    )
    sync = inner.add_parser("sync", help="send answers, fetch cases, drops and forms")
    sync.set_defaults(run=_run_sync)
    listing = inner.add_parser("list", help="list the cases and the feedback without a sender")
    listing.set_defaults(run=_run_list)
    show = inner.add_parser("show", help="show one of them")
    show.add_argument("case")
    show.add_argument("--files", type=Path, metavar="DIR", help="write its files there")
    show.set_defaults(run=_run_show)
    answer = inner.add_parser("answer", help="answer one of them into the villager's mailbox")
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
    from supportpoint.sync.agency import pull_cases, pull_drops
    from supportpoint.sync.http import HttpTransport

    stop = threading.Event()
    with open_point(options.data) as point, ThreadPoolExecutor(2, "blob") as pool:
        _need_reader(point)
        transport = HttpTransport(point.store.get_identity(), point.keys.sign, stop=stop)
        try:
            report = sync_once(point, transport, stop, pool)
            cabinet, may_pull = Cabinet(options.data), not report.code
            cases = pull_cases(transport, cabinet) if may_pull else 0
            drops = pull_drops(transport, cabinet) if may_pull else 0
        finally:
            transport.close()
        waiting = point.store.counts().waiting
    found = {"new_cases": cases, "new_drops": drops}
    print_json(found | {"sent": report.completed, "waiting": waiting, "code": report.code})
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


def _sit_down(options: argparse.Namespace, point: OpenPoint) -> Desk:
    """Return the desk of this agency, with the keys that were named. Errors: as `_need_reader`; SP-104."""
    from supportpoint.store.cabinet import Cabinet
    from supportpoint.sync.matters import Desk

    _need_reader(point)
    return Desk(Cabinet(options.data), point.shelf, _read_keys(options.key))


def _run_list(options: argparse.Namespace) -> int:
    from supportpoint.store.cabinet import Cabinet

    cabinet = Cabinet(options.data)
    with open_point(options.data) as point:
        desk = _sit_down(options, point)
        for case_id in cabinet.list_cases():
            answers = {"case": case_id, "answers": cabinet.get_rev(case_id)}
            try:
                print_json(answers | _describe(desk.read_case(case_id)))
            except SupportPointError as error:
                print_json(answers | {"code": error.code})
        feedback, closed = desk.read_feedback()
    for one in feedback:
        print_json({"case": one.id, "answers": cabinet.get_rev(one.id)} | _describe(one))
    if closed:
        print_json({"closed_drops": closed})
    return 0


def _describe(matter: Matter) -> dict[str, object]:
    came_in = {"drops": matter.drops} if matter.drops else {}
    return came_in | {
        "number": matter.record.case_number,
        "form": matter.inner.form_id,
        "version": matter.inner.form_version,
        "commune": matter.inner.commune,
        "submitted_on": matter.record.submitted_on,
        "files": len(matter.record.files),
    }


def _run_show(options: argparse.Namespace) -> int:
    from supportpoint.forms import FormDefinition, FormSession

    with open_point(options.data) as point:
        desk = _sit_down(options, point)
        matter = desk.read(options.case)
        package = point.shelf.open_form(matter.inner.form_id, int(matter.inner.form_version))
        definition = FormDefinition.load(package.files["form.xml"], files=package.files)
        session = FormSession.from_xml(definition, matter.record.xml, clock=point.clock)
        rows = [row for section in session.outline() for row in section.rows]
        if options.files is not None:
            _write_files(options.files, desk, matter)
    answers = [{"question": row.label, "answer": row.display} for row in rows if row.answered]
    print_json({"case": options.case} | _describe(matter) | {"answers": answers})
    return 0


def _write_files(folder: Path, desk: Desk, matter: Matter) -> None:
    """Write the files of a case in clear, because the person who holds the key asked for it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file, content in desk.open_files(matter):
        (folder / Path(file.name).name).write_bytes(content)


def _run_answer(options: argparse.Namespace) -> int:
    from supportpoint.protocol import CaseNews
    from supportpoint.sealing.keys import SignKey
    from supportpoint.store.cabinet import Cabinet
    from supportpoint.sync.matters import answer_matter

    signer = SignKey(read_file(options.act_key))
    with open_point(options.data) as point:
        matter = _sit_down(options, point).read(options.case)
        news = CaseNews(
            case_number=matter.record.case_number,
            state=options.state,
            at=point.clock.now().isoformat(timespec="seconds"),
            unit=options.name,
            reason=options.reason,
            missing=_missing(options.missing),
            due_on=options.due,
        )
        act = answer_matter(point.access, Cabinet(options.data), matter, news, signer, point.clock)
    print_json({"case": options.case, "act": act, "state": options.state})
    return 0


def _missing(wanted: list[str]) -> tuple[MissingThing, ...]:
    from supportpoint.protocol import MissingThing

    return tuple(MissingThing(kind="photo", label=words) for words in wanted)
