"""Expressions from anywhere: an error with a code or a value, soon, and never anything else."""

import contextlib
import itertools
import random
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from supportpoint.errors import SupportPointError
from supportpoint.forms.markup import read_xml, to_node
from supportpoint.forms.xpath import Context, Environment, compile_expression, document_of
from supportpoint.forms.xpath.functions import FUNCTIONS
from supportpoint.forms.xpath.patterns import full_match
from supportpoint.forms.xpath.values import to_boolean, to_number, to_string

XML = b"<data><a>3</a><b/><c>x y</c><rep><n>1</n></rep><rep><n>2</n></rep></data>"
ODD = """1 div 0; -1 div 0; 0 div 0; -0.5; 1HUGE; -1HUGE; 2147483648; 0.00000000000001; true(); ''; '%'; 'x'
'9999-12-31T23:59:59.999-23:59'; '0001-01-01T00:00+23:59'; '2024-02-30'; date('0001-01-01'); date(-719162)
date-time('9999-12-31T23:59:59Z'); '91 181, 1 1'; '1 1 2'; '('; 'é\ud800'; 'SHA-256'; '12:61'
/data/a; /data/none; /data/rep/n; /data; .; now()"""
ODD_ONES = [odd.strip().replace("HUGE", "0" * 300) for odd in ODD.replace("\n", ";").split(";")]
WORDS = """/data/a ../b c . .. * @id // / [ ] ( ) , | - + = != < and or div mod 1 0.5 'x' " :: child node()
last() $ \t é if( indexed-repeat("""
ALL_WORDS = [f"{word} " for word in (*WORDS.split(), *(f"{name}(" for name in FUNCTIONS))]


@pytest.fixture(scope="module")
def context():
    root = to_node(read_xml(XML))
    env = Environment(document_of(root), {"l": document_of(to_node(read_xml(XML), fixed=True))})
    env.now = lambda: datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    env.random = random.Random(1)
    return Context(env, env.root.children[0])


def ask(source, context):
    """Ask for a value in all its kinds; only an error with a code may come out."""
    for exact in (False, True):
        context.env.exact = exact
        with contextlib.suppress(SupportPointError):
            value = compile_expression(source)(context)
            assert isinstance(to_string(value), str), source
            assert isinstance(to_number(value), float), source
            assert isinstance(to_boolean(value), bool), source


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_takes_every_value(name, context):
    function = FUNCTIONS[name]
    chance = random.Random(name)
    for count in range(function.fewest, min(function.most, 5) + 1):
        given = list(itertools.product(ODD_ONES, repeat=count)) if count < 3 else ()
        for arguments in given or [chance.choices(ODD_ONES, k=count) for _ in range(600)]:
            ask(f"{name}({', '.join(arguments)})", context)


@pytest.mark.parametrize("operator", ["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or", "|"])
def test_every_operator_takes_every_value(operator, context):
    for left, right in itertools.product(ODD_ONES, repeat=2):
        ask(f"{left} {operator} {right}", context)


@settings(max_examples=400, deadline=1_000)
@given(st.text(max_size=60))
@example("٣.٤")
@example("a:b:c")
def test_any_text(source):
    with contextlib.suppress(SupportPointError):
        compile_expression(source)


@settings(max_examples=600, deadline=1_000)
@given(source=st.lists(st.sampled_from(ALL_WORDS), max_size=25).map("".join))
def test_any_words(source, context):
    ask(source, context)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "-" * 10_000 + "1",
        "1" + "+1" * 5_000,
        "1" + "=1" * 5_000,
        "a" + "|a" * 5_000,
        "true()" + " and true()" * 1_000,
        "/data" + "/.." * 3_000,
        "/data" + "[1]" * 3_000,
        "/data[" * 2_000 + "1" + "]" * 2_000,
        "concat(" + "'x'," * 900 + "'x')",
        "not(" * 2_000 + "1" + ")" * 2_000,
        "a" * 10_000,
        "1" * 10_000,
        "'" + "x" * 10_000 + "'",
        "//*" * 8,
        " " * 10_000,
        ",".join(["a"] * 5_000),
        "1 or 1 and 1 = 1 < 1 + 1 * (" * 199 + "1" + ")" * 199,
    ],
    ids=lambda source: source[:12],
)
def test_long_and_deep_ones_end_soon(source, context):
    began = time.process_time()
    ask(source, context)
    assert time.process_time() - began < 2


def test_long_chains_are_computed(context):
    assert compile_expression("1" + "+1" * 5_000)(context) == 5_001
    assert compile_expression("-" * 10_001 + "1")(context) == -1
    assert compile_expression("-" * 10_000 + "'1'")(context) == 1
    nested = "if(/data/a = 1, 1, " * 150 + "2" + ")" * 150
    assert compile_expression(nested)(context) == 2


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a{1000}){1000}", "a" * 4_000),
        ("(((){5000}){5000}){5000}", "a"),
        ("a" + "*" * 900, "a"),
        ("(.*){2000}", "".join(map(chr, range(0x4E00, 0x4E00 + 4_000)))),
        ("(.{1,300}){8}", "".join(map(chr, range(0x4E00, 0x4E00 + 4_000)))),
        ("(a|a?)+" * 60, "a" * 3_999 + "b"),
        ("(" * 999, "a"),
        ("a{²}", "a"),
        ("a{99999999999999999999}", "a"),
        ("[" + "a-z" * 300 + "]*", "z" * 4_000),
    ],
    ids=lambda text: text[:12],
)
def test_hard_patterns_end_soon(pattern, text):
    began = time.process_time()
    with contextlib.suppress(SupportPointError):
        full_match(pattern, text)
    assert time.process_time() - began < 2


@settings(max_examples=400, deadline=1_000)
@given(st.text("ab()[]{}*+?|\\.^$-,019d:pLwsu²é", max_size=30), st.text("ab01. é", max_size=60))
def test_any_pattern(pattern, text):
    with contextlib.suppress(SupportPointError):
        full_match(pattern, text)
