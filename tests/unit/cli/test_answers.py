from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supportpoint.cli.submission import fill_form, read_answers
from supportpoint.clock import FixedClock
from supportpoint.content.package import Manifest, Package
from supportpoint.errors import SupportPointError

XFORM = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
 <h:head><h:title>t</h:title><model>
  <instance><data id="t" version="1"><married/><spouse/>
   <child jr:template=""><name/><toys/></child><child><name/><toys/></child>
   <photo/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/married" type="string"/>
  <bind nodeset="/data/spouse" type="string" relevant="/data/married = 'yes'" required="true()"/>
  <bind nodeset="/data/child/name" type="string"/><bind nodeset="/data/child/toys" type="string"/>
  <bind nodeset="/data/photo" type="binary"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <input ref="/data/married"><label>Married</label></input>
  <input ref="/data/spouse"><label>Spouse</label></input>
  <group ref="/data/child"><label>Child</label><repeat nodeset="/data/child">
   <input ref="/data/child/name"><label>Name</label></input>
   <select ref="/data/child/toys"><label>Toys</label>
    <item><label>Ball</label><value>ball</value></item><item><label>Kite</label><value>kite</value></item>
   </select></repeat></group>
  <upload ref="/data/photo" mediatype="image/*"><label>Photo</label></upload>
 </h:body>
</h:html>
"""
PACKAGE = Package(Manifest(kind="form", id="t", version=1, title={}), {"form.xml": XFORM})
CLOCK = FixedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))


def fill(document: bytes, **files: bytes):
    return fill_form(PACKAGE, read_answers(document), files, dict.fromkeys(files, ".JPG"), CLOCK)


@pytest.mark.parametrize(
    "document",
    [
        b'{"/data/married": "yes", "/data/spouse": "L"}',
        b'{"married": "yes", "spouse": "L"}',
        b'{"data": {"spouse": "L", "married": "yes"}}',
    ],
)
def test_answers_by_ref_or_nested_in_any_order(document):
    assert b"<spouse>L</spouse>" in fill(document).xml


def test_an_answer_that_is_not_asked_is_not_sent():
    assert b"spouse" not in fill(b'{"married": "no", "spouse": "L"}').xml


def test_a_list_of_objects_is_a_repeat_and_a_list_of_texts_a_choice_of_several():
    xml = fill(
        '{"child": [{"name": "Pó", "toys": ["ball", "kite"]}, {"name": "Dế"}, {"name": "Sua"}]}'.encode()
    ).xml
    assert [part.split(b"<")[0].decode() for part in xml.split(b"<name>")[1:]] == ["Pó", "Dế", "Sua"]
    assert b"<toys>ball kite</toys>" in xml


def test_the_case_id_is_the_instance_id():
    filled = fill(b'{"married": "no"}')
    assert filled.case_id.encode() in filled.xml
    assert filled.case_id[14] == "7"


@pytest.mark.parametrize("name", ["a.jpg", "photo", "/data/photo"])
def test_a_file_is_named_by_its_answer_or_its_question(name):
    document = b'{"photo": "a.jpg"}' if name == "a.jpg" else b"{}"
    [attachment] = fill(document, **{name: b"jpeg"}).attachments
    assert (attachment.content, attachment.media_type) == (b"jpeg", "image/jpeg")
    assert attachment.name == ("a.jpg" if name == "a.jpg" else "photo.jpg")


@pytest.mark.parametrize(
    ("document", "files", "code"),
    [
        (b'{"married": "yes"}', {}, "SP-308"),
        (b'{"shoes": "31"}', {}, "SP-305"),
        (b'{"photo": "a.jpg"}', {}, "SP-104"),
        (b"{}", {"other.jpg": b""}, "SP-104"),
        (b"[]", {}, "SP-310"),
        (b"\xff", {}, "SP-310"),
        (b'{"a": ', {}, "SP-310"),
    ],
)
def test_what_does_not_fit_is_refused(document, files, code):
    with pytest.raises(SupportPointError, match=code):
        fill(document, **files)
