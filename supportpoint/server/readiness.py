"""What must hold before serving: folder and database are set up, it can be written, the port is free."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from supportpoint.errors import SupportPointError


def need_set_up(data_dir: Path) -> None:
    """Return quietly when `init` was run on this folder. Errors: SP-106."""
    if not (data_dir / "keys" / "keyset.bin").is_file():
        raise SupportPointError("SP-106", folder=data_dir.name)


def need_todays_schema() -> None:
    """Return quietly when no step of the database's schema is due: `init` takes them after an upgrade.

    Errors: SP-106.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SupportPointError("SP-106", reason="a newer program: init is due")


def need_writable(data_dir: Path) -> None:
    """Return quietly when this process may write into the folder. Errors: SP-108."""
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise SupportPointError("SP-108", folder=data_dir.name)


def need_free_port(host: str, port: int) -> None:
    """Return quietly when this process may listen there. Errors: SP-107."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":  # there the option would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise SupportPointError("SP-107", port=port) from error
