"""How whole forms behave: counts, templates, actions in repeats, relevance. The rules are JavaRosa's."""

from datetime import timedelta
from decimal import Decimal

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormSession, PageKind, QuestionType

COUNTED = (
    '<ask/><count/><w jr:template=""><n/><at/></w>',
    (
        '<bind nodeset="/data/count" type="int" relevant="/data/ask != \'no\'"/>'
        '<bind nodeset="/data/w/at" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>'
    ),
    (
        '<input ref="/data/ask"/><input ref="/data/count"/>'
        '<repeat nodeset="/data/w" jr:count="/data/count"><input ref="/data/w/n"/></repeat>'
    ),
)


def count(session: FormSession, name: str) -> int:
    return session.to_xml(whole=True).count(f"<{name}>".encode())


@pytest.fixture
def counted(start):
    return start(*COUNTED)


def test_a_count_that_shrinks_takes_only_what_is_blank(counted):
    counted.answer("/data/count", 4)
    counted.answer("/data/w[2]/n", "filled")
    counted.answer("/data/count", 1)
    assert count(counted, "w") == 2
    assert counted.value("/data/w[2]/n") == "filled"
    counted.answer("/data/count", 3)
    assert [counted.value(f"/data/w[{n}]/n") for n in (1, 2, 3)] == [None, "filled", None]


def test_what_stands_beyond_the_count_may_be_removed(counted):
    counted.answer("/data/count", 2)
    counted.answer("/data/w[2]/n", "filled")
    with pytest.raises(SupportPointError):
        counted.remove_repeat("/data/w[2]")
    assert PageKind.REPEAT not in [page.kind for page in counted.pages()]
    assert counted.answer("/data/count", 1).pages
    page = counted.page(counted.page_index("/data/w"))
    assert (page.kind, page.repeat_count, page.can_add, page.can_remove) == (PageKind.REPEAT, 2, False, True)
    with pytest.raises(SupportPointError):
        counted.add_repeat("/data/w")
    assert counted.remove_repeat("/data/w[2]").pages
    assert count(counted, "w") == 1
    assert PageKind.REPEAT not in [page.kind for page in counted.pages()]
    with pytest.raises(SupportPointError):
        counted.remove_repeat("/data/w[1]")


def test_a_count_that_is_hidden_loses_no_answer(counted):
    counted.answer("/data/count", 2)
    counted.answer("/data/w[1]/n", "kept")
    counted.answer("/data/ask", "no")
    assert count(counted, "w") == 1
    counted.answer("/data/ask", "yes")
    assert count(counted, "w") == 2
    assert counted.value("/data/w[1]/n") == "kept"


def test_clearing_an_answer_removes_nothing(counted, clock):
    counted.answer("/data/count", 2)
    counted.answer("/data/w[2]/n", "x")
    counted.answer("/data/count", 1)
    counted.answer("/data/w[2]/n", None)
    whole = counted.to_xml(whole=True)
    counted.recompute()
    assert counted.to_xml(whole=True) == whole
    again = FormSession.from_xml(counted.definition, whole, clock=clock)
    assert again.to_xml(whole=True) == whole


def test_instances_at_the_start_fit_the_count(start):
    session = start(
        "<count>1</count><w><n>given</n></w><w><n>given</n></w>",
        '<bind nodeset="/data/count" type="int"/>',
        COUNTED[2].replace('<input ref="/data/ask"/>', ""),
    )
    assert count(session, "w") == 1


def test_counts_in_counts_come_to_an_end(start):
    session = start(
        '<w jr:template=""><k jr:template=""><m jr:template=""><n/></m></k></w>',
        "",
        '<repeat nodeset="/data/w" jr:count="900"><repeat nodeset="/data/w/k" jr:count="900">'
        '<repeat nodeset="/data/w/k/m" jr:count="900"><input ref="/data/w/k/m/n"/></repeat></repeat>'
        "</repeat>",
    )
    written = session.to_xml(whole=True)
    assert 10_000 < sum(written.count(tag) for tag in (b"<w", b"<k", b"<m>")) <= 20_000


def test_a_new_instance_is_given_its_metadata(counted, clock):
    clock.advance(timedelta(hours=1).total_seconds())
    counted.answer("/data/count", 1)
    assert counted.value("/data/w[1]/at").hour == 11


