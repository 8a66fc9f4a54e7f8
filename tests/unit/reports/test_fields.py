"""Answers by field id: questions, calculations, repeats."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.reports.fields import Field, read_fields

XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:sp="https://supportpoint.example/xforms/sp"
  xmlns:orx="http://openrosa.org/xforms">
 <h:head><h:title>t</h:title><model>
  <itext><translation lang="Tiếng Việt (vi)" default="true()">
   <text id="sex-m"><value>Con trai</value></text><text id="sex-f"><value>Con gái</value></text>
  </translation></itext>
  <instance><data id="t" version="1">
   <sex/><ask_nation/><nation/><group/><born/><day/><hidden/><first/><second/><number/><role/><ask_kin/><kin/>
   <child jr:template=""><name/><sex/><home><commune/></home></child>
   <meta><instanceID/></meta></data></instance>
  <instance id="sexes"><root><item><itextId>sex-m</itextId><name>male</name></item>
   <item><itextId>sex-f</itextId><name>female</name></item></root></instance>
  <instance id="groups" src="jr://file-csv/groups.csv"/>
  <bind nodeset="/data/sex" type="string" sp:field="child.sex"/>
  <bind nodeset="/data/ask_nation" type="string"/>
  <bind nodeset="/data/nation" type="string" sp:field="child.nation"
   calculate="if(/data/ask_nation = '', 'VN', /data/ask_nation)"/>
  <bind nodeset="/data/group" type="string" sp:field="child.group"/>
  <bind nodeset="/data/born" type="string" sp:field="child.born"/>
  <bind nodeset="/data/day" type="string" sp:field="child.day" calculate="/data/born"/>
  <bind nodeset="/data/hidden" type="string" sp:field="hidden" relevant="/data/sex = 'male'"/>
  <bind nodeset="/data/first" type="string" sp:field="twice" relevant="/data/sex = 'male'"/>
  <bind nodeset="/data/second" type="string" sp:field="twice"/>
  <bind nodeset="/data/number" type="string" sp:field="number" calculate="'2026-04'"/>
  <bind nodeset="/data/role" type="string"/><bind nodeset="/data/ask_kin" type="string"/>
  <bind nodeset="/data/kin" type="string" sp:field="kin"
   calculate="if(/data/role = 'none', '', /data/ask_kin)"/>
  <bind nodeset="/data/child/name" type="string" sp:field="members.full_name"/>
  <bind nodeset="/data/child/sex" type="string" sp:field="members.sex" calculate="/data/sex"/>
  <bind nodeset="/data/child/home/commune" type="string" sp:field="members.home.commune"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <select1 ref="/data/sex"><label>Sex</label><itemset nodeset="instance('sexes')/root/item">
   <value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>
  <select1 ref="/data/ask_nation"><label>Nation</label>
   <item><label>Việt Nam</label><value>VN</value></item>
   <item><label>Lào</label><value>LA</value></item></select1>
  <select1 ref="/data/group"><label>Group</label><itemset nodeset="instance('groups')/root/item">
   <value ref="code"/><label ref="name"/></itemset></select1>
  <input ref="/data/born" appearance="sp:partial-date"><label>Born</label></input>
  <input ref="/data/hidden"><label>Hidden</label></input>
  <input ref="/data/first"><label>First</label></input>
  <input ref="/data/second"><label>Second</label></input>
  <select1 ref="/data/role"><label>Role</label>
   <item><label>Việc khác</label><value>other</value></item></select1>
  <select1 ref="/data/ask_kin"><label>Kin</label>
   <item><label>Người khác</label><value>other</value></item></select1>
  <group ref="/data/child"><label>Child</label><repeat nodeset="/data/child">
   <input ref="/data/child/name"><label>Name</label></input>
   <select1 ref="/data/child/home/commune"><label>Commune</label>
    <itemset nodeset="instance('groups')/root/item"><value ref="code"/><label ref="name"/></itemset></select1>
  </repeat></group>
 </h:body>
</h:html>
""".encode()
CLOCK = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))


@pytest.fixture
def session():
    files = {"groups.csv": "code,name\n03,Thái\n08,Mông\n".encode()}
    return FormSession(FormDefinition.load(XFORM, files=files), clock=CLOCK, language="vi")


def test_a_question_gives_its_code_and_its_words(session):
    session.answer("/data/sex", "female")
    session.answer("/data/group", "08")
    session.answer("/data/born", "1994-05")
    single = read_fields(session).single
    assert single["child.sex"] == Field("female", "Con gái", "select_one")
    assert single["child.group"] == Field("08", "Mông", "select_one")
    assert single["child.born"] == Field("1994-05", "05/1994", "text")


def test_a_calculated_code_has_the_words_of_the_choice_it_comes_from(session):
    assert read_fields(session).single["child.nation"] == Field("VN", "Việt Nam", "calculate")
    session.answer("/data/ask_nation", "LA")
    assert read_fields(session).single["child.nation"].display == "Lào"


def test_the_question_that_a_node_is_named_after_gives_the_words(session):
    session.answer("/data/ask_kin", "other")
    assert read_fields(session).single["kin"].display == "Người khác"


def test_a_calculated_day_is_written_as_a_day_and_nothing_else_is(session):
    session.answer("/data/born", "1994-05-12")
    single = read_fields(session).single
    assert single["child.day"] == Field("1994-05-12", "12/05/1994", "calculate")
    assert single["number"].display == "2026-04"


def test_only_what_counts_is_read_and_the_first_answer_to_a_field_stands(session):
    session.answer("/data/hidden", "x")
    session.answer("/data/first", "one")
    session.answer("/data/second", "two")
    assert "hidden" not in read_fields(session).single
    assert read_fields(session).single["twice"].display == "two"
    session.answer("/data/sex", "male")
    assert read_fields(session).single["twice"].display == "one"
    assert read_fields(session).single["hidden"].display == "x"


def test_an_empty_answer_is_no_field(session):
    session.answer("/data/second", " \u200b ")
    assert "child.sex" not in read_fields(session).single


def test_a_repeat_is_rows_by_the_rest_of_the_id(session):
    session.answer("/data/sex", "male")
    for name, commune in (("Vừ A Dế", "08"), ("Lò Thị Pó", "03")):
        session.add_repeat("/data/child")
        place = len(read_fields(session).rows["members"])
        session.answer(f"/data/child[{place}]/name", name)
        session.answer(f"/data/child[{place}]/home/commune", commune)
    rows = read_fields(session).rows["members"]
    assert [row["full_name"].display for row in rows] == ["Vừ A Dế", "Lò Thị Pó"]
    assert [row["home.commune"].display for row in rows] == ["Mông", "Thái"]
    assert rows[0]["sex"] == Field("male", "Con trai", "calculate")


def test_the_answers_of_a_submission_are_the_same(session):
    session.answer("/data/sex", "male")
    session.add_repeat("/data/child")
    session.answer("/data/child[1]/name", "Vừ A Dế")
    again = FormSession.from_xml(session.definition, session.to_xml(), clock=CLOCK, language="vi")
    assert read_fields(again) == read_fields(session)
