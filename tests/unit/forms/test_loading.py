"""FormDefinition.load: what is read, and what is refused by name."""

import contextlib
import gc

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition


def refused(form: bytes, **kwargs) -> SupportPointError:
    with pytest.raises(SupportPointError) as caught:
        FormDefinition.load(form, **kwargs)
    return caught.value


def test_identity_and_settings(xform):
    form = xform("<a/>", root='sp:purpose="ordinary" sp:autosave="never" sp:fee="0" sp:title_en="My form"')
    definition = FormDefinition.load(form)
    assert (definition.form_id, definition.version) == ("f", "1")
    assert definition.settings.autosave == "never"
    assert definition.settings.fee == "0"
    assert definition.settings.confidence == "unverified"
    assert definition.title("en") == "My form"
    assert definition.title("vi") == "A form"


def test_languages_are_codes_with_the_default_first(xform):
    itext = (
        '<itext><translation lang="English (en)"/>'
        '<translation lang="Tiếng Việt (vi)" default="true()"/></itext>'
    )
    assert FormDefinition.load(xform("<a/>", itext=itext)).languages == ("vi", "en")
    assert FormDefinition.load(xform("<a/>")).languages == ()


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"<a>",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    ],
)
def test_what_is_no_form(form):
    assert refused(form).code == "SP-301"


def test_a_question_without_node(xform):
    error = refused(xform("<a/>", body='<input ref="/data/b"/>'))
    assert (error.code, error.facts["ref"]) == ("SP-301", "/data/b")


def test_an_unknown_function_is_refused_by_name(xform):
    error = refused(xform("<a/>", '<bind nodeset="/data/a" calculate="1 + frobnicate(2)"/>'))
    assert (error.code, error.facts["function"], error.facts["ref"]) == ("SP-302", "frobnicate", "/data/a")


@pytest.mark.parametrize(
    "rule",
    [
        'calculate="1 +"',
        "relevant=\"concat('a'\"",
        "constraint=\"regex(., '(')\"",
        "constraint=\"regex(., '[a-')\"",
        'readonly="string-length(1, 2)"',
    ],
)
def test_a_bad_expression(xform, rule):
    assert refused(xform("<a/>", f'<bind nodeset="/data/a" {rule}/>')).code == "SP-303"


@pytest.mark.parametrize("rule", ["regex(., '(?=x)y')", "regex(., '(a)\\1')", "format-date(., '%Q') = ''"])
def test_what_an_expression_may_not_ask(xform, rule):
    assert refused(xform("<a/>", f'<bind nodeset="/data/a" constraint="{rule}"/>')).code == "SP-302"


def test_circles_are_named(xform):
    error = refused(
        xform(
            "<a/><b/><c/>",
            '<bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="/data/c"/>'
            '<bind nodeset="/data/c" calculate="/data/a"/>',
        )
    )
    assert error.code == "SP-304"
    assert {"/data/a", "/data/b", "/data/c"} <= set(str(error.facts["refs"]).split(" > "))


@pytest.mark.parametrize(
    "binds",
    [
        '<bind nodeset="/data/a" relevant=". != 1"/>',
        '<bind nodeset="/data/g" relevant="/data/g/x = 1"/>',
        '<bind nodeset="/data/a" relevant="/data/b = 1"/><bind nodeset="/data/b" calculate="/data/a"/>',
    ],
)
def test_circles_through_relevance(xform, binds):
    assert refused(xform("<a/><b/><g><x/></g>", binds)).code == "SP-304"


