"""The commands about form packages: check, publish (province) and install (from a stick)."""

from __future__ import annotations

import argparse
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from supportpoint.cli.folders import add_data_option, open_point, read_file
from supportpoint.cli.output import print_json, user_language
from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError


def register(commands: Any) -> None:
    """Add `forms` to the parser's commands."""
    inner = commands.add_parser("forms", help="form packages").add_subparsers(metavar="ACTION", required=True)
    check = inner.add_parser("check", help="list what is wrong with a workbook")
    check.add_argument("file", type=Path, help="an .xlsx workbook, or a folder of CSV sheets")
    check.set_defaults(run=_run_check)
    publish = inner.add_parser("publish", help="make a signed package")
    publish.add_argument("file", type=Path, help="an .xlsx workbook, or a folder of CSV sheets")
    publish.add_argument("--key", required=True, type=Path, metavar="FILE", help="publisher.key")
    publish.add_argument("--out", required=True, type=Path, metavar="DIR")
    publish.set_defaults(run=_run_publish)
    install = inner.add_parser("install", help="put a package on this machine")
    add_data_option(install)
    install.add_argument("file", type=Path, help="an .spform package")
    install.set_defaults(run=_run_install)


def _run_check(options: argparse.Namespace) -> int:
    from supportpoint.forms import publish

    faults = publish.check(options.file)
    is_english = user_language(os.environ) == "en"
    for fault in faults:
        place = ":".join(part for part in (fault.sheet, str(fault.row or ""), fault.column) if part)
        print(f"{place} {fault.code} {fault.message_en if is_english else fault.message_vi}")
    if faults:
        raise SupportPointError("SP-312", file=options.file.name, faults=len(faults))
    print_json({"file": options.file.name, "faults": 0})
    return 0


def _run_publish(options: argparse.Namespace) -> int:
    from supportpoint.content.package import FORM, SUFFIX, Manifest, write_package
    from supportpoint.forms import publish
    from supportpoint.sealing.keys import SEED_BYTES, SignKey

    seed = read_file(options.key)
    if len(seed) != SEED_BYTES:
        raise SupportPointError("SP-104", file=options.key.name, reason="not a key")
    built = publish.build(options.file)
    manifest = Manifest(
        kind=FORM,
        id=built.form_id,
        version=built.version,
        title=built.title,
        settings=built.settings,
        created_at=SystemClock().now().isoformat(timespec="seconds"),
    )
    content = write_package(manifest, built.files, SignKey(seed))
    path = options.out / f"{built.form_id}-{built.version}{SUFFIX}"
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise SupportPointError("SP-202", file=path.name) from error
    print_json(
        {
            "form_id": built.form_id,
            "version": built.version,
            "package": str(path),
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
        }
    )
    return 0


def _run_install(options: argparse.Namespace) -> int:
    from supportpoint.sealing.keyset import read_keyset

    content = read_file(options.file)
    with open_point(options.data) as point:
        identity = point.store.get_identity()
        manifest = point.shelf.install(content, read_keyset(identity.keyset, identity.root_public))
    print_json({"form_id": manifest.id, "version": manifest.version})
    return 0
