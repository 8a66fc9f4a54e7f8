"""A form that only an agency reads is signed by that agency, whoever else may publish."""

from __future__ import annotations

import msgspec
import pytest

from supportpoint.content.package import read_package, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import Key, Keyset
from tests.unit.content.conftest import FILES, make_manifest

LEGAL = {"purpose": "legal_aid", "category": "legal_aid", "route": "legal_aid_centre"}
ORDINARY = {"purpose": "ordinary", "category": "ordinary", "route": "commune_office"}
PUBLISHER, CENTRE, INSPECTORS = (SignKey(letter * 32) for letter in (b"p", b"l", b"i"))


def entry(pair, purpose, unit, **more):
    return Key(kid=pair.kid, use="sign", purpose=purpose, unit=unit, public=pair.public, **more)


KEYSET = Keyset(
    version=1,
    not_before="2026-01-01",
    keys=(
        entry(PUBLISHER, "publish", "province"),
        entry(CENTRE, "legal_aid", "legal-aid-centre"),
        entry(INSPECTORS, "protected", "inspectorate"),
    ),
    doors={"legal-aid": "legal_aid"},
)


def package(sign, settings, form_id="legal-aid", version=2):
    manifest = msgspec.structs.replace(make_manifest(version, form_id), settings=settings)
    return write_package(manifest, FILES, sign)


def refusal(data, keyset=KEYSET):
    with pytest.raises(SupportPointError) as caught:
        read_package(data, keyset)
    return caught.value.code


def test_what_its_agency_signed_opens():
    assert read_package(package(CENTRE, LEGAL), KEYSET).manifest.id == "legal-aid"
    assert read_package(package(PUBLISHER, ORDINARY, "marriage"), KEYSET).manifest.id == "marriage"


@pytest.mark.parametrize(
    ("sign", "settings", "form_id"),
    [
        (PUBLISHER, LEGAL, "legal-aid"),
        (PUBLISHER, ORDINARY, "legal-aid"),  # sent to the province in the agency's name
        (PUBLISHER, {}, "legal-aid"),
        (CENTRE, ORDINARY, "legal-aid"),  # not even the agency gives its door away
        (INSPECTORS, LEGAL, "legal-aid"),
        (INSPECTORS, LEGAL | {"purpose": "protected"}, "legal-aid"),
        (PUBLISHER, LEGAL, "legal-help"),
        (PUBLISHER, ORDINARY | {"category": "legal_aid"}, "legal-help"),
        (PUBLISHER, ORDINARY | {"route": "legal_aid_centre"}, "legal-help"),
        (PUBLISHER, ORDINARY | {"route": "inspectorate"}, "tip"),
        (CENTRE, ORDINARY, "marriage"),
    ],
)
def test_every_other_signature_is_refused(sign, settings, form_id):
    assert refusal(package(sign, settings, form_id)) == "SP-604"


def test_a_revoked_agency_key_and_one_in_the_provinces_hand_are_refused():
    for key in (
        entry(CENTRE, "legal_aid", "legal-aid-centre", status="revoked"),
        entry(CENTRE, "legal_aid", "province"),
        entry(CENTRE, "legal_aid", "03316"),
    ):
        keyset = msgspec.structs.replace(KEYSET, keys=(KEYSET.keys[0], key))
        assert refusal(package(CENTRE, LEGAL), keyset) == "SP-604"


def test_a_form_with_another_purpose_does_not_take_the_place_of_the_agencys(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.install(package(CENTRE, LEGAL, version=2), KEYSET)
    with pytest.raises(SupportPointError, match="SP-604"):
        shelf.install(package(PUBLISHER, ORDINARY, version=3), KEYSET)
    assert shelf.open_form("legal-aid").manifest.settings == LEGAL


def test_one_that_came_before_the_keyset_bound_it_is_set_aside_at_the_start(tmp_path, caplog):
    shelf = Shelf(tmp_path)
    shelf.install(package(PUBLISHER, ORDINARY), msgspec.structs.replace(KEYSET, doors={}))
    assert shelf.verify_all(KEYSET) == (("legal-aid", 2, "SP-604"),)
    assert shelf.list_forms() == ()
