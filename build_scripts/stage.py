"""The stage of the demo: a province and a kiosk, moved by the product's own commands."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parent.parent
COMMUNE = "03316"
POINT = "Bản Nậm Cứm"
#: What the officer asks for, by the labels of the form.
WANTED = ("Chụp giấy chứng sinh", "Số điện thoại")
START_TIMEOUT_S = 30.0


def command(*words: str | Path) -> dict[str, Any]:
    """Run `supportpoint WORDS` and return the JSON object of its last line, {} when it prints none."""
    return run(sys.executable, "-m", "supportpoint", *map(str, words))


def run(*line: str) -> dict[str, Any]:
    """Run a program and return the JSON object of its last line, {} when it prints none."""
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(line[1:])}\n{done.stderr}")
    lines = done.stdout.strip().splitlines()
    return dict(json.loads(lines[-1])) if lines and lines[-1].startswith("{") else {}


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Province:
    """A provincial server on SQLite and local files, started and stopped as its own process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.ca = folder / "tls" / "ca.pem"
        self.facts = command("server", "init", "--data", folder)
        self._process: subprocess.Popen[bytes] | None = None

    def publish_all(self) -> int:
        """Sign every form with the key of its publisher, announce it to the kiosks, and return how many."""
        places = {
            "--key": self.folder / "keys" / "publisher.key",
            "--out": self.folder / "published",
            "--data": self.folder,
        }
        words = [str(word) for place in places.items() for word in place]
        return int(run(sys.executable, str(ROOT / "build_scripts" / "packages.py"), *words)["forms"])

    def start(self) -> None:
        """Start the server and wait until it answers."""
        words = ["server", "run", "--data", str(self.folder), "--port", str(self.port)]
        line = [sys.executable, "-m", "supportpoint", *words]
        with (self.folder / "run.log").open("ab") as log:
            self._process = subprocess.Popen(line, stdout=log, stderr=log)
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                sys.exit(f"the server did not start; see {log.name}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Return whether the server says it is ready."""
        try:
            return requests.get(f"{self.url}/readyz", verify=str(self.ca), timeout=2).ok
        except requests.RequestException:
            return False

    def stop(self) -> None:
        """Stop the server; nothing happens when it is not running."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=20)
            self._process = None

    def staff_login(self) -> tuple[str, str]:
        """Return name and password of the commune's officer, made when the province was."""
        officer = next(person for person in self.facts["staff"] if person["unit"] == COMMUNE)
        return officer["username"], officer["password"]

    def count(self) -> dict[str, Any]:
        """Return what the server holds: items, cases, blobs and the rest."""
        return command("server", "status", "--data", self.folder)


def enrol_kiosk(province: Province, folder: Path) -> None:
    """Enrol a kiosk of the demo's commune and let it fetch the forms. The server must run."""
    code = command("server", "code", "--data", province.folder, "--commune", COMMUNE, "--point", POINT)[
        "code"
    ]
    server = ("--server", province.url, "--code", code, "--ca", province.ca)
    command("enroll", "--data", folder, *server)
    command("sync", "--data", folder, "--until-empty")


def set_stage(folder: Path) -> tuple[Province, Path]:
    """Make a province with all forms published and an enrolled kiosk; leave the server stopped."""
    province = Province(folder / "province")
    province.publish_all()
    province.start()
    kiosk = folder / "kiosk"
    enrol_kiosk(province, kiosk)
    province.stop()
    return province, kiosk
