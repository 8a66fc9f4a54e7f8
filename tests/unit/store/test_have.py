"""Received ranges, whole and cut."""

from __future__ import annotations

from supportpoint.protocol import MAX_HAVE_RANGES, Range
from supportpoint.store.have import Have


def test_whole_list_speaks_of_everything():
    have = Have([Range(incarnation="aa", first=1, last=3), Range(incarnation="aa", first=5, last=5)])
    assert [seq for seq in range(1, 8) if have.holds("aa", seq)] == [1, 2, 3, 5]
    assert not have.holds("bb", 1)
    assert have.speaks_of("aa", 4)
    assert have.speaks_of("zz", 1)
    assert have.highest("aa") == 5
    assert have.highest("bb") == 0


def test_cut_list_speaks_up_to_where_it_says():
    cut = [Range(incarnation="bb", first=2 * n, last=2 * n) for n in range(1, MAX_HAVE_RANGES + 1)]
    have = Have(cut, have_through=128)
    assert have.speaks_of("aa", 10_000)
    assert have.speaks_of("bb", 127)
    assert not have.speaks_of("bb", 129)
    assert not have.speaks_of("cc", 1)


def test_short_list_is_whole_whatever_its_end():
    assert Have([Range(incarnation="bb", first=1, last=5)], have_through=5).speaks_of("bb", 6)


def test_doubted_range_is_not_held_but_still_counts_as_given_out():
    one, two = Range(incarnation="aa", first=1, last=3), Range(incarnation="aa", first=5, last=6)
    have = Have([one, two], doubted=[one])
    assert not have.holds("aa", 2)
    assert have.holds("aa", 5)
    assert have.highest("aa") == 6
