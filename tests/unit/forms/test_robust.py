"""Nothing that comes in from outside may end in another error than one with a code."""

import contextlib
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.xpath import compile_expression
from supportpoint.forms.xpath.patterns import full_match

CLOCK = FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
KINDS = ("string", "int", "decimal", "date", "dateTime", "time", "geopoint", "boolean")
FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>'
    f'<instance><data id="r" version="1">{"".join(f"<{kind}/>" for kind in KINDS)}</data></instance>'
    + "".join(f'<bind nodeset="/data/{kind}" type="{kind}"/>' for kind in KINDS)
    + "</model></h:head><h:body>"
    + "".join(f'<input ref="/data/{kind}"/>' for kind in KINDS)
    + "</h:body></h:html>"
)
DEFINITION = FormDefinition.load(FORM.encode())
values = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.tuples(st.text(max_size=3), st.text(max_size=3)),
    st.text("0123456789-:.+TZ /", max_size=25),
)


@settings(max_examples=200, deadline=None)
@given(st.text("ab()[]/@*.'\"=<>!+-|,:1 dormiv$", max_size=30))
def test_expressions(source):
    with contextlib.suppress(SupportPointError):
        compile_expression(source)


@settings(max_examples=200, deadline=1_000)
@given(st.text("ab()[]{}*+?|\\.^$-,01d:pL", max_size=16), st.text("ab01.", max_size=40))
def test_patterns(pattern, text):
    with contextlib.suppress(SupportPointError):
        full_match(pattern, text)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KINDS), values)
def test_answers(kind, value):
    session = FormSession(DEFINITION, clock=CLOCK, instance_id="id-1")
    with contextlib.suppress(SupportPointError):
        session.answer(f"/data/{kind}", value)
    assert session.page_count() == len(KINDS)
    session.outline()
    sent = session.to_xml()
    again = FormSession.from_xml(DEFINITION, sent, clock=CLOCK)
    assert again.to_xml() == sent
    assert again.validate() == ()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_submissions(noise, place):
    sent = FormSession(DEFINITION, clock=CLOCK, instance_id="id-1").to_xml()
    with contextlib.suppress(SupportPointError):
        FormSession.from_xml(DEFINITION, sent[:place] + noise + sent[place:], clock=CLOCK).validate()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40), st.integers(0, len(FORM)), st.integers(0, 30))
def test_forms(noise, place, gone):
    form = FORM.encode()
    with contextlib.suppress(SupportPointError):
        FormDefinition.load(form[:place] + noise + form[place + gone :])
