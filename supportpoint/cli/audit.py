"""`audit verify`: does the audit chain of this machine hold."""

from __future__ import annotations

import argparse
from typing import Any

from supportpoint.cli.folders import add_data_option, open_point
from supportpoint.cli.output import FAILED, print_json


def register(commands: Any) -> None:
    """Add `audit` to the parser's commands."""
    inner = commands.add_parser("audit", help="what was done at this machine").add_subparsers(
        metavar="ACTION", required=True
    )
    verify = inner.add_parser("verify", help="check the chain from its first row on")
    add_data_option(verify)
    verify.set_defaults(run=_run_verify)


def _run_verify(options: argparse.Namespace) -> int:
    with open_point(options.data) as point:
        state = point.store.check_audit()
    fault = state.fault
    print_json(
        {
            "rows": state.rows,
            "unsent": state.unsent,
            "position": fault.position if fault else 0,
            "reason": fault.reason if fault else "",
        }
    )
    return FAILED if fault else 0
