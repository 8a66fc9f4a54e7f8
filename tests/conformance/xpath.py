"""Runs recorded expression cases: `python -m tests.conformance.xpath CASES.json [--json OUT]`.

A case names a document, a context, an expression and what comes out. The engine it was recorded with
decides how it is read: `native` is XPath 1.0 by its letter, all else is what forms use. A case that
expects an error is asked with `exact`, where a value that does not fit is an error as in JavaRosa.
A case that upstream itself fails (`expect_fail`) or of a kind not known here is left out, with the reason.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import math
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Kind, Node
from supportpoint.forms.xpath import Context, Dialect, Environment, compile_expression
from supportpoint.forms.xpath.values import Value, holds, to_boolean, to_number, to_string
from tests.conformance.documents import Document, locate, path_of, read_document

Case = dict[str, Any]

#: Where and when the cases of web-forms were recorded.
ZONE = "America/Phoenix"
NOW = datetime(2026, 11, 23, 0, 27, 52, tzinfo=UTC)
LIMIT_S = 5.0
FORM = Dialect(lazy=True)
#: prefixes that the recording engine knows without being told
PREFIXES = {
    "xhtml": "http://www.w3.org/1999/xhtml",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, None: math.nan}
NODE_RESULTS = {"nodeset", "nodeset_unordered", "node", "count"}
RESULTS = {"boolean", "number", "string", "date", "any"} | NODE_RESULTS
#: what the head of a file may say for all its cases
SHARED = {"engine", "file", "lang", "locale", "now", "timezone", "xml"}
OPS = {"eq", "rounded", "match", "length", "throws"}


@dataclass
class Outcome:
    """What became of each case; `found` holds what came out where it differs."""

    passed: list[Case] = field(default_factory=list)
    failed: list[Case] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    skipped: dict[str, list[Case]] = field(default_factory=dict)

    @property
    def runnable(self) -> int:
        """The number of cases that could be asked."""
        return len(self.passed) + len(self.failed)

    def summary(self) -> dict[str, Any]:
        """Return the figures, overall and by file."""
        passed = Counter(file_of(case) for case in self.passed)
        runnable = passed + Counter(file_of(case) for case in self.failed)
        return {
            "passed": len(self.passed),
            "runnable": self.runnable,
            "skipped": sum(len(cases) for cases in self.skipped.values()),
            "skipped_because": {reason: len(cases) for reason, cases in sorted(self.skipped.items())},
            "by_file": {
                name: {"passed": passed[name], "runnable": runnable[name]} for name in sorted(runnable)
            },
            "failures": [
                {
                    "id": case.get("id"),
                    "file": file_of(case),
                    "expression": case.get("expression"),
                    "expected": case.get("expected"),
                    "found": found,
                }
                for case, found in zip(self.failed, self.found, strict=True)
            ],
        }


def file_of(case: Case) -> str:
    """Return the file a case comes from."""
    return str(case.get("file") or "(no file)")


def load_cases(path: Path) -> list[Case]:
    """Return the cases of a file: a list, or an object that holds one as `cases` beside what all share."""
    loaded = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(loaded, list):
        return loaded
    shared = {key: value for key, value in loaded.items() if key in SHARED}
    return [shared | case for case in loaded["cases"]]


def why_skipped(case: Case) -> str | None:
    """Return why a case cannot be asked; None when it can."""
    if case.get("expect_fail"):
        return "upstream fails it"
    if not isinstance(case.get("expression"), str):
        return "no expression"
    if case.get("op", "eq") not in OPS:
        return f"op {case['op']}"
    if case.get("op") != "throws" and case.get("result", "any") not in RESULTS:
        return f"result {case['result']}"
    return None


def make_environment(document: Document, case: Case, zone: str, now: datetime) -> Environment:
    """Return the world of a case: its instances by id, its texts in the language it asks for."""
    elements = [node for node in document.node.walk() if node.kind is Kind.ELEMENT]
    lists = {str(n.attribute("id")): n for n in elements if n.name == "instance" and n.attribute("id")}
    moment = datetime.fromisoformat(case["now"]) if case.get("now") else now
    root = locate(document.node, case.get("root"))
    env = Environment(root, lists, lambda: moment, zone=ZoneInfo(case.get("timezone") or zone))
    env.language = case.get("locale") or ""
    env.prefixes = {uri: prefix for prefix, uri in document.uris.items() if prefix}
    env.exact = case.get("op") == "throws"
    translations = [node for node in elements if node.name == "translation"]
    default = next((n for n in translations if n.attribute("default") is not None), [*translations, None][0])
    wanted = next((n for n in translations if n.attribute("lang") == case.get("lang")), default)
    texts: dict[str, list[Node]] = {}
    for translation in filter(None, (default, wanted)):
        for text in translation.by_name.get("text", ()):
            plain = [value for value in text.by_name.get("value", ()) if not value.attribute("form")]
            texts[str(text.attribute("id"))] = plain
    env.find_text = lambda key: texts.get(key, [])
    return env


def evaluate(case: Case, document: Document, zone: str = ZONE, now: datetime = NOW) -> Value:
    """Return the value of a case's expression. Errors: SupportPointError as the engine has it."""
    context = Context(make_environment(document, case, zone, now), locate(document.node, case.get("context")))
    dialect = FORM
    if case.get("engine") == "native":
        dialect = Dialect(strict=True, lazy=True, namespaces={**PREFIXES, **document.uris})
    value: Value = compile_expression(case["expression"], dialect)(context)
    return value


