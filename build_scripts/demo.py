"""The whole road in one go: an offline birth registration, the server's return, the office's answer.

With a display the kiosk opens for a person; without one, or with --headless, the same app is driven
through real touches and keys, one picture per screen, and the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stage import command, set_stage


def has_display() -> bool:
    """Return whether a window can be shown here."""
    return os.name == "nt" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(folder: Path) -> None:
    """Open the kiosk for a person; bring the server back once a case waits."""
    province, kiosk = set_stage(folder)
    print("The kiosk is open and offline: register a birth. Close its window, or press Ctrl+C here, to end.")
    line = [sys.executable, "-m", "supportpoint", "kiosk", "--data", str(kiosk), "--fake-devices"]
    window = subprocess.Popen(line)
    try:
        while window.poll() is None:
            time.sleep(1)
            waiting = command("status", "--data", kiosk, "--json").get("queued", 0)
            if waiting and not province.answers():
                province.start()
                login = province.staff_login()
                print(f"The server is back: {province.url}/office/ as {login[0]}, password {login[1]}")
    finally:
        window.terminate()
        province.stop()


def main() -> int:
    """Show or drive the demo; return 0 when everything arrived."""
    parser = argparse.ArgumentParser(prog="dev.py demo")
    parser.add_argument("--headless", action="store_true", help="drive the app offscreen")
    parser.add_argument("--shots", type=Path, metavar="DIR", help="write one picture per screen here")
    parser.add_argument("--size", default="1366x768", help="window size, 1366x768 or 1920x1080")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep province and kiosk data here")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that kiosk and server end with the demo
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="supportpoint-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        if has_display() and not asked.headless:
            with contextlib.suppress(KeyboardInterrupt):
                show(folder)
            return 0
        from travel import travel  # noqa: PLC0415 - Qt reads its platform from the environment first

        width, height = (int(part) for part in asked.size.split("x"))
        outcome = travel(folder, asked.shots or folder / "shots", (width, height))
        print(json.dumps(outcome, ensure_ascii=False))
        return 0 if outcome["ok"] else 1
    finally:
        if asked.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if "--headless" in sys.argv or not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(main())
