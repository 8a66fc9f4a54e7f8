"""Boxes, keysets and bundles that the server sends to every kiosk."""

from __future__ import annotations

import secrets

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BoxBody, CaseNews, Change, decode, encode
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import sign_keyset
from supportpoint.sealing.mailbox import make_box, open_box
from supportpoint.sealing.receipt import receipt_hash
from supportpoint.store.identity import get_keyset

EPOCH = "0193aaaa-epoch-1"
NEW_EPOCH = "0193bbbb-epoch-2"
SECRET = secrets.token_bytes(16)
HASH = receipt_hash(SECRET)


def box(signer, state="working", epoch=EPOCH, rev=1):
    news = CaseNews(case_number="DB7-4K2-9X8", state=state, at="2026-11-23", unit="Xã Mẫu")
    body = make_box(news, secret=SECRET, signer=signer, epoch=epoch, rev=rev)
    return Change(stream="box", id="case-1", rev=rev, body=encode(body))


def state_of(store):
    body = store.find_box(HASH)
    return None if body is None else open_box(body, SECRET, get_keyset(store.get_identity())).news.state


def apply(store, province, *changes, **fields):
    return store.apply_reply(province.reply(changes=changes, **fields))


def test_box_is_found_by_the_hash_of_its_receipt(store, province):
    applied = apply(store, province, box(province.office), cursor=3)
    assert (applied.changes, applied.ignored, store.get_cursor()) == (1, 0, 3)
    assert state_of(store) == "working"
    assert store.find_box(b"x" * 32) is None


def test_lower_or_equal_rev_is_ignored(store, province):
    apply(store, province, box(province.office, "accepted", rev=3))
    assert apply(store, province, box(province.office, "need", rev=2)).ignored == 1
    assert apply(store, province, box(province.office, "need", rev=3)).ignored == 1
    assert state_of(store) == "accepted"


def test_box_of_the_servers_present_epoch_beats_any_older_one(store, province):
    apply(store, province, box(province.office, "working", rev=9))
    apply(store, province, epoch=NEW_EPOCH)
    assert state_of(store) == "working"
    apply(store, province, box(province.office, "accepted", NEW_EPOCH, rev=1), epoch=NEW_EPOCH)
    assert state_of(store) == "accepted"
    assert apply(store, province, box(province.office, "need", rev=10), epoch=NEW_EPOCH).ignored == 1


def test_boxes_of_past_epochs_are_ordered_as_the_epochs_were_met(store, province):
    apply(store, province, epoch="0-met-second")
    apply(store, province, epoch="0-now")
    for epoch, state in (
        (EPOCH, "received"),
        ("0-met-second", "working"),
        ("0-missed", "need"),
    ):
        assert apply(store, province, box(province.office, state, epoch), epoch="0-now").changes == 1
    for epoch in (EPOCH, "0-met-second", "0-also-missed"):
        assert (
            apply(store, province, box(province.office, "refused", epoch, rev=9), epoch="0-now").ignored == 1
        )
    assert state_of(store) == "need"


@pytest.mark.parametrize("what", ["unreadable", "flipped", "stranger"])
def test_box_that_is_not_the_agencys_is_ignored(store, province, what):
    good = box(province.office)
    flipped = decode(good.body, BoxBody)
    flipped = encode(msgspec.structs.replace(flipped, box=flipped.box[:-1] + bytes([flipped.box[-1] ^ 1])))
    said = {
        "unreadable": msgspec.structs.replace(good, body=b"\xc1"),
        "flipped": msgspec.structs.replace(good, body=flipped),
        "stranger": box(SignKey.make()),
    }
    assert apply(store, province, said[what]).ignored == 1
    assert store.find_box(HASH) is None


def test_box_of_a_signer_not_known_yet_appears_with_the_keyset(store, province):
    new_office = SignKey.make()
    apply(store, province, box(new_office))
    assert state_of(store) is None
    keyset = Change(stream="keyset", id="1", rev=2, body=province.keyset(2, new_office))
    apply(store, province, keyset)
    assert state_of(store) == "working"


def test_keyset_beside_its_first_box_is_taken_first(store, province):
    new_office = SignKey.make()
    keyset = Change(stream="keyset", id="1", rev=2, body=province.keyset(2, new_office))
    assert apply(store, province, box(new_office), keyset).changes == 2
    assert state_of(store) == "working"


def test_keyset_of_another_root_or_an_older_one_is_ignored(store, province):
    store.save_keyset(province.keyset(5))
    older = Change(stream="keyset", id="1", rev=9, body=province.keyset(5))
    foreign = Change(stream="keyset", id="1", rev=9, body=type(province)().keyset(6))
    assert apply(store, province, older, foreign).ignored == 2
    with pytest.raises(SupportPointError, match="SP-406"):
        store.save_keyset(older.body)
    assert get_keyset(store.get_identity()).version == 5


def test_tombstone_takes_one_box_away(store, province):
    apply(store, province, box(province.office))
    apply(store, province, Change(stream="box", id="case-2", rev=2, tombstone=True))
    assert state_of(store) == "working"
    apply(store, province, Change(stream="box", id="case-1", rev=2, tombstone=True))
    assert state_of(store) is None


def test_bundle_is_pending_until_installed(store, province):
    first = Change(stream="bundle", id="birth", rev=4, body=b"ref 1")
    other = Change(stream="bundle", id="land", rev=2, body=b"ref 2")
    apply(store, province, first, other)
    assert store.pending_bundles() == (other, first)
    store.note_bundle_installed("birth", 4)
    assert store.pending_bundles() == (other,)
    newer = Change(stream="bundle", id="birth", rev=6, body=b"ref 3")
    apply(store, province, newer, first)
    store.note_bundle_installed("birth", 4)
    assert store.pending_bundles() == (other, newer)


def test_installed_bundle_is_not_fetched_again_after_a_restore(store, province):
    bundle = Change(stream="bundle", id="birth", rev=4, body=b"ref 1")
    apply(store, province, bundle)
    store.note_bundle_installed("birth", 4)
    replayed = msgspec.structs.replace(bundle, rev=1)
    apply(store, province, replayed, epoch=NEW_EPOCH)
    assert store.pending_bundles() == ()


def test_unknown_stream_is_kept_for_a_later_version(store, province):
    assert apply(store, province, Change(stream="weather", id="w", rev=1, body=b"?")).changes == 1
    assert store.pending_bundles() == ()


def test_a_root_named_on_the_way_is_believed_whatever_the_order_of_the_rows(store, province):
    new = type(province)()

    def signed(version, root, successor=b""):
        keyset = msgspec.structs.replace(get_keyset(store.get_identity()), version=version)
        return sign_keyset(msgspec.structs.replace(keyset, successor=successor), root)

    named, taken = signed(2, province.root, new.root.public), signed(3, new.root)
    rows = [
        Change(stream="keyset", id="keyset", rev=3, body=taken),
        Change(stream="keyset", id="keyset:x", rev=2, body=named),
    ]
    assert apply(store, province, *rows).changes == 2
    identity = store.get_identity()
    assert (identity.root_public, get_keyset(identity).version) == (new.root.public, 3)
    old_root_again = Change(stream="keyset", id="keyset", rev=4, body=signed(4, province.root))
    assert apply(store, province, old_root_again).changes == 0