def agrees(case: Case, value: Value, document: Node) -> bool:
    """Return whether a value is what the case expects."""
    result, expected = case.get("result", "any"), case.get("expected")
    if result == "any":
        result = {bool: "boolean", int: "number", float: "number", str: "string"}.get(
            type(expected), "nodeset"
        )
    if result == "boolean":
        return (holds if case.get("engine") == "native" else to_boolean)(value) is expected
    if result == "number":
        return same_number(case, to_number(value))
    if result == "string":
        return same_text(case, to_string(value))
    return same_moment(value, str(expected)) if result == "date" else same_nodes(case, value, document)


def same_nodes(case: Case, found: Value, document: Node) -> bool:
    """Return whether a node-set is the expected one, in document order unless the case is `unordered`."""
    result, expected = case.get("result"), case["expected"]
    if not isinstance(found, list):
        return False
    if result == "count":
        return len(found) == expected
    paths = [path_of(node) for node in found[: 1 if result == "node" else None]]
    wanted = [path_of(locate(document, path)) for path in expected]
    return sorted(paths) == sorted(wanted) if result == "nodeset_unordered" else paths == wanted


def same_number(case: Case, found: float) -> bool:
    """Return whether a number is the expected one, to the places the case asks for."""
    expected = case["expected"]
    wanted = float(NUMBERS.get(expected, expected))
    if math.isnan(wanted):
        return math.isnan(found)
    if case.get("op") == "rounded":
        factor = case.get("factor", 1)
        return math.isfinite(found) and round(found * factor) == round(wanted * factor)
    return found == wanted


def same_text(case: Case, found: str) -> bool:
    """Return whether a text is the expected one, has its length or matches its pattern."""
    expected = case["expected"]
    if case.get("op") == "length":
        return len(found) == expected
    if case.get("op") == "match":
        pattern, _, flags = expected.removeprefix("/").rpartition("/")
        return re.search(pattern, found, re.IGNORECASE if "i" in flags else 0) is not None
    return (found.lower() if case.get("post") else found) == expected


def same_moment(found: Value, expected: str) -> bool:
    """Return whether a value is the date or the moment that a text in ISO form spells."""
    if not isinstance(found, date):
        return False
    if "T" not in expected:
        return to_string(found) == expected
    return isinstance(found, datetime) and found == datetime.fromisoformat(expected)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in a case that takes too long, where the system has such a clock."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError

    collects = gc.isenabled()
    gc.disable()  # an error raised in what a collection calls is swallowed there
    before = signal.signal(signal.SIGALRM, stop)
    clock_before = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *clock_before)
        if collects:
            gc.enable()


def run_case(case: Case, zone: str, now: datetime, limit_s: float) -> tuple[bool, str]:
    """Return whether a case passes, and what came out."""
    throws = case.get("op") == "throws"
    try:
        with time_limit(limit_s):
            document = read_document(case.get("xml") or "<data/>")
            value = evaluate(case, document, zone, now)
            shown = [path_of(node) for node in value] if isinstance(value, list) else value
            return not throws and agrees(case, value, document.node), str(shown)
    except SupportPointError as error:
        return throws, error.code
    except Exception as error:  # noqa: BLE001  # one bad case must not stop the others
        return False, type(error).__name__


def run(cases: list[Case], *, zone: str = ZONE, now: datetime = NOW, limit_s: float = LIMIT_S) -> Outcome:
    """Return what became of every case."""
    outcome = Outcome()
    for case in cases:
        reason = why_skipped(case)
        if reason is not None:
            outcome.skipped.setdefault(reason, []).append(case)
            continue
        passed, found = run_case(case, zone, now, limit_s)
        if passed:
            outcome.passed.append(case)
        else:
            outcome.failed.append(case)
            outcome.found.append(found)
    return outcome


def main() -> int:
    """Run the cases of a file and print how many pass."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.xpath", description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures and the failures here")
    parser.add_argument("--timezone", default=ZONE, help="where the cases were recorded")
    parser.add_argument("--now", type=datetime.fromisoformat, default=NOW, help="when they were recorded")
    parser.add_argument("--limit", type=float, default=LIMIT_S, help="seconds a case may take")
    asked = parser.parse_args()
    outcome = run(load_cases(asked.cases), zone=asked.timezone, now=asked.now, limit_s=asked.limit)
    summary = outcome.summary()
    share = 100 * summary["passed"] / max(1, summary["runnable"])
    lines = [
        *(f"{each['passed']:5} of {each['runnable']:5}  {name}" for name, each in summary["by_file"].items()),
        f"{summary['passed']:5} of {summary['runnable']:5}  all, {share:.2f} %; {summary['skipped']} skipped",
        *(f"{count:5} skipped: {reason}" for reason, count in summary["skipped_because"].items()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if asked.json:
        asked.json.write_text(json.dumps(summary, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
