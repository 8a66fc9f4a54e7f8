"""The project's own environment: system libraries by name, a virtual environment from the lock.

Standard library only. Everything is done once and remembered by the hash of what asked for it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "build_scripts" / "requirements.lock"
STAMP = ".supportpoint-stamp"
IS_WINDOWS = os.name == "nt"

# Qt offscreen and in a window, its sound and its printing; python3-venv to make the environment.
APT_RUN = [
    "python3-venv",
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libfontconfig1",
    "libdbus-1-3",
    "libpulse0",
    "libcups2",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]

# The tests run the server on PostgreSQL too.
# The word list of hunspell-vi (GPL) is read by a test of the keyboard and shipped with nothing.
APT_TEST = [*APT_RUN, "hunspell-vi", "postgresql-15", "gcc", "libc6-dev"]


def venv_dir() -> Path:
    """Return the folder of the virtual environment."""
    return Path(os.environ.get("SUPPORTPOINT_VENV", ROOT / ".venv"))


def venv_program(name: str) -> Path:
    """Return the path of a program inside the virtual environment."""
    folder = venv_dir() / ("Scripts" if IS_WINDOWS else "bin")
    return folder / (f"{name}.exe" if IS_WINDOWS else name)


def environment(**extra: str) -> dict[str, str]:
    """Return the variables every command of the project runs with."""
    path = f"{venv_program('x').parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(venv_dir()), "PYTHONUTF8": "1", **extra}


def run(*command: str | Path, check: bool = True, output: IO[str] | None = None, **extra: str) -> int:
    """Run a command of the project's environment in the project's folder; return its exit code.

    What it prints goes to `output` where one is given.
    """
    words = [str(word) for word in command]
    errors = subprocess.STDOUT if output else None
    done = subprocess.run(
        words, cwd=ROOT, env=environment(**extra), stdout=output, stderr=errors, check=False
    )
    if check and done.returncode:
        sys.exit(done.returncode)
    return done.returncode


def missing_packages(names: list[str]) -> list[str]:
    """Return which Debian packages are not installed; empty where there is no dpkg."""
    if not shutil.which("dpkg-query"):
        return []
    form = "--showformat=${Package} ${Status}\\n"
    asked = subprocess.run(["dpkg-query", "-W", form, *names], capture_output=True, text=True, check=False)
    installed = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install_packages(names: list[str]) -> None:
    """Install what is missing through apt, as root or with sudo."""
    missing = missing_packages(names)
    if not missing:
        return
    if not shutil.which("apt-get"):
        print("Install the equivalents of:", *missing)
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    print("Installing system packages:", *missing, flush=True)
    for words in (["update"], ["install", "--no-install-recommends", *missing]):
        done = subprocess.run([*root, *quiet, *words], stdout=sys.stderr, check=False)
        if done.returncode:
            sys.exit(f"apt-get {words[0]} failed; the packages needed are: {' '.join(missing)}")


def fingerprint(*paths: Path) -> str:
    """Return the hash of this Python's version and of some files."""
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_venv() -> None:
    """Make the environment anew when the lock changed; only install the project again when that changed."""
    stamp = venv_dir() / STAMP
    libraries, project = fingerprint(LOCK), fingerprint(ROOT / "pyproject.toml")
    had = stamp.read_text().split() if stamp.exists() else []
    if had == [libraries, project]:
        return
    pip = (venv_program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if had[:1] != [libraries]:
        print("Making the virtual environment; the first time this takes a minute or two.", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv_dir())], check=True)
        run(*pip, "--require-hashes", "-r", LOCK)
    editable = ("--no-deps", "--no-build-isolation", "--editable", ".")
    run(*pip, "--quiet", *editable, PYTHONWARNINGS="ignore")
    stamp.write_text(f"{libraries} {project}")


def compile_words() -> None:
    """Compile the translations that changed since they were last compiled."""
    lrelease = venv_program("pyside6-lrelease")
    for source in sorted((ROOT / "translations").glob("*.ts")):
        target = source.with_suffix(".qm")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            run(lrelease, "-silent", source, "-qm", target)


def ensure(packages: list[str]) -> None:
    """Bring system packages, virtual environment and compiled words up to date."""
    if not IS_WINDOWS:
        install_packages(packages)
    make_venv()
    compile_words()
