"""Build the wheel from a copy of the tree in which assets and translations lie inside the package."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment as env

SHIPPED = ("assets", "translations")


def main() -> int:
    """Write dist/supportpoint-*.whl and return the builder's exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(env.ROOT / name, tree / name)
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(env.ROOT / "supportpoint", tree / "supportpoint", ignore=ignore)
        for name in SHIPPED:
            shutil.copytree(env.ROOT / name, tree / "supportpoint" / name)
        pip = [
            str(env.venv_program("python")),
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
        ]
        command = [*pip, "--wheel-dir", str(env.ROOT / "dist"), "."]
        return subprocess.run(command, cwd=tree, env=env.environment(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
