"""A PostgreSQL of our own that syncs every commit, and can be killed with all its processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.integration.conftest import POSTGRESQL_BIN


class Cluster:
    """One cluster on a socket in a folder of its own, as an unprivileged user."""

    def __init__(self, *settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sp-pg-kill-"))
        self._become: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self._become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        words = (f"unix_socket_directories={self.folder}", "listen_addresses=", *settings)
        self._options = [part for word in words for part in ("-c", word)]
        self._address = f"postgresql://sp@/postgres?host={self.folder}"
        initdb = self._line("initdb", "-U", "sp", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def _line(self, program: str, *words: str) -> list[str]:
        return [*self._become, str(POSTGRESQL_BIN / program), "-D", str(self.folder / "db"), *words]

    def start(self) -> None:
        """Start it and wait until it has recovered. It is a child of ours, so that we see it end."""
        with (self.folder / "log").open("ab") as log:
            line = self._line("postgres", *self._options)
            self._process = subprocess.Popen(line, stdout=log, stderr=log, cwd=self.folder)
        until = time.monotonic() + 30
        while True:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self._address).close()
                return
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < until
            time.sleep(0.02)

    def make_database(self) -> str:
        """Make the database of a server; return its address."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute("CREATE DATABASE province")
        return f"postgresql://sp@/province?host={self.folder}"

    def kill(self) -> int:
        """SIGKILL for the postmaster and every process it started; return how many."""
        first = self._process.pid
        os.kill(first, signal.SIGSTOP)  # or it would start new ones, and end the others in good order
        children = [int(pid) for pid in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
        for pid in (*children, first):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(20)
        until = time.monotonic() + 20
        while any(_is_alive(pid) for pid in children):
            assert time.monotonic() < until
            time.sleep(0.01)
        return len(children) + 1

    def close(self) -> None:
        """End it at once, and take its folder away."""
        if self._process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def open_cluster(*settings: str) -> Iterator[Cluster]:
    """Start a cluster; it ends with the block."""
    cluster = Cluster(*settings)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()
