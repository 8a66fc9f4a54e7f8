"""The one parser and the one place where a failure becomes words."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from supportpoint import __version__
from supportpoint.cli import (
    articles,
    audit,
    courier,
    devices,
    enrolment,
    forms,
    paper,
    point,
    reader,
    server,
    words,
)
from supportpoint.cli.output import print_failure
from supportpoint.errors import SupportPointError

INTERRUPTED = 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(prog="supportpoint", description="Support Point: kiosk and server.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    point.register(commands)
    audit.register(commands)
    enrolment.register(commands)
    courier.register(commands)
    devices.register(commands)
    forms.register(commands)
    articles.register(commands)
    paper.register(commands)
    reader.register(commands)
    server.register(commands)
    words.register(commands)
    return parser


def forbid_core_dumps() -> None:
    """Keep the memory of this program, and the answers in it, out of crash files."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 2 failed, 130 interrupted."""
    logging.getLogger("supportpoint").addHandler(logging.NullHandler())
    forbid_core_dumps()
    options = make_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except SupportPointError as error:
        return print_failure(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status
