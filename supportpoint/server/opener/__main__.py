"""`python -m supportpoint.server.opener DATA PARENT_PID`: the opener as the server's child process."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from supportpoint.server.startup import use_data_dir


def main(arguments: list[str]) -> None:
    """Configure Django, then run the loop, which imports models."""
    use_data_dir(Path(arguments[0]))
    loop = importlib.import_module("supportpoint.server.opener.loop")
    loop.run(parent=int(arguments[1]) if len(arguments) > 1 else None)


if __name__ == "__main__":
    main(sys.argv[1:])
