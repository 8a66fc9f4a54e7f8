"""New keys and a new root reach every kiosk by sync, and what was sealed to the old ones still opens."""

from __future__ import annotations

import pytest

from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import read_keyset
from tests.integration import test_server_readers as readers
from tests.integration.test_server_readers import count_cases, settle
from tests.integration.test_sync_road import Kiosk

office, send = readers.office, readers.send


@pytest.fixture
def kiosk(tmp_path, office):
    kiosk = Kiosk(tmp_path / "kiosk", office)
    yield kiosk
    kiosk.store.close()


def held(kiosk):
    identity = kiosk.store.get_identity()
    return read_keyset(identity.keyset, identity.root_public)


def active(keyset, purpose="ordinary", unit="province"):
    return [key.kid.hex() for key in keyset.recipients(purpose, "03316") if key.unit == unit]


def test_a_new_key_is_taken_up_and_the_old_one_still_opens(office, send, kiosk):
    before = held(kiosk)
    made = office.command("renew_key", "ordinary", "province")
    assert made["version"] == before.version + 1
    late = send("small-request")  # by a kiosk that has not heard of it
    assert settle(office, late) == "opened"
    assert kiosk.sync().is_clean
    assert held(kiosk).version == made["version"]
    assert active(held(kiosk)) == [made["kid"]] != active(before)
    fresh = send("small-request", keys=held(kiosk).recipients("ordinary", "03316"))
    assert settle(office, fresh) == "opened"
    assert count_cases(office, late) + count_cases(office, fresh) == 2


def test_a_new_key_of_a_commune_signs_and_the_old_signature_stays(office, kiosk):
    old = [key for key in held(kiosk).keys if (key.purpose, key.unit) == ("act", "03316")]
    made = office.command("renew_key", "act", "03316")
    assert kiosk.sync().is_clean
    assert held(kiosk).signer(bytes.fromhex(made["kid"]), "act").unit == "03316"
    assert held(kiosk).signer(old[-1].kid, "act").status == "retired"


def test_a_forms_name_is_given_to_its_agency(office, kiosk):
    assert held(kiosk).doors["legal-aid"] == "legal_aid"
    office.command("bind_form", "secret-word", "protected")
    assert kiosk.sync().is_clean
    assert held(kiosk).doors["secret-word"] == "protected"
    office.command("bind_form", "secret-word", "ordinary")
    assert kiosk.sync().is_clean
    assert "secret-word" not in held(kiosk).doors


def test_what_an_agency_made_for_itself_joins_the_old_keys(office, kiosk, tmp_path):
    pair = SealKey.make()
    public = tmp_path / "public"
    public.write_bytes(pair.public)
    office.command("add_key", "seal", "legal_aid", "legal-aid-centre", str(public))
    assert kiosk.sync().is_clean
    assert pair.kid in {key.kid for key in held(kiosk).recipients("legal_aid", "03316")}
    office.command("retire_key", pair.kid.hex())
    assert kiosk.sync().is_clean
    assert pair.kid not in {key.kid for key in held(kiosk).recipients("legal_aid", "03316")}
    with pytest.raises(AssertionError, match="SP-803"):
        office.command("add_key", "seal", "legal_aid", "province", str(public))


def test_the_last_key_of_a_reader_is_not_taken_away(office):
    shown = office.command("show_keys")
    [last] = [
        key["kid"]
        for key in shown["keys"]
        if (key["use"], key["unit"], key["status"]) == ("seal", "province", "active")
    ]
    with pytest.raises(AssertionError, match="SP-404"):
        office.command("revoke_key", last)
    assert office.command("show_keys") == shown


def test_the_root_changes_hands_and_nobody_is_left_behind(office, kiosk, tmp_path):
    sleeper = Kiosk(tmp_path / "sleeper", office)
    first = kiosk.store.get_identity().root_public
    new_root = str(tmp_path / "new-root.key")
    public = office.command("make_root", new_root)["public"]
    with pytest.raises(AssertionError, match="SP-406"):
        office.command("take_root", new_root)
    office.command("name_root", new_root)
    assert kiosk.sync().is_clean
    assert (kiosk.store.get_identity().root_public, held(kiosk).successor.hex()) == (first, public)
    taken = office.command("take_root", new_root)
    assert taken["successor"] == ""
    for one in (kiosk, sleeper):  # the sleeper passes over both at once
        assert one.sync().is_clean
        assert one.store.get_identity().root_public.hex() == public
        assert held(one).version == taken["version"]
    sleeper.store.close()
    with pytest.raises(AssertionError, match="SP-406"):  # the old root is nobody now
        office.command("renew_key", "publish", "province")
    office.command("renew_key", "publish", "province", new_root)
    fresh = Kiosk(tmp_path / "fresh", office)
    assert fresh.store.get_identity().root_public.hex() == public
    fresh.store.close()


def test_a_keyset_that_was_never_announced_is_at_the_next_start(office, kiosk, tmp_path):
    """Killed between the file and the feed, or put back from a copy of the database."""
    office.rows("DELETE FROM registry_change WHERE stream = 'keyset'")
    assert kiosk.sync().is_clean
    office.stop()
    office.start()
    assert office.rows("SELECT rev FROM registry_change WHERE stream = 'keyset'") == [
        (office.command("show_keys")["version"],)
    ]
