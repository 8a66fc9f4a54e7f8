"""The dictionary of a form is made from invented people, is the same each time, and earns its keep."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import zstandard

from supportpoint.clock import FixedClock
from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish import build
from supportpoint.forms.publish.dictionary import train_dictionary
from supportpoint.forms.publish.walks import walk_form
from tests.unit.forms_publish.conftest import EN, VI

FORM = shipped_dir("assets") / "forms" / "birth-registration"
AFTER = datetime(2027, 6, 1, tzinfo=UTC)  # later than any invented walk


@pytest.fixture(scope="module")
def built():
    return build(FORM)


@pytest.fixture(scope="module")
def definition(built):
    return FormDefinition.load(built.files["form.xml"], files=built.files)


def test_a_built_form_holds_what_a_kiosk_needs(built):
    assert built.form_id == "birth-registration"
    assert built.version == 2026112801
    assert built.title == {"vi": "Khai sinh", "en": "Birth registration"}
    assert built.settings["purpose"] == "ordinary"
    assert set(built.files) == {
        "form.xml",
        "dictionary.zstd",
        "communes.csv",
        "ethnic.csv",
        "numbers.csv",
        "provinces.csv",
    }


def test_the_same_seed_gives_the_same_walks_and_the_same_dictionary(definition, built):
    lists = {name: content for name, content in built.files.items() if name.endswith(".csv")}
    xform = built.files["form.xml"]
    assert list(walk_form(definition, seed=3, walks=4)) == list(walk_form(definition, seed=3, walks=4))
    assert list(walk_form(definition, seed=3, walks=1)) != list(walk_form(definition, seed=4, walks=1))
    assert train_dictionary(xform, lists, walks=40) == train_dictionary(xform, lists, walks=40)


def test_an_invented_walk_is_a_submission_that_stands(definition):
    problems = 0
    for xml in walk_form(definition, seed=5, walks=20):
        session = FormSession.from_xml(definition, xml, clock=FixedClock(AFTER))
        problems += bool(session.validate())
    assert problems <= 2, "nearly every invented person answers the whole form"


def test_a_case_shrinks_to_a_tenth(definition, built):
    compressor = zstandard.ZstdCompressor(
        level=19, dict_data=zstandard.ZstdCompressionDict(built.files["dictionary.zstd"])
    )
    plain = zstandard.ZstdCompressor(level=19)
    unseen = list(walk_form(definition, seed=99, walks=20))
    with_dictionary = sum(len(compressor.compress(xml)) for xml in unseen)
    assert with_dictionary < sum(map(len, unseen)) / 10
    assert with_dictionary < sum(len(plain.compress(xml)) for xml in unseen) / 3


def test_a_form_too_small_for_a_dictionary_still_builds(form):
    form.survey = [{"type": "note", "name": "n", f"label::{VI}": "Chào", f"label::{EN}": "Hello"}]
    form.choices = []
    built = build(form.write())
    assert "form.xml" in built.files
    assert built.files.get("dictionary.zstd") != b""


def test_a_form_that_cannot_run_is_not_trained_on():
    with pytest.raises(SupportPointError, match="SP-301"):
        train_dictionary(b"<html/>", {})
