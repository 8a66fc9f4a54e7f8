"""Defaults and setvalue actions."""

from supportpoint.forms import FormSession


def test_defaults_and_first_load(start, reopen):
    session = start(
        "<fixed>7</fixed><today/><id/>",
        '<bind nodeset="/data/fixed" type="int"/><bind nodeset="/data/today" type="date"/>'
        '<setvalue ref="/data/today" event="odk-instance-first-load" value="today()"/>'
        '<setvalue ref="/data/id" event="odk-instance-first-load" value="concat(\'k-\', /data/fixed)"/>',
        '<input ref="/data/fixed"/><input ref="/data/today"/>',
    )
    assert session.value("/data/fixed") == 7
    assert str(session.value("/data/today")) == "2026-11-23"
    assert session.value("/data/id") == "k-7"
    session.answer("/data/today", None)
    assert reopen(session).value("/data/today") is None


def test_a_changed_value_sets_another(start):
    session = start(
        "<a/><at/><copy/>",
        '<bind nodeset="/data/at" type="dateTime"/>',
        '<input ref="/data/a"><setvalue ref="/data/at" event="xforms-value-changed" value="now()"/>'
        '<setvalue ref="/data/copy" event="xforms-value-changed">fixed</setvalue></input>',
    )
    changes = session.answer("/data/a", "x")
    assert {"/data/at", "/data/copy"} <= changes.refs
    assert session.value("/data/at").isoformat() == "2026-11-23T10:00:00+07:00"
    session.answer("/data/copy", "own")
    session.answer("/data/a", "x")
    assert session.value("/data/copy") == "own"


def test_a_new_repeat_is_given_its_values(start):
    session = start(
        '<who/><w jr:template=""><n/><place/></w>',
        '<bind nodeset="/data/w/place" type="int"/>',
        '<input ref="/data/who"/><repeat nodeset="/data/w"><input ref="/data/w/n"/>'
        '<setvalue ref="/data/w/n" event="odk-new-repeat" value="/data/who"/>'
        '<setvalue ref="/data/w/place" event="odk-new-repeat" value="position(..)"/></repeat>',
    )
    session.answer("/data/who", "An")
    session.add_repeat("/data/w")
    session.answer("/data/who", "Binh")
    session.add_repeat("/data/w")
    assert [session.value(f"/data/w[{n}]/n") for n in (1, 2)] == ["An", "Binh"]
    assert [session.value(f"/data/w[{n}]/place") for n in (1, 2)] == [1, 2]


def test_a_change_inside_a_repeat_stays_there(start):
    session = start(
        "<w><a/><copy/></w>",
        "",
        '<repeat nodeset="/data/w"><input ref="/data/w/a">'
        '<setvalue ref="/data/w/copy" event="xforms-value-changed" value="../a"/></input></repeat>',
    )
    session.add_repeat("/data/w")
    session.answer("/data/w[2]/a", "second")
    assert session.value("/data/w[1]/copy") is None
    assert session.value("/data/w[2]/copy") == "second"


def test_metadata(start, clock):
    definition = start(
        "<device/><day/><end/>",
        '<bind nodeset="/data/device" jr:preload="property" jr:preloadParams="deviceid"/>'
        '<bind nodeset="/data/day" type="date" jr:preload="date" jr:preloadParams="today"/>'
        '<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>',
        '<input ref="/data/device"/>',
    ).definition
    session = FormSession(definition, clock=clock, metadata={"deviceid": "kiosk-7"})
    assert session.value("/data/device") == "kiosk-7"
    assert str(session.value("/data/day")) == "2026-11-23"
    clock.advance(60)
    session.answer("/data/device", "other")
    assert session.value("/data/end").minute == 1


def test_a_value_kept_once(start, reopen):
    session = start("<token/>", '<bind nodeset="/data/token" calculate="once(random())"/>')
    token = session.value("/data/token")
    session.recompute()
    assert session.value("/data/token") == token
    assert reopen(session).value("/data/token") == token


def test_an_action_sees_what_the_answer_changed(start):
    session = start(
        "<a/><double/><seen/><last/>",
        '<bind nodeset="/data/a" type="int"/>'
        '<bind nodeset="/data/double" type="int" calculate="/data/a * 2"/>',
        '<input ref="/data/a">'
        '<setvalue ref="/data/seen" event="xforms-value-changed" value="/data/double"/></input>'
        '<input ref="/data/seen">'
        '<setvalue ref="/data/last" event="xforms-value-changed" value="../seen + 1"/></input>',
    )
    session.answer("/data/a", 4)
    assert session.value("/data/seen") == "8"
    assert session.value("/data/last") == "9"


def test_actions_in_a_ring_come_to_an_end(start):
    session = start(
        "<a/><b/>",
        "",
        '<input ref="/data/a">'
        '<setvalue ref="/data/b" event="xforms-value-changed" value="concat(/data/a, 1)"/></input>'
        '<input ref="/data/b">'
        '<setvalue ref="/data/a" event="xforms-value-changed" value="concat(/data/b, 1)"/></input>',
    )
    session.answer("/data/a", "1")
    assert len(str(session.value("/data/a"))) < 50
