"""Drops: opened by their agency alone, alike in size, and no word of who sent them."""

from __future__ import annotations

import random
import secrets
from uuid import UUID

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import MAX_DROP_BYTES, Drop
from supportpoint.records import Attachment
from supportpoint.sealing.case import SealingContext
from supportpoint.sealing.drops import PART_BYTES, check_drop, open_drops, seal_drops
from supportpoint.sealing.envelope import read_header
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key
from supportpoint.sealing.receipt import make_receipt

INSPECTORATE, RECOVERY = SealKey(b"n" * 32), SealKey(b"m" * 32)
KEYS = {INSPECTORATE.kid: INSPECTORATE}
CASE = "0f9e7d8c-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
XML = "<data><what>Một chuyện ở Bản Nậm Pọng</what></data>".encode()
DAY = "2026-11-28"
VOICE = random.Random(3).randbytes(500_000)


def no_dictionary(_: str) -> bytes:
    return b""


def seal(*files: bytes, xml: bytes = XML, dictionary: bytes = b""):
    context = SealingContext(
        recipients=tuple(
            Key(kid=key.kid, use="seal", purpose="protected", unit="inspectorate", public=key.public)
            for key in (INSPECTORATE, RECOVERY)
        ),
        keyset_version=3,
        commune="03316",
        form_id="feedback-tip",
        form_version="7",
        category="protected",
        dictionary=dictionary,
    )
    return seal_drops(
        case_id=CASE,
        xml=xml,
        attachments=[Attachment(f"{n}.ogg", content, "audio/ogg") for n, content in enumerate(files)],
        receipt=make_receipt(),
        context=context,
        day=DAY,
    )


def test_a_written_tip_is_one_small_drop_that_its_agency_opens():
    sealed = seal()
    (drop,) = sealed.drops
    assert len(drop.envelope) < 1500
    (opened,) = open_drops(sealed.drops, KEYS, no_dictionary)
    assert (opened.feedback.case_id, opened.feedback.record.xml) == (CASE, XML)
    assert opened.feedback.record.case_number == sealed.case_number
    assert (opened.inner.form_id, opened.inner.commune) == ("feedback-tip", "03316")
    (again,) = open_drops(sealed.drops, {RECOVERY.kid: RECOVERY}, no_dictionary)
    assert again.feedback == opened.feedback


def test_the_dictionary_of_the_form_is_used_where_the_answer_is_one_drop():
    dictionary = XML * 40
    sealed = seal(dictionary=dictionary)
    (opened,) = open_drops(sealed.drops, KEYS, lambda _: dictionary)
    assert opened.feedback.record.xml == XML


def test_the_clear_part_tells_the_day_the_reader_and_a_random_id():
    for drop in seal(VOICE).drops:
        header = read_header(drop.envelope)
        assert UUID(drop.id).version == 4
        assert (header.case_id, header.day) == (drop.id, DAY)
        assert header.kids == (INSPECTORATE.kid, RECOVERY.kid)
        for told in (CASE, UUID(CASE).bytes, "feedback-tip", "03316", XML):
            assert (told if isinstance(told, bytes) else told.encode()) not in drop.envelope


@pytest.mark.parametrize("size", [20_000, 33_000, 150_000, 500_000])
def test_what_is_larger_than_a_few_pages_is_cut_into_parts_of_one_size(size):
    voice, photo = secrets.token_bytes(size), b"\0" * size  # one cannot be compressed, the other to nothing
    sizes = {len(drop.envelope) for content in (voice, photo * 40) for drop in seal(content).drops}
    assert len(sizes) == 1
    assert PART_BYTES < sizes.pop() <= MAX_DROP_BYTES


def test_short_answers_have_few_different_sizes():
    sizes = {len(seal(xml=XML + b"x" * n).drops[0].envelope) for n in range(0, 900, 90)}
    assert len(sizes) <= 2


def test_three_minutes_of_voice_cost_less_than_a_tenth_more():
    drops = seal(VOICE).drops
    assert len(drops) == 16
    assert sum(len(drop.envelope) for drop in drops) < 1.1 * len(VOICE)


def test_parts_come_together_in_any_order_twice_and_mixed_with_others():
    one, other = seal(VOICE, b"small"), seal(secrets.token_bytes(70_000))
    drops = [*one.drops, *other.drops, *one.drops]
    random.Random(5).shuffle(drops)
    opened = open_drops(drops, KEYS, no_dictionary)
    assert {found.feedback.contents[0] for found in opened} == {VOICE, other_content(other)}
    assert [len(found.drop_ids) for found in opened if found.feedback.contents[0] == VOICE] == [16]


def other_content(sealed):
    (found,) = open_drops(sealed.drops, KEYS, no_dictionary)
    return found.feedback.contents[0]


def test_what_lacks_a_part_waits_and_stops_nobody():
    one, other = seal(VOICE), seal()
    (opened,) = open_drops([*one.drops[1:], *other.drops], KEYS, no_dictionary)
    assert opened.feedback.record.case_number == other.case_number


def test_without_the_agencys_key_nothing_opens():
    province = SealKey.make()
    assert open_drops(seal(VOICE).drops, {province.kid: province}, no_dictionary) == ()


def test_an_altered_or_renamed_drop_is_no_drop():
    (drop,) = seal().drops
    for place in range(0, len(drop.envelope), 97):
        bent = bytearray(drop.envelope)
        bent[place] ^= 1
        assert open_drops([Drop(id=drop.id, envelope=bytes(bent))], KEYS, no_dictionary) == ()
    other = msgspec.structs.replace(drop, id=CASE)
    assert open_drops([other], KEYS, no_dictionary) == ()
    with pytest.raises(SupportPointError, match="SP-401"):
        check_drop(other)
    with pytest.raises(SupportPointError, match="SP-401"):
        check_drop(Drop(id=drop.id, envelope=drop.envelope + bytes(MAX_DROP_BYTES)))
