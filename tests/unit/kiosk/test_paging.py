"""Paging: pages of a list, and its two ends."""

from supportpoint.kiosk.pages.paging import Paging

SEVEN = "abcdefg"


def test_pages_cover_the_list_once():
    paging = Paging(3)
    seen = []
    for _ in range(paging.count(SEVEN)):
        seen += paging.shown(SEVEN)
        paging.turn(1, SEVEN)
    assert seen == list(SEVEN)


def test_both_ends_hold():
    paging = Paging(3)
    paging.turn(-1, SEVEN)
    assert paging.index == 0
    paging.turn(9, SEVEN)
    assert (paging.index, paging.shown(SEVEN)) == (2, "g")


def test_an_empty_list_is_one_page():
    assert Paging(3).count("") == 1


def test_the_page_of_an_item():
    paging = Paging(3)
    paging.show(5)
    assert paging.shown(SEVEN) == "def"
