"""A poison item delays the others by one pass at most, and a sick server blames none."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import ItemState

COMPLETE, QUEUED, NEEDS_PERSON = ItemState.COMPLETE, ItemState.QUEUED, ItemState.NEEDS_PERSON


def seal_many(kiosk, count: int) -> list[str]:
    return [kiosk.seal().id for _ in range(count)]


@pytest.mark.parametrize("status", [400, 422, 500, 502])
@pytest.mark.parametrize("place", [0, 4, 9])
def test_the_others_arrive_in_the_same_pass(kiosk, server, status, place) -> None:
    ids = seal_many(kiosk, 10)
    kiosk.transport.poison, kiosk.transport.sick = {ids[place]}, status
    assert kiosk.sync().is_clean
    states = kiosk.states()
    assert states.pop(ids[place]) == QUEUED
    assert set(states.values()) == {COMPLETE}


def test_the_poisoned_item_is_tried_again_an_hour_later(kiosk, server) -> None:
    [item_id] = seal_many(kiosk, 1)
    kiosk.transport.poison = {item_id}
    kiosk.sync()
    kiosk.transport.poison = set()
    kiosk.clock.advance(3000)
    kiosk.sync()
    assert kiosk.states()[item_id] == QUEUED
    kiosk.clock.advance(700)
    kiosk.sync()
    assert kiosk.states()[item_id] == COMPLETE


def test_what_our_server_finds_too_large_goes_to_a_person(kiosk, server) -> None:
    ids = seal_many(kiosk, 5)
    kiosk.transport.poison, kiosk.transport.sick = {ids[2]}, 413
    kiosk.sync()
    states = kiosk.states()
    assert states.pop(ids[2]) == NEEDS_PERSON
    assert set(states.values()) == {COMPLETE}


def test_a_server_that_fails_on_nothing_blames_no_item(kiosk, server) -> None:
    seal_many(kiosk, 4)

    def always_fail(request):
        raise SupportPointError("SP-506", status=500)

    honest = kiosk.transport.sync
    kiosk.transport.sync = always_fail
    assert kiosk.sync().code == "SP-506"
    kiosk.transport.sync = honest
    kiosk.sync()
    assert set(kiosk.states().values()) == {COMPLETE}


def test_an_unsigned_page_never_takes_an_item_out_of_the_queue(kiosk, server) -> None:
    [item_id] = seal_many(kiosk, 1)
    honest = kiosk.transport.sync

    def portal(request):
        if request.items:
            raise SupportPointError("SP-502", status=413)
        return honest(request)

    kiosk.transport.sync = portal
    kiosk.sync()
    assert kiosk.states()[item_id] == QUEUED


def test_an_answer_that_forgets_items_does_not_feed_itself(kiosk, server) -> None:
    seal_many(kiosk, 3)
    honest = server.sync

    def forget(device, request):
        reply = honest(device, request)
        return type(reply)(epoch=reply.epoch, now=reply.now)

    server.sync = forget
    kiosk.sync()
    assert kiosk.transport.calls["sync"] <= 2
    server.sync = honest
    kiosk.clock.advance(61)
    kiosk.sync()
    assert set(kiosk.states().values()) == {COMPLETE}
    assert set(server.effects.values()) == {1}


def test_items_behind_those_without_an_answer_go_in_the_same_pass(kiosk, server) -> None:
    ids = seal_many(kiosk, 55)
    kiosk.transport.pace.batch_bytes = 50 * 700
    honest = server.sync

    def forget_the_first(device, request):
        reply = honest(device, request)
        if request.items and request.items[0].id == ids[0]:
            return type(reply)(epoch=reply.epoch, now=reply.now, have=reply.have)
        return reply

    server.sync = forget_the_first
    kiosk.sync()
    states = kiosk.states()
    assert [states[item_id] for item_id in ids] == [QUEUED] * 50 + [COMPLETE] * 5


def test_a_cloned_machine_goes_on_under_a_new_incarnation_in_the_same_pass(kiosk, server) -> None:
    first = kiosk.seal()
    kiosk.sync()
    item = server.items.pop(first.id)
    other = "0" * 8 + item.id[8:]
    server.items[other] = item
    server.counts[(item.device, item.incarnation, item.seq)] = other
    server.counts[(item.device, item.incarnation, item.seq + 1)] = other
    second = kiosk.seal()
    assert kiosk.sync().is_clean
    assert server.items[second.id].envelope == second.envelope
    assert server.items[second.id].incarnation != item.incarnation
    assert kiosk.states()[second.id] == COMPLETE
