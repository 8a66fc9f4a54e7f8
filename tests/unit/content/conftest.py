from __future__ import annotations

from dataclasses import dataclass

import pytest

from supportpoint.content.package import Manifest, write_package
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import Key, Keyset

FILES = {"form.xml": b"<h:html/>", "communes.csv": b"code,name\n03316,Xa\n", "media/birth.svg": b"<svg/>"}


def make_manifest(version: int = 2026112301, form_id: str = "birth-registration") -> Manifest:
    return Manifest(
        kind="form",
        id=form_id,
        version=version,
        title={"vi": "Khai sinh", "en": "Birth registration"},
        settings={"purpose": "ordinary"},
        created_at="2026-11-23T03:00:00Z",
    )


@dataclass(frozen=True)
class Publisher:
    sign: SignKey
    keyset: Keyset

    def package(self, version: int = 2026112301, **files: bytes) -> bytes:
        return write_package(make_manifest(version), FILES | files, self.sign)


def make_keyset(sign: SignKey, *, purpose: str = "publish", status: str = "active") -> Keyset:
    key = Key(kid=sign.kid, use="sign", purpose=purpose, unit="province", public=sign.public, status=status)
    return Keyset(version=1, not_before="2026-11-01", keys=(key,))


@pytest.fixture
def publisher() -> Publisher:
    sign = SignKey.make()
    return Publisher(sign, make_keyset(sign))
