"""Answers: types, rules, what each one changes."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import QuestionType

TYPES = """<bind nodeset="/data/t" type="string"/><bind nodeset="/data/i" type="int"/>
<bind nodeset="/data/d" type="decimal"/><bind nodeset="/data/day" type="date"/>
<bind nodeset="/data/at" type="dateTime"/><bind nodeset="/data/clock" type="time"/>
<bind nodeset="/data/place" type="geopoint"/>"""
BODY = "".join(f'<input ref="/data/{name}"/>' for name in ("t", "i", "d", "day", "at", "clock", "place"))
NODES = "<t/><i/><d/><day/><at/><clock/><place/>"


@pytest.fixture
def session(start):
    return start(NODES, TYPES, BODY)


@pytest.mark.parametrize(
    ("name", "given", "held", "written"),
    [
        ("t", "Lò Thị Mai", "Lò Thị Mai", "Lò Thị Mai"),
        ("i", 7, 7, "7"),
        ("i", "007", 7, "7"),
        ("d", Decimal("2.50"), Decimal("2.50"), "2.50"),
        ("d", "1,5", Decimal("1.5"), "1.5"),
        ("day", date(2026, 1, 2), date(2026, 1, 2), "2026-01-02"),
        ("day", "2026-01-02", date(2026, 1, 2), "2026-01-02"),
        (
            "at",
            datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=7))),
            datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=7))),
            "2026-01-02T03:04:00.000+07:00",
        ),
        ("clock", time(9, 30), time(9, 30), "09:30:00.000+07:00"),
        ("place", "21.4 103.0 0 0", "21.4 103.0 0 0", "21.4 103.0 0 0"),
        ("i", None, None, ""),
    ],
)
def test_values_and_their_text(session, name, given, held, written):
    session.answer(f"/data/{name}", given)
    assert session.value(f"/data/{name}") == held
    assert (
        f"<{name}>{written}</{name}>".replace(f"<{name}></{name}>", f"<{name}/>") in session.to_xml().decode()
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("i", "three"),
        ("i", 2.5),
        ("i", "9" * 30),
        ("d", "1e5"),
        ("d", float("nan")),
        ("day", "2026-02-30"),
        ("day", "soon"),
        ("at", 5),
        ("clock", "25:00"),
        ("place", "91 0"),
        ("place", "here"),
        ("t", "a\x00b"),
    ],
)
def test_what_a_type_cannot_hold_changes_nothing(session, name, value):
    before = session.to_xml()
    with pytest.raises(SupportPointError) as caught:
        session.answer(f"/data/{name}", value)
    assert caught.value.code == "SP-306"
    assert session.to_xml() == before


@pytest.mark.parametrize("ref", ["/data/x", "/data", "", "/data/t[2]", "/data/t/u", "nonsense", "/data/meta"])
def test_unknown_refs(session, ref):
    with pytest.raises(SupportPointError) as caught:
        session.answer(ref, "a")
    assert caught.value.code == "SP-305"


def test_a_broken_rule_is_kept_and_told(start):
    session = start(
        "<age/>",
        '<bind nodeset="/data/age" type="int" constraint=". &lt; 120" jr:constraintMsg="Too old"/>',
        '<input ref="/data/age"/>',
    )
    changes = session.answer("/data/age", 300)
    assert (changes.problem.code, changes.problem.message) == ("SP-307", "Too old")
    assert session.value("/data/age") == 300
    assert [problem.code for problem in session.validate()] == ["SP-307"]
    assert session.answer("/data/age", 30).problem is None
    assert session.validate() == ()


def test_required_may_be_an_expression(start):
    session = start(
        "<a/><b/>",
        '<bind nodeset="/data/b" required="/data/a = \'yes\'" jr:requiredMsg="Needed"/>',
        '<input ref="/data/a"/><input ref="/data/b"/>',
    )
    assert session.validate() == ()
    session.answer("/data/a", "yes")
    assert [(problem.code, problem.message) for problem in session.validate()] == [("SP-308", "Needed")]
    assert session.page(1).questions[0].required


def test_calculations_follow_in_order(start):
    session = start(
        "<a/><c/><b/>",
        '<bind nodeset="/data/a" type="int"/><bind nodeset="/data/c" calculate="/data/b * 2" type="int"/>'
        '<bind nodeset="/data/b" calculate="/data/a + 1" type="int"/>',
        '<input ref="/data/a"/>',
    )
    changes = session.answer("/data/a", 4)
    assert changes.refs == {"/data/a", "/data/b", "/data/c"}
    assert session.value("/data/c") == 10
    assert session.answer("/data/a", 4).refs == frozenset()


def test_dates_count_in_days(start):
    session = start(
        "<born/><age/><late/>",
        '<bind nodeset="/data/born" type="date" constraint=". &lt;= today()"/>'
        '<bind nodeset="/data/age" type="int" calculate="today() - /data/born"/>'
        '<bind nodeset="/data/late" calculate="/data/born &lt; today() - 60"/>',
        '<input ref="/data/born"/>',
    )
    assert session.answer("/data/born", date(2026, 11, 24)).problem.code == "SP-307"
    assert session.answer("/data/born", date(2026, 11, 13)).problem is None
    assert session.value("/data/age") == 10
    session.answer("/data/born", date(2026, 9, 1))
    assert session.value("/data/late") == "true"


def test_a_range_refuses_what_is_off_its_scale(start):
    session = start(
        "<r/>",
        '<bind nodeset="/data/r" type="int"/>',
        '<range ref="/data/r" start="1" end="9" step="2"/>',
    )
    session.answer("/data/r", 5)
    for value in (0, 4, 11):
        with pytest.raises(SupportPointError):
            session.answer("/data/r", value)
    assert session.value("/data/r") == 5


def test_the_kinds_of_question(start):
    session = start(
        "<note>x</note><ack/><photo/><voice/><paper/><scan/><calc/>",
        '<bind nodeset="/data/note" readonly="true()"/><bind nodeset="/data/scan" type="barcode"/>'
        '<bind nodeset="/data/calc" calculate="1"/>',
        '<input ref="/data/note"/><trigger ref="/data/ack"/><upload ref="/data/photo" mediatype="image/*"/>'
        '<upload ref="/data/voice" mediatype="audio/*"/>'
        '<upload ref="/data/paper" mediatype="application/pdf"/>'
        '<input ref="/data/scan" appearance="sp:id-scan"/><input ref="/data/calc"/>',
    )
    questions = [page.questions[0] for page in session.pages()]
    assert [question.type for question in questions] == [
        QuestionType.NOTE,
        QuestionType.ACKNOWLEDGE,
        QuestionType.IMAGE,
        QuestionType.AUDIO,
        QuestionType.FILE,
        QuestionType.BARCODE,
        QuestionType.TEXT,
    ]
    assert questions[5].appearance == ("sp:id-scan",)
    assert [question.readonly for question in questions] == [True, *[False] * 5, True]
    session.answer("/data/ack", value=True)
    assert session.value("/data/ack") == "OK"


def test_display_is_in_words(start):
    session = start(
        "<day/><partial/><text/>",
        '<bind nodeset="/data/day" type="date"/>',
        '<input ref="/data/day"/><input ref="/data/partial" appearance="sp:partial-date"/>'
        '<input ref="/data/text"/>',
    )
    session.answer("/data/day", "2026-03-04")
    session.answer("/data/partial", "1994-05")
    session.answer("/data/text", "1994-05")
    shown = [row.display for row in session.outline()[0].rows]
    assert shown == ["04/03/2026", "05/1994", "1994-05"]


def test_a_rule_sees_what_the_answer_changed(start):
    session = start(
        "<a>1</a><b>1</b><sum/>",
        '<bind nodeset="/data/a" type="int" constraint="/data/sum &lt; 10"/>'
        '<bind nodeset="/data/b" type="int"/>'
        '<bind nodeset="/data/sum" type="int" calculate="/data/a + /data/b"/>',
        '<input ref="/data/a"/><input ref="/data/b"/>',
    )
    assert session.answer("/data/a", 9).problem.code == "SP-307"
    assert session.answer("/data/a", 8).problem is None
    assert session.validate() == ()
