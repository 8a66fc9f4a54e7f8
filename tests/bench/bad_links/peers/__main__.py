"""PouchDB and tuspy with the load of `tests.bench.bad_links`, over the same link, in clear and unsealed.

    python -m tests.bench.bad_links.peers --profile reset --photos 5 --answers 50

Needs root, node and npm; installs both into a temporary folder. Prints the same ratios to the same limit.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import zstandard

from tests.bench.bad_links.point import Load, make_plain
from tests.links.emulator import PROFILES, Link
from tests.links.namespaces import Namespace, why_not

HERE = Path(__file__).parent
NEAR, FAR, PORT = "10.77.2.1", "10.77.2.2", 8080
TUSPY = "tuspy==1.1.0"


def main() -> None:
    """Run the asked peers and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", action="append", choices=["tuspy", "pouchdb"], help="both by default")
    parser.add_argument("--profile", choices=list(PROFILES), default="reset")
    parser.add_argument("--congestion", default="cubic")
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--photos", type=int, default=20)
    parser.add_argument("--longest", type=float, default=1500, metavar="SECONDS", help="then it is given up")
    parser.add_argument("--modules", type=Path, help="a folder to install into and keep")
    options = parser.parse_args()
    if reason := why_not() or ("" if shutil.which("npm") else "node and npm are needed"):
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as scratch:
        modules = options.modules or Path(scratch) / "modules"
        install(modules)
        for peer in options.peer or ("tuspy", "pouchdb"):
            folder = Path(scratch) / peer
            load = make_plain(folder / "plain", options.answers, options.photos)
            run(peer, modules, folder, load, options)


def install(modules: Path) -> None:
    """Put both peers into a folder of their own."""
    modules.mkdir(parents=True, exist_ok=True)
    for path in HERE.iterdir():
        if path.suffix in {".mjs", ".json"} or path.name == "tus_client.py":
            shutil.copy(path, modules / path.name)
    if not (modules / "node_modules").exists():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=modules, check=True)
    if not (modules / "python").exists():
        venv.create(modules / "python", with_pip=True)
        subprocess.run([modules / "python" / "bin" / "pip", "install", "-q", TUSPY], check=True)


def run(peer: str, modules: Path, folder: Path, load: Load, options: argparse.Namespace) -> None:
    """Run one peer to its end or until it is given up."""
    (folder / "there").mkdir(parents=True)
    near, far = Namespace(NEAR, FAR, options.congestion), Namespace(FAR, NEAR, options.congestion)
    link = Link(near.tun, far.tun, seed=1)
    script = modules / ("tus_server.mjs" if peer == "tuspy" else "pouch_server.mjs")
    server = subprocess.Popen(far.enter("node", str(script), FAR, str(PORT), str(folder / "there")))
    try:
        time.sleep(3)
        client = start(peer, modules, folder / "plain", near)
        link.use(PROFILES[options.profile])
        began_s = time.monotonic()
        assert client.stdin is not None
        client.stdin.write(b"go\n")
        client.stdin.flush()
        try:
            client.wait(options.longest)
            end = f"time {(time.monotonic() - began_s) * 16_000 / load.limit_bytes:.2f}"
        except subprocess.TimeoutExpired:
            client.kill()
            end = f"given up after {options.longest:.0f} s"
        sent = link.lanes[0].offered_bytes
        sys.stdout.write(
            f"{peer} {options.profile} {options.congestion}: {end}, bytes up {sent / load.limit_bytes:.2f}"
            f" | limit {load.limit_bytes} bytes\n"
        )
    finally:
        server.kill()
        server.wait()
        link.close()
        near.close()
        far.close()


def start(peer: str, modules: Path, plain: Path, near: Namespace) -> subprocess.Popen[bytes]:
    """Start a client; PouchDB fills its own database first."""
    address = f"http://{FAR}:{PORT}"
    if peer == "tuspy":
        texts = b"".join(path.read_bytes() for path in sorted(plain.glob("answer-*")))
        (plain / "answers.bin").write_bytes(zstandard.ZstdCompressor(level=22).compress(texts))
        words = [str(modules / "python" / "bin" / "python"), str(modules / "tus_client.py")]
        return subprocess.Popen(near.enter(*words, f"{address}/files/", str(plain)), stdin=subprocess.PIPE)
    words = ["node", str(modules / "pouch_client.mjs"), address, str(plain)]
    client = subprocess.Popen(near.enter(*words), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert client.stdout is not None
    client.stdout.readline()
    return client


if __name__ == "__main__":
    main()
