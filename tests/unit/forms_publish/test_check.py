"""Each fault of a workbook is named with its cell, in both languages, and nothing is guessed."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition
from supportpoint.forms.publish import build, check
from supportpoint.forms.publish.vocabulary import LEGAL_SETTINGS, PLACE_SETTINGS
from tests.unit.forms_publish.conftest import EN, VI


def places(faults):
    return {(fault.sheet, fault.row, fault.column, fault.code) for fault in faults}


def test_a_good_form_has_no_faults(form):
    assert check(form.write()) == ()


@pytest.mark.parametrize("name", [*LEGAL_SETTINGS, *PLACE_SETTINGS, "form_title"])
def test_missing_legal_metadata_is_a_fault(form, name):
    del form.settings[name]
    assert ("settings", 2, name, "missing_setting") in places(check(form.write()))


@pytest.mark.parametrize("version", ["", "1.0", "v2026112301", "20261123", "2026-11-2301"])
def test_a_version_is_ten_digits(form, version):
    form.settings["version"] = version
    assert ("settings", 2, "version", "version") in places(check(form.write()))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("purpose", "marketing"),
        ("confidence", "sure"),
        ("autosave", "always"),
        ("section", "sport"),
        ("route", "accused"),
    ],
)
def test_a_value_outside_the_list_is_a_fault(form, column, value):
    form.settings[column] = value
    assert places(check(form.write())) == {("settings", 2, column, "unknown_value")}


@pytest.mark.parametrize("order", ["first", "1.5", "-3"])
def test_the_order_is_a_whole_number(form, order):
    form.settings["order"] = order
    assert places(check(form.write())) == {("settings", 2, "order", "order")}


def test_section_route_art_and_order_travel_in_the_package_and_in_the_form(form):
    form.settings["procedure"] = "none"
    form.survey[1] |= {"bind::sp:short": "Tên", "bind::sp:short_en": "Name"}
    form.survey.insert(2, {"type": "integer", "name": "price", "appearance": "sp:money"})
    form.survey[2] |= {f"label::{VI}": "Giá?", f"label::{EN}": "Price?"}
    built = build(form.write())
    assert built.settings["section"] == "papers"
    assert (built.settings["route"], built.settings["art"]) == ("commune_office", "birth")
    assert (built.settings["order"], built.settings["procedure"]) == ("10", "none")
    definition = FormDefinition.load(built.files["form.xml"], files=built.files)
    assert [definition.fact(name) for name in PLACE_SETTINGS] == ["papers", "birth", "commune_office", "10"]
    name, price = definition.list_questions("vi")[:2]
    assert name.attributes == {"short": "Tên", "short_en": "Name"}
    assert "sp:money" in price.appearance


def test_missing_words_are_found_in_each_sheet(form):
    del form.survey[1][f"label::{EN}"]
    form.survey[2][f"hint::{VI}"] = "Chạm vào hình."
    del form.choices[1][f"label::{VI}"]
    assert places(check(form.write())) == {
        ("survey", 3, f"label::{EN}", "missing_translation"),
        ("survey", 4, f"hint::{EN}", "missing_translation"),
        ("choices", 3, f"label::{VI}", "missing_translation"),
    }


def test_a_form_without_english_is_a_fault(form):
    for row in (*form.survey, *form.choices):
        row.pop(f"label::{EN}", None)
    assert ("survey", 1, "label", "missing_language") in places(check(form.write()))


def test_a_label_must_name_its_language(form):
    form.survey[1]["label"] = "Name?"
    assert ("survey", 1, "label", "language_unnamed") in places(check(form.write()))


@pytest.mark.parametrize("kind", ["geotrace", "video", "rank sex", "background-audio", "nonsense"])
def test_an_unsupported_type_is_refused_by_name(form, kind):
    form.survey[1]["type"] = kind
    found = [fault for fault in check(form.write()) if fault.code == "unsupported_type"]
    assert places(found) == {("survey", 3, "type", "unsupported_type")}
    assert kind in found[0].message_vi
    assert kind in found[0].message_en


@pytest.mark.parametrize("word", ["ex:org.example.app", "search('x')", "maps"])
def test_an_unsupported_appearance_is_refused_by_name(form, word):
    form.survey[1]["appearance"] = f"numbers {word}"
    assert ("survey", 3, "appearance", "unsupported_appearance") in places(check(form.write()))


def test_what_pyxform_refuses_is_brought_back_to_its_row(form):
    form.survey[1]["parameters"] = "rows=many"
    found = [fault for fault in check(form.write()) if fault.code == "pyxform"]
    assert [(fault.sheet, fault.row) for fault in found] == [("survey", 3)]
    assert "integer" in found[0].message_en
    assert found[0].message_vi.startswith("Chưa chuyển được")


def test_blank_rows_do_not_shift_the_row_numbers(form):
    form.survey[1:1] = [{}, {}]
    form.survey[3]["type"] = "geotrace"
    assert ("survey", 5, "type", "unsupported_type") in places(check(form.write()))
    form.survey[3] |= {"type": "text", "parameters": "rows=many"}
    assert [f.row for f in check(form.write()) if f.code == "pyxform"] == [5]


@pytest.mark.parametrize("expression", ["no-such-function(.)", "1 +", "string-length("])
def test_an_expression_the_engine_cannot_run_is_refused_at_its_cell(form, expression):
    form.survey[1]["relevant"] = expression
    found = check(form.write())
    assert [(fault.sheet, fault.row, fault.column) for fault in found] == [("survey", 3, "relevant")]


def test_calculations_in_a_circle_are_refused(form):
    form.survey[2:2] = [
        {"type": "calculate", "name": "a", "calculation": "${b} + 1"},
        {"type": "calculate", "name": "b", "calculation": "${a} + 1"},
    ]
    found = check(form.write())
    assert [(fault.row, fault.column, fault.code) for fault in found] == [(4, "calculation", "circle")]
    assert "a → b → a" in found[0].message_en or "b → a → b" in found[0].message_en


def test_a_column_that_begins_far_down_is_read(form):
    form.survey[1:1] = [{"type": "calculate", "name": f"c{n}", "calculation": "1"} for n in range(120)]
    form.survey[-2]["relevant"] = "no-such-function()"
    assert [(fault.row, fault.column) for fault in check(form.write())] == [(124, "relevant")]


def test_a_column_given_twice_is_refused(form):
    path = form.write() / "choices.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f"label::{EN}", f"label::{VI}"), encoding="utf-8"
    )
    assert ("choices", 1, f"label::{VI}", "column_twice") in places(check(form.folder))


def test_lists_are_looked_for_and_looked_into(form):
    row = form.survey[1]
    row["type"] = "select_one_from_file nowhere.csv"
    assert ("survey", 3, "type", "missing_list") in places(check(form.write()))
    row["type"] = "select_one_from_file communes.csv"  # one of the shipped lists; its columns must be named
    assert ("survey", 3, "type", "list_column") in places(check(form.write()))
    row["parameters"] = "value=code, label=name"
    assert check(form.write()) == ()
    (form.folder / "communes.csv").write_text("code,name\n1,a\n1,b\n", encoding="utf-8")
    assert ("survey", 3, "type", "list_value_twice") in places(check(form.write()))
    row["type"] = "select_one_from_file ../secret.csv"
    assert ("survey", 3, "type", "missing_list") in places(check(form.write()))


def test_build_refuses_what_check_refuses(form):
    del form.settings["fee"]
    with pytest.raises(SupportPointError) as caught:
        build(form.write())
    assert caught.value.code == "SP-312"
    assert caught.value.facts == {"faults": 1, "first": "missing_setting", "sheet": "settings", "row": 2}


def test_a_folder_without_tables_and_a_missing_file_say_so(tmp_path):
    with pytest.raises(SupportPointError, match="SP-311"):
        check(tmp_path)
    with pytest.raises(SupportPointError, match="SP-104"):
        check(tmp_path / "nothing.xlsx")
    (tmp_path / "survey.csv").write_bytes("type,name\ntext,tên".encode("utf-16"))
    assert places(check(tmp_path)) == {("survey", 0, "", "not_utf8")}
