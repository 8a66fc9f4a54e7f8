"""The official paper of a submission, from files: for the province's own check of a layout."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from supportpoint.cli.folders import read_file
from supportpoint.cli.output import print_json
from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError

ONLY_MINE = 0o600


def register(commands: Any) -> None:
    """Add `paper` to the parser's commands."""
    paper = commands.add_parser("paper", help="fill the official paper from a submission")
    paper.add_argument("submission", type=Path, help="the answers as XML")
    paper.add_argument("--form", required=True, type=Path, metavar="PACKAGE", help="an .spform package")
    paper.add_argument("--out", required=True, type=Path, metavar="FILE", help="the PDF to write")
    paper.add_argument("--office", default="", metavar="NAME", help="the commune that receives it")
    paper.set_defaults(run=_run_paper)


def _run_paper(options: argparse.Namespace) -> int:
    from supportpoint.content.package import open_package
    from supportpoint.forms import FormDefinition, FormSession
    from supportpoint.reports.paper import make_form_paper

    answers = read_file(options.submission)
    package = open_package(read_file(options.form))
    definition = FormDefinition.load(package.files["form.xml"], files=package.files)
    session = FormSession.from_xml(definition, answers, clock=SystemClock(), language="vi")
    content = make_form_paper(session, office=options.office)
    _write(options.out, content)
    print_json({"form_id": definition.form_id, "version": definition.version, "bytes": len(content)})
    return 0


def _write(path: Path, content: bytes) -> None:
    """Write a file that nobody else on this machine may read: it holds answers."""
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_MINE)
        with os.fdopen(place, "wb") as file:
            file.write(content)
    except OSError as error:
        raise SupportPointError("SP-202", file=path.name) from error
