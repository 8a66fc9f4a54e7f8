"""The command that tries the devices of this machine, one after the other."""

from __future__ import annotations

import argparse
import os
from typing import Any

from supportpoint.cli.folders import add_data_option
from supportpoint.cli.output import FAILED, print_json
from supportpoint.cli.point import read_window
from supportpoint.config import error_words, read_settings

NOT_THERE = "SP-702"


def register(commands: Any) -> None:
    """Add the command to the parser's commands."""
    parser = commands.add_parser(
        "devices", help="try camera, scanner, sound and printer, and name the choices"
    )
    add_data_option(parser)
    parser.add_argument("--fake-devices", action="store_true", help="try the stand-ins")
    parser.add_argument("--pages", action="store_true", help="try them by hand, on the pages of the kiosk")
    parser.add_argument("--window", metavar="WxH", type=read_window, help="a window for the pages")
    parser.set_defaults(run=_run_devices)


def _run_devices(options: argparse.Namespace) -> int:
    if options.pages:
        from supportpoint.kiosk import bootstrap

        return bootstrap.try_devices(options.data, fake_devices=options.fake_devices, window=options.window)
    if os.name != "nt" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from supportpoint.devices.machine import find_devices, make_application, make_fakes

    app = make_application()
    devices = make_fakes() if options.fake_devices else find_devices(read_settings(options.data))
    broken = 0
    try:
        for name, test in devices.self_tests():
            words = {"advice": error_words(test.code)} if test.code else {}
            print_json({"device": name, "ok": test.ok, "code": test.code, **words, "facts": dict(test.facts)})
            broken += test.code not in {"", NOT_THERE}
    finally:
        devices.close()
        app.processEvents()
    return FAILED if broken else 0
