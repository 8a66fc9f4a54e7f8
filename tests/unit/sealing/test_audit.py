"""The chain finds every row that was deleted, edited, moved or put in, and says where."""

from __future__ import annotations

import random

import msgspec
import pytest

from supportpoint.protocol import decode, encode
from supportpoint.sealing.audit import START, AuditRow, find_fault, make_row, row_hash

MARK = "2026-11-28T03:00:00+00:00"


def make_chain(*lengths):
    """Rows of incarnations of these lengths, each with its hash."""
    rows, before = [], START
    for incarnation, length in enumerate(lengths):
        for number in range(1, length + 1):
            content = make_row(
                incarnation=f"i{incarnation}",
                number=number,
                at=MARK,
                what="unlocked",
                previous=before,
                facts={"staff": f"s{number}"},
            )
            before = row_hash(content)
            rows.append((content, before))
    return rows


@pytest.fixture
def chain():
    return make_chain(4, 3, 5)


def check(rows, chain):
    return find_fault(rows, len(chain), chain[-1][1])


def test_a_whole_chain_holds(chain):
    assert check(chain, chain) is None
    assert find_fault([], 0, START) is None


def test_every_deleted_row_is_found_at_its_place(chain):
    for place in range(len(chain)):
        fault = check(chain[:place] + chain[place + 1 :], chain)
        assert fault.position == place + 1, fault
        assert fault.reason in {"missing", "cut", "broken"}


def test_every_edited_row_is_found_even_with_its_hash_made_new(chain):
    for place, (content, kept) in enumerate(chain):
        edited = encode(msgspec.structs.replace(decode(content, AuditRow), what="exported"))
        fault = check([*chain[:place], (edited, kept), *chain[place + 1 :]], chain)
        assert (fault.position, fault.reason) == (place + 1, "altered")
        fault = check([*chain[:place], (edited, row_hash(edited)), *chain[place + 1 :]], chain)
        assert fault.position == place + 2  # the next row, or the head, names another


def test_rows_in_another_order_twice_or_unreadable_are_found(chain):
    chance = random.Random(7)
    for _ in range(50):
        other = chain[:]
        first, second = sorted(chance.sample(range(len(chain)), 2))
        other[first], other[second] = other[second], other[first]
        assert check(other, chain).position == first + 1
    assert check([chain[0], *chain], chain).position == 2
    assert check([chain[0], (b"\xc1", chain[1][1]), *chain[2:]], chain).reason == "unreadable"


def test_a_place_that_was_left_out_before_the_chain_was_tied_again_is_found():
    rows, before = [], START
    for number in (1, 2, 4):
        content = make_row(
            incarnation="i", number=number, at=MARK, what="unlocked", previous=before, facts={}
        )
        before = row_hash(content)
        rows.append((content, before))
    fault = find_fault(rows, 3, before)
    assert (fault.position, fault.reason, fault.number) == (3, "missing", 4)


@pytest.mark.parametrize(
    "fact",
    ["Vàng Thị Mẫu", "Vang Thi Mau", "011199000123", "0912345678", "0912.345.678", "a" * 65, "x\ny", "a/b"],
)
def test_what_might_be_a_person_is_refused(fact):
    with pytest.raises(ValueError, match="codes, counts and ids"):
        make_row(incarnation="i", number=1, at=MARK, what="exported", previous=START, facts={"what": fact})


@pytest.mark.parametrize("fact", ["0193aaaa-0000-7000-8000-000000000000", "17", "SP-504", "a1b2c3d4e5f60718"])
def test_ids_codes_and_counts_are_taken(fact):
    make_row(incarnation="i", number=1, at=MARK, what="exported", previous=START, facts={"what": fact})
