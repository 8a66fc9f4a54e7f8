"""How near the physical limit cases travel on a bad link: TLS, signatures and sealing on, nothing left out.

    python -m tests.bench.bad_links                           # every profile once, about 20 minutes
    python -m tests.bench.bad_links --profile silent --photos 5 --keep DIR

Two network namespaces of its own and a packet-level link of 128 kbit/s, 300 ms each way and 5 % loss. In one
stands a whole server over TLS, in the other a whole support point with 200 sealed birth registrations and 20
photos; the command `supportpoint sync --until-empty` runs there. The limit is what the answers need
compressed together, which sealed cases cannot have, and the photos, at the full rate without a header.
Not part of the timed suite; needs root.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bad_links.point import Load, prepare
from tests.links.emulator import PROFILES, Link
from tests.links.namespaces import Namespace, why_not

NEAR, FAR = "10.77.0.1", "10.77.0.2"
PORT = 8443
COMMAND = """
import logging, sys
logging.basicConfig(level=logging.INFO, format="%(relativeCreated)8d %(message)s")
from supportpoint.cli import main
sys.exit(main())
"""


def main() -> None:
    """Run the asked profiles and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profile", action="append", choices=list(PROFILES), help="all three by default")
    parser.add_argument("--congestion", default="cubic", help="how TCP of both ends judges the line")
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--photos", type=int, default=20)
    parser.add_argument("--trace", action="store_true", help="kilobytes of every second, too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder in which the support point is prepared once")
    options = parser.parse_args()
    if reason := why_not():
        sys.exit(reason)
    with tempfile.TemporaryDirectory() as scratch:
        for name in options.profile or ("lossy", "reset", "silent"):
            folder = Path(scratch) / name
            load = prepare(
                options.keep or Path(scratch) / "kept", folder, options.answers, options.photos, FAR
            )
            show(name, options, load, measure(folder, name, options))


def measure(folder: Path, profile: str, options: argparse.Namespace) -> dict[str, float]:
    """Return seconds, bytes by direction, and what the support point said of itself."""
    near, far = Namespace(NEAR, FAR, options.congestion), Namespace(FAR, NEAR, options.congestion)
    link = Link(near.tun, far.tun, seed=options.seed)
    log = (folder / "server.log").open("wb")
    line = far.enter(
        sys.executable, "-m", "supportpoint", "server", "run", "--no-opener",
        "--host", FAR, "--port", str(PORT), "--data", str(folder / "server"),
    )  # fmt: skip
    server = subprocess.Popen(line, stderr=log)
    try:
        wait_for(near, server)
        link.use(PROFILES[profile])
        began_s = time.monotonic()
        words = ["sync", "--until-empty", "--data", str(folder / "point")]
        line = near.enter(sys.executable, "-c", COMMAND, *words)
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=3600)
        seconds = time.monotonic() - began_s
        said = json.loads(done.stdout.splitlines()[-1])
        if options.trace:
            sys.stdout.write(done.stderr)
    finally:
        server.terminate()
        server.wait(30)
        link.close()
        near.close()
        far.close()
    up, down = link.lanes
    if options.trace:
        trace(up.history)
        sys.stdout.write(
            f"carried {up.carried_bytes}, payload {up.payload_bytes}, in vain {up.repeated_bytes}\n"
        )
        sys.stdout.write((folder / "server.log").read_text())
    return {"seconds": seconds, "up": up.offered_bytes, "down": down.offered_bytes} | said


def trace(history: list[tuple[float, int]]) -> None:
    """Print how many kilobytes came out in each second of the way up."""
    seconds = [0] * (int(history[-1][0]) + 1)
    for at_s, size in history:
        seconds[int(at_s)] += size
    for start in range(0, len(seconds), 25):
        line = " ".join(f"{size / 1000:4.1f}" for size in seconds[start : start + 25])
        sys.stdout.write(f"{start:5}: {line}\n")


def wait_for(near: Namespace, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    asks = f"import socket; socket.create_connection(('{FAR}', {PORT}), 2).close()"
    until = time.monotonic() + 60
    while subprocess.run(near.enter(sys.executable, "-c", asks), capture_output=True, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the server did not start")
        time.sleep(0.2)


def show(name: str, options: argparse.Namespace, load: Load, found: dict[str, float]) -> None:
    """Print one run as ratios to the limit."""
    limit_s = load.limit_bytes * 8 / PROFILES[name].bits_per_s
    busy = Path("/proc/loadavg").read_text().split()[0]
    both = (found["up"] + found["down"]) / load.limit_bytes
    words = (
        f"{name} {options.congestion}: time {found['seconds'] / limit_s:.2f}, bytes up "
        f"{found['up'] / load.limit_bytes:.2f}, both ways {both:.2f}"
        f" | {found['seconds']:.1f} s of {limit_s:.1f}, {found['up']:.0f} of {load.limit_bytes} bytes,"
        f" item {load.item_bytes:.0f} bytes of {load.answer_bytes:.0f}, waiting {found['waiting']:.0f},"
        f" load {busy}\n"
    )
    sys.stdout.write(words)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