def test_an_instance_may_be_added_between_two(start):
    session = start(
        "<w><n/><place/></w>",
        '<bind nodeset="/data/w/place" type="int" calculate="position(..)"/>',
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>',
    )
    session.answer("/data/w[1]/n", "first")
    session.add_repeat("/data/w")
    session.answer("/data/w[2]/n", "last")
    session.add_repeat("/data/w", after=1)
    session.add_repeat("/data/w", after=0)
    assert [session.value(f"/data/w[{n}]/n") for n in (1, 2, 3, 4)] == [None, "first", None, "last"]
    assert [session.value(f"/data/w[{n}]/place") for n in (1, 2, 3, 4)] == [1, 2, 3, 4]
    for place in (-1, 5):
        with pytest.raises(SupportPointError):
            session.add_repeat("/data/w", after=place)


def test_a_template_made_from_an_instance_holds_values_but_no_inner_repeats(start):
    session = start(
        "<w><n>usual</n><k><m/></k><k><m/></k></w>",
        "",
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/>'
        '<repeat nodeset="/data/w/k"><input ref="/data/w/k/m"/></repeat></repeat>',
    )
    session.answer("/data/w[1]/n", "changed")
    session.add_repeat("/data/w")
    assert session.value("/data/w[2]/n") == "usual"
    assert [page.repeat_count for page in session.pages() if page.ref == "/data/w[2]/k"] == [0]
    session.add_repeat("/data/w[2]/k")
    assert session.value("/data/w[2]/k[1]/m") is None


def test_a_template_of_its_own_wins(start):
    session = start(
        '<w jr:template=""><n>template</n></w><w><n>first</n></w>',
        "",
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>',
    )
    session.add_repeat("/data/w")
    assert [session.value(f"/data/w[{n}]/n") for n in (1, 2)] == ["first", "template"]


DYNAMIC = (
    "<k/><w><n/><at/><g><who/></g></w><w><n/><at/><g><who/></g></w>",
    '<bind nodeset="/data/w/at" type="int"/>',
    (
        '<input ref="/data/k"/><repeat nodeset="/data/w"><input ref="/data/w/n"/><input ref="/data/w/at"/>'
        '<setvalue event="odk-instance-first-load odk-new-repeat" ref="/data/w/at"'
        ' value="position(..) * 10"/>'
        '<group ref="/data/w/g"><input ref="/data/w/g/who"/>'
        '<setvalue event="odk-new-repeat" ref="/data/w/g/who" value="/data/k"/></group></repeat>'
    ),
)


def test_dynamic_defaults_in_a_repeat(start, reopen):
    session = start(*DYNAMIC)
    session.answer("/data/k", "Mai")
    session.add_repeat("/data/w")
    assert [session.value(f"/data/w[{n}]/at") for n in (1, 2, 3)] == [10, 20, 30]
    assert [session.value(f"/data/w[{n}]/g/who") for n in (1, 2, 3)] == [None, None, "Mai"]
    session.answer("/data/w[1]/at", None)
    again = reopen(session)
    assert [again.value(f"/data/w[{n}]/at") for n in (1, 2, 3)] == [None, 20, 30]


def test_a_dynamic_default_leaves_an_instance_blank(start):
    session = start(
        '<count/><w jr:template=""><day/></w>',
        '<bind nodeset="/data/count" type="int"/><bind nodeset="/data/w/day" type="date"/>',
        '<input ref="/data/count"/><repeat nodeset="/data/w" jr:count="/data/count">'
        '<input ref="/data/w/day"/>'
        '<setvalue event="odk-new-repeat" ref="/data/w/day" value="today()"/></repeat>',
    )
    session.answer("/data/count", 3)
    assert str(session.value("/data/w[3]/day")) == "2026-11-23"
    session.answer("/data/count", 1)
    assert count(session, "w") == 1


def test_an_inner_repeat_is_given_its_values(start):
    session = start(
        '<w jr:template=""><n/><k jr:template=""><m/></k></w>',
        "",
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/><repeat nodeset="/data/w/k">'
        '<input ref="/data/w/k/m"/><setvalue event="odk-new-repeat" ref="/data/w/k/m"'
        " value=\"concat(/data/w/n, '-', position(..))\"/></repeat></repeat>",
    )
    for place, name in ((1, "A"), (2, "B")):
        session.add_repeat("/data/w")
        session.answer(f"/data/w[{place}]/n", name)
        session.add_repeat(f"/data/w[{place}]/k")
    session.add_repeat("/data/w[1]/k")
    assert [session.value(f"/data/w[1]/k[{n}]/m") for n in (1, 2)] == ["A-1", "A-2"]
    assert session.value("/data/w[2]/k[1]/m") == "B-1"


