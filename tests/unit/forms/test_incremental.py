"""The invariant of the engine: after any edits, incremental recompute == full recompute."""

import contextlib
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession

CLOCK = FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>All together</h:title><model>
<instance><data id="p" version="1"><a/><b/><sum/><g><x/><deep><y/></deep></g><unit/><village/>
<count/><c jr:template=""><n/><of/></c>
<w jr:template=""><n/><twice/><place/><running/>
<k jr:template=""><m/><up/></k><kids/></w><w><n/><twice/><place/>
<running/><kids/></w><total/><note/><all/></data></instance>
<instance id="v"><root><item><name>v1</name><label>One</label><unit>u1</unit></item>
<item><name>v2</name><label>Two</label><unit>u1</unit></item>
<item><name>v3</name><label>Three</label><unit>u2</unit></item></root></instance>
<bind nodeset="/data/a" type="int"/>
<bind nodeset="/data/b" type="int" relevant="/data/a &gt; 2"/>
<bind nodeset="/data/sum" type="int" calculate="coalesce(/data/a, 0) + coalesce(/data/b, 0)"/>
<bind nodeset="/data/g" relevant="/data/sum != 5"/>
<bind nodeset="/data/g/x" type="int" relevant="/data/a != 3"/>
<bind nodeset="/data/g/deep" relevant="../x = 1 or /data/b = 2"/>
<bind nodeset="/data/village" relevant="/data/unit != 'u3'"/>
<bind nodeset="/data/count" type="int" calculate="if(/data/a &lt; 5, /data/a, 4)"/>
<bind nodeset="/data/c/of" calculate="concat(position(..), '/', count(/data/c))"/>
<bind nodeset="/data/w/n" type="int"/>
<bind nodeset="/data/w" relevant="/data/b != 1"/>
<bind nodeset="/data/w/twice" type="int" calculate="/data/w/n * 2 + /data/sum"/>
<bind nodeset="/data/w/place" calculate="concat(position(..), ' of ', count(/data/w))"/>
<bind nodeset="/data/w/running" calculate="../n + if(position(..) = 1, 0,
 indexed-repeat(/data/w/running, /data/w, position(..) - 1))"/>
<bind nodeset="/data/w/k" relevant="../n &gt; 1"/>
<bind nodeset="/data/w/k/up" calculate="concat(../m, '-', ../../n, '-', /data/w/n, '-', position(../..))"/>
<bind nodeset="/data/w/kids" calculate="join(',', ../k/m)"/>
<bind nodeset="/data/total" type="decimal" calculate="sum(/data/w/twice) div count(/data/w)"/>
<bind nodeset="/data/g/deep/y" relevant="/data/unit != 'u2'"/>
<bind nodeset="/data/all" calculate="count(/data/w/k)"/>
<bind nodeset="/data/note" calculate="concat(/data/g/deep/y,
 jr:choice-name(/data/village, '/data/village'))"/>
</model></h:head><h:body><input ref="/data/a"/><input ref="/data/b"/>
<group ref="/data/g"><input ref="/data/g/x"/>
<group ref="/data/g/deep">
<input ref="/data/g/deep/y"/></group></group>
<input ref="/data/unit"/><select1 ref="/data/village">
<itemset nodeset="instance('v')/root/item[unit = /data/unit]">
<value ref="name"/><label ref="label"/></itemset></select1>
<repeat nodeset="/data/c" jr:count="/data/count"><input ref="/data/c/n"/></repeat>
<repeat nodeset="/data/w"><input ref="/data/w/n"/>
<repeat nodeset="/data/w/k"><input ref="/data/w/k/m"/></repeat></repeat></h:body></h:html>"""
DEFINITION = FormDefinition.load(FORM.encode())

small = st.integers(1, 3)
answers = st.one_of(
    st.tuples(st.sampled_from(["/data/a", "/data/b", "/data/g/x"]), st.one_of(st.none(), st.integers(0, 6))),
    st.tuples(st.just("/data/g/deep/y"), st.sampled_from(["", "deep"])),
    st.tuples(st.just("/data/unit"), st.sampled_from(["u1", "u2", "u3", ""])),
    st.tuples(st.just("/data/village"), st.sampled_from(["v1", "v2", "v3", ""])),
    st.tuples(st.builds("/data/w[{}]/n".format, small), st.one_of(st.none(), st.integers(0, 4))),
    st.tuples(st.builds("/data/w[{}]/k[{}]/m".format, small, small), st.sampled_from(["", "p", "q"])),
    st.tuples(st.builds("/data/c[{}]/n".format, small), st.sampled_from(["", "z"])),
)
structure = st.tuples(
    st.sampled_from(["add", "remove"]),
    st.one_of(st.builds("/data/w[{}]".format, small), st.builds("/data/w[{}]/k[{}]".format, small, small)),
)
edits = st.lists(st.one_of(answers, structure), max_size=14)


def apply(session: FormSession, edit) -> frozenset[str]:
    first, second = edit
    if first == "add":
        return session.add_repeat(second).refs
    if first == "remove":
        return session.remove_repeat(second).refs
    return session.answer(first, second).refs


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_incremental_is_full(steps):
    session = FormSession(DEFINITION, clock=CLOCK, instance_id="id-1")
    for step in steps:
        with contextlib.suppress(SupportPointError):  # a ref that is not there now, a village of another unit
            apply(session, step)
    pages, sent, whole = session.pages(), session.to_xml(), session.to_xml(whole=True)
    session.recompute()
    assert session.to_xml(whole=True) == whole
    assert session.to_xml() == sent
    assert session.pages() == pages
    again = FormSession.from_xml(DEFINITION, whole, clock=CLOCK)
    assert again.to_xml() == sent
    assert again.pages() == pages


@settings(max_examples=60, deadline=None)
@given(edits, answers)
def test_changes_name_every_value_that_changed(steps, last):
    session = FormSession(DEFINITION, clock=CLOCK, instance_id="id-1")
    for step in steps:
        with contextlib.suppress(SupportPointError):
            apply(session, step)
    before = {page.ref: page for page in session.pages()}
    try:
        changes = session.answer(*last)
    except SupportPointError:
        return
    after = {page.ref: page for page in session.pages()}
    assert changes.pages or list(before) == list(after)
    for ref, page in after.items():
        for old, new in zip(before[ref].questions if ref in before else (), page.questions, strict=False):
            assert (old.value, old.choices) == (new.value, new.choices) or new.ref in changes.refs