@pytest.mark.parametrize(
    "bind",
    [
        "nodeset=\"/data/a\" calculate=\"if(. = '', 'first', .)\"",
        'nodeset="/data/a" required="/data/a = 1"',
        'nodeset="/data/a" readonly=". = 1"',
        'nodeset="/data/w/n" calculate="/data/w/n + 1"',
        'nodeset="/data/w/n" calculate="../n + 1"',
    ],
)
def test_only_a_constraint_may_read_its_own_node(xform, bind):
    body = '<input ref="/data/a"/><repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>'
    assert refused(xform("<a/><w><n/></w>", f"<bind {bind}/>", body)).code == "SP-304"
    for rule in ('constraint=". &gt; 1"', 'calculate="once(random())"'):
        FormDefinition.load(xform("<a/><w><n/></w>", f'<bind nodeset="/data/a" {rule}/>', body))


def test_a_missing_list_is_named(xform):
    error = refused(xform("<a/>", '<instance id="v" src="jr://file-csv/villages.csv"/>'))
    assert (error.code, error.facts["file"]) == ("SP-301", "villages.csv")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b'name\n"open'])
def test_a_broken_list(xform, data):
    form = xform("<a/>", '<instance id="v" src="jr://file-csv/v.csv"/>')
    assert refused(form, files={"v.csv": data}).code == "SP-301"


def test_poorer_support_is_listed_not_hidden(xform):
    form = xform(
        "<p/><v/>",
        '<bind nodeset="/data/p" type="geopoint"/><bind nodeset="/data/v" type="binary"/>',
        '<input ref="/data/p"/><upload ref="/data/v" mediatype="video/*"/>',
    )
    assert FormDefinition.load(form).unsupported == (("/data/p", "geopoint"), ("/data/v", "video"))


def test_an_unknown_event_is_refused(xform):
    model = '<setvalue ref="/data/a" event="xforms-focus" value="1"/>'
    assert refused(xform("<a/>", model)).code == "SP-302"


def test_an_unknown_control_is_refused(xform):
    assert refused(xform("<a/>", body='<submit ref="/data/a"/>')).code == "SP-302"


@pytest.mark.parametrize("call", ["instance('nowhere')/root/item", "pulldata('nowhere', 'a', 'b', 'c')"])
def test_a_list_nobody_declared_is_named(xform, call):
    error = refused(xform("<a/>", f'<bind nodeset="/data/a" calculate="{call}"/>'))
    assert (error.code, error.facts["list"], error.facts["ref"]) == ("SP-301", "nowhere", "/data/a")


@pytest.mark.parametrize(
    "scale", ["", 'start="1" end="5"', 'start="1" end="x" step="1"', 'start="1" end="5" step="0"']
)
def test_a_range_needs_its_scale(xform, scale):
    form = xform("<a/>", '<bind nodeset="/data/a" type="int"/>', f'<range ref="/data/a" {scale}/>')
    error = refused(form)
    assert (error.code, error.facts["ref"]) == ("SP-301", "/data/a")


def test_a_template_without_a_repeat_is_nothing(start):
    session = start(
        '<a/><w jr:template=""><n/></w>',
        '<bind nodeset="/data/w/n" relevant="/data/a = 1" calculate="/data/a + 1"/>',
        '<input ref="/data/a"/>',
    )
    session.answer("/data/a", "1")
    assert b"<w" not in session.to_xml()
    with pytest.raises(SupportPointError):
        session.value("/data/w/n")


def test_nodes_that_stand_twice_without_a_repeat_all_count(start):
    session = start(
        "<a/><b>1</b><b>1</b><all/>",
        '<bind nodeset="/data/b" relevant="/data/a != 2"/>'
        '<bind nodeset="/data/all" calculate="count(/data/b)"/>',
        '<input ref="/data/a"/>',
    )
    assert session.value("/data/all") == "2"
    session.answer("/data/a", "2")
    assert session.value("/data/all") == "0"


@pytest.mark.parametrize("nodes", ["<a/>", "<a>"])
def test_loading_leaves_the_collector_as_it_was(xform, nodes):
    for wanted in (gc.disable, gc.enable):
        wanted()
        before = gc.isenabled()
        with contextlib.suppress(SupportPointError):
            FormDefinition.load(xform(nodes))
        assert gc.isenabled() is before
