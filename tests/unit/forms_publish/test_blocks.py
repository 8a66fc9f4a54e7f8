"""Shared pieces: a block row becomes the block's rows, and faults point at the row a clerk wrote."""

import pytest

from supportpoint.config import shipped_dir
from supportpoint.forms import FormDefinition, publish
from supportpoint.forms.publish.blocks import find_block, read_parameters
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.tables import read_csv
from supportpoint.forms.publish.workbook import read_workbook

HEAD = "type,name,label::Tiếng Việt (vi),label::English (en),relevant,parameters\n"
PERSON = "who=bà con; whose_en=your; field=req; birth=birth_date; issue_required=yes"


@pytest.fixture
def write_form(tmp_path):
    settings = (shipped_dir("assets") / "forms/birth-registration/settings.csv").read_text(encoding="utf-8")

    def write(survey, choices=""):
        (tmp_path / "survey.csv").write_text(HEAD + survey, encoding="utf-8")
        (tmp_path / "settings.csv").write_text(
            settings.replace("/data/child/full_name", "'form'"), encoding="utf-8"
        )
        if choices:
            (tmp_path / "choices.csv").write_text(choices, encoding="utf-8")
        return tmp_path

    return write


def load(folder):
    workbook = read_workbook(folder)
    built = publish.build(folder)
    return FormDefinition.load(built.files["form.xml"], files=read_lists(workbook))


def test_a_block_becomes_a_group_with_its_words(write_form):
    definition = load(write_form(f"sp:block person,requester,Người khai,Applicant,,{PERSON}\n"))
    paths = {"/" + "/".join(steps) for steps in definition.specs}
    assert {"/data/requester/full_name", "/data/requester/identity/id_no"} <= paths
    assert "/data/requester/residence/commune" in paths
    row = next(r for _, r in read_workbook(write_form(_person())).rows("survey") if r["name"] == "birth_date")
    assert row["label::Tiếng Việt (vi)"] == "Bà con sinh ngày nào?"
    assert row["label::English (en)"] == "Your date of birth?"
    assert row["bind::sp:field"] == "req.birth_date"


def _person(more=""):
    return f"sp:block person,requester,Người khai,Applicant,,{PERSON}{more}\n"


def test_without_leaves_out_rows_and_whole_blocks(write_form):
    folder = write_form(_person("; without=identity phone id_check"))
    names = {row.get("name") for _, row in read_workbook(folder).rows("survey")}
    assert not {"identity", "id_no", "phone", "id_check"} & names
    assert {"full_name", "residence", "ask_commune"} <= names


def test_only_the_shared_lists_in_use_come_along(write_form):
    folder = write_form("sp:block copies,copies,,,,required=yes\n")
    lists = {row["list_name"] for _, row in read_workbook(folder).rows("choices")}
    assert lists == {"yes_no"}


def test_a_missing_parameter_is_told_at_the_row_that_asks(write_form):
    folder = write_form("text,a,A,A,,\nsp:block person,requester,A,A,,who=bà con\n")
    faults = publish.check(folder)
    assert {(fault.sheet, fault.row, fault.code) for fault in faults} == {("survey", 3, "block_parameter")}
    lacking = " ".join(fault.message_en for fault in faults)
    assert "“field”" in lacking
    assert "“who”" not in lacking


def test_an_unknown_block_and_a_second_list_are_refused(write_form):
    folder = write_form(
        "sp:block nobody,a,A,A,,\nselect_one yes_no,b,B,B,,\n",
        "list_name,name,label::Tiếng Việt (vi),label::English (en)\nyes_no,y,Ừ,Yes\n",
    )
    assert {fault.code for fault in publish.check(folder)} == {"unknown_block", "shared_list"}


def test_a_fault_inside_a_block_names_the_block(write_form):
    folder = write_form(
        "sp:block address,place,A,A,,place=a; place_en=b; official=c; official_en=d; field=x\n"
    )
    workbook = read_workbook(folder)
    row = next(n for n, r in workbook.rows("survey") if r["name"] == "ask_detail")
    sheet, number = workbook.origin("survey", row)
    table = read_csv(shipped_dir("assets") / f"{sheet}.csv")
    assert (sheet, table[number - 1][1]) == ("blocks/address", "ask_detail")


def test_parameters_may_hold_an_equals_sign():
    assert read_parameters("a=1; b=x = 'y' ;; c=") == {"a": "1", "b": "x = 'y'", "c": ""}


@pytest.mark.parametrize("name", ["../lists/communes", "choices", "", "Person"])
def test_only_a_plain_name_is_a_block(name):
    assert find_block(name) is None
