"""Names, codes, keys, certificates and database addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from django.core.files.base import ContentFile

from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SEED_BYTES, SealKey, SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.server.authority import make_certificates
from supportpoint.server.database import choose_database, read_database_url
from supportpoint.server.registry import keys
from supportpoint.server.registry.codes import hash_code
from supportpoint.server.registry.files import STORE_MARK, DurableStorage
from supportpoint.server.registry.names import mask_name
from supportpoint.server.registry.province import read_communes


def test_names_are_masked_to_initials():
    assert mask_name("Vàng Thị Dụ") == "V•• T•• D••"
    assert mask_name("  đèo văn  ơn ") == "Đ•• V•• Ơ••"
    assert mask_name("") == ""


def test_codes_are_the_same_however_they_are_typed():
    assert hash_code("4K0M-1XW3-T7QA") == hash_code("4kom lxw3t7qa ")
    assert hash_code("4K0M-1XW3-T7QA") != hash_code("4K0M-1XW3-T7QB")


def test_the_45_communes_are_there_once():
    communes = list(read_communes())
    assert len({commune.code for commune in communes}) == len(communes) == 45


def test_every_unit_gets_its_keys_and_the_root_signs_the_keyset(tmp_path):
    keys.make_keys(tmp_path, ["03316", "03127"], "2026-11-23")
    root = (tmp_path / "keys" / "root.pub").read_bytes()
    keyset = read_keyset((tmp_path / "keys" / "keyset.bin").read_bytes(), root)
    assert [key.unit for key in keyset.recipients("ordinary", "03316")] == ["province", "03316"]
    acting = [key for key in keyset.keys if key.purpose == "act"]
    assert [key.unit for key in acting] == ["03316", "03127", *keys.AGENCIES.values()]
    assert len({key.public for key in keyset.keys}) == 14
    assert set(keyset.doors.values()) == set(keys.AGENCIES)


@pytest.mark.parametrize(("purpose", "unit"), keys.AGENCIES.items())
def test_an_agency_alone_receives_its_purpose_and_takes_its_keys_away(tmp_path, purpose, unit):
    keys.make_keys(tmp_path, ["03316"], "2026-11-23")
    root = (tmp_path / "keys" / "root.pub").read_bytes()
    keyset = read_keyset((tmp_path / "keys" / "keyset.bin").read_bytes(), root)
    folder = tmp_path / "agencies" / purpose
    names = ("act", "forms", "recovery", "seal")
    assert sorted(path.name for path in folder.iterdir()) == [f"{unit}.{name}.key" for name in names]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    opening = [folder / f"{unit}.{name}.key" for name in ("seal", "recovery")]
    held = {SealKey(path.read_bytes()).kid for path in opening}
    assert {key.kid for key in keyset.recipients(purpose, "03316")} == held
    signers = [SignKey((folder / f"{unit}.{name}.key").read_bytes()).kid for name in ("forms", "act")]
    assert keyset.form_signer(signers[0], purpose).unit == keyset.signer(signers[1], "act").unit == unit
    seeds = {path.read_bytes() for path in folder.iterdir()}
    elsewhere = [path for path in (tmp_path / "keys").rglob("*.key") if path.stat().st_size == SEED_BYTES]
    assert not seeds & {path.read_bytes() for path in elsewhere}


def test_the_certificate_names_its_hosts(tmp_path):
    make_certificates(tmp_path, ("localhost", "127.0.0.1", "may-chu.example"), datetime.now(UTC))
    leaf = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "may-chu.example"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate((tmp_path / "ca.pem").read_bytes()))


def test_database_addresses():
    assert choose_database("", Path("/data"))["NAME"] == "/data/server.db"
    assert choose_database("", Path("/data"))["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    found = read_database_url("postgresql://sp:p%40ss@db.example:5433/province")
    assert (found["HOST"], found["PORT"], found["NAME"], found["PASSWORD"]) == (
        "db.example",
        "5433",
        "province",
        "p@ss",
    )
    assert read_database_url("postgresql://sp@/province?host=/run/pg")["HOST"] == "/run/pg"
    for wrong in ("mysql://x/y", "postgresql://host/"):
        with pytest.raises(SupportPointError, match="SP-101"):
            read_database_url(wrong)


def test_storage_replaces_a_name_whole(tmp_path):
    storage = DurableStorage(location=str(tmp_path))
    storage.save(STORE_MARK, ContentFile(b"here"))
    for content in (b"first", b"second"):
        assert storage.save("blobs/ab/abcd", ContentFile(content)) == "blobs/ab/abcd"
    assert (tmp_path / "blobs" / "ab" / "abcd").read_bytes() == b"second"
    assert [path.name for path in (tmp_path / "blobs" / "ab").iterdir()] == ["abcd"]
