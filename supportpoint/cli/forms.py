"""The commands about forms: check, preview, publish, workbook (province) and install (from a stick)."""

from __future__ import annotations

import argparse
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportpoint.cli.folders import add_data_option
from supportpoint.cli.output import print_json, user_language
from supportpoint.cli.packages import choose_key, install_package, read_publisher_key, write_package_file
from supportpoint.cli.point import read_window
from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.content.package import Manifest
    from supportpoint.forms.publish import BuiltForm, Fault, Report

SHEETS_HELP = "an .xlsx workbook, or a folder of CSV sheets"
FAULT, WARNING = ("Lỗi", "Fault"), ("Nhắc", "Warning")


def register(commands: Any) -> None:
    """Add `forms` to the parser's commands."""
    inner = commands.add_parser("forms", help="form packages").add_subparsers(metavar="ACTION", required=True)
    check = inner.add_parser("check", help="list what is wrong with a workbook")
    check.add_argument("file", type=Path, help=SHEETS_HELP)
    check.set_defaults(run=_run_check)
    publish = inner.add_parser("publish", help="make a signed package")
    publish.add_argument("file", type=Path, help=SHEETS_HELP)
    publish.add_argument("--key", required=True, type=Path, metavar="FILE", help="publisher.key")
    publish.add_argument(
        "--agencies", type=Path, metavar="DIR", help="their keys: each signs the forms that it alone reads"
    )
    publish.add_argument("--out", required=True, type=Path, metavar="DIR")
    publish.set_defaults(run=_run_publish)
    preview = inner.add_parser("preview", help="open the kiosk with a workbook, page by page")
    preview.add_argument("file", type=Path, help=SHEETS_HELP)
    preview.add_argument("--shots", type=Path, metavar="DIR", help="write one picture per page of one walk")
    preview.add_argument("--window", default=(1366, 768), metavar="WxH", type=read_window, help="window size")
    preview.add_argument("--language", default="vi", metavar="CODE", help="vi or en")
    preview.set_defaults(run=_run_preview)
    workbook = inner.add_parser("workbook", help="make one .xlsx of a folder of CSV sheets")
    workbook.add_argument("folder", type=Path, help="a folder of CSV sheets")
    workbook.add_argument("out", type=Path, metavar="OUT.xlsx")
    workbook.set_defaults(run=_run_workbook)
    install = inner.add_parser("install", help="put a package on this machine")
    add_data_option(install)
    install.add_argument("file", type=Path, help="an .spform package")
    install.set_defaults(run=_run_install)


def _run_check(options: argparse.Namespace) -> int:
    report = _inspect(options.file)
    print_json(
        {
            "file": options.file.name,
            "faults": 0,
            "warnings": len(report.warnings),
            "recordings": {count.language: [count.have, count.wanted] for count in report.recordings},
        }
    )
    return 0


def _inspect(file: Path) -> Report:
    """Check a workbook and print what was found, the warnings first.

    Errors: SP-312 when there are faults; SP-104, SP-311.
    """
    from supportpoint.forms import publish

    report = publish.inspect(file)
    for kind, found in ((WARNING, report.warnings), (FAULT, report.faults)):
        for fault in found:
            _print_fault(kind, fault)
    if report.faults:
        facts = {"faults": len(report.faults), "warnings": len(report.warnings)}
        raise SupportPointError("SP-312", file=file.name, **facts)
    return report


def _print_fault(kind: tuple[str, str], fault: Fault) -> None:
    is_english = user_language(os.environ) == "en"
    place = ":".join(part for part in (fault.sheet, str(fault.row or ""), fault.column) if part)
    words = fault.message_en if is_english else fault.message_vi
    print(" ".join(part for part in (f"{kind[is_english]}:", place, fault.code, words) if part))


def _run_publish(options: argparse.Namespace) -> int:
    from supportpoint.content.package import SUFFIX, write_package
    from supportpoint.forms import publish

    built = publish.build_report(_inspect(options.file))
    key = read_publisher_key(choose_key(built.settings, options.key, options.agencies))
    content = write_package(make_manifest(built), built.files, key)
    path = options.out / f"{built.form_id}-{built.version}{SUFFIX}"
    write_package_file(path, content)
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


def make_manifest(built: BuiltForm) -> Manifest:
    """Return what is signed about a built form, made now."""
    from supportpoint.content.package import FORM, Manifest

    return Manifest(
        kind=FORM,
        id=built.form_id,
        version=built.version,
        title=built.title,
        settings=built.settings,
        created_at=SystemClock().now().isoformat(timespec="seconds"),
    )


def _run_preview(options: argparse.Namespace) -> int:
    from supportpoint.cli.preview import preview
    from supportpoint.forms import publish

    built = publish.build_report(_inspect(options.file), with_dictionary=False)
    shots = preview(built, make_manifest(built), options.window, options.language, options.shots)
    print_json({"form_id": built.form_id, "version": built.version, "shots": shots})
    return 0


def _run_workbook(options: argparse.Namespace) -> int:
    from supportpoint.forms.publish.assemble import write_xlsx

    lists = write_xlsx(options.folder, options.out)
    print_json({"workbook": str(options.out), "lists": list(lists)})
    return 0


def _run_install(options: argparse.Namespace) -> int:
    manifest = install_package(options.data, options.file)
    print_json({"form_id": manifest.id, "version": manifest.version})
    return 0
