"""The data folder of this process's province, on a memory disk. Importing it points Django there, once."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from supportpoint.server.startup import use_data_dir

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 - a disk that costs no time
FOLDER = Path(tempfile.mkdtemp(prefix="province-", dir=MEMORY))

atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
use_data_dir(FOLDER, tls=False)
