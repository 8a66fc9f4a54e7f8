"""The watched program for the proofs that strike it at one call after another."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.chaos.crash.intake import Intake, open_intake
from tests.chaos.crash.line import Line, open_line
from tests.chaos.crash.zygote import Zygote, build_library
from tests.conftest import quiet_env

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
KIOSK_MODULES = (
    "supportpoint.cli.program",
    "supportpoint.cli.courier",
    "supportpoint.cli.sending",
    "supportpoint.courier.intaking",
    "supportpoint.cli.submission",
    "supportpoint.cli.folders",
    "supportpoint.cli.packages",
    "supportpoint.content.shelf",
    "supportpoint.store.store",
    "supportpoint.sync.http",
    "supportpoint.sync.passes",
    "supportpoint.sync.submission",
    "tests.chaos.crash.sessions",
    "tests.chaos.crash.kiosk_life",
)


@pytest.fixture(scope="session")
def callwatch(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The library that watches calls."""
    library = build_library(tmp_path_factory.mktemp("callwatch"))
    if library is None:
        pytest.skip("calls are watched on Linux with a C compiler (apt install gcc)")
    return str(library)


@pytest.fixture(scope="session")
def zygote(callwatch: str) -> Iterator[Zygote]:
    """A prepared kiosk program."""
    prepared = Zygote(callwatch, quiet_env(), *KIOSK_MODULES)
    yield prepared
    prepared.close()


@pytest.fixture
def seed() -> int:
    """What chance starts from; `SUPPORTPOINT_CHAOS_SEED` repeats a run."""
    chosen = int(os.environ.get("SUPPORTPOINT_CHAOS_SEED", "0")) or random.SystemRandom().randrange(
        1, 1 << 32
    )
    print(f"\nseed {chosen}")  # noqa: T201 - a failure must be repeatable
    return chosen


@pytest.fixture
def memory_folder() -> Iterator[Path]:
    """A folder in memory where there is one: a killed program leaves the same bytes there as on a disk."""
    with TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture
def line(zygote: Zygote, memory_folder: Path) -> Iterator[Line]:
    """A kiosk and its running province."""
    with open_line(zygote, memory_folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def intake(callwatch: str) -> Iterator[Intake]:
    """A server that was set up, and what a kiosk sends it."""
    with TemporaryDirectory(dir=MEMORY) as name, open_intake(callwatch, Path(name)) as opened:
        yield opened
