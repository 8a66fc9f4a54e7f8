"""Choices: lists, cascades, filters, labels."""

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition

COMMUNES = b"name,label,district\nm1,Muong Mot,d1\nm2,Muong Hai,d1\nx1,Xa Mot,d2\n"
SELECT = (
    '<select1 ref="/data/{name}"><label>{name}</label>'
    '<itemset nodeset="{nodeset}"><value ref="name"/><label ref="label"/></itemset></select1>'
)
CASCADE = '<input ref="/data/district"/>' + SELECT.format(
    name="commune", nodeset="instance('communes')/root/item[district = /data/district]"
)


@pytest.fixture
def cascade(start):
    return start(
        "<district/><commune/><name/>",
        '<instance id="communes" src="jr://file-csv/communes.csv"/><bind nodeset="/data/district"/>'
        '<bind nodeset="/data/name" calculate="jr:choice-name(/data/commune, \'/data/commune\')"/>',
        CASCADE,
        files={"communes.csv": COMMUNES},
    )


def test_a_cascade_shows_only_what_belongs(cascade):
    assert cascade.page(1).questions[0].choices == ()
    changes = cascade.answer("/data/district", "d1")
    assert "/data/commune" in changes.refs
    assert [choice.label for choice in cascade.page(1).questions[0].choices] == ["Muong Mot", "Muong Hai"]


def test_changing_the_parent_clears_a_stale_answer(cascade):
    cascade.answer("/data/district", "d1")
    cascade.answer("/data/commune", "m2")
    assert cascade.value("/data/name") == "Muong Hai"
    assert cascade.page(1).questions[0].display == "Muong Hai"
    cascade.answer("/data/district", "d2")
    assert cascade.value("/data/commune") is None
    assert cascade.value("/data/name") is None


def test_a_value_outside_the_choices_is_refused(cascade):
    cascade.answer("/data/district", "d1")
    with pytest.raises(SupportPointError) as caught:
        cascade.answer("/data/commune", "x1")
    assert caught.value.code == "SP-306"


def test_several_choices_are_kept_as_a_tuple(start):
    session = start(
        "<many/>",
        "",
        '<select ref="/data/many"><item><label>One</label><value>a</value></item>'
        "<item><label>Two</label><value>b</value></item></select>",
    )
    session.answer("/data/many", ("a", "b"))
    assert session.value("/data/many") == ("a", "b")
    assert session.page(0).questions[0].display == "One, Two"
    session.answer("/data/many", "b")
    assert session.value("/data/many") == ("b",)
    with pytest.raises(SupportPointError):
        session.answer("/data/many", ["a", "c"])


def test_a_filter_inside_a_repeat_sees_its_own_instance(start):
    session = start(
        "<rep><district/><commune/></rep>",
        '<instance id="communes" src="jr://file-csv/communes.csv"/>',
        '<group ref="/data/rep"><label>R</label><repeat nodeset="/data/rep"><input ref="/data/rep/district"/>'
        + SELECT.format(
            name="rep/commune", nodeset="instance('communes')/root/item[district = current()/../district]"
        )
        + "</repeat></group>",
        files={"communes.csv": COMMUNES},
    )
    session.add_repeat("/data/rep")
    session.answer("/data/rep[1]/district", "d1")
    session.answer("/data/rep[2]/district", "d2")
    pages = {page.ref: page for page in session.pages()}
    assert len(pages["/data/rep[1]/commune"].questions[0].choices) == 2
    assert [c.value for c in pages["/data/rep[2]/commune"].questions[0].choices] == ["x1"]


def test_an_absolute_path_in_a_filter_means_the_same_instance(start):
    session = start(
        "<rep><district/><commune/></rep>",
        '<instance id="communes" src="jr://file-csv/communes.csv"/>',
        '<repeat nodeset="/data/rep"><input ref="/data/rep/district"/>'
        + SELECT.format(
            name="rep/commune", nodeset="instance('communes')/root/item[district = /data/rep/district]"
        )
        + "</repeat>",
        files={"communes.csv": COMMUNES},
    )
    session.add_repeat("/data/rep")
    session.answer("/data/rep[2]/district", "d2")
    session.answer("/data/rep[2]/commune", "x1")
    session.answer("/data/rep[1]/district", "d1")
    assert session.value("/data/rep[2]/commune") == "x1"


