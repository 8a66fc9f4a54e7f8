"""Who this machine is, and what happens to what waits when that changes."""

from __future__ import annotations

import dataclasses

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.sealing.item import verify_item
from supportpoint.store.access import DirectAccess
from supportpoint.store.store import Store


def test_machine_is_nobody_before_enrolment(tmp_path, clock, keys):
    with Store.open(tmp_path / "new", clock, keys) as store:
        assert store.find_identity() is None
        with pytest.raises(SupportPointError, match="SP-102"):
            store.get_identity()


def test_identity_comes_back_through_the_access(store, province):
    identity = dataclasses.replace(store.get_identity(), point_name="Điểm khác")
    access = DirectAccess(store)
    access(lambda opened: opened.save_identity(identity))
    assert access(Store.get_identity) == identity


def test_same_device_enrolled_again_keeps_its_numbers_and_cursor(store, province, make_case):
    item = store.queue_case(make_case())
    store.apply_reply(province.reply(cursor=9))
    store.save_identity(dataclasses.replace(store.get_identity(), server_url="https://new.example"))
    assert store.take_batch() == (item,)
    assert store.get_cursor() == 9


def test_another_device_sends_what_waits_under_its_own_name(store, keys, province, make_case):
    done = store.queue_case(make_case())
    store.apply_reply(province.reply([done], cursor=9))
    waiting = store.queue_case(make_case())
    store.save_identity(province.identity(device="kiosk-2"))
    (item,) = store.take_batch()
    verify_item(item, keys.sign.public)
    assert (item.id, item.envelope, item.device) == (waiting.id, waiting.envelope, "kiosk-2")
    assert store.get_cursor() == 0


def test_what_the_old_device_completed_is_in_doubt_only_after_a_restore(store, province, make_case):
    done = store.queue_case(make_case())
    store.apply_reply(province.reply([done]))
    store.save_identity(province.identity(device="kiosk-2"))
    assert store.apply_reply(province.reply(device="kiosk-2")).requeued == 0
    assert store.apply_reply(province.reply(device="kiosk-2", epoch="0193cccc-epoch-3")).requeued == 1
    assert store.take_batch()[0].device == "kiosk-2"


def test_enrolled_anew_after_a_restore_everything_complete_is_offered_again(store, province, make_case):
    done = store.queue_case(make_case())
    store.apply_reply(province.reply([done]))
    store.save_identity(province.identity(device="kiosk-2", epoch="0193cccc-epoch-3"))
    assert store.apply_reply(province.reply(device="kiosk-2", epoch="0193cccc-epoch-3")).requeued == 1
