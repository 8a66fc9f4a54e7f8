"""Certified copies: the fee follows the list beside the form, and a bad original is told, not refused."""

from __future__ import annotations

import csv

import pytest

from supportpoint.config import shipped_dir
from tests.form_filling import asked, fill, open_session

COPIES, ORIGINAL = "/data/copies", "/data/original"


@pytest.fixture
def session():
    return open_session("certified-copy")


def order(session, *papers):
    fill(session, {f"{COPIES}/how_many": len(papers)})
    for at, (pages, copies) in enumerate(papers, start=1):
        item = f"{COPIES}/items[{at}]"
        fill(session, {f"{item}/document": "land", f"{item}/pages": pages, f"{item}/count": copies})


@pytest.mark.parametrize(
    ("papers", "fee"),
    [
        ([(1, 1)], 2000),
        ([(2, 1)], 4000),
        ([(3, 1)], 5000),
        ([(3, 4)], 20_000),
        ([(198, 1)], 200_000),
        ([(199, 2)], 400_000),
        ([(1, 1), (5, 2)], 16_000),
    ],
)
def test_the_fee_is_counted_from_pages_and_copies(session, papers, fee):
    order(session, *papers)
    assert int(session.value(f"{COPIES}/fee_est")) == fee
    assert f"{fee // 1000} nghìn" in asked(session)[f"{COPIES}/fee_note"]


def test_the_fees_are_content_beside_the_form():
    path = shipped_dir("assets") / "forms" / "certified-copy" / "copy-fees.csv"
    with path.open(encoding="utf-8", newline="") as file:
        fees = {row["what"]: int(row["dong"]) for row in csv.DictReader(file)}
    assert fees == {"page_first": 2000, "page_next": 1000, "first_pages": 2, "copy_most": 200_000}


@pytest.mark.parametrize(
    ("whole", "notes"), [("yes", set()), ("no", {"fault_note"}), ("unknown", {"unknown_note"})]
)
def test_the_look_at_the_original_warns_and_lets_go_on(session, whole, notes):
    fill(session, {f"{ORIGINAL}/whole": whole})
    said = {ref.rpartition("/")[2] for ref in asked(session) if ref.startswith(ORIGINAL)}
    assert said & {"fault_note", "unknown_note"} == notes
    assert not [problem for problem in session.validate() if problem.ref.startswith(ORIGINAL)]


def test_a_foreign_paper_is_sent_to_be_legalised_first(session):
    fill(session, {f"{ORIGINAL}/whole": "no", f"{ORIGINAL}/faults": ("foreign", "torn")})
    assert f"{ORIGINAL}/foreign_note" in asked(session)
