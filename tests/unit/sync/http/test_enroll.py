from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Keyset, sign_keyset
from supportpoint.sync.enroll import Applicant, enroll


@pytest.fixture
def applicant() -> Applicant:
    return Applicant(SignKey.make(), SealKey.make(), level="key_file")


def test_a_code_and_keys_become_an_identity(face, server, authority, applicant) -> None:
    identity = enroll(face.url + "/", " good-code ", applicant, authority[0])
    assert identity.device == "kiosk-9"
    assert identity.server_url == face.url
    assert identity.ca_pem == authority[0]
    assert identity.server_public == server.key.public
    assert identity.epoch == server.epoch
    assert server.devices["kiosk-9"] == applicant.sign.public


def test_a_wrong_code_says_so(face, authority, applicant) -> None:
    with pytest.raises(SupportPointError, match="SP-507"):
        enroll(face.url, "BAD-CODE", applicant, authority[0])


@pytest.mark.parametrize("fault", ["html", "302", "epoch", "noepoch", "flip", "json"])
def test_an_answer_that_is_not_the_servers_enrols_nobody(face, authority, applicant, fault) -> None:
    face.faults.append(fault)
    with pytest.raises(SupportPointError, match="SP-502"):
        enroll(face.url, "GOOD-CODE", applicant, authority[0])


def test_another_nonce_is_another_answer(face, authority, applicant) -> None:
    face.repeats_nonce = False
    with pytest.raises(SupportPointError, match="SP-502"):
        enroll(face.url, "GOOD-CODE", applicant, authority[0])


def test_a_keyset_that_the_root_did_not_sign_is_refused(face, authority, applicant) -> None:
    face.keyset = sign_keyset(Keyset(version=1, not_before="2026-01-01", keys=()), SignKey.make())
    with pytest.raises(SupportPointError, match="SP-406"):
        enroll(face.url, "GOOD-CODE", applicant, authority[0])


def test_another_authority_and_a_closed_door(face, make_authority, authority, applicant) -> None:
    with pytest.raises(SupportPointError, match="SP-503"):
        enroll(face.url, "GOOD-CODE", applicant, make_authority()[0])
    with pytest.raises(SupportPointError, match="SP-501"):
        enroll("https://127.0.0.1:1", "GOOD-CODE", applicant, authority[0])


def test_a_lost_answer_may_be_asked_for_again(face, authority, applicant) -> None:
    face.faults.append("reset")
    with pytest.raises(SupportPointError, match="SP-501"):
        enroll(face.url, "GOOD-CODE", applicant, authority[0])
    assert enroll(face.url, "GOOD-CODE", applicant, authority[0]).device == "kiosk-9"