def test_a_shuffled_list_keeps_its_order_with_a_seed(start):
    nodeset = "randomize(instance('communes')/root/item, 7)"
    session = start(
        "<c/>",
        '<instance id="communes" src="jr://file-csv/communes.csv"/>',
        SELECT.format(name="c", nodeset=nodeset),
        files={"communes.csv": COMMUNES},
    )
    first = session.page(0).questions[0].choices
    assert first == session.page(0).questions[0].choices
    assert {choice.value for choice in first} == {"m1", "m2", "x1"}


def test_a_list_with_text_in_two_languages(start):
    session = start(
        "<sex/>",
        '<instance id="sex"><root><item><itextId>sex-0</itextId><name>f</name></item></root></instance>',
        '<select1 ref="/data/sex"><itemset nodeset="instance(\'sex\')/root/item"><value ref="name"/>'
        '<label ref="jr:itext(itextId)"/></itemset></select1>',
        itext='<itext><translation lang="vi" default="true()"><text id="sex-0"><value>Nữ</value>'
        '<value form="audio">jr://audio/nu.mp3</value></text></translation>'
        '<translation lang="en"><text id="sex-0"><value>Female</value></text></translation></itext>',
    )
    choice = session.page(0).questions[0].choices[0]
    assert (choice.label, choice.media.audio) == ("Nữ", "nu.mp3")
    session.answer("/data/sex", "f")
    session.set_language("en")
    assert session.page(0).questions[0].display == "Female"


def test_semicolons_and_a_byte_order_mark(xform):
    form = xform("<a/>", '<instance id="v" src="jr://file-csv/v.csv"/>')
    definition = FormDefinition.load(form, files={"v.csv": "﻿name;label\nx;Bản Ảng\n".encode()})
    assert definition.lists["v"].find("root", "item", "label").text == "Bản Ảng"


def test_a_shuffle_without_seed_stays_as_it_is_for_one_session(start):
    rows = b"name,label\n" + b"".join(b"n%d,L%d\n" % (n, n) for n in range(40))
    session = start(
        "<c/>",
        '<instance id="v" src="jr://file-csv/v.csv"/>',
        SELECT.format(name="c", nodeset="randomize(instance('v')/root/item)"),
        files={"v.csv": rows},
    )
    first = session.page(0).questions[0].choices
    assert first == session.page(0).questions[0].choices
    assert [choice.value for choice in first] != [f"n{n}" for n in range(40)]


@pytest.mark.parametrize("rows", [10, 300])
def test_long_lists_answer_as_short_ones_do(start, rows):
    text = "name,label,unit\n" + "".join(f"v{n},V{n},0{n % 3}\n" for n in range(rows))
    session = start(
        "<unit/><all/><some/>",
        '<instance id="v" src="jr://file-csv/v.csv"/><bind nodeset="/data/unit" type="int"/>',
        '<input ref="/data/unit"/>'
        + SELECT.format(name="all", nodeset="instance('v')/root/item")
        + SELECT.format(name="some", nodeset="instance('v')/root/item[unit = /data/unit]"),
        files={"v.csv": text.encode()},
    )
    session.answer("/data/unit", 2)  # a number finds the text "02"
    session.answer("/data/all", "v1")
    session.answer("/data/some", "v2")
    assert [choice.value for choice in session.page(2).questions[0].choices[:2]] == ["v2", "v5"]
    for ref, value in (("/data/all", "v999"), ("/data/some", "v1")):
        with pytest.raises(SupportPointError):
            session.answer(ref, value)
    session.answer("/data/unit", 1)
    assert (session.value("/data/all"), session.value("/data/some")) == ("v1", None)


@pytest.mark.parametrize(
    ("predicates", "expected"),
    [
        ("[district = 'd1']", ["m1", "m2"]),
        ("['d1' = district][2]", ["m2"]),
        ("[district = 'd1' and label = 'Muong Hai']", ["m2"]),
        ("[district = 'd1' and position() = 2]", ["m2"]),
        ("[district = 'd1' or name = 'x1']", ["m1", "m2", "x1"]),
        ("[district = /data/a and starts-with(name, 'm')][last()]", ["m2"]),
        ("[district = 'd9']", []),
    ],
)
def test_an_index_gives_what_a_search_gives(start, predicates, expected):
    session = start(
        "<a>d1</a><c/>",
        '<instance id="communes" src="jr://file-csv/communes.csv"/>',
        SELECT.format(name="c", nodeset=f"instance('communes')/root/item{predicates}"),
        files={"communes.csv": COMMUNES},
    )
    assert [choice.value for choice in session.page(0).questions[0].choices] == expected
