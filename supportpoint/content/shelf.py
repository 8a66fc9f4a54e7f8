"""The packages installed on one machine: `<data>/content/forms/<id>/<version>.spform`, articles beside them.

The newest version in the folder is the active one, so that installing is one rename and a kill
leaves the old state or the new one. Older versions stay: a draft ends on the version it began with.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supportpoint.content.package import (
    ARTICLE,
    FORM,
    SUFFIXES,
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
_FOLDERS = {FORM: "forms", ARTICLE: "articles"}


class Shelf:
    """Installs and opens packages under one data folder. Safe to make before the folder exists."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / "content"

    def install(self, data: bytes, keyset: Keyset) -> Manifest:
        """Verify a package and make it the active version; the same bytes again change nothing.

        Errors: SP-601, SP-602, SP-604 as `read_package`; SP-603 when the active version is newer,
                or the same version with other content; SP-202 when the disk is full or fails.
                After any of them the shelf is as before.
        """
        manifest = read_package(data, keyset).manifest
        kind = manifest.kind
        if kind not in _FOLDERS:
            raise SupportPointError("SP-601", reason="kind", kind=kind)
        newest = max(self._versions(kind, manifest.id), default=0)
        path = self._path(kind, manifest.id, manifest.version)
        if newest > manifest.version:
            raise SupportPointError("SP-603", id=manifest.id, active=newest, offered=manifest.version)
        if newest == manifest.version and self._holds(path):
            if path.read_bytes() != data:
                raise SupportPointError("SP-603", id=manifest.id, reason="same version, other content")
        else:
            self._write(path, data)
        self._make_names_durable(path)
        return manifest

    def list_forms(self) -> tuple[Manifest, ...]:
        """Return the active manifest of every form that can be opened, by form id."""
        return tuple(package.manifest for package in self._list(FORM))

    def list_articles(self) -> tuple[Package, ...]:
        """Return the active version of every article that can be opened, by article id."""
        return tuple(self._list(ARTICLE))

    def open_form(self, form_id: str, version: int | None = None) -> Package:
        """Return one version of a form, by default the newest whose file is whole.

        Errors: SP-605 when it is not here; SP-601 or SP-602 when the version asked for is damaged.
        """
        if not is_form_id(form_id):
            raise SupportPointError("SP-605", form=form_id)
        if version is not None:
            return self._open(FORM, form_id, version)
        return self._open_newest(FORM, form_id)

    def list_versions(self, form_id: str) -> tuple[int, ...]:
        """Return the versions of a form that are here, the newest first."""
        return tuple(sorted(self._versions(FORM, form_id), reverse=True)) if is_form_id(form_id) else ()

    def verify_all(self, keyset: Keyset) -> tuple[tuple[str, int, str], ...]:
        """Check every signature, as at start, and set aside what does not stand; nothing is deleted.

        Shape:  (id, version, error code) of each package set aside.
        """
        refused: list[tuple[str, int, str]] = []
        for kind in _FOLDERS:
            for one in self._ids(kind):
                for version in self._versions(kind, one):
                    path = self._path(kind, one, version)
                    try:
                        read_package(path.read_bytes(), keyset)
                    except SupportPointError as error:
                        path.replace(path.with_suffix(SUFFIXES[kind] + _REFUSED))
                        log.warning("%s %s version %d was set aside: %s", kind, one, version, error.code)
                        refused.append((one, version, error.code))
        return tuple(refused)

    def _list(self, kind: str) -> Iterator[Package]:
        for one in self._ids(kind):
            try:
                yield self._open_newest(kind, one)
            except SupportPointError as error:
                log.warning("%s %s cannot be offered: %s", kind, one, error.code)

    def _open_newest(self, kind: str, one: str) -> Package:
        for candidate in sorted(self._versions(kind, one), reverse=True):
            try:
                return self._open(kind, one, candidate)
            except SupportPointError as error:
                log.warning("%s %s version %d is damaged: %s", kind, one, candidate, error.code)
        raise SupportPointError("SP-605", **{kind: one})

    def _open(self, kind: str, one: str, version: int) -> Package:
        path = self._path(kind, one, version)
        try:
            package = open_package(path.read_bytes())
        except FileNotFoundError as error:
            raise SupportPointError("SP-605", **{kind: one, "version": version}) from error
        manifest = package.manifest
        if (manifest.kind, manifest.id, manifest.version) != (kind, one, version):
            raise SupportPointError("SP-601", reason="file and manifest differ", **{kind: one})
        return package

    def _write(self, path: Path, data: bytes) -> None:
        """Write so that after a kill or a power cut `path` holds all of `data` or what it held before."""
        part = path.with_suffix(_UNFINISHED)
        with _saving(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)

    def _make_names_durable(self, path: Path) -> None:
        """Make the name of a file durable, and those of its folders: they may be as new as the file.

        Also for a file that was there: whoever wrote it may have been killed before this step.
        """
        if os.name != "posix":  # Windows cannot open a folder, and its rename is durable in the journal
            return
        above = path.relative_to(self._root.parent).parents
        with _saving(path):
            for folder in above:
                descriptor = os.open(self._root.parent / folder, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)

    def _holds(self, path: Path) -> bool:
        """Whether the file is whole. A damaged one may be replaced by the same version."""
        try:
            open_package(path.read_bytes())
        except SupportPointError:
            return False
        return True

    def _path(self, kind: str, one: str, version: int) -> Path:
        return self._root / _FOLDERS[kind] / one / f"{version}{SUFFIXES[kind]}"

    def _ids(self, kind: str) -> list[str]:
        folder = self._root / _FOLDERS[kind]
        return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []

    def _versions(self, kind: str, one: str) -> list[int]:
        folder = self._root / _FOLDERS[kind] / one
        names = (path.stem for path in folder.glob(f"*{SUFFIXES[kind]}"))
        return [int(name) for name in names if name.isascii() and name.isdigit()]


@contextmanager
def _saving(path: Path) -> Iterator[None]:
    """Turn the file system's refusals inside the block into SP-202."""
    try:
        yield
    except OSError as error:
        raise SupportPointError("SP-202", file=path.name) from error
