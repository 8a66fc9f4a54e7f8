"""Points a process at a data folder and configures Django; call before importing anything with models."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings

from supportpoint.errors import SupportPointError


def use_data_dir(data_dir: Path, *, tls: bool = True, hosts: tuple[str, ...] = ()) -> None:
    """Configure Django for `data_dir`, which is made when it is missing. Once per process.

    Shape:  `hosts` are further names under which this server may be asked.
    Errors: SP-101 when this process already has another folder open, or a file is in the way; SP-108
            when the folder cannot be made or written.
    """
    folder = data_dir.resolve()
    os.umask(0o077)  # the database holds answers in clear: nobody else on this machine reads new files
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError as error:
        raise SupportPointError("SP-101", reason="a file is in the way") from error
    except OSError as error:
        raise SupportPointError("SP-108", reason="folder cannot be made") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SupportPointError("SP-108", reason="not writable")
    os.environ["SUPPORTPOINT_SERVER_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportpoint.server.settings")
    if not tls:
        os.environ["SUPPORTPOINT_PLAIN_HTTP"] = "1"
    if hosts:
        known = os.environ.get("SUPPORTPOINT_ALLOWED_HOSTS", "")
        os.environ["SUPPORTPOINT_ALLOWED_HOSTS"] = ",".join(filter(None, (known, *hosts)))
    django.setup()
    if folder != settings.DATA_DIR:
        raise SupportPointError("SP-101", reason="another data folder is open")
