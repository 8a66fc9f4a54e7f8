"""All forms and articles of assets as packages; forms are built side by side, and only what changed.

A built form waits in build/forms under a digest of everything it was made from; only its signature is new
each time. Run as a program it signs forms and articles and announces them to the kiosks of one province.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from supportpoint.cli import main as run_command
from supportpoint.cli.forms import make_manifest
from supportpoint.cli.packages import choose_key, read_publisher_key
from supportpoint.content.package import ARTICLE_SUFFIX, SUFFIX, write_package
from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.build import BuiltForm, build

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "assets" / "forms"
ARTICLES = ROOT / "assets" / "articles"
KEPT = ROOT / "build" / "forms"
#: What every form is made from besides its own tables.
SHARED = ("assets/blocks", "assets/lists", "supportpoint/forms/publish")


def list_forms() -> tuple[Path, ...]:
    """Return the folders of all forms, by name."""
    return tuple(sorted(path.parent for path in FORMS.glob("*/settings.csv")))


def build_forms(forms: Iterable[Path] = ()) -> tuple[BuiltForm, ...]:
    """Return the forms, all of them by default, from what is kept or newly built on every processor.

    Errors: SP-311, SP-312 as `forms.publish.build`, with the form's name.
    """
    wanted = tuple(forms) or list_forms()
    shared = _digest(path for folder in SHARED for path in _files(ROOT / folder))
    places = {form: KEPT / f"{form.name}-{_digest(_files(form), shared)}.msgpack" for form in wanted}
    _build_side_by_side([(form, place) for form, place in places.items() if not place.exists()])
    decoder = msgspec.msgpack.Decoder(BuiltForm)
    return tuple(decoder.decode(place.read_bytes()) for place in places.values())


def sign_forms(forms: Iterable[BuiltForm], key: Path, agencies: Path, out: Path) -> tuple[Path, ...]:
    """Write packages, each signed by whose form it is, and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for form in forms:
        path = out / f"{form.form_id}-{form.version}{SUFFIX}"
        signer = read_publisher_key(choose_key(form.settings, key, agencies))
        path.write_bytes(write_package(make_manifest(form), form.files, signer))
        paths.append(path)
    return tuple(paths)


def sign_articles(key: Path, out: Path) -> tuple[Path, ...]:
    """Check the articles, write signed packages and return their paths."""
    if run_command(["articles", "publish", str(ARTICLES), "--key", str(key), "--out", str(out)]):
        sys.exit("articles")
    return tuple(sorted(out.glob(f"*{ARTICLE_SUFFIX}")))


def _build_side_by_side(missing: list[tuple[Path, Path]]) -> None:
    """Share the forms out among as many programs as there are processors."""
    count = min(os.cpu_count() or 1, len(missing))
    shares = [[str(path) for pair in missing[start::count] for path in pair] for start in range(count)]
    programs = [subprocess.Popen([sys.executable, __file__, "--build", *share]) for share in shares]
    statuses = [program.wait() for program in programs]
    if any(statuses):
        sys.exit("forms")


def _build_and_keep(form: Path, place: Path) -> None:
    try:
        built = build(form)
    except SupportPointError as error:
        sys.exit(f"{form.name}: {error}")
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob(f"{form.name}-{'?' * 16}.msgpack"):
        old.unlink(missing_ok=True)
    part = place.with_suffix(".part")
    part.write_bytes(msgspec.msgpack.encode(built))
    part.replace(place)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".csv", ".py"})


def _digest(paths: Iterable[Path], start: str = "") -> str:
    digest = hashlib.sha256(start.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> int:
    """Build, sign and announce; the last line counts the forms."""
    parser = argparse.ArgumentParser(prog="packages.py")
    parser.add_argument("--key", type=Path, help="publisher.key of the province")
    parser.add_argument("--out", type=Path, help="folder for the signed packages")
    parser.add_argument("--data", type=Path, help="data folder of the province that announces them")
    parser.add_argument(
        "--build", type=Path, nargs="+", help="only build: form folder, place of the built form, …"
    )
    asked = parser.parse_args()
    if asked.build:
        for form, place in zip(asked.build[::2], asked.build[1::2], strict=True):
            _build_and_keep(form, place)
        return 0
    forms = build_forms()
    if asked.key is not None:
        paths = sign_forms(forms, asked.key, asked.data / "agencies", asked.out)
        for path in (*paths, *sign_articles(asked.key, asked.out)):
            failed = run_command(["server", "publish", str(path), "--data", str(asked.data)])
            if failed:
                return failed
    print(json.dumps({"forms": len(forms)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
