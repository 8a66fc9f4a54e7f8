"""Features that no other test here names: metadata, outside lists, fixed repeats, outputs, pictures."""

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, Media, QuestionType

LISTED = (
    '<select1 ref="/data/c"><itemset nodeset="instance(\'v\')/root/item"><value ref="name"/>'
    '<label ref="label"/></itemset></select1>'
)


def test_metadata_that_is_known_and_metadata_that_is_not(start, clock):
    definition = start(
        "<user/><phone/><mail/><id/><a/><meta><audit/><instanceName/></meta>".replace(
            "<meta>", "<m>"
        ).replace("</meta>", "</m>"),
        '<bind nodeset="/data/user" jr:preload="property" jr:preloadParams="username"/>'
        '<bind nodeset="/data/phone" jr:preload="property" jr:preloadParams="phonenumber"/>'
        '<bind nodeset="/data/mail" jr:preload="property" jr:preloadParams="email"/>'
        '<bind nodeset="/data/id" jr:preload="uid"/><bind nodeset="/data/m/audit" type="binary"'
        ' odk:location-priority="balanced"/><bind nodeset="/data/m/instanceName" calculate="/data/a"/>',
        '<input ref="/data/a"/>',
    ).definition
    session = FormSession(definition, clock=clock, metadata={"username": "cán bộ 1"})
    assert session.value("/data/user") == "cán bộ 1"
    assert (session.value("/data/phone"), session.value("/data/mail")) == (None, None)
    assert str(session.value("/data/id")).startswith("uuid:")
    session.answer("/data/a", "Mai")
    assert session.value("/data/m/instanceName") == "Mai"
    assert session.value("/data/m/audit") is None
    assert session.page_count() == 1


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("jr://file/v.xml", b"<root><item><name>a</name><label>A</label></item></root>"),
        ("jr://file-csv/v.csv", b"name,label\na,A\n"),
        (
            "jr://file/v.geojson",
            (
                b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":'
                b' {"name": "a", "label": "A"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}'
            ),
        ),
    ],
)
def test_lists_from_outside(start, source, data):
    file = source.rpartition("/")[2]
    session = start("<c/>", f'<instance id="v" src="{source}"/>', LISTED, files={file: data})
    assert [(choice.value, choice.label) for choice in session.page(0).questions[0].choices] == [("a", "A")]


@pytest.mark.parametrize(
    ("source", "code"),
    [("jr://instance/last-saved", "SP-302"), ("jr://file/v.db", "SP-302"), ("jr://file/gone.xml", "SP-301")],
)
def test_lists_that_are_refused_by_name(xform, source, code):
    form = xform("<c/>", f'<instance id="v" src="{source}"/>', LISTED)
    with pytest.raises(SupportPointError) as caught:
        FormDefinition.load(form, files={"v.db": b""})
    assert caught.value.code == code
    assert source.rpartition("/")[2] in str(caught.value.facts)


@pytest.mark.parametrize("value", ["true()", "true"])
def test_a_repeat_that_nobody_adds_to(start, value):
    session = start(
        "<w><n/></w><w><n/></w>",
        "",
        f'<repeat nodeset="/data/w" jr:noAddRemove="{value}"><input ref="/data/w/n"/></repeat>',
    )
    assert [page.ref for page in session.pages()] == ["/data/w[1]/n", "/data/w[2]/n"]
    for change in (lambda: session.add_repeat("/data/w"), lambda: session.remove_repeat("/data/w[1]")):
        with pytest.raises(SupportPointError) as caught:
            change()
        assert caught.value.code == "SP-305"


def test_a_changed_value_is_one_that_a_person_or_an_action_gave(start):
    session = start(
        "<a/><double/><seen>0</seen>",
        '<bind nodeset="/data/a" type="int"/><bind nodeset="/data/double" calculate="/data/a * 2"/>'
        '<bind nodeset="/data/seen" type="int"/>',
        '<input ref="/data/a"/><input ref="/data/double"><setvalue event="xforms-value-changed"'
        ' ref="/data/seen" value="/data/seen + 1"/></input>',
    )
    session.answer("/data/a", 2)
    assert session.value("/data/double") == "4"
    assert session.value("/data/seen") == 0


def test_an_action_at_first_load_sets_off_others_in_turn(start):
    session = start(
        "<a/><b/>",
        '<setvalue event="odk-instance-first-load" ref="/data/a" value="1 + 1"/>',
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="/data/a"/></input>',
    )
    assert session.value("/data/b") == "2"


def test_an_action_without_value_takes_the_answer_away(start):
    session = start(
        "<a/><b>old</b>",
        "",
        '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b"/></input>',
    )
    session.answer("/data/a", "x")
    assert session.value("/data/b") is None


