"""Speed of the forms engine. Figures are CPU time, as other work should not count; printed, never asserted.

Targets: load of 200 questions <= 40 ms, of the verbal autopsy form <= 200 ms, an answer p99 <= 1 ms, a choice
filter over 10,000 rows <= 5 ms, 30 MB for a form of 551 binds.
"""

import gc
import itertools
import random
import sys
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, QuestionType

LONG = Path(__file__).parents[3] / "shared" / "conformance" / "corpus" / "whova_form.xml"
pytestmark = pytest.mark.benchmark(timer=time.process_time)
CLOCK = FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Bench</h:title><model>'
)


def write_form(questions: int) -> bytes:
    """Return a form in three languages; every question is relevant by the one before and summed up."""
    names = [f"q{number}" for number in range(questions)]
    texts = "".join(f'<text id="{name}"><value>Question {name}</value></text>' for name in names)
    languages = "".join(f'<translation lang="{code}">{texts}</translation>' for code in ("vi", "en", "hmn"))
    nodes = "".join(f"<{name}/>" for name in names)
    binds = "".join(
        f'<bind nodeset="/data/{name}" type="int" relevant="/data/{before} != \'\' or 1 = 1"'
        ' constraint=". &gt; 0"/>'
        for before, name in itertools.pairwise(names)
    )
    total = " + ".join(f"coalesce(/data/{name}, 0)" for name in names[:20])
    body = "".join(f'<input ref="/data/{n}"><label ref="jr:itext(\'{n}\')"/></input>' for n in names)
    return (
        f"{HEAD}<itext>{languages}</itext>"
        f'<instance><data id="b" version="1">{nodes}<total/></data></instance>'
        f'{binds}<bind nodeset="/data/total" calculate="{total}"/></model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    ).encode()


def write_list(rows: int) -> tuple[bytes, bytes]:
    """Return a form with a cascade over a CSV list, and the list."""
    text = "name,label,unit\n" + "".join(f"v{n},Village {n},u{n % 45}\n" for n in range(rows))
    form = (
        f'{HEAD}<instance><data id="c" version="1"><unit/><village/></data></instance>'
        '<instance id="v" src="jr://file-csv/v.csv"/>'
        '<bind nodeset="/data/unit"/><bind nodeset="/data/village"/></model></h:head><h:body>'
        '<input ref="/data/unit"><label>U</label></input><select1 ref="/data/village">'
        "<label>V</label><itemset nodeset=\"instance('v')/root/item[unit = /data/unit]\">"
        '<value ref="name"/><label ref="label"/></itemset></select1></h:body></h:html>'
    )
    return form.encode(), text.encode()


def test_load_200_questions(benchmark):
    form = write_form(200)
    assert benchmark(FormDefinition.load, form).form_id == "b"


def test_answer_among_200_questions():
    session = FormSession(FormDefinition.load(write_form(200)), clock=CLOCK)
    took_s: list[float] = []
    for number in range(4_000):
        began = time.process_time()
        assert session.answer(f"/data/q{number % 200}", number + 1).refs
        took_s.append(time.process_time() - began)
    show("200 questions: answer", took_s)


def test_filtered_page_of_10000_rows(benchmark):
    form, rows = write_list(10_000)
    session = FormSession(FormDefinition.load(form, files={"v.csv": rows}), clock=CLOCK)
    units = itertools.cycle([f"u{number}" for number in range(45)])

    def choose():
        session.answer("/data/unit", next(units))
        return session.page(1).questions[0].choices

    assert len(benchmark(choose)) in {222, 223}


@pytest.mark.parametrize("questions", [50])
def test_submission_and_back(benchmark, questions):
    definition = FormDefinition.load(write_form(questions))
    xml = FormSession(definition, clock=CLOCK).to_xml()
    assert benchmark(lambda: FormSession.from_xml(definition, xml, clock=CLOCK).to_xml()) == xml


@pytest.mark.skipif(not LONG.exists(), reason="the long field form is not beside this checkout")
def test_load_of_a_long_field_form(benchmark):
    form = LONG.read_bytes()
    assert benchmark(FormDefinition.load, form).specs


@pytest.mark.skipif(not LONG.exists(), reason="the long field form is not beside this checkout")
def test_answers_through_a_long_field_form(benchmark):
    """One whole interview, page by page; the p99 of an answer is in `extra_info`."""
    definition = FormDefinition.load(LONG.read_bytes())
    took_s: list[float] = []

    def interview():
        session, chance, index = FormSession(definition, clock=CLOCK), random.Random(3), 0
        while index < session.page_count():
            asked = [question for question in session.page(index).questions if not question.readonly]
            took_s.extend(time_answer(session, chance, question) for question in asked)
            index += 1
        return index

    assert benchmark.pedantic(interview, rounds=5) > 100
    show("verbal autopsy form: answer", took_s)


@pytest.mark.skipif(not LONG.exists(), reason="the long field form is not beside this checkout")
def test_answers_that_turn_a_long_field_form_over():
    """Consent opens or hides nearly every question."""
    definition = FormDefinition.load(LONG.read_bytes())
    ref = next(spec.path for spec in definition.specs.values() if spec.names[-1] == "Id10013")
    took_s: list[float] = []
    for _ in range(30):
        session = FormSession(definition, clock=CLOCK)
        for value in ("yes", "no", "yes"):
            began = time.process_time()
            session.answer(ref, value)
            took_s.append(time.process_time() - began)
    show("verbal autopsy form: consent", took_s)


@pytest.mark.skipif(not LONG.exists(), reason="the long field form is not beside this checkout")
def test_memory_of_a_long_field_form():
    gc.collect()
    tracemalloc.start()
    session = FormSession(FormDefinition.load(LONG.read_bytes()), clock=CLOCK)
    gc.collect()
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sys.stdout.write(f"\nverbal autopsy form: {held / 1e6:.1f} MB held, {peak / 1e6:.1f} MB at most\n")
    assert session.page_count()


def show(what: str, took_s: list[float]) -> None:
    """Print the median and the 99th of a hundred, in milliseconds."""
    took_s.sort()
    median, late = (took_s[len(took_s) * share // 100] * 1000 for share in (50, 99))
    sys.stdout.write(f"\n{what}: median {median:.3f} ms, p99 {late:.3f} ms\n")


def time_answer(session, chance, question) -> float:
    fixed = {
        QuestionType.INTEGER: 30,
        QuestionType.DATE: "2020-05-05",
        QuestionType.DATETIME: "2020-05-05T10:00",
    }
    value = chance.choice(question.choices).value if question.choices else fixed.get(question.type, "text")
    value = "yes" if question.name == "Id10013" else value  # consent opens the rest
    began = time.process_time()  # other work on the machine does not count
    try:
        session.answer(question.ref, value)
    except SupportPointError:
        return 0.0
    return time.process_time() - began
