"""A form spoilt by chance is refused with words or runs to the end of a walk; nothing else comes out."""

from __future__ import annotations

import random

import pytest

from supportpoint.forms import FormDefinition
from supportpoint.forms.publish import inspect
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.vocabulary import SETTINGS, SURVEY_COLUMNS
from supportpoint.forms.publish.walks import walk_form
from tests.unit.forms_publish.conftest import EN, VI

WORDS = (
    *(
        "",
        "x",
        "1",
        "-1",
        "1e9",
        "yes",
        "true()",
        "who",
        "data",
        "meta",
        "a b",
        "ạ" * 50,
        "\x00",
        "\u202e",
        "😀",
        "a\nb",
    ),
    *(
        "${sex}",
        "${",
        "}",
        "${full_name}",
        "${nope}",
        "1 +",
        "../sex",
        "/data/who",
        "count(",
        "(",
        "[",
        "'",
        '"',
        ",",
    ),
    *(
        "instance('sex')/root/item",
        "position(..)",
        "regex(., '(')",
        "regex(., .)",
        "pulldata('a', 'b', 'c', 'd')",
    ),
    *(
        "jr:choice-name(${sex}, '${sex}')",
        "indexed-repeat(${full_name}, ${who}, 1)",
        "current()/.",
        "once(.)",
    ),
    *(
        "select_one",
        "select_one sex",
        "select_one ${who}",
        "select_multiple sex",
        "select_one_from_file communes.csv",
    ),
    *(
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "begin group",
        "text",
        "integer",
        "note",
        "range",
    ),
    *(
        "calculate",
        "csv-external",
        "hidden",
        "image",
        "barcode",
        "sp:block person",
        "sp:block",
        "who=a; field=c",
    ),
    *(
        "start=1 end=2",
        "value=code label=name",
        "a=b=c",
        ",,",
        "sp:money",
        "field-list",
        "today()",
        "2026-01-01",
    ),
    *("<b>&amp;", "&", "<", "]]>", "{who}", "{0}", "%s", "{"),
)
HEADERS = (
    *sorted(SURVEY_COLUMNS),
    *(f"label::{VI}", f"label::{EN}", f"hint::{VI}", f"media::audio::{VI}", f"constraint_message::{EN}"),
    *("label", "label::", "label::(vi)", "::", "a::b::c", "bind::x", "foo", "disabled"),
)


def spoil(form, rng):
    for _ in range(rng.randint(1, 8)):
        word, header = rng.choice(WORDS), rng.choice(HEADERS)
        what = rng.random()
        if what < 0.6:
            rng.choice(form.survey)[header] = word
        elif what < 0.75:
            row = {"type": rng.choice(WORDS), "name": rng.choice(WORDS), header: word}
            form.survey.insert(rng.randrange(len(form.survey) + 1), row)
        elif what < 0.85:
            rng.choice(form.choices)[rng.choice(("name", "list_name", "x y", f"label::{VI}"))] = word
        elif what < 0.95:
            form.settings[rng.choice((*sorted(SETTINGS), "x", "fee_en", "title"))] = word
        elif len(form.survey) > 1:
            form.survey.pop(rng.randrange(len(form.survey)))


@pytest.mark.parametrize("seed", range(8))
def test_a_form_spoilt_by_chance_is_refused_or_runs(form, seed):
    survey, choices, settings = form.survey, form.choices, form.settings
    for number in range(25):
        form.survey, form.choices = [dict(row) for row in survey], [dict(row) for row in choices]
        form.settings = dict(settings)
        spoil(form, random.Random(f"{seed}:{number}"))
        report = inspect(form.write())
        assert all(fault.message_vi and fault.message_en for fault in report.faults)
        if not report.faults:
            definition = FormDefinition.load(report.xform, files=read_lists(report.workbook))
            assert list(walk_form(definition, seed=seed, walks=1))
