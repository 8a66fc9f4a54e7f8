"""Describe the Python types for QML and lint every page with no warning allowed.

`pyside6-project qmllint` ends with 0 on warnings; the linter itself, called directly, does not.
"""

from __future__ import annotations

import subprocess
import sys

import environment as env

MODULE = "SupportPoint.Kiosk"
BUILT = env.ROOT / "build" / "qml"
PAGES = env.ROOT / "supportpoint" / "kiosk" / "qml"


def describe_types() -> None:
    """Write the qmltypes of every module that registers types under our import name."""
    folder = BUILT.joinpath(*MODULE.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    dumps = []
    for source in sorted((env.ROOT / "supportpoint" / "kiosk").rglob("*.py")):
        if f'QML_IMPORT_NAME = "{MODULE}"' not in source.read_text(encoding="utf-8"):
            continue
        dump = folder / f"{source.stem}.json"
        quiet(str(env.venv_program("pyside6-metaobjectdump")), "-c", "-o", str(dump), str(source))
        dumps.append(str(dump))
    words = ["--import-name", MODULE, "--major-version", "1", "-o", str(folder / "registration.cpp")]
    types = ["--generate-qmltypes", str(folder / "plugins.qmltypes")]
    quiet(str(env.venv_program("pyside6-qmltyperegistrar")), *types, *words, *dumps)
    (folder / "qmldir").write_text(
        f"module {MODULE}\ntypeinfo plugins.qmltypes\ndepends QtQuick\n", encoding="utf-8"
    )


def quiet(*command: str) -> None:
    """Run a tool; show what it says only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env=env.environment(), check=False)
    if done.returncode:
        sys.exit(f"{command[0]}\n{done.stdout}{done.stderr}")


def main() -> int:
    """Lint all pages; the exit code is the linter's."""
    describe_types()
    pages = sorted(str(page) for page in PAGES.rglob("*.qml"))
    linter = env.venv_program("pyside6-qmllint")
    return env.run(linter, "-W", "0", "-I", BUILT, "-I", PAGES, *pages, check=False)


if __name__ == "__main__":
    sys.exit(main())
