"""The command that makes this machine a device of the province."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportpoint.cli.folders import add_data_option, open_point, read_file
from supportpoint.cli.output import print_json
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.records import DeviceIdentity
    from supportpoint.store.keys import DeviceKeys

REVOKED = "SP-504"


def register(commands: Any) -> None:
    """Add `enroll` to the parser's commands."""
    parser = commands.add_parser("enroll", help="connect this machine to the province")
    add_data_option(parser)
    parser.add_argument("--server", required=True, metavar="URL")
    parser.add_argument("--code", required=True, help="the one-time code of the province")
    parser.add_argument(
        "--ca", required=True, metavar="FILE", type=Path, help="the province's authority, PEM"
    )
    parser.add_argument("--role", default="kiosk", choices=("kiosk", "desk", "reader"))
    parser.add_argument("--asset-tag", default="", metavar="TAG", help="what stands on this machine")
    parser.set_defaults(run=_run_enroll)


def _run_enroll(options: argparse.Namespace) -> int:
    from supportpoint.store.keys import renew_keys

    try:
        identity, keys = _join(options)
    except SupportPointError as error:
        if error.code != REVOKED:
            raise
        renew_keys(options.data)  # a revoked key never comes back; what waits is signed anew
        identity, keys = _join(options)
    print_json(
        {
            "device": identity.device,
            "role": identity.role,
            "commune_code": identity.commune_code,
            "commune_name": identity.commune_name,
            "point_name": identity.point_name,
            "key_level": keys.level,
            "fingerprint": show_fingerprint(identity, keys),
        }
    )
    return 0


def _join(options: argparse.Namespace) -> tuple[DeviceIdentity, DeviceKeys]:
    from supportpoint.sync.enroll import Applicant, enroll

    ca_pem = read_file(options.ca).decode("utf-8", "replace")
    with open_point(options.data, new=True) as point:
        keys = point.keys
        applicant = Applicant(keys.sign, keys.seal, keys.level, options.role, options.asset_tag)
        identity = enroll(options.server, options.code, applicant, ca_pem)
        point.store.save_identity(identity)
    return identity, keys


def show_fingerprint(identity: DeviceIdentity, keys: DeviceKeys) -> str:
    """Return the words that the province's admin reads too, unless somebody stands between."""
    from supportpoint.sealing.fingerprint import make_fingerprint

    return make_fingerprint(keys.sign.public, keys.seal.public, identity.server_public, identity.root_public)
