"""All faults come in one run, each at its cell; warnings are kept apart from them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from supportpoint.forms.publish import check, inspect
from supportpoint.forms.publish.engine import find_engine_faults
from supportpoint.forms.publish.faults import read_words
from supportpoint.forms.publish.outline import read_outline
from supportpoint.forms.publish.workbook import read_workbook
from tests.unit.forms_publish.conftest import EN, VI


def cells(faults):
    return [(fault.row, fault.column, fault.code) for fault in faults if fault.sheet == "survey"]


def warned(report):
    return [fault for fault in report.warnings if fault.code != "recordings"]


def test_many_faults_are_told_at_once(form):
    form.survey[1] |= {"relevant": "no-such(1)", "constraint": "1 +", "appearance": "maps"}
    form.survey[2] |= {"relevant": "${sexx} = 1", "required": "count(", "type": "select_one sexes"}
    form.survey[3:3] = [{"type": "calculate", "name": "tên", "calculation": "string-length()  x"}]
    del form.settings["fee"]
    found = check(form.write())
    assert cells(found) == [
        (3, "appearance", "unsupported_appearance"),
        (3, "constraint", "expression_end"),
        (3, "relevant", "unknown_function"),
        (4, "relevant", "unknown_reference"),
        (4, "required", "expression_end"),
        (4, "type", "unknown_list"),
        (5, "calculation", "expression"),
        (5, "name", "bad_name"),
    ]
    assert ("settings", "missing_setting") in {(fault.sheet, fault.code) for fault in found}


def test_what_is_nearly_right_is_proposed(form):
    form.survey[1] |= {"relevant": "strng-length(${ful_name}) > 1", "relevent": "1"}
    form.survey[2]["type"] = "select_one sexs"
    words = {fault.code: (fault.message_vi, fault.message_en) for fault in check(form.write())}
    assert "string-length" in words["unknown_function"][0]
    assert "“full_name”" in words["unknown_reference"][1]
    assert "“sex”" in words["unknown_list"][1]
    assert "“relevant”" in words["column_name"][0]


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("if(1, 2)", "arguments", "2"),
        ("${sex} == 'male'", "expression", "= 'male'"),
        ("1 = 'x", "expression", "'x"),
        ("string-length(.", "expression_end", ""),
        ("regex(., '[a')", "regex", ""),
        ("regex(., '(?<!a)b')", "regex_unsupported", ""),
        ("format-date(today(), '%q') = ''", "date_format", "%q"),
        ("instance('nowhere')/root/item = 1", "unknown_list", "nowhere"),
        ("../../nowhere/full_name = 1", "unknown_path", "../../nowhere/full_name"),
        ("count(/data/who[../x = 1]) = 1", "unknown_path", "../x"),
    ],
)
def test_each_kind_of_wrong_expression_has_its_words(form, text, code, near):
    form.survey[1]["constraint"] = text
    (fault,) = check(form.write())
    assert (fault.row, fault.column, fault.code) == (3, "constraint", code)
    assert near in fault.message_vi
    assert near in fault.message_en


def test_paths_inside_lists_are_left_alone(form):
    form.survey[3:3] = [{"type": "text", "name": "t", f"label::{VI}": "T?", f"label::{EN}": "T?"}]
    form.survey[3]["relevant"] = "instance('sex')/root/item[name = current()/../sex]/label = 'Nam'"
    form.survey[2] |= {"choice_filter": "name != /data/who/full_name and starts-with(name, 'm')"}
    assert check(form.write()) == ()


def test_a_filter_names_columns_of_its_list(form):
    form.survey[2]["choice_filter"] = "grup = 'a' or name = ${full_name}"
    form.choices[0]["group"] = "a"
    (fault,) = check(form.write())
    assert (fault.row, fault.column, fault.code) == (4, "choice_filter", "filter_column")
    assert "“group”" in fault.message_vi
    form.survey[2] |= {"type": "select_one_from_file communes.csv", "parameters": "value=code label=name"}
    form.survey[2]["choice_filter"] = "former_district != '' and kind = 'xã' and nowhere = 1"
    assert "“nowhere”" in " ".join(fault.message_en for fault in check(form.write()))


def test_every_circle_is_named_once(form):
    form.survey[3:3] = [
        {"type": "calculate", "name": name, "calculation": f"${{{other}}} + 1"}
        for name, other in (("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"))
    ]
    assert cells(check(form.write())) == [(5, "calculation", "circle"), (7, "calculation", "circle")]


def test_a_choice_list_that_waits_for_its_own_answer_is_a_circle(form):
    form.survey[1]["relevant"] = "${sex} = 'male'"
    form.survey[2]["choice_filter"] = "name != ${full_name}"
    assert cells(check(form.write())) == [(3, "relevant", "circle")]


def test_what_only_the_whole_engine_refuses_is_told_in_both_languages(form):
    workbook = read_workbook(form.write())
    (fault,) = find_engine_faults(b"<html/>", workbook, read_outline(workbook))
    assert "SP-301 Tờ khai" in fault.message_vi
    assert "SP-301 This form" in fault.message_en


def test_a_name_that_several_questions_have_is_refused_only_where_it_is_used(form):
    form.survey += [
        {"type": "begin_group", "name": "more"},
        {"type": "text", "name": "full_name", f"label::{VI}": "Tên?", f"label::{EN}": "Name?"},
        {"type": "end_group"},
    ]
    assert check(form.write()) == ()
    form.survey[2]["relevant"] = "${full_name} != ''"
    assert cells(check(form.write())) == [(4, "relevant", "reference_twice")]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("integer", "seven"), ("date", "tomorrow"), ("select_one sex", "man"), ("decimal", "1,5,5")],
)
def test_a_default_must_fit_its_question(form, kind, value):
    form.survey[1] |= {"type": kind, "default": value}
    assert cells(check(form.write())) == [(3, "default", "bad_default")]


def test_a_comparison_with_a_choice_that_is_not_there_is_a_warning(form):
    form.survey[1]["relevant"] = (
        "${sex} = 'man' or selected(../sex, 'woman') or ${sex} = 'male' or ${sex} = ''"
    )
    report = inspect(form.write())
    assert report.faults == ()
    assert [(w.row, w.column, w.code) for w in warned(report)] == [(3, "relevant", "value_not_in_list")] * 2
    assert {"“man”", "“woman”"} <= set(re.findall("“[^”]+”", " ".join(w.message_en for w in warned(report))))


def test_what_is_only_strange_is_a_warning(form):
    form.survey[1] |= {
        "ghi chú": "hỏi lại xã",
        f"label::{VI}": "Tên **đầy đủ**?",
        "media::image": "nowhere.svg",
    }
    form.settings |= {"art": "nothing", "author": "An"}
    report = inspect(form.write())
    assert report.faults == ()
    assert {(w.sheet, w.row, w.code) for w in warned(report)} == {
        ("survey", 1, "column_unread"),
        ("settings", 1, "column_unread"),
        ("survey", 3, "markup"),
        ("survey", 3, "missing_picture"),
        ("settings", 2, "missing_picture"),
    }


def test_recordings_are_counted_by_language_and_do_not_forbid(form):
    form.survey[1][f"media::audio::{VI}"] = "name.ogg"
    folder = form.write()
    (folder / "media").mkdir()
    (folder / "media" / "name.ogg").write_bytes(b"sound")
    report = inspect(folder)
    assert report.faults == ()
    assert [(count.language, count.have, count.wanted) for count in report.recordings] == [
        (VI, 1, 4),
        (EN, 0, 4),
    ]
    assert [fault.code for fault in report.warnings] == ["recordings", "recordings"]
    (folder / "media" / "name.ogg").unlink()
    assert cells(check(folder)) == [(3, f"media::audio::{VI}", "missing_recording")]


@pytest.mark.parametrize(
    ("cells_", "code"),
    [
        ({"type": "calculate"}, "missing_calculation"),
        ({"appearance": "numbers\x07"}, "control_character"),
    ],
)
def test_what_pyxform_or_xml_would_stumble_over_is_told_first(form, cells_, code):
    form.survey[1] |= cells_
    assert code in {code for row, _, code in cells(check(form.write())) if row == 3}


@pytest.mark.parametrize("name", ["../secret.ogg", "tên.ogg", "a b.ogg"])
def test_a_media_name_cannot_leave_its_folder(form, name):
    form.survey[1][f"media::audio::{VI}"] = name
    assert [code for _, _, code in cells(check(form.write()))] == ["media_name"]


def test_columns_are_read_by_any_of_their_usual_names(form):
    for row in form.survey:
        for old, new in ((f"label::{VI}", f"Label :: {VI}"), ("type", " Type "), ("name", "NAME")):
            if old in row:
                row[new] = row.pop(old)
    form.survey[1] |= {"Relevance": "${sex} = 'nobody'", f"Constraint Message::{VI}": "x"}
    assert cells(check(form.write())) == [(3, f"constraint_message::{EN}", "missing_translation")]


def test_the_default_language_is_one_of_the_columns(form):
    form.settings["default_language"] = "Vietnamese"
    found = check(form.write())
    assert [(fault.sheet, fault.column, fault.code) for fault in found] == [
        ("settings", "default_language", "default_language")
    ]


def test_two_spellings_of_a_language_are_one_too_many(form):
    form.choices[0]["label::english (en)"] = "Male"
    assert "language_twice" in {fault.code for fault in check(form.write())}


def test_words_are_whole_in_both_languages_and_short():
    vi, en = read_words("vi"), read_words("en")
    assert vi.keys() == en.keys()
    for code, words in vi.items():
        gaps = [{gap for _, gap, _, _ in Formatter().parse(text) if gap} for text in (words, en[code])]
        assert gaps[0] == gaps[1], code
        for sentence in re.split(r"[.?!:](?:\s|$)", words) + re.split(r"[.?!:](?:\s|$)", en[code]):
            assert len(sentence.split()) <= 12, sentence


def test_the_page_lists_every_code():
    page = (Path(__file__).parents[3] / "docs" / "packages.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`([a-z0-9_]+)`", page[page.index("### Codes") :]))
    assert read_words("en").keys() - listed == {"hint"}, "the end of other sentences"


def test_a_long_cell_does_not_fill_the_screen(form):
    form.survey[1]["type"] = "\u202ex" * 3000
    (fault,) = check(form.write())
    assert len(fault.message_vi) < 300
    assert "\u202e" not in fault.message_vi
