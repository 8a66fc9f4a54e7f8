"""Published packages: announced on the feed, and kept so that every version ever filled in can be read."""

from __future__ import annotations

import hashlib
import logging
from functools import lru_cache

from supportpoint.content.package import FORM, Manifest, Package, open_package, read_package
from supportpoint.errors import SupportPointError
from supportpoint.forms.definition import FormDefinition
from supportpoint.protocol import BundleRef, Change, Stream, encode
from supportpoint.sealing.compression import make_dictionary_id
from supportpoint.server.registry.feed import append_change
from supportpoint.server.registry.files import has_store, read_stored, save_file
from supportpoint.server.registry.keys import current_keyset
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.models import Bundle, Item, Opening
from supportpoint.server.registry.moment import now

DICTIONARY = "dictionary.zstd"
FORM_FILE = "form.xml"
UNKNOWN_FORM = "SP-804"

log = logging.getLogger(__name__)


def publish(content: bytes, province_code: str) -> Manifest:
    """Store a signed package and announce it to every device.

    The same bytes again only put its file back: cases that waited for it are tried once more.

    Errors: SP-110; SP-601, SP-602, SP-604 as `content.package`; SP-603 when a version as new is published.
    """
    manifest = read_package(content, current_keyset()).manifest
    sha256 = hashlib.sha256(content).digest()
    name = save_file("bundles", sha256, content)
    with single_writer():
        if Bundle.objects.filter(sha256=sha256).exists():
            try_again()
            return manifest
        newest = Bundle.objects.filter(kind=manifest.kind, ref=manifest.id).order_by("-version").first()
        if newest is not None and newest.version >= manifest.version:
            raise SupportPointError("SP-603", form=manifest.id, version=manifest.version)
        _store(manifest, content, name)
        reference = BundleRef(
            kind=manifest.kind, id=manifest.id, version=manifest.version, sha256=sha256, len=len(content)
        )
        # Forms were announced by their bare id before there was another kind; the two never share a name.
        name_on_feed = manifest.id if manifest.kind == FORM else f"{manifest.kind}:{manifest.id}"
        change = Change(stream=Stream.BUNDLE, id=name_on_feed, rev=manifest.version, body=encode(reference))
        append_change(change, audience="", province_code=province_code)
        try_again()
    return manifest


def try_again() -> None:
    """Let the opener try again what was held because a package, or its file, was not here."""
    held = Item.objects.filter(opening=Opening.HELD, opening_code=UNKNOWN_FORM)
    held.update(opening=Opening.WAITING, opening_code="")


def _store(manifest: Manifest, content: bytes, name: str) -> None:
    dictionary = open_package(content).files.get(DICTIONARY, b"")
    Bundle.objects.create(
        kind=manifest.kind,
        ref=manifest.id,
        version=manifest.version,
        sha256=hashlib.sha256(content).digest(),
        size=len(content),
        stored_name=name,
        dictionary_id=make_dictionary_id(dictionary),
        published_at=now(),
    )


@lru_cache(maxsize=32)
def _open_stored(name: str) -> Package:
    """Return a stored package. Errors: SP-804 when its file is not here."""
    try:
        return open_package(read_stored(name))
    except FileNotFoundError as error:
        if not has_store():
            raise
        log.warning("the file of package %s is not here", name)
        raise SupportPointError(UNKNOWN_FORM) from error


def get_form(form_id: str, version: str) -> Package:
    """Return the package of a form version. Errors: SP-804 when it was never published here."""
    rows = Bundle.objects.filter(kind=FORM, ref=form_id)
    row = rows.filter(version=int(version)).first() if version.isdecimal() else None
    if row is None:
        raise SupportPointError(UNKNOWN_FORM, form=form_id, version=version)
    return _open_stored(row.stored_name)


@lru_cache(maxsize=64)
def load_form(form_id: str, version: str) -> FormDefinition:
    """Return a form version ready to run; sessions share it. Errors: SP-804; SP-301 to SP-304."""
    files = get_form(form_id, version).files
    others = {name: content for name, content in files.items() if name not in {FORM_FILE, DICTIONARY}}
    return FormDefinition.load(files[FORM_FILE], files=others)


def get_dictionary(dictionary_id: str) -> bytes:
    """Return a compression dictionary by its id. Errors: SP-804 when no package here holds it."""
    row = Bundle.objects.filter(dictionary_id=dictionary_id).first()
    if row is None:
        raise SupportPointError(UNKNOWN_FORM, dictionary=dictionary_id)
    return _open_stored(row.stored_name).files[DICTIONARY]
