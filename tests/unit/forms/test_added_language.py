"""A form gets a language that it did not come with, made of its default texts; what lacks stays as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormDefinition, FormSession

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa">
 <h:head><h:title>Một câu</h:title><model>
  <itext>
   <translation lang="Tiếng Việt (vi)" default="true()">
    <text id="name"><value>Tên là gì?</value><value form="image">jr://images/baby.svg</value></text>
    <text id="sure">
     <value>Tên <output value="/data/name"/> và <output value="/data/name"/> đúng chưa?</value>
    </text>
    <text id="sure:hint"><value>Xem lại.</value><value form="guidance">Sai thì sửa được.</value></text>
   </translation>
   <translation lang="English (en)">
    <text id="name"><value>What is the name?</value></text>
    <text id="sure"><value>-</value></text>
   </translation>
  </itext>
  <instance><data id="one" version="1"><name>An</name><sure/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/name" type="string"/><bind nodeset="/data/sure" type="string"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <input ref="/data/name"><label ref="jr:itext('name')"/></input>
  <input ref="/data/sure"><label ref="jr:itext('sure')"/><hint ref="jr:itext('sure:hint')"/></input>
 </h:body></h:html>
"""
SURE = "Tên %1 và %2 đúng chưa?"


def labels(said: dict[str, str]) -> list[str]:
    form = FormDefinition.load(FORM.encode())
    form.itext.translate("kjg", lambda words: said.get(words, ""))
    session = FormSession(form, clock=FixedClock(NOW), language="kjg")
    return [question.label for page in session.pages() for question in page.questions]


def test_the_words_of_a_form_are_listed_with_places_and_without_pictures():
    form = FormDefinition.load(FORM.encode())
    assert form.itext.list_words() == {
        ("name", ""): "Tên là gì?",
        ("sure", ""): SURE,
        ("sure:hint", ""): "Xem lại.",
        ("sure:hint", "guidance"): "Sai thì sửa được.",
    }
    assert form.itext.list_words("en") == {("name", ""): "What is the name?"}


def test_a_translation_keeps_the_answers_in_their_places():
    said = {"Tên là gì?": "⟦name⟧", SURE: "⟦%2 then %1⟧"}
    assert labels(said) == ["⟦name⟧", "⟦An then An⟧"]


@pytest.mark.parametrize("wrong", ["⟦no place⟧", "⟦%1⟧", "⟦%1 %2 %3⟧", "⟦%1 %1⟧", ""])
def test_a_translation_with_other_places_is_not_shown(wrong: str):
    assert labels({SURE: wrong}) == ["Tên là gì?", "Tên An và An đúng chưa?"]


def test_pictures_and_what_lacks_come_from_the_default_language():
    form = FormDefinition.load(FORM.encode())
    form.itext.translate("kjg", lambda words: "⟦name⟧" if words == "Tên là gì?" else "")
    session = FormSession(form, clock=FixedClock(NOW), language="kjg")
    first, second = (question for page in session.pages() for question in page.questions)
    assert first.media.image == "baby.svg"
    assert (second.hint, second.guidance) == ("Xem lại.", "Sai thì sửa được.")
    session.set_language("en")
    assert session.page(0).questions[0].label == "What is the name?"