SET_OUTSIDE = (
    "<place>1</place><q/><w><n/></w><w><n/></w>",
    '<bind nodeset="/data/place" type="int"/>',
    (
        '<input ref="/data/place"/><input ref="/data/q">'
        '<setvalue event="xforms-value-changed" ref="{}" value="/data/q"/></input>'
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>'
    ),
)


def test_an_action_may_pick_an_instance(start):
    nodes, model, body = SET_OUTSIDE
    session = start(nodes, model, body.format("/data/w[position() = /data/place]/n"))
    session.answer("/data/place", 2)
    session.answer("/data/q", "here")
    assert [session.value(f"/data/w[{n}]/n") for n in (1, 2)] == [None, "here"]
    session.answer("/data/place", 9)
    session.answer("/data/q", "nowhere")
    assert [session.value(f"/data/w[{n}]/n") for n in (1, 2)] == [None, "here"]


def test_an_action_that_means_several_instances_is_refused(start):
    nodes, model, body = SET_OUTSIDE
    session = start(nodes, model, body.format("/data/w/n"))
    with pytest.raises(SupportPointError) as caught:
        session.answer("/data/q", "x")
    assert (caught.value.code, caught.value.facts["ref"]) == ("SP-302", "/data/w/n")
    assert session.value("/data/q") == "x"
    session.remove_repeat("/data/w[2]")
    session.answer("/data/q", "y")
    assert session.value("/data/w[1]/n") == "y"


def test_hidden_answers_are_kept_but_count_as_empty(start, reopen):
    session = start(
        "<a>1</a><g><b/><h><c/></h></g><seen/>",
        '<bind nodeset="/data/a" type="int"/><bind nodeset="/data/g" relevant="/data/a = 1"/>'
        '<bind nodeset="/data/g/h" relevant="../b != \'no\'"/>'
        '<bind nodeset="/data/seen" calculate="concat(/data/g/b, \'/\', /data/g/h/c)"/>',
        '<input ref="/data/a"/><group ref="/data/g"><input ref="/data/g/b"/>'
        '<group ref="/data/g/h"><input ref="/data/g/h/c"/></group></group>',
    )
    session.answer("/data/g/b", "B")
    session.answer("/data/g/h/c", "C")
    assert session.value("/data/seen") == "B/C"
    session.answer("/data/a", 2)
    assert session.value("/data/seen") == "/"
    assert session.value("/data/g/h/c") == "C"
    assert not session.is_relevant("/data/g/h/c")
    assert reopen(session).value("/data/g/b") is None
    session.answer("/data/a", 1)
    assert session.value("/data/seen") == "B/C"
    session.answer("/data/g/b", "no")
    assert session.value("/data/seen") == "no/"


def test_several_choices_lose_only_those_that_left_the_list(start):
    session = start(
        "<kind/><many/>",
        '<instance id="v"><root><item><name>a</name><kind>1</kind></item><item><name>b</name><kind>2</kind>'
        "</item><item><name>c</name><kind>1 2</kind></item></root></instance>",
        '<input ref="/data/kind"/><select ref="/data/many">'
        "<itemset nodeset=\"instance('v')/root/item[selected(kind, /data/kind)]\">"
        '<value ref="name"/><label ref="name"/></itemset></select>',
    )
    session.answer("/data/kind", "1")
    session.answer("/data/many", ("c", "a"))
    session.answer("/data/kind", "2")
    assert session.value("/data/many") == ("c",)
    session.answer("/data/kind", "9")
    assert session.value("/data/many") is None


def test_a_list_of_inner_repeats_sees_its_own_outer_instance(start):
    session = start(
        '<w jr:template=""><head/><k jr:template=""><m/></k></w>',
        "",
        '<repeat nodeset="/data/w"><repeat nodeset="/data/w/k"><input ref="/data/w/k/m"/></repeat>'
        '<select1 ref="/data/w/head"><itemset nodeset="/data/w/k[m != \'\']"><value ref="m"/>'
        '<label ref="m"/></itemset></select1></repeat>',
    )
    for outer, name in ((1, "one"), (2, "two")):
        session.add_repeat("/data/w")
        session.add_repeat(f"/data/w[{outer}]/k")
        session.answer(f"/data/w[{outer}]/k[1]/m", name)
    page = session.page(session.page_index("/data/w[2]/head"))
    assert [choice.value for choice in page.questions[0].choices] == ["two"]


