#!/usr/bin/env python3
"""Every command of the project. Standard library only; runs on Linux and Windows.

With no argument it lists the commands. Each one first brings the environment up to date.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parent))

import environment as env

QML = "supportpoint/kiosk/qml"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "QT_SCALE_FACTOR": "1"}
#: Groups of tests that run side by side; what the second prints comes at its end.
LANES = (("ui", "chaos", "unit"), ("integration",))
#: Pages wait more than they work, so two processes share them, a whole file each.
SPREAD = {"ui": ("-n", "2", "--dist", "loadfile")}
python = env.venv_program("python")


def setup(_words: list[str]) -> int:
    """Install system packages, the virtual environment and the compiled words."""
    env.ensure(env.APT_TEST)
    print("Ready.")
    return 0


def demo(words: list[str]) -> int:
    """Show the whole road: server, kiosk, an offline case, the answer [--headless] [--shots DIR]."""
    env.ensure(env.APT_RUN)
    return env.run(python, "build_scripts/demo.py", *words, check=False)


def run_kiosk(words: list[str]) -> int:
    """Open the kiosk; words go to `supportpoint kiosk`."""
    env.ensure(env.APT_RUN)
    return env.run(python, "-m", "supportpoint", "kiosk", *words, check=False)


def serve(words: list[str]) -> int:
    """Run the provincial server; words go to `supportpoint server run`."""
    env.ensure(env.APT_RUN)
    return env.run(python, "-m", "supportpoint", "server", "run", *words, check=False)


def execute(words: list[str]) -> int:
    """Run any command in the project's environment: exec -- CMD."""
    env.ensure(env.APT_RUN)
    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        sys.exit("exec -- CMD: no command was given")
    return subprocess.run(command, env=env.environment(), check=False).returncode


def check(_words: list[str]) -> int:
    """Ruff, mypy, import rules, qmllint and house rules, in under a minute."""
    env.ensure(env.APT_RUN)
    commands: tuple[tuple[str | Path, ...], ...] = (
        (python, "-m", "ruff", "check", "."),
        (python, "-m", "ruff", "format", "--check", "."),
        (env.venv_program("lint-imports"),),
        (python, "build_scripts/lint_qml.py"),
        (python, "-m", "pytest", "-q", "tests/unit/test_house_rules.py"),
        (python, "-m", "mypy"),
    )
    return max(env.run(*command, check=False) for command in commands)


def test(words: list[str]) -> int:
    """Run the tests [unit|integration|ui|chaos|bench] [words for pytest]; all but bench by default."""
    env.ensure(env.APT_TEST)
    if words and words[0] in (*LANES[0], *LANES[1], "bench"):
        return run_tests(words[:1], words[1:])
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told, ThreadPoolExecutor(1) as pool:
        aside = pool.submit(run_tests, LANES[1], words, told)
        worst = run_tests(LANES[0], words)
        worst = max(worst, aside.result())
        told.seek(0)
        print(told.read(), flush=True)
    return worst


def run_tests(groups: Sequence[str], words: Sequence[str], output: IO[str] | None = None) -> int:
    """Run groups of tests one after the other and return the worst exit code."""
    command = (python, "-m", "pytest")
    return max(
        env.run(
            *command, f"tests/{one}", *SPREAD.get(one, ()), *words, check=False, output=output, **OFFSCREEN
        )
        for one in groups
    )


def golden(words: list[str]) -> int:
    """Compare every state of every page with its picture, or take all anew [--update]."""
    env.ensure(env.APT_TEST)
    return run_tests(["ui/test_goldens.py"], retake(words))


def taps(words: list[str]) -> int:
    """Hold the touches of every flow against docs/taps.md, or count all anew [--update]."""
    env.ensure(env.APT_TEST)
    return run_tests(["ui/test_flows.py"], retake(words))


def retake(words: Sequence[str]) -> list[str]:
    """Return words for pytest: --update is its --retake."""
    return ["--retake" if word == "--update" else word for word in words]


def migrate(words: list[str]) -> int:
    """Write a new server migration: migrate --new NAME."""
    parser = argparse.ArgumentParser(prog="dev.py migrate")
    parser.add_argument("--new", required=True, metavar="NAME")
    name = parser.parse_args(words).new
    env.ensure(env.APT_RUN)
    settings = "supportpoint.server.settings"
    return env.run(
        python, "-m", "django", "makemigrations", "registry", "--name", name, DJANGO_SETTINGS_MODULE=settings
    )


def translate(_words: list[str]) -> int:
    """Collect the words of the pages into translations/*.ts and compile them."""
    env.ensure(env.APT_RUN)
    for target in sorted((env.ROOT / "translations").glob("*.ts")):
        env.run(
            env.venv_program("pyside6-lupdate"),
            "-silent",
            "-locations",
            "none",
            "-no-obsolete",
            QML,
            "-ts",
            target,
        )
    env.compile_words()
    return 0


def publish(words: list[str]) -> int:
    """Check and sign a form: publish FILE --key KEY --out DIR."""
    env.ensure(env.APT_RUN)
    return env.run(python, "-m", "supportpoint", "forms", "publish", *words, check=False)


def package(_words: list[str]) -> int:
    """Build the wheel, with assets and translations inside, into dist/."""
    env.ensure(env.APT_RUN)
    return env.run(python, "build_scripts/wheel.py", check=False)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "demo": demo,
    "run": run_kiosk,
    "serve": serve,
    "check": check,
    "test": test,
    "golden": golden,
    "taps": taps,
    "migrate": migrate,
    "translate": translate,
    "publish": publish,
    "package": package,
    "exec": execute,
}


def main() -> int:
    """Run the command named on the command line, or list them all."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        for name, command in COMMANDS.items():
            print(f"  {name:<10} {(command.__doc__ or '').splitlines()[0]}")
        return 0 if len(sys.argv) < 2 else 2
    return COMMANDS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