def test_a_defaults_type_is_seen_at_once(start):
    session = start(
        "<n>2.50</n><day>2026-11-20</day><many>a b</many><late/><sum/>",
        '<bind nodeset="/data/n" type="decimal"/><bind nodeset="/data/day" type="date"/>'
        '<bind nodeset="/data/late" calculate="/data/day &lt; today()"/>'
        '<bind nodeset="/data/sum" calculate="/data/n + count-selected(/data/many)"/>',
        '<input ref="/data/n"/><input ref="/data/day"/><select ref="/data/many"><item><label>A</label>'
        "<value>a</value></item><item><label>B</label><value>b</value></item></select>",
    )
    assert (session.value("/data/late"), session.value("/data/sum")) == ("true", "4.5")
    assert session.value("/data/many") == ("a", "b")


ITEXT = (
    '<itext><translation lang="vi" default="true()"><text id="q"><value>Hỏi</value>'
    '<value form="image">jr://images/small.png</value><value form="big-image">jr://images/big.png</value>'
    '<value form="audio">jr://audio/vi.mp3</value></text></translation>'
    '<translation lang="en"><text id="q"><value>Ask</value><value form="audio">jr://audio/en.mp3</value>'
    "</text></translation></itext>"
)


def test_the_big_picture_wins_and_each_language_has_its_sound(start):
    session = start("<a/>", "", '<input ref="/data/a"><label ref="jr:itext(\'q\')"/></input>', itext=ITEXT)
    assert session.page(0).questions[0].media == Media("big.png", "vi.mp3")
    session.set_language("en")
    assert session.page(0).questions[0].media == Media("big.png", "en.mp3")
    assert session.page(0).questions[0].label == "Ask"


def test_a_choice_is_named_in_its_own_instance(start):
    session = start(
        "<w><c/><said/></w>",
        '<bind nodeset="/data/w/said" calculate="jr:choice-name(../c, \'../c\')"/>',
        '<repeat nodeset="/data/w"><select1 ref="/data/w/c"><item><label>Một</label><value>1</value></item>'
        "<item><label>Hai</label><value>2</value></item></select1></repeat>",
    )
    session.add_repeat("/data/w")
    session.answer("/data/w[1]/c", "1")
    session.answer("/data/w[2]/c", "2")
    assert [session.value(f"/data/w[{n}]/said") for n in (1, 2)] == ["Một", "Hai"]


def test_a_field_list_shows_what_its_answers_open(start):
    session = start(
        "<g><a/><b/><w><n/></w></g>",
        '<bind nodeset="/data/g/b" relevant="../a = \'yes\'"/>',
        '<group ref="/data/g" appearance="field-list"><input ref="/data/g/a"/><input ref="/data/g/b"/>'
        '<repeat nodeset="/data/g/w"><input ref="/data/g/w/n"/></repeat></group>',
    )
    assert [question.name for question in session.page(0).questions] == ["a", "n"]
    assert "/data/g/b" in session.answer("/data/g/a", "yes").refs
    assert [question.name for question in session.page(0).questions] == ["a", "b", "n"]


def test_hidden_nodes_are_sent_and_never_asked(start):
    session = start("<secret>7</secret><a/>", "", '<input ref="/data/a"/>')
    assert session.page_count() == 1
    assert b"<secret>7</secret>" in session.to_xml()


def test_an_audio_question_holds_a_file_name(start):
    session = start(
        "<v/>", '<bind nodeset="/data/v" type="binary"/>', '<upload ref="/data/v" mediatype="audio/*"/>'
    )
    assert session.page(0).questions[0].type is QuestionType.AUDIO
    session.answer("/data/v", "story.m4a")
    assert session.attachment_names() == ("story.m4a",)


BY_ID = (
    "<a/><w><n/></w><seen/>",
    (
        '<bind id="first" nodeset="/data/a" type="int"/><bind id="rep" nodeset="/data/w"/>'
        '<bind id="name" nodeset="/data/w/n"/><bind id="seen" nodeset="/data/seen"/>'
    ),
    (
        '<input bind="first"><setvalue event="xforms-value-changed" bind="seen">yes</setvalue></input>'
        '<group><repeat bind="rep"><input bind="{}"/></repeat></group>'
    ),
)


def test_questions_may_name_their_bind(start):
    session = start(BY_ID[0], BY_ID[1], BY_ID[2].format("name"))
    session.answer("/data/a", 3)
    assert session.value("/data/seen") == "yes"
    session.add_repeat("/data/w")
    assert [page.ref for page in session.pages()] == ["/data/a", "/data/w[1]/n", "/data/w[2]/n", "/data/w"]


def test_a_bind_that_nobody_wrote(xform):
    with pytest.raises(SupportPointError) as caught:
        FormDefinition.load(xform(BY_ID[0], BY_ID[1], BY_ID[2].format("other")))
    assert (caught.value.code, caught.value.facts["bind"]) == ("SP-301", "other")
