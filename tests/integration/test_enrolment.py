"""Who becomes a device and as what, how people see that it is the right one, and what a revoked one keeps."""

from __future__ import annotations

import secrets

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Problem, SyncRequest, decode
from supportpoint.sealing.fingerprint import make_fingerprint
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store.keys import load_or_make_keys, renew_keys
from supportpoint.sync.enroll import Applicant, enroll
from tests.integration.test_sync_road import Kiosk


def applicant(role="kiosk", tag=""):
    return Applicant(SignKey.make(), SealKey.make(), "key_file", role, tag)


def refused(server, code, asked):
    with pytest.raises(SupportPointError) as caught:
        enroll(server.url, code, asked, "")
    return caught.value.code


@pytest.mark.parametrize("role", ["kiosk", "desk"])
def test_a_code_makes_a_device_of_its_own_role_alone(server, role):
    code = server.command("code", "03316", "", role)["code"]
    for other in {"kiosk", "desk", "reader"} - {role}:
        assert refused(server, code, applicant(other)) == "SP-507"
    made = enroll(server.url, code, applicant(role), "")
    assert (made.role, made.commune_code) == (role, "03316")
    [row] = server.command("list_devices", made.device)
    assert (row["role"], row["key_level"], row["compared"]) == (role, "key_file", False)


def test_a_reader_belongs_to_an_agency_of_the_keyset(server):
    code = server.command("code", "11", "", "reader", "", "legal-aid-centre")["code"]
    assert refused(server, code, applicant("kiosk")) == "SP-507"
    made = enroll(server.url, code, applicant("reader"), "")
    [row] = server.command("list_devices", made.device)
    assert (row["role"], row["unit"], row["agency"]) == ("reader", "11", "legal-aid-centre")
    for words in (
        ("11", "", "reader"),
        ("11", "", "reader", "", "nobody"),
        ("03316", "", "reader", "", "inspectorate"),
        ("03316", "", "kiosk", "", "inspectorate"),
        ("11", "", "kiosk"),
        ("03316", "", "boss"),
    ):
        with pytest.raises(AssertionError, match="SP-803"):
            server.command("code", *words)


def test_a_code_for_one_machine_takes_no_other(server):
    code = server.command("code", "03316", "", "kiosk", "DB-0042")["code"]
    assert refused(server, code, applicant(tag="DB-0043")) == "SP-507"
    assert refused(server, code, applicant()) == "SP-507"
    made = enroll(server.url, code, applicant(tag="DB-0042"), "")
    assert server.command("list_devices", made.device)[0]["asset_tag"] == "DB-0042"


def test_an_old_code_is_refused(server):
    code = server.command("code", "03316")["code"]
    server.rows("UPDATE registry_enrolmentcode SET expires_at = '2020-01-01 00:00:00+00'")
    assert refused(server, code, applicant()) == "SP-507"


def test_the_words_of_both_sides_are_compared_and_another_key_shows(server):
    asked = applicant()
    made = enroll(server.url, server.command("code", "03316")["code"], asked, "")
    keys = (asked.sign.public, asked.seal.public, made.server_public, made.root_public)
    words = make_fingerprint(*keys)
    assert server.command("list_devices", made.device)[0]["fingerprint"] == words
    between = make_fingerprint(asked.sign.public, asked.seal.public, secrets.token_bytes(32), keys[3])
    with pytest.raises(AssertionError, match="SP-812"):
        server.command("confirm", made.device, between)
    assert not server.command("list_devices", made.device)[0]["compared"]
    server.command("confirm", made.device, words.upper())
    assert server.command("list_devices", made.device)[0]["compared"]


def test_a_revoked_kiosk_collects_is_enrolled_again_and_loses_nothing(tmp_path, server, make_kiosk):
    kiosk = Kiosk(tmp_path / "kiosk", server)
    before, old = kiosk.seal(40_000), kiosk.store.get_identity()
    server.command("revoke", old.device)
    assert kiosk.sync().code == "SP-504"
    after = kiosk.seal()
    assert kiosk.store.counts().queued == 2

    relay = make_kiosk()  # what comes by somebody else's hand meanwhile is kept whole, and held
    items = kiosk.store.take_batch()
    assert [(one.status, one.code) for one in relay.sync(*items).results] == [("held", "SP-504")] * 2
    wires = server.rows("SELECT wire FROM registry_arrival WHERE device = ?", old.device)
    assert [decode(bytes(wire), type(items[0])).envelope for (wire,) in wires] == [
        item.envelope for item in items
    ]

    code = server.command("code", "03316")["code"]
    same = Applicant(kiosk.keys.sign, kiosk.keys.seal)
    assert refused(server, code, same) == "SP-504"  # a revoked key never comes back, with a good code neither
    kiosk.store.close()
    kiosk.keys = renew_keys(kiosk.folder)
    assert load_or_make_keys(kiosk.folder, use_keyring=False).sign.public == kiosk.keys.sign.public
    kiosk.open()
    new = enroll(server.url, code, Applicant(kiosk.keys.sign, kiosk.keys.seal), "")
    kiosk.store.save_identity(new)
    assert new.device != old.device
    for _ in range(2):
        assert kiosk.sync().is_clean
    assert (kiosk.store.counts().complete, kiosk.store.counts().waiting) == (2, 0)
    kiosk.store.close()
    for sealed in (before, after):
        rows = server.rows("SELECT envelope, status, device FROM registry_item WHERE id = ?", sealed.id)
        assert [(bytes(row[0]), *row[1:]) for row in rows] == [(sealed.envelope, "complete", new.device)]


def test_the_old_key_stays_refused_after_that(server, make_kiosk):
    kiosk = make_kiosk()
    server.command("revoke", kiosk.device)
    kiosk.enroll()
    answer = kiosk.ask("POST", "/api/v1/sync", SyncRequest(epoch="", cursor=0))
    assert (answer.status_code, decode(answer.content, Problem).code) == (401, "SP-504")
