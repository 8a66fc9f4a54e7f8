"""The commands about words: export and import the table that translators of a language fill."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportpoint.cli.folders import read_file
from supportpoint.cli.output import print_json
from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.kiosk.words.packs import LanguagePack, Message


def register(commands: Any) -> None:
    """Add `words` to the parser's commands."""
    inner = commands.add_parser("words", help="words of the pages").add_subparsers(
        metavar="ACTION", required=True
    )
    export = inner.add_parser("export", help="write the table that translators fill")
    _add_options(export)
    export.set_defaults(run=_run_export)
    bring = inner.add_parser("import", help="take a filled table into the pack")
    _add_options(bring)
    bring.set_defaults(run=_run_import)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="TABLE.csv")
    parser.add_argument("--pack", type=Path, required=True, metavar="DIR", help="the folder of the pack")
    parser.add_argument("--data", type=Path, metavar="DIR", help="also the words of the forms installed here")
    parser.add_argument("--script", default="", metavar="NAME", help="rpa or vi, where a language has two")


def _run_export(options: argparse.Namespace) -> int:
    from supportpoint.kiosk.words.packs import write_table

    pack, messages = _open(options)
    try:
        options.file.write_bytes(write_table(pack, messages))
    except OSError as error:
        raise SupportPointError("SP-104", file=options.file.name) from error
    print_json({"language": pack.note.language, "rows": len(messages), **_coverage(pack, messages)})
    return 0


def _run_import(options: argparse.Namespace) -> int:
    from supportpoint.kiosk.words.packs import find_row_faults, read_rows, words_path, write_words

    pack, messages = _open(options)
    try:
        rows = read_rows(read_file(options.file))
    except ValueError as error:
        raise SupportPointError("SP-104", file=options.file.name) from error
    faults = list(find_row_faults(rows, messages))
    if faults:
        for fault in faults:
            print(f"{fault.row}: {fault.id} {fault.reason}")
        raise SupportPointError("SP-607", file=options.file.name, rows=len(faults))
    write_words(rows, words_path(options.pack, options.script))
    pack, messages = _open(options)
    print_json({"language": pack.note.language, "rows": len(messages), **_coverage(pack, messages)})
    return 0


def _open(options: argparse.Namespace) -> tuple[LanguagePack, list[Message]]:
    import msgspec

    from supportpoint.kiosk.words.packs import load_pack, read_messages

    try:
        pack = load_pack(options.pack, options.script)
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise SupportPointError("SP-104", file=options.pack.name) from error
    messages = read_messages(shipped_dir("translations") / "supportpoint_en.ts")
    known = {one.id for one in messages}
    return pack, messages + [one for one in _form_messages(options.data) if one.id not in known]


def _form_messages(data: Path | None) -> list[Message]:
    """Return the words of the forms on a machine's shelf, none without a machine."""
    from supportpoint.content.shelf import Shelf
    from supportpoint.forms import FormDefinition
    from supportpoint.kiosk.words.packs import read_form_messages

    if data is None:
        return []
    shelf = Shelf(data)
    packages = [shelf.open_form(manifest.id) for manifest in shelf.list_forms()]
    return read_form_messages(
        (FormDefinition.load(package.files["form.xml"], files=package.files), package.manifest.title)
        for package in packages
    )


def _coverage(pack: LanguagePack, messages: list[Message]) -> dict[str, int]:
    from supportpoint.kiosk.words.packs import measure

    coverage = measure(pack, messages)
    return {"words_percent": coverage.words, "audio_percent": coverage.audio}
