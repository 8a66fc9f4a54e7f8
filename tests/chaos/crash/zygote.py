"""Child processes that are the real program, ready in milliseconds, with every call on their files watched.

A prepared interpreter, started with callwatch.c before libc, has imported the program and forks a child
for each run. The child arms the watch for one folder, runs one command or one function of `sessions`,
and ends; its parent tells how. Run as a program this file is that interpreter.
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import json
import os
import shutil
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LIBRARY_VARIABLE = "SUPPORTPOINT_CALLWATCH"
COUNT, KILL, FAIL_ONE, FAIL_ON, RECORD = range(1, 6)
SPACE, SYNC, NAME = 1, 2, 4
ANY = SPACE | SYNC | NAME
KILLED = -9


@dataclass(frozen=True)
class Watch:
    """What happens to the calls below `root`: those of `classes` are counted, number `at` is struck."""

    root: str
    mode: int = COUNT
    classes: int = ANY
    at: int = 0
    is_torn: bool = False
    error: int = errno.ENOSPC
    log: str = ""


@dataclass(frozen=True)
class Ran:
    """How a child ended: `status` is -9 when it was killed, `calls` then 0."""

    status: int
    out: str
    err: str
    calls: int = 0

    @property
    def is_killed(self) -> bool:
        return self.status == KILLED

    def answer(self) -> dict[str, Any]:
        """Return the last whole line a command printed, {} without one: then nothing was promised."""
        lines = [line for line in self.out.splitlines(keepends=True) if line.endswith("\n")]
        return dict(json.loads(lines[-1])) if lines else {}


def build_library(folder: Path) -> Path | None:
    """Return callwatch as a library to load before libc, None where nothing compiles C for Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "callwatch.so"
    line = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, HERE / "callwatch.c"]
    subprocess.run(line, check=True)
    return library


class Zygote:
    """The prepared interpreter. One run at a time."""

    def __init__(self, library: Path, environment: dict[str, str], *modules: str) -> None:
        loaded = {"LD_PRELOAD": str(library), LIBRARY_VARIABLE: str(library)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.crash.zygote", *modules],
            cwd=ROOT,
            env=environment | loaded,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._read() == {"ready": True}

    def run(self, function: str, *words: object, watch: Watch | None = None) -> Ran:
        """Run `module:function(*words)` in a fresh child under a watch."""
        order = {"function": function, "words": words, "watch": asdict(watch) if watch else None}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ran(**self._read())

    def command(self, *words: str | Path, watch: Watch | None = None) -> Ran:
        """Run `supportpoint WORDS`."""
        return self.run("supportpoint.cli.program:main", [str(word) for word in words], watch=watch)

    def close(self) -> None:
        """End the interpreter."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))


def _serve(modules: list[str]) -> None:
    for module in modules:
        importlib.import_module(module)
    library = ctypes.CDLL(os.environ[LIBRARY_VARIABLE])
    tell = os.fdopen(os.dup(1), "w", encoding="utf-8")
    print(json.dumps({"ready": True}), file=tell, flush=True)
    for line in sys.stdin:
        print(json.dumps(_fork(json.loads(line), library)), file=tell, flush=True)


def _fork(order: dict[str, Any], library: ctypes.CDLL) -> dict[str, Any]:
    files = [os.memfd_create(name) for name in ("out", "err", "calls")]
    child = os.fork()
    if child == 0:
        for number, file in enumerate(files[:2], start=1):
            os.dup2(file, number)
        _run(order, library, files[2])
    _, status = os.waitpid(child, 0)
    out, err, calls = (_read_all(file) for file in files)
    return {
        "status": os.waitstatus_to_exitcode(status),
        "out": out,
        "err": err,
        "calls": int(calls or 0),
    }


def _run(order: dict[str, Any], library: ctypes.CDLL, calls: int) -> None:
    status = 1
    try:
        module, _, name = order["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        if order["watch"]:
            _arm(library, Watch(**order["watch"]))
        status = function(*order["words"]) or 0
    except BaseException:  # noqa: BLE001 - whatever it was, the parent is told and the child ends
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(calls, str(library.callwatch_count()).encode())
    os._exit(status)


def _arm(library: ctypes.CDLL, watch: Watch) -> None:
    log = os.open(watch.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if watch.log else -1
    library.callwatch_arm(
        os.fsencode(watch.root),
        watch.mode,
        watch.classes,
        ctypes.c_long(watch.at),
        int(watch.is_torn),
        watch.error,
        log,
    )


def disarm() -> None:
    """Let every call of this child through from now on."""
    ctypes.CDLL(os.environ[LIBRARY_VARIABLE]).callwatch_arm(b"", 0, 0, ctypes.c_long(0), 0, 0, -1)


def mark(**facts: object) -> None:
    """Write into the record of this child what it has just promised, or is about to do."""
    ctypes.CDLL(os.environ[LIBRARY_VARIABLE]).callwatch_mark(json.dumps(facts).encode())


def _read_all(file: int) -> str:
    with os.fdopen(file, "rb") as stream:
        stream.seek(0)
        return stream.read().decode("utf-8", "replace")


if __name__ == "__main__":
    _serve(sys.argv[1:])
