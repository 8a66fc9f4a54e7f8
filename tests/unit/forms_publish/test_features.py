"""What XLSForm offers either works through our engine, from the cell to the answer, or is refused by name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish import build, inspect
from supportpoint.forms.publish.lists import read_lists
from tests.unit.forms_publish.conftest import EN, VI

WHO = "/data/who"
VISIT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def ask(kind, name, **cells):
    labels = {f"label::{VI}": "Hỏi?", f"label::{EN}": "Ask?"}
    return (
        {"type": kind, "name": name} | labels | {key.replace("__", "::"): cell for key, cell in cells.items()}
    )


@pytest.fixture
def start(form):
    """Return what puts rows into the form's group and opens a session of it."""

    def start_it(*rows, settings=None, files=None):
        form.survey[3:3] = rows
        form.settings |= settings or {}
        folder = form.write()
        for name, content in (files or {}).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
        report = inspect(folder)
        assert report.faults == ()
        definition = FormDefinition.load(report.xform, files=read_lists(report.workbook))
        return FormSession(definition, clock=FixedClock(VISIT), language="vi")

    return start_it


def question(session, name):
    return next(q for page in session.pages() for q in page.questions if q.name == name)


def test_a_trigger_sets_a_value_when_an_answer_changes(start):
    session = start(
        ask("integer", "a"),
        ask("integer", "b"),
        {"type": "calculate", "name": "twice", "calculation": "${a} * 2", "trigger": "${a}"},
        {"type": "calculate", "name": "asked_at", "calculation": "now()", "trigger": "${a}, ${b}"},
    )
    session.answer(f"{WHO}/b", 1)
    assert session.value(f"{WHO}/twice") is None
    assert session.value(f"{WHO}/asked_at")
    session.answer(f"{WHO}/a", 3)
    assert session.value(f"{WHO}/twice") == "6"


@pytest.mark.parametrize(("count", "pages"), [("${n}", 2), ("${n} + 1", 3)])
def test_a_repeat_is_counted_by_a_question_or_an_expression(start, count, pages):
    session = start(
        ask("integer", "n"),
        ask("begin_repeat", "r", repeat_count=count),
        ask("text", "t"),
        {"type": "end_repeat"},
    )
    session.answer(f"{WHO}/n", 2)
    assert [page.ref for page in session.pages()][3:] == [f"{WHO}/r[{n + 1}]/t" for n in range(pages)]
    assert not any(page.can_add for page in session.pages())


def test_defaults_stand_and_are_computed(start):
    session = start(
        ask("integer", "n", default="7"),
        ask("date", "d", default="today()"),
        ask("text", "t", default="concat('a', 'b')"),
        ask("time", "h", default="08:00"),
        ask("select_multiple sex", "s", default="male female"),
    )
    values = [session.value(f"{WHO}/{name}") for name in "ndths"]
    assert values == [7, date(2026, 11, 23), "ab", time(8), ("male", "female")]


def test_read_only_shows_and_does_not_ask(start):
    session = start(ask("text", "t", default="x", read_only="yes"), ask("text", "u", read_only="${t} = 'x'"))
    assert question(session, "t").readonly
    assert question(session, "u").readonly
    assert not question(session, "full_name").readonly


def test_guidance_pictures_and_recordings_reach_the_question(start, form):
    media = {
        f"media__image__{VI}": "yes.svg",
        f"media__image__{EN}": "no.svg",
        f"media__audio__{VI}": "a.mp3",
    }
    guidance = {f"guidance_hint__{VI}": "Lời luật", f"guidance_hint__{EN}": "The law"}
    session = start(ask("text", "t", **media, **guidance), files={"media/a.mp3": "sound"})
    asked = question(session, "t")
    assert (asked.guidance, asked.media.image, asked.media.audio) == ("Lời luật", "yes.svg", "a.mp3")
    session.set_language("en")
    assert (question(session, "t").guidance, question(session, "t").media.image) == ("The law", "no.svg")
    assert build(form.folder).files["media/a.mp3"] == b"sound"


def test_a_list_of_a_file_is_filtered_with_its_own_columns(start):
    session = start(
        ask(
            "select_one_from_file villages.csv",
            "village",
            parameters="Value = code; label=ten",
            choice_filter="commune = ${full_name}",
        ),
        files={"villages.csv": "code,ten,commune\n1,Nà Cứm,a\n2,Huổi Lóng,b\n"},
    )
    session.answer(f"{WHO}/full_name", "b")
    assert [(c.value, c.label) for c in question(session, "village").choices] == [("2", "Huổi Lóng")]


