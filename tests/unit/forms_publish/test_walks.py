"""Invented answers get past the rules of a form."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish import inspect
from supportpoint.forms.publish.samples import make_sample
from supportpoint.forms.publish.walks import walk_form
from supportpoint.forms.xpath.patterns import full_match
from tests.unit.forms_publish.conftest import EN, VI


@pytest.mark.parametrize(
    "pattern",
    [
        "^[A-Z0-9]{3}-[A-Z0-9]{3}$",
        "0[35789][0-9]{8}",
        "([0-9]{9}|[0-9]{12})",
        "^[^0-9!-&(-,./:-@\\[-`{-~]{2,60}$",
        "(a|bc)+x?\\d*",
        "ngày [0-9]{1,2}",
        "\\p{L}+@[a-z.]{3,}",
    ],
)
def test_a_sample_fits_its_pattern(pattern):
    for seed in range(20):
        assert full_match(pattern, make_sample(pattern, random.Random(seed))), pattern


@pytest.mark.parametrize("pattern", ["(?=a)b", "["])
def test_what_cannot_be_invented_is_left_empty(pattern):
    assert make_sample(pattern, random.Random(1)) == ""


def test_a_walk_answers_codes_counts_and_hours(form):
    questions = [
        ("text", "code", "regex(., '^[A-Z]{2}-[0-9]{4}$')"),
        ("integer", "members", ". >= 50 and . <= 60"),
        ("dateTime", "began", ""),
        ("dateTime", "ended", ". >= ../began"),
        ("time", "hour", ". != ''"),
    ]
    form.survey[3:3] = [
        {
            "type": kind,
            "name": name,
            "constraint": rule,
            "required": "yes",
            f"label::{VI}": "?",
            f"label::{EN}": "?",
        }
        for kind, name, rule in questions
    ]
    definition = FormDefinition.load(inspect(form.write()).xform)
    for xml in walk_form(definition, seed=1, walks=10):
        session = FormSession.from_xml(definition, xml, clock=FixedClock(datetime(2027, 6, 1, tzinfo=UTC)))
        assert session.validate() == ()
