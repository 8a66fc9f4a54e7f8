"""regex(): anchored, and never a way to stop the kiosk."""

import time

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms.xpath.patterns import full_match


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("[0-9]{12}", "012345678901", True),
        ("[0-9]{12}", "0123456789012", False),
        ("a|b", "b", True),
        (r"\d{3}-\d{2}", "123-45", True),
        ("(ab)+", "ababab", True),
        (r"([A-Z][a-z]+\s?)+", "Lo Van An", True),
        (r"([A-Z][a-z]+\s?)+", "lo", False),
        (r"(\p{L}+\s?)+", "Lò Văn", True),
    ],
)
def test_whole_text(pattern, text, expected):
    assert full_match(pattern, text) is expected


def test_a_pattern_that_backtracks_forever_is_answered_at_once():
    began = time.process_time()
    assert not full_match("(a+)+b", "a" * 200)
    assert not full_match(r"(\w+\s?)*!", "x" * 300)
    assert time.process_time() - began < 1


def test_a_broken_pattern_has_its_code():
    with pytest.raises(SupportPointError) as caught:
        full_match("(", "a")
    assert caught.value.code == "SP-303"


def test_a_text_too_long_matches_nothing():
    assert not full_match(".*", "a" * 5_000)
