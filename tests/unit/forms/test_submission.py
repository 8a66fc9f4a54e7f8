"""Submissions: written, read back, and distrusted."""

import pytest
from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormSession

NODES = '<start/><a/><g><b>default</b></g><photo/><w jr:template=""><n/></w>'
MODEL = """<bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
<bind nodeset="/data/a" type="int"/><bind nodeset="/data/g" relevant="/data/a &gt; 1"/>
<bind nodeset="/data/photo" type="binary"/>
<bind nodeset="/data/meta/instanceID" jr:preload="uid"/>"""
BODY = """<input ref="/data/a"/><group ref="/data/g"><input ref="/data/g/b"/></group>
<upload ref="/data/photo" mediatype="image/*"/>
<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>"""


@pytest.fixture
def session(start):
    return start(NODES, MODEL, BODY, root='sp:purpose="ordinary"')


def test_what_a_submission_looks_like(session):
    root = etree.fromstring(session.to_xml())
    assert dict(root.attrib) == {"id": "f", "version": "1"}
    assert root.findtext("meta/instanceID") == "uuid:id-1"
    assert root.findtext("start") == "2026-11-23T10:00:00.000+07:00"
    assert root.find("g") is None
    assert session.instance_id == "id-1"


def test_only_relevant_nodes_are_sent_but_a_draft_keeps_all(session, clock):
    session.answer("/data/a", 2)
    session.answer("/data/g/b", "typed")
    session.answer("/data/a", 1)
    assert b"typed" not in session.to_xml()
    draft = session.to_xml(whole=True)
    again = FormSession.from_xml(session.definition, draft, clock=clock)
    again.answer("/data/a", 2)
    assert again.value("/data/g/b") == "typed"


def test_reading_back_gives_the_same(session, reopen):
    session.answer("/data/a", 5)
    session.answer("/data/g/b", "Lò <&> Văn")
    session.add_repeat("/data/w")
    session.add_repeat("/data/w")
    session.answer("/data/w[2]/n", "second")
    again = reopen(session)
    assert again.to_xml() == session.to_xml()
    assert again.instance_id == "id-1"
    assert again.value("/data/w[2]/n") == "second"
    assert again.pages() == session.pages()


def test_files_of_relevant_answers(session):
    assert session.attachment_names() == ()
    session.answer("/data/photo", "p1.jpg")
    assert session.attachment_names() == ("p1.jpg",)


def test_an_id_of_its_own(start, clock):
    definition = start("<a/>").definition
    one, two = (FormSession(definition, clock=clock).instance_id for _ in range(2))
    assert one != two
    assert len(one) == 36


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'id="f"', b'id="other"', "SP-309"),
        (b'version="1"', b'version="2"', "SP-309"),
        (b"<a/>", b"<a/><spy>1</spy>", "SP-310"),
        (b"<a/>", b"<a/><a/>", "SP-310"),
        (b"</data>", b"", "SP-310"),
    ],
)
def test_foreign_answers_are_refused(session, clock, old, new, code):
    xml = session.to_xml()
    assert old in xml
    with pytest.raises(SupportPointError) as caught:
        FormSession.from_xml(session.definition, xml.replace(old, new), clock=clock)
    assert caught.value.code == code


@pytest.mark.parametrize("data", [b"", b"no xml", b"<!DOCTYPE d [<!ENTITY x 'y'>]><data>&x;</data>"])
def test_what_is_no_submission(session, clock, data):
    with pytest.raises(SupportPointError) as caught:
        FormSession.from_xml(session.definition, data, clock=clock)
    assert caught.value.code == "SP-310"


def test_forged_values_are_found(start, clock):
    session = start(
        "<n/><sex/><sum/>",
        '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/sum" calculate="/data/n + 1"/>',
        '<input ref="/data/n"/><select1 ref="/data/sex">'
        "<item><label>F</label><value>f</value></item></select1>",
    )
    session.answer("/data/n", 4)
    forged = session.to_xml().replace(b"<n>4</n>", b"<n>four</n>").replace(b"<sex/>", b"<sex>q</sex>")
    again = FormSession.from_xml(
        session.definition, forged.replace(b"<sum>5</sum>", b"<sum>99</sum>"), clock=clock
    )
    assert [(problem.ref, problem.code) for problem in again.validate()] == [
        ("/data/n", "SP-306"),
        ("/data/sex", "SP-306"),
    ]
    assert again.value("/data/sum") is None
