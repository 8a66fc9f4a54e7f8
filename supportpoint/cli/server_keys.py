"""`supportpoint server keys`: where they are, which are in force, and the next keyset."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from supportpoint.cli.output import print_json

ROOT_HELP = "the root's key; offline/root.key of the data folder by default"


def register(inner: Any) -> None:
    """Add `keys` to the server's actions."""
    parser = inner.add_parser("keys", help="say where the keys are, or make the next keyset")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of the server")
    parser.set_defaults(run=_run, action="list_keys", words=(), parser=parser)
    actions = parser.add_subparsers(metavar="ACTION")
    _add(actions, "show", "show_keys", "list the keys in force")
    renew = _add(actions, "renew", "renew_key", "make a new key of ours, retire the old one", signed=True)
    renew.add_argument("purpose", choices=("ordinary", "act", "publish"))
    renew.add_argument("unit", help='"province" or a commune\'s code')
    renew.set_defaults(words=("purpose", "unit"))
    add = _add(actions, "add", "add_key", "take in a public key that an agency made", signed=True)
    add.add_argument("use", choices=("seal", "sign"))
    add.add_argument("purpose", choices=("legal_aid", "protected", "act"))
    add.add_argument("unit", help="name of the agency")
    add.add_argument("public", help="file of 32 bytes")
    add.set_defaults(words=("use", "purpose", "unit", "public"))
    for name, words in (("retire", "seal nothing to a key any more"), ("revoke", "believe a key no more")):
        one = _add(actions, name, f"{name}_key", words, signed=True)
        one.add_argument("kid", help="key id in hex, of `keys show`")
        one.set_defaults(words=("kid",))
    bind = _add(actions, "bind", "bind_form", "let an agency alone publish a form", signed=True)
    bind.add_argument("form", help="id of the form")
    bind.add_argument("purpose", choices=("legal_aid", "protected", "ordinary"))
    bind.set_defaults(words=("form", "purpose"))
    make = _add(actions, "make-root", "make_root", "write the key of a root to come into a new file")
    make.add_argument("file")
    make.set_defaults(words=("file",))
    name_root = _add(actions, "name-root", "name_root", "name the root to come to every device", signed=True)
    name_root.add_argument("successor", help="its key")
    name_root.set_defaults(words=("successor",))
    _add(actions, "take-root", "take_root", "sign with the successor: it is the root now", signed=True)


def _add(actions: Any, name: str, action: str, words: str, *, signed: bool = False) -> Any:
    parser = actions.add_parser(name, help=words)
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="data folder of the server")
    if signed:
        parser.add_argument("--root", default="", metavar="FILE", help=ROOT_HELP)
    parser.set_defaults(action=action, words=())
    return parser


def _run(options: argparse.Namespace) -> int:
    from supportpoint.server.startup import use_data_dir

    if options.data is None:
        options.parser.error("--data is needed")
    use_data_dir(options.data)
    from supportpoint.server import commands, keys

    place: Any = commands if options.action == "list_keys" else keys
    given = [getattr(options, word) for word in options.words]
    print_json(getattr(place, options.action)(*given, *([options.root] if "root" in options else [])))
    return 0
