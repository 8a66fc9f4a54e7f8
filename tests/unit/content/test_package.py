"""A package opens for the keyset that knows its publisher, and for nobody else."""

from __future__ import annotations

import random

import msgspec
import pytest
import zstandard

from supportpoint.content import package as package_module
from supportpoint.content.package import SignedPackage, read_package, write_package
from supportpoint.errors import SupportPointError
from supportpoint.protocol import decode, encode
from supportpoint.sealing.keys import SignKey
from tests.unit.content.conftest import FILES, make_keyset, make_manifest


def unpack(data: bytes) -> SignedPackage:
    return decode(zstandard.ZstdDecompressor().decompress(data), SignedPackage)


def pack(signed: msgspec.Struct) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(msgspec.msgpack.encode(signed))


def code_of(data: bytes, keyset) -> str:
    with pytest.raises(SupportPointError) as caught:
        read_package(data, keyset)
    return caught.value.code


def test_a_package_comes_back_as_it_was_written(publisher):
    package = read_package(publisher.package(), publisher.keyset)

    assert dict(package.files) == FILES
    assert package.manifest.version == 2026112301
    assert package.manifest.title["vi"] == "Khai sinh"
    assert set(package.manifest.files) == set(FILES)


def test_the_same_content_gives_the_same_bytes(publisher):
    assert publisher.package() == publisher.package()


def test_damage_anywhere_is_refused(publisher):
    data = publisher.package()
    rng = random.Random(7)
    for _ in range(200):
        place = rng.randrange(len(data))
        damaged = data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :]
        try:
            package = read_package(damaged, publisher.keyset)
        except SupportPointError as error:
            assert error.code in {"SP-601", "SP-602"}  # noqa: PT017
        else:  # a bit of the frame header that carries no content
            assert dict(package.files) == FILES
    for length in (0, 1, 10, len(data) // 2, len(data) - 1):
        assert code_of(data[:length], publisher.keyset) == "SP-601"


def test_an_unsigned_package_is_refused(publisher):
    signed = unpack(publisher.package())
    assert code_of(pack(msgspec.structs.replace(signed, signature=b"")), publisher.keyset) == "SP-602"
    assert (
        code_of(pack(msgspec.structs.replace(signed, signature=b"", kid=b"")), publisher.keyset) == "SP-602"
    )


def test_a_package_of_another_key_is_refused(publisher):
    stranger = SignKey.make()
    data = write_package(make_manifest(), FILES, stranger)
    assert code_of(data, publisher.keyset) == "SP-604"
    # a stranger who writes the publisher's key id over its own
    forged = msgspec.structs.replace(unpack(data), kid=publisher.sign.kid)
    assert code_of(pack(forged), publisher.keyset) == "SP-602"


@pytest.mark.parametrize(("purpose", "status"), [("act", "active"), ("publish", "revoked")])
def test_a_key_that_may_not_publish_is_refused(publisher, purpose, status):
    keyset = make_keyset(publisher.sign, purpose=purpose, status=status)
    assert code_of(publisher.package(), keyset) == "SP-604"


def test_a_swapped_added_or_missing_file_is_refused(publisher):
    signed = unpack(publisher.package())
    for files in (
        signed.files | {"form.xml": b"<h:html>other</h:html>"},
        signed.files | {"extra.csv": b"a\n"},
        {"form.xml": signed.files["form.xml"]},
    ):
        assert code_of(pack(msgspec.structs.replace(signed, files=files)), publisher.keyset) == "SP-602"


def test_an_altered_manifest_is_refused(publisher):
    signed = unpack(publisher.package())
    manifest = decode(signed.manifest, package_module.Manifest)
    newer = encode(msgspec.structs.replace(manifest, version=2099010101))
    assert code_of(pack(msgspec.structs.replace(signed, manifest=newer)), publisher.keyset) == "SP-602"


def test_fields_of_a_newer_publisher_are_ignored(publisher):
    signed = unpack(publisher.package())
    manifest = msgspec.msgpack.decode(signed.manifest) | {"reviewed_by": ["a", "b"]}
    content = msgspec.msgpack.encode(manifest)
    outer = {
        "manifest": content,
        "kid": publisher.sign.kid,
        "signature": publisher.sign.sign(package_module.LABEL + content),
        "files": signed.files,
        "transparency_log": 7,
    }
    data = zstandard.ZstdCompressor().compress(msgspec.msgpack.encode(outer))
    assert dict(read_package(data, publisher.keyset).files) == FILES


def test_a_bomb_is_refused_before_it_unfolds(publisher):
    bomb = zstandard.ZstdCompressor().compress(bytes(package_module.MAX_CONTENT_BYTES + 1))
    assert len(bomb) < 100_000
    assert code_of(bomb, publisher.keyset) == "SP-601"


@pytest.mark.parametrize("name", ["../form.xml", "/etc/passwd", "a/b.csv", "..", "media/../x", "C:x", ""])
def test_file_names_cannot_leave_the_package(publisher, name):
    with pytest.raises(SupportPointError) as caught:
        write_package(make_manifest(), {name: b"x"}, publisher.sign)
    assert caught.value.code == "SP-601"


@pytest.mark.parametrize("form_id", ["", "../x", "A", "a/b", "a" * 65])
def test_form_ids_cannot_leave_the_shelf(publisher, form_id):
    with pytest.raises(SupportPointError) as caught:
        write_package(make_manifest(form_id=form_id), FILES, publisher.sign)
    assert caught.value.code == "SP-601"
