"""Asking whether an answer would stand changes nothing."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError

BINDS = """<bind nodeset="/data/from" type="date"/>
<bind nodeset="/data/until" type="date" constraint=". &gt;= /data/from and . &lt;= today()"/>
<bind nodeset="/data/year" type="string" calculate="substr(/data/until, 0, 4)"/>"""
BODY = '<input ref="/data/from"/><input ref="/data/until"/>'


def test_the_constraint_is_asked_and_the_answer_stays(start):
    session = start("<from/><until/><year/>", BINDS, BODY)
    session.answer("/data/from", "2020-05-01")
    session.answer("/data/until", "2021-01-01")
    before = session.to_xml(whole=True)
    assert session.allows("/data/until", "2020-05-01")
    assert not session.allows("/data/until", "2020-04-30")
    assert not session.allows("/data/until", "2099-01-01")
    assert session.allows("/data/from", "2099-01-01")
    assert session.to_xml(whole=True) == before
    with pytest.raises(SupportPointError) as caught:
        session.allows("/data/nothing", "1")
    assert caught.value.code == "SP-305"
