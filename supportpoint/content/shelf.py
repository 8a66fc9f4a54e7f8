"""The packages installed on one machine: `<data>/content/forms/<id>/<version>.spform`.

The newest version in the folder is the active one, so that installing is one rename and a kill
leaves the old state or the new one. Older versions stay: a draft ends on the version it began with.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from supportpoint.content.package import (
    FORM,
    SUFFIX,
    Manifest,
    Package,
    is_form_id,
    open_package,
    read_package,
)
from supportpoint.errors import SupportPointError
from supportpoint.sealing.keyset import Keyset

log = logging.getLogger(__name__)
_UNFINISHED = ".part"
_REFUSED = ".refused"


class Shelf:
    """Installs and opens form packages under one data folder. Safe to make before the folder exists."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "content" / "forms"

    def install(self, data: bytes, keyset: Keyset) -> Manifest:
        """Verify a package and make it the active version of its form; the same bytes again change nothing.

        Errors: SP-601, SP-602, SP-604 as `read_package`; SP-603 when the active version is newer,
                or the same version with other content; SP-202 when the disk is full or fails.
                After any of them the shelf is as before.
        """
        manifest = read_package(data, keyset).manifest
        if manifest.kind != FORM:
            raise SupportPointError("SP-601", reason="kind", kind=manifest.kind)
        newest = max(self._versions(manifest.id), default=0)
        path = self._path(manifest.id, manifest.version)
        if newest > manifest.version:
            raise SupportPointError("SP-603", form=manifest.id, active=newest, offered=manifest.version)
        if newest == manifest.version and self._holds(path):
            if path.read_bytes() == data:
                return manifest
            raise SupportPointError("SP-603", form=manifest.id, reason="same version, other content")
        try:
            _write_durably(path, data)
        except OSError as error:
            raise SupportPointError("SP-202", file=path.name) from error
        return manifest

    def list_forms(self) -> tuple[Manifest, ...]:
        """Return the active manifest of every form that can be opened, by form id."""
        found: list[Manifest] = []
        for form_id in self._form_ids():
            try:
                found.append(self.open_form(form_id).manifest)
            except SupportPointError as error:
                log.warning("form %s cannot be offered: %s", form_id, error.code)
        return tuple(found)

    def open_form(self, form_id: str, version: int | None = None) -> Package:
        """Return one version of a form, by default the newest whose file is whole.

        Errors: SP-605 when it is not here; SP-601 or SP-602 when the version asked for is damaged.
        """
        if not is_form_id(form_id):
            raise SupportPointError("SP-605", form=form_id)
        if version is not None:
            return self._open(form_id, version)
        for candidate in sorted(self._versions(form_id), reverse=True):
            try:
                return self._open(form_id, candidate)
            except SupportPointError as error:
                log.warning("form %s version %d is damaged: %s", form_id, candidate, error.code)
        raise SupportPointError("SP-605", form=form_id)

    def verify_all(self, keyset: Keyset) -> tuple[tuple[str, int, str], ...]:
        """Check every signature, as at start, and set aside what does not stand; nothing is deleted.

        Shape:  (form id, version, error code) of each package set aside.
        """
        refused: list[tuple[str, int, str]] = []
        for form_id in self._form_ids():
            for version in self._versions(form_id):
                path = self._path(form_id, version)
                try:
                    read_package(path.read_bytes(), keyset)
                except SupportPointError as error:
                    path.replace(path.with_suffix(SUFFIX + _REFUSED))
                    log.warning("form %s version %d was set aside: %s", form_id, version, error.code)
                    refused.append((form_id, version, error.code))
        return tuple(refused)

    def _open(self, form_id: str, version: int) -> Package:
        path = self._path(form_id, version)
        try:
            package = open_package(path.read_bytes())
        except FileNotFoundError as error:
            raise SupportPointError("SP-605", form=form_id, version=version) from error
        if (package.manifest.id, package.manifest.version) != (form_id, version):
            raise SupportPointError("SP-601", reason="file and manifest differ", form=form_id)
        return package

    def _holds(self, path: Path) -> bool:
        """Whether the file is whole. A damaged one may be replaced by the same version."""
        try:
            open_package(path.read_bytes())
        except SupportPointError:
            return False
        return True

    def _path(self, form_id: str, version: int) -> Path:
        return self._root / form_id / f"{version}{SUFFIX}"

    def _form_ids(self) -> list[str]:
        if not self._root.is_dir():
            return []
        return sorted(path.name for path in self._root.iterdir() if path.is_dir())

    def _versions(self, form_id: str) -> list[int]:
        names = (path.stem for path in (self._root / form_id).glob(f"*{SUFFIX}"))
        return [int(name) for name in names if name.isascii() and name.isdigit()]


def _write_durably(path: Path, content: bytes) -> None:
    """Write so that after a kill or a power cut `path` holds all of `content` or what it held before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(_UNFINISHED)
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    if os.name == "posix":  # Windows cannot open a folder, and its rename is durable in the journal
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
