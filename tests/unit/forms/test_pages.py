"""Pages, labels, languages and the outline."""

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import PageKind

GROUPS = """<input ref="/data/first"/>
<group ref="/data/child"><label>The child</label><input ref="/data/child/name"/>
<group ref="/data/child/born" appearance="field-list"><label>Birth</label>
<input ref="/data/child/born/day"/><input ref="/data/child/born/place"/></group></group>
<group ref="/data/extra"><label>Extra</label><input ref="/data/extra/x"/></group>
<input ref="/data/last"/>"""
NODES = "<first/><child><name/><born><day/><place/></born></child><extra><x/></extra><last/>"


@pytest.fixture
def session(start):
    return start(
        NODES,
        '<bind nodeset="/data/extra" relevant="/data/first = \'more\'"/>'
        '<bind nodeset="/data/child/born/place" relevant="/data/child/born/day != \'\'"/>',
        GROUPS,
    )


def test_one_question_a_page_and_field_lists_together(session):
    pages = session.pages()
    assert [page.kind for page in pages] == [
        PageKind.QUESTION,
        PageKind.QUESTION,
        PageKind.FIELD_LIST,
        PageKind.QUESTION,
    ]
    assert [page.index for page in pages] == [0, 1, 2, 3]
    assert pages[2].ref == "/data/child/born"


def test_sections_are_the_outermost_groups(session):
    found = [(page.section, page.section_index, page.section_count) for page in session.pages()]
    assert found == [("", 1, 3), ("The child", 2, 3), ("The child", 2, 3), ("", 3, 3)]


def test_relevance_opens_pages_and_questions(session):
    changes = session.answer("/data/first", "more")
    assert changes.pages
    assert {"/data/extra", "/data/extra/x"} <= changes.refs
    assert session.page(3).ref == "/data/extra/x"
    assert len(session.page(2).questions) == 1
    session.answer("/data/child/born/day", "2026-01-01")
    assert [question.name for question in session.page(2).questions] == ["day", "place"]


def test_an_answer_that_opens_nothing_says_so(session):
    assert not session.answer("/data/last", "x").pages


def test_where_a_question_is_asked(session):
    assert session.page_index("/data/child/born/day") == 2
    assert session.page_index("/data/last") == 3
    for ref in ("/data/extra/x", "/data/child/born/place", "/data/none"):
        with pytest.raises(SupportPointError) as caught:
            session.page_index(ref)
        assert caught.value.code == "SP-305"
    with pytest.raises(SupportPointError):
        session.page(4)


def test_the_outline_has_every_relevant_question(session):
    session.answer("/data/child/name", "An")
    outline = session.outline()
    assert [section.title for section in outline] == ["", "The child", ""]
    rows = [row for section in outline for row in section.rows]
    assert [(row.ref, row.page_index, row.answered) for row in rows] == [
        ("/data/first", 0, False),
        ("/data/child/name", 1, True),
        ("/data/child/born/day", 2, False),
        ("/data/last", 3, False),
    ]


ITEXT = """<itext><translation lang="Tiếng Việt (vi)" default="true()">
<text id="q"><value>Họ tên của <output value="/data/who"/> là gì?</value><value form="audio">jr://audio/q.mp3</value>
<value form="image">jr://images/q.png</value></text>
<text id="h"><value>Như trên giấy</value><value form="guidance">Xem kỹ</value></text></translation>
<translation lang="English (en)"><text id="q"><value>Name of <output value="/data/who"/>?</value></text>
<text id="h"><value>-</value></text></translation></itext>"""


@pytest.fixture
def spoken(start):
    return start(
        "<who/><name/>",
        '<bind nodeset="/data/name" sp:scan="full_name"/>',
        '<input ref="/data/who"/><input ref="/data/name">'
        "<label ref=\"jr:itext('q')\"/><hint ref=\"jr:itext('h')\"/></input>",
        itext=ITEXT,
    )


def test_labels_hold_answers(spoken):
    spoken.answer("/data/who", "bé")
    question = spoken.page(1).questions[0]
    assert question.label == "Họ tên của bé là gì?"
    assert (question.hint, question.guidance) == ("Như trên giấy", "Xem kỹ")
    assert (question.media.audio, question.media.image) == ("q.mp3", "q.png")
    assert question.attributes == {"scan": "full_name"}


def test_languages_switch_live_and_fall_back(spoken):
    spoken.set_language("en")
    question = spoken.page(1).questions[0]
    assert question.label == "Name of ?"
    assert question.hint == "Như trên giấy"
    assert question.media.audio == "q.mp3"
    spoken.set_language("hmn")
    assert spoken.language == "vi"
    assert spoken.languages == ("vi", "en")


def test_a_calculated_label_follows_the_language(start):
    session = start(
        "<said/>",
        '<bind nodeset="/data/said" calculate="jr:itext(\'q\')"/>',
        '<input ref="/data/said"/>',
        itext='<itext><translation lang="vi" default="true()"><text id="q"><value>Có</value></text>'
        "</translation>"
        '<translation lang="en"><text id="q"><value>Yes</value></text></translation></itext>',
    )
    assert session.value("/data/said") == "Có"
    session.set_language("en")
    assert session.value("/data/said") == "Yes"