def test_choices_come_from_a_repeat(start):
    session = start(
        ask("begin_repeat", "member"),
        ask("text", "nick"),
        {"type": "end_repeat"},
        ask("select_one ${nick}", "eldest"),
    )
    session.answer(f"{WHO}/member[1]/nick", "Lan")
    assert [choice.value for choice in question(session, "eldest").choices] == ["Lan"]


def test_choices_are_shuffled_the_same_way_with_a_seed(start, form):
    form.choices += [
        {"list_name": "n", "name": f"v{n}", f"label::{VI}": f"{n}", f"label::{EN}": f"{n}"} for n in range(9)
    ]
    session = start(ask("select_one n", "pick", parameters="randomize=true, seed=5"))
    values = [choice.value for choice in question(session, "pick").choices]
    assert values != sorted(values)
    assert sorted(values) == [f"v{n}" for n in range(9)]


def test_a_case_has_a_name(start):
    session = start(settings={"instance_name": "concat(${full_name}, ' · ', ${sex})"})
    session.answer(f"{WHO}/full_name", "An")
    session.answer(f"{WHO}/sex", "female")
    assert session.value("/data/meta/instanceName") == "An · female"


def test_texts_hold_answers(start):
    words = {f"constraint_message__{VI}": "${full_name} còn bé", f"constraint_message__{EN}": "too young"}
    session = start(
        ask("integer", "age", constraint=". > 15", **{f"label__{VI}": "${full_name} mấy tuổi?"}, **words)
    )
    session.answer(f"{WHO}/full_name", "An")
    assert question(session, "age").label == "An mấy tuổi?"
    assert session.answer(f"{WHO}/age", 3).problem.message == "An còn bé"


def test_a_question_may_play_its_sound_by_itself(start):
    session = start(ask("text", "village", autoplay="audio"))
    assert question(session, "village").autoplay == "audio"
    assert question(session, "full_name").autoplay == ""


def test_lists_are_looked_up(start):
    session = start(
        {"type": "calculate", "name": "where", "calculation": "pulldata('v', 'ten', 'code', ${full_name})"},
        {"type": "csv-external", "name": "v"},
        {"type": "calculate", "name": "all", "calculation": "count(instance('v')/root/item)"},
        files={"v.csv": "code,ten\n1,Một\n2,Hai\n"},
    )
    session.answer(f"{WHO}/full_name", "2")
    assert (session.value(f"{WHO}/where"), session.value(f"{WHO}/all")) == ("Hai", "2")


@pytest.mark.parametrize(
    "column", ["save_to", "body::accuracyThreshold", "bind::jr:preload", "bind::sp:secret"]
)
def test_a_column_that_nothing_runs_is_refused_by_name(form, column):
    form.survey[1][column] = "x"
    found = [fault for fault in inspect(form.write()).faults if fault.code == "unsupported_column"]
    assert [(fault.sheet, fault.row, fault.column) for fault in found] == [("survey", 1, column)]
    assert column in found[0].message_vi


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"type": "select_one sex or_other"}, "or_other"),
        ({"parameters": "app=org.example.camera"}, "unsupported_parameter"),
        ({"parameters": "rows"}, "parameter"),
        ({"autoplay": "video"}, "unknown_value"),
        ({"default": "${last-saved#full_name}"}, "unsupported_reference"),
        ({"type": "calculate", "calculation": "1", "trigger": "${who}"}, "trigger"),
        ({"type": "calculate", "calculation": "1", "trigger": "1 + 1"}, "trigger"),
        ({"type": "begin_loop", "name": "loop"}, "unsupported_type"),
        ({"appearance": "table-list"}, "unsupported_appearance"),
    ],
)
def test_what_nothing_runs_is_refused_by_name(form, cells, code):
    form.survey[1] |= cells
    assert code in {fault.code for fault in inspect(form.write()).faults if fault.row == 3}


@pytest.mark.parametrize("name", ["public_key", "submission_url", "namespaces", "allow_choice_duplicates"])
def test_a_setting_that_would_change_the_road_of_a_case_is_refused(form, name):
    form.settings[name] = "x"
    assert [(fault.code, fault.column) for fault in inspect(form.write()).faults] == [
        ("unsupported_setting", name)
    ]
