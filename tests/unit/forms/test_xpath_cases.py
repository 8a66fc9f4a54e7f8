"""Recorded expression cases of another engine, where they are at hand, and what the manual says of them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.xpath import load_cases, run

REPOSITORY = Path(__file__).parents[3]
CASES = REPOSITORY.parent / "shared" / "conformance" / "xpath_cases.json"
REACHED = 0.95

needs_cases = pytest.mark.skipif(
    not CASES.exists(), reason="the conformance cases are not beside this checkout"
)


@pytest.fixture(scope="module")
def outcome():
    return run(load_cases(CASES))


@needs_cases
def test_the_rate_of_recorded_cases(outcome):
    failed = [case["id"] for case in outcome.failed]
    assert len(outcome.passed) / outcome.runnable >= REACHED, f"{len(failed)} differ: {failed[:40]}"


@needs_cases
def test_the_manual_gives_a_reason_for_every_case_that_differs(outcome):
    manual = (REPOSITORY / "docs" / "forms.md").read_text(encoding="utf-8")
    table = manual.partition("### Cases that differ")[2].partition("\n#")[0]
    listed: list[int] = []
    for row in re.findall(r"^\| .* \| (\d+) \| ([\d ,-]+) \|$", table, re.MULTILINE):
        ids = [number for part in row[1].split(",") for number in _numbers(part)]
        assert len(ids) == int(row[0]), row
        listed += ids
    assert sorted(listed) == sorted(case["id"] for case in outcome.failed)
    assert f"{len(outcome.passed):,} of {outcome.runnable:,}" in manual
    as_forms = run([case | {"engine": "xforms"} for case in load_cases(CASES)])
    assert f"without exception, {len(as_forms.passed):,} pass" in manual


def _numbers(part: str) -> list[int]:
    first, _, last = part.strip().partition("-")
    return list(range(int(first), int(last or first) + 1))


CASE = {"xml": "<a><b>1</b><b>x</b></a>", "context": "/*[1]", "root": "/", "engine": "xforms"}
BOTH = ["/*[1]/*[1]", "/*[1]/*[2]"]


@pytest.fixture
def outcome_of():
    return lambda facts: run([CASE | facts])


@pytest.mark.parametrize(
    ("facts", "passed"),
    [
        ({"expression": "count(b)", "result": "number", "op": "eq", "expected": 2}, True),
        ({"expression": "count(b)", "result": "number", "op": "eq", "expected": 3}, False),
        ({"expression": "b", "result": "nodeset", "op": "eq", "expected": BOTH}, True),
        ({"expression": "b", "result": "nodeset", "op": "eq", "expected": BOTH[::-1]}, False),
        ({"expression": "b", "result": "nodeset_unordered", "op": "eq", "expected": BOTH[::-1]}, True),
        ({"expression": "b[2]", "result": "node", "op": "eq", "expected": BOTH[1:]}, True),
        ({"expression": "0 div 0", "result": "number", "op": "eq", "expected": "NaN"}, True),
        ({"expression": "2 div 3", "result": "number", "op": "rounded", "factor": 9, "expected": 0.7}, True),
        ({"expression": "'abc'", "result": "string", "op": "match", "expected": "/^A.C$/i"}, True),
        ({"expression": "uuid()", "result": "string", "op": "length", "expected": 36}, True),
        ({"expression": "date('2020-02-29')", "result": "date", "expected": "2020-02-29"}, True),
        ({"expression": "now()", "result": "date", "expected": "2026-11-23T00:27:52+00:00"}, True),
        ({"expression": "'2020-02-29'", "result": "date", "expected": "2020-02-29"}, False),
        ({"expression": "'a' +", "op": "throws"}, True),
        ({"expression": "date('no date')", "op": "throws"}, True),
        ({"expression": "1 + 1", "op": "throws"}, False),
        ({"expression": "b", "result": "boolean", "expected": True}, True),
        ({"expression": "b[2] = 'x'", "result": "any", "expected": True}, True),
        ({"expression": "1", "result": "number", "op": "eq", "expected": {}}, False),
        ({"expression": "1", "xml": "<a", "result": "number", "expected": 1}, False),
        ({"expression": "1", "context": "/*[9]", "result": "number", "expected": 1}, False),
        ({"expression": "string(now())", "result": "string", "timezone": "Asia/Ho_Chi_Minh",
          "expected": "2026-11-23"}, True),
    ],
)  # fmt: skip
def test_a_case_passes_or_fails(facts, passed):
    outcome = run([CASE | facts])
    assert (len(outcome.passed), len(outcome.failed)) == (int(passed), int(not passed)), outcome.found


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"expression": "1", "expect_fail": True}, "upstream fails it"),
        ({"expression": "1", "op": "resembles"}, "op resembles"),
        ({"expression": "1", "op": "eq", "result": "colour"}, "result colour"),
        ({}, "no expression"),
    ],
)
def test_a_case_of_an_unknown_kind_is_left_out_with_the_reason(facts, reason):
    assert list(run([CASE | facts]).skipped) == [reason]


def test_names_may_stand_in_paths(outcome_of):
    found = {"expression": "b[2]", "context": "/a", "root": "/", "result": "nodeset", "expected": ["/a/b[2]"]}
    assert outcome_of(found).found == []
    assert outcome_of(found | {"context": "/a/none"}).found == ["IndexError"]


def test_the_head_of_a_file_speaks_for_its_cases(tmp_path):
    path = tmp_path / "cases.json"
    head = {"timezone": "UTC", "now": "2020-02-29T23:00:00+00:00", "locale": "vi"}
    facts = {"expression": "format-date(today(), '%d %b')", "result": "string", "expected": "29 thg 2"}
    path.write_text(json.dumps(head | {"cases": [CASE | facts]}))
    assert run(load_cases(path)).found == []


def test_a_case_that_takes_too_long_fails():
    slow = {"expression": "count(//*[count(//*[count(//*) > 0]) > 0])", "result": "number", "expected": 1}
    outcome = run([CASE | slow | {"xml": "<a>" + "<b/>" * 400 + "</a>"}], limit_s=0.05)
    assert outcome.found == ["TimeoutError"]


def test_the_letter_of_xpath_and_the_way_of_forms_differ_where_they_should():
    kinds = {"boolean(c)": False, "boolean(b[1])": True, "not(e)": False, "e = ''": True, "p:b = 2": True}
    case = {"xml": "<a xmlns:p='u'><b>1</b><e/><p:b>2</p:b></a>", "context": "/*[1]", "engine": "native"}
    facts = [{"expression": key, "result": "boolean", "expected": value} for key, value in kinds.items()]
    assert run([case | fact for fact in facts]).found == []
    forms = [{"expression": "not(e)", "result": "boolean", "expected": True, "engine": "xforms"}]
    assert run([case | fact for fact in forms]).found == []


def test_the_command_writes_the_figures(tmp_path):
    cases, out = tmp_path / "cases.json", tmp_path / "out.json"
    facts = {"file": "sums", "result": "number", "op": "eq"}
    made = [CASE | facts | {"expression": "1 + 1", "expected": wanted} for wanted in (2, 3)]
    cases.write_text(json.dumps({"cases": [*made, made[0] | {"op": "?"}]}))
    command = [sys.executable, "-m", "tests.conformance.xpath", str(cases), "--json", str(out)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    figures = json.loads(out.read_text())
    assert "1 of     2  sums" in done.stdout
    assert [figures[key] for key in ("passed", "runnable", "skipped")] == [1, 2, 1]
    assert figures["by_file"] == {"sums": {"passed": 1, "runnable": 2}}