def test_old_names_of_events(start):
    session = start("<a/>", '<setvalue event="xforms-ready" ref="/data/a">set</setvalue>')
    assert session.value("/data/a") == "set"


def test_a_range_shows_its_scale_and_a_sound_starts_by_itself(start):
    session = start(
        "<r/><s/><t/>",
        '<bind nodeset="/data/r" type="decimal"/><bind nodeset="/data/s" type="int"/>',
        '<range ref="/data/r" start="0.5" end="2" step="0.5"/>'
        '<range ref="/data/s" start="10" end="1" step="-1"/>'
        '<input ref="/data/t" autoplay="audio"/>',
    )
    questions = [page.questions[0] for page in session.pages()]
    assert questions[0].bounds == (Decimal("0.5"), Decimal(2), Decimal("0.5"))
    assert questions[1].bounds == (Decimal(10), Decimal(1), Decimal(-1))
    assert (questions[1].type, questions[2].bounds) == (QuestionType.RANGE, None)
    assert [question.autoplay for question in questions] == ["", "", "audio"]
    session.answer("/data/r", Decimal("1.5"))
    for value in ("0.75", "2.5"):
        with pytest.raises(SupportPointError):
            session.answer("/data/r", value)


def test_the_title_of_an_instance_reads_its_own_answers(start):
    session = start(
        "<w><n/></w>",
        "",
        '<group ref="/data/w"><label>Person <output value="position(.)"/>: <output value="./n"/></label>'
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat></group>',
    )
    session.add_repeat("/data/w")
    session.answer("/data/w[2]/n", "Mai")
    assert [page.section for page in session.pages()][:2] == ["Person 1: ", "Person 2: Mai"]


def test_a_read_only_question_keeps_its_default(start):
    session = start(
        "<a>given</a><b>7</b>",
        '<bind nodeset="/data/a" readonly="true()"/><bind nodeset="/data/b" type="int" readonly="true()"'
        ' required="true()" constraint=". &gt; 8" jr:constraintMsg="More"/>',
        '<input ref="/data/a"/><input ref="/data/b"/>',
    )
    note, number = (page.questions[0] for page in session.pages())
    assert (note.type, note.value, note.readonly) == (QuestionType.NOTE, "given", True)
    assert (number.value, number.readonly) == (7, True)
    assert [problem.message for problem in session.validate()] == ["More"]


def test_messages_come_in_the_chosen_language(start):
    itext = (
        '<itext><translation lang="vi" default="true()"><text id="m"><value>Chưa đúng</value></text>'
        '</translation><translation lang="en"><text id="m"><value>Not right</value></text></translation>'
        "</itext>"
    )
    session = start(
        "<a/><b/>",
        '<bind nodeset="/data/a" constraint=". = 1" jr:constraintMsg="jr:itext(\'m\')"/>'
        '<bind nodeset="/data/b" required="true()" jr:requiredMsg="jr:itext(\'m\')"/>',
        '<input ref="/data/a"/><input ref="/data/b"/>',
        itext=itext,
    )
    assert session.answer("/data/a", "2").problem.message == "Chưa đúng"
    session.set_language("en")
    assert [problem.message for problem in session.validate()] == ["Not right", "Not right"]


def test_read_only_holds_for_all_below(start):
    session = start(
        "<lock/><g><a/><w><n/></w></g>",
        '<bind nodeset="/data/g" readonly="/data/lock = \'yes\'"/>'
        '<bind nodeset="/data/g/w/n" readonly="position(..) = 2"/>',
        '<input ref="/data/lock"/><group ref="/data/g"><input ref="/data/g/a"/>'
        '<repeat nodeset="/data/g/w"><input ref="/data/g/w/n"/></repeat></group>',
    )
    session.add_repeat("/data/g/w")

    def locked() -> list[bool]:
        return [question.readonly for page in session.pages() for question in page.questions]

    assert locked() == [False, False, False, True]
    session.answer("/data/lock", "yes")
    assert locked() == [False, True, True, True]


def test_a_function_without_argument_looks_at_its_own_node(start):
    session = start(
        "<a/><one>1</one><three>333</three>",
        "".join(
            f'<bind nodeset="/data/{name}" relevant="string-length() &gt; 2 or /data/a = 1"/>'
            for name in ("one", "three")
        ),
        '<input ref="/data/a"/><input ref="/data/one"/><input ref="/data/three"/>',
    )
    assert [session.is_relevant(f"/data/{name}") for name in ("one", "three")] == [False, True]
