"""One package, one file: `zstd(MessagePack{manifest, kid, signature, files})`.

The signature covers the manifest, the manifest covers every file by SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import zstandard

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Count, Message, decode, encode
from supportpoint.sealing.keys import SignKey, verify
from supportpoint.sealing.keyset import AGENCY_PURPOSES, Keyset

SUFFIX = ".spform"
ARTICLE_SUFFIX = ".sparticle"
FORM = "form"
ARTICLE = "article"
#: What a machine installs, and how the files of each kind end.
SUFFIXES = {FORM: SUFFIX, ARTICLE: ARTICLE_SUFFIX}
PURPOSE = "publish"
#: Receivers that are shown to the person as an agency of its own: only that agency names itself so.
ROUTES = {"legal_aid_centre": "legal_aid", "inspectorate": "protected"}
LABEL = b"supportpoint package 1\n"
MAX_CONTENT_BYTES = 64 * 1024 * 1024
MAX_FILES = 2000
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FILE_NAME = re.compile(r"(media/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


class Manifest(Message, frozen=True):
    """What a package is. `files` maps names to SHA-256; `settings` are the form-level facts, all text."""

    kind: str
    id: str
    version: Count
    title: dict[str, str]
    settings: dict[str, str] = msgspec.field(default_factory=dict)
    files: dict[str, bytes] = msgspec.field(default_factory=dict)
    created_at: str = ""


class SignedPackage(Message, frozen=True):
    """The file form. Unknown fields are ignored, so newer publishers can add some."""

    manifest: bytes
    kid: bytes
    signature: bytes
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package whose files have the hashes that its manifest names."""

    manifest: Manifest
    files: Mapping[str, bytes]


def write_package(manifest: Manifest, files: Mapping[str, bytes], sign: SignKey) -> bytes:
    """Return the signed file; what `manifest.files` held before is replaced by the hashes of `files`.

    Errors: SP-601 when an id, a version or a file name cannot be used.
    """
    ordered = dict(sorted(files.items()))
    hashes = {name: hashlib.sha256(content).digest() for name, content in ordered.items()}
    full = msgspec.structs.replace(manifest, files=hashes)
    _check_names(full)
    content = encode(full)
    signed = SignedPackage(
        manifest=content, kid=sign.kid, signature=sign.sign(LABEL + content), files=ordered
    )
    return zstandard.ZstdCompressor(level=19, write_checksum=True).compress(encode(signed))


def read_package(data: bytes, keyset: Keyset) -> Package:
    """Return the package once a publisher of `keyset` is seen to have signed it.

    Trust:  what is sealed past the province is signed by its agency, and the publisher's signature is
            nothing there: purpose, category, receiver and the form's id (`keyset.doors`) all bind to it.
    Errors: SP-601 unreadable; SP-602 not signed, altered or holding other files than signed;
            SP-604 signed by a key that is no publisher here, or not its agency's.
    """
    signed = _unpack(data)
    if not signed.signature:
        raise SupportPointError("SP-602", reason="not signed")
    purpose = _signing_purpose(_read_manifest(signed), keyset)
    try:
        find = keyset.signer if purpose == PURPOSE else keyset.form_signer
        key = find(signed.kid, purpose)
    except SupportPointError as error:
        raise SupportPointError("SP-604", kid=signed.kid.hex(), purpose=purpose) from error
    try:
        verify(key.public, LABEL + signed.manifest, signed.signature)
    except SupportPointError as error:
        raise SupportPointError("SP-602", reason="signature") from error
    return _open(signed)


def _signing_purpose(manifest: Manifest, keyset: Keyset) -> str:
    """Return whose signature counts: of the publishers, or of the agency that anything binds the form to.

    Errors: SP-604 when the form is bound to an agency and would be sealed to other readers.
    """
    settings = manifest.settings
    purpose = settings.get("purpose", "")
    named = (purpose, settings.get("category"), ROUTES.get(settings.get("route", "")))
    bound = AGENCY_PURPOSES.intersection((*named, keyset.doors.get(manifest.id)))
    if not bound:
        return PURPOSE
    if bound != {purpose}:
        raise SupportPointError("SP-604", reason="purpose", id=manifest.id)
    return purpose


def open_package(data: bytes) -> Package:
    """Return a package that was verified before, its hashes checked again but not its signature.

    Errors: SP-601 unreadable; SP-602 when a file is not what the manifest names.
    """
    return _open(_unpack(data))


def _unpack(data: bytes) -> SignedPackage:
    try:
        size = zstandard.get_frame_parameters(data).content_size
        if size > MAX_CONTENT_BYTES:  # an unknown size reads as 2**64 - 1
            raise SupportPointError("SP-601", reason="too large")
        content = zstandard.ZstdDecompressor().decompress(data, max_output_size=MAX_CONTENT_BYTES)
        return decode(content, SignedPackage)
    except (zstandard.ZstdError, msgspec.DecodeError) as error:
        raise SupportPointError("SP-601", reason="damaged") from error


def _read_manifest(signed: SignedPackage) -> Manifest:
    try:
        return decode(signed.manifest, Manifest)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-601", reason="manifest") from error


def _open(signed: SignedPackage) -> Package:
    manifest = _read_manifest(signed)
    _check_names(manifest)
    if manifest.files.keys() != signed.files.keys():
        raise SupportPointError("SP-602", reason="other files than signed")
    for name, content in signed.files.items():
        if not hmac.compare_digest(hashlib.sha256(content).digest(), manifest.files[name]):
            raise SupportPointError("SP-602", reason="altered file", file=name)
    return Package(manifest, signed.files)


def is_form_id(text: str) -> bool:
    """Whether `text` can name a form, and so a folder: small letters, digits and hyphens, at most 64."""
    return _ID.fullmatch(text) is not None


def _check_names(manifest: Manifest) -> None:
    """Refuse what could name a place outside the shelf."""
    if not is_form_id(manifest.id) or manifest.version < 1:
        raise SupportPointError("SP-601", reason="id or version")
    if len(manifest.files) > MAX_FILES:
        raise SupportPointError("SP-601", reason="too many files")
    for name in manifest.files:
        if not _FILE_NAME.fullmatch(name):
            raise SupportPointError("SP-601", reason="file name")
