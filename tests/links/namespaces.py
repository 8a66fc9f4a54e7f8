"""Two network namespaces that belong to this program, and a TUN device in each. They end with it."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import struct
import subprocess
import threading
import time
from pathlib import Path

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
MTU = 1500


def why_not() -> str:
    """Return why no link can be made on this machine, "" when it can."""
    if os.geteuid() != 0:
        return "network namespaces and TUN devices need root"
    if not Path("/dev/net/tun").exists():
        return "this machine has no /dev/net/tun"
    for program in ("unshare", "nsenter", "ip"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "network namespaces are not allowed here"


class Namespace:
    """A network namespace held by a sleeping process, with one TUN device of address `own`."""

    def __init__(self, own: str, other: str, congestion: str) -> None:
        self.address = own
        self._holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        try:
            self._wait()
            self.tun = self._open_tun()
            for line in (
                f"ip addr add {own} peer {other} dev tun0",
                f"ip link set tun0 mtu {MTU} txqueuelen 1000 up",
                "ip link set lo up",
                f"ip route replace {other} dev tun0 src {own} congctl {congestion}",
            ):
                subprocess.run(self.enter(*line.split()), check=True)
        except BaseException:
            self.close()
            raise

    def enter(self, *command: str) -> list[str]:
        """Return the command line that runs `command` in here."""
        return ["nsenter", "--target", str(self._holder.pid), "--net", "--", *command]

    def close(self) -> None:
        """End the namespace; what runs in it has ended before."""
        self._holder.kill()
        self._holder.wait()

    def _path(self) -> Path:
        return Path(f"/proc/{self._holder.pid}/ns/net")

    def _wait(self) -> None:
        ours = Path("/proc/self/ns/net").readlink()
        until = time.monotonic() + 5
        while self._path().readlink() == ours:
            if time.monotonic() > until:
                raise RuntimeError("no namespace was made")
            time.sleep(0.01)

    def _open_tun(self) -> int:
        """Return a TUN device made in there: a thread goes in, for a device stays where it was made."""
        found: list[int] = []

        def go() -> None:
            libc = ctypes.CDLL(None, use_errno=True)
            with self._path().open("rb") as door:
                if libc.setns(door.fileno(), CLONE_NEWNET):
                    return
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH14x", b"tun0", IFF_TUN | IFF_NO_PI))
            found.append(device)

        thread = threading.Thread(target=go)
        thread.start()
        thread.join()
        if not found:
            raise RuntimeError("the namespace cannot be entered")
        return found[0]
