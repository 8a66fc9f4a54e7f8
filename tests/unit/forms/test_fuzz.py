"""Damaged forms and damaged answers: an error with a code, in time and in little memory, or none at all.

`SUPPORT_POINT_FUZZ=5000 pytest tests/unit/forms/test_fuzz.py` tries as many of each kind.
"""

import contextlib
import os
import random
import re
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, PageKind

TRIES = int(os.environ.get("SUPPORT_POINT_FUZZ", "30"))
MOST_S = 2.0
MOST_BYTES = 200_000_000
CLOCK = FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
CORPUS = Path(__file__).parents[4] / "shared" / "conformance" / "corpus"
SAMPLES = ("socio-economic-survey-v20240515.xml", "all-question-types-v2024091201-3.xml")
RICH = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Rich</h:title><model>
<itext><translation lang="vi"><text id="a"><value>A <output value="/data/a"/></value>
<value form="audio">jr://audio/a.mp3</value></text><text id="v1"><value>Một</value></text></translation>
</itext>
<instance><data id="r" version="1"><a>3</a><day/><unit/><village/><many/><r/><c jr:template=""><n/></c>
<w jr:template=""><n/><k jr:template=""><m/></k></w><total/><meta><instanceID/></meta></data></instance>
<instance id="v"><root><item><itextId>v1</itextId><name>v1</name><unit>u1</unit></item></root></instance>
<bind nodeset="/data/a" type="int" constraint=". &gt; 2 and regex(., '[0-9]+')"
 jr:constraintMsg="jr:itext('a')"/>
<bind nodeset="/data/day" type="date" relevant="/data/a &lt; 9" required="/data/a = 4"/>
<bind nodeset="/data/total" calculate="sum(/data/w/n) + count(/data/w/k) + position(/data/w[1])"/>
<bind nodeset="/data/w/n" type="decimal" relevant="position(..) &lt; 5"/>
<bind nodeset="/data/w/k/m" calculate="concat(../../n, indexed-repeat(/data/w/n, /data/w, 1))"/>
<setvalue event="odk-instance-first-load" ref="/data/unit" value="'u1'"/></model></h:head><h:body>
<input ref="/data/a"><label ref="jr:itext('a')"/><setvalue event="xforms-value-changed" ref="/data/day"
 value="today()"/></input><input ref="/data/day"/><input ref="/data/unit"/><select1 ref="/data/village">
<itemset nodeset="instance('v')/root/item[unit = /data/unit]"><value ref="name"/>
<label ref="jr:itext(itextId)"/></itemset></select1><select ref="/data/many"><item><label>B</label>
<value>b</value></item></select><range ref="/data/r" start="1" end="5" step="1"/>
<repeat nodeset="/data/c" jr:count="/data/a"><input ref="/data/c/n"/></repeat>
<group ref="/data/w"><label>W</label><repeat nodeset="/data/w"><input ref="/data/w/n"/>
<setvalue event="odk-new-repeat" ref="/data/w/n" value="position(..)"/>
<repeat nodeset="/data/w/k"><input ref="/data/w/k/m"/></repeat></repeat></group></h:body></h:html>"""
VALUES = (
    "",
    "1",
    "-7",
    "99999999999999999999",
    "2026-02-30",
    "u1",
    "v1 v1",
    "<a>",
    "\x00",
    "'" * 40,
    "1e400",
    "½",
)
TAGS = re.compile(r"<[^<>]*>")
QUOTED = re.compile(r'"[^"<>]*"')


def samples() -> list[str]:
    known = [CORPUS / name for name in SAMPLES]
    return [RICH, *(path.read_text(encoding="utf-8") for path in known if path.exists())]


def cut(chance: random.Random, text: str) -> str:
    start = chance.randrange(len(text))
    return text[:start] + text[start + chance.choice((1, 3, 20, 200)) :]


def swap_tags(chance: random.Random, text: str) -> str:
    one, other = sorted(chance.sample(list(TAGS.finditer(text)), 2), key=lambda match: match.start())
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def swap_values(chance: random.Random, text: str) -> str:
    """Put one attribute's value in the place of another: a rule as a path, a path as a type."""
    one, other = chance.sample(list(QUOTED.finditer(text)), 2)
    return text[: one.start()] + other[0] + text[one.end() :]


def double(chance: random.Random, text: str) -> str:
    """Repeat a piece from one tag to another, at the same place or elsewhere."""
    places = sorted(match.start() for match in chance.sample(list(TAGS.finditer(text)), 3))
    at = chance.choice(places)
    return text[:at] + text[places[0] : places[1]] * chance.choice((1, 2, 30)) + text[at:]


def spoil_rule(chance: random.Random, text: str) -> str:
    match = chance.choice(list(QUOTED.finditer(text)))
    inside = list(match[0][1:-1] or "/")
    for _ in range(chance.randint(1, 4)):
        inside[chance.randrange(len(inside))] = chance.choice(
            ["/", "(", ")", "[", "]", "..", "*", "'", "1", " div ", "."]
        )
    return text[: match.start() + 1] + "".join(inside) + text[match.end() - 1 :]


def forge(chance: random.Random, sent: str) -> str:
    """Put other values into answers."""
    return re.sub(r"(?<=>)[^<>]*(?=</)", lambda _: chance.choice(VALUES[:6]), sent)


DAMAGES = (cut, swap_tags, swap_values, double, spoil_rule)


@contextlib.contextmanager
def limits() -> Iterator[None]:
    """Let pass what ends in time and in little memory, with an error that has a code or with none."""
    tracemalloc.start()
    began = time.process_time()
    try:
        with contextlib.suppress(SupportPointError):
            yield
        took_s, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert took_s < MOST_S
    assert peak < MOST_BYTES


def use(definition: FormDefinition, chance: random.Random) -> None:
    """Do with a form whatever a kiosk does."""
    session = FormSession(definition, clock=CLOCK)
    for _ in range(12):
        if not session.page_count():
            break
        page = session.page(chance.randrange(session.page_count()))
        with contextlib.suppress(SupportPointError):
            if page.kind is PageKind.REPEAT:
                session.add_repeat(page.ref)
            for question in page.questions:
                choices = [choice.value for choice in question.choices]
                session.answer(question.ref, chance.choice([*choices, *VALUES]))
    session.outline()
    session.validate()
    session.set_language("en")
    FormSession.from_xml(definition, session.to_xml(whole=True), clock=CLOCK)


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("number", range(len(samples())))
def test_damaged_forms(damage, number):
    text = samples()[number]
    for seed in range(TRIES if number == 0 else TRIES // 6):
        chance = random.Random(seed)
        form = text
        for _ in range(chance.choice((1, 1, 2, 5))):
            form = damage(chance, form)[:1_000_000]
        with limits():
            use(FormDefinition.load(form.encode(), files={"cities.geojson": b"{}"}), chance)


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("damage", [cut, swap_tags, double], ids=lambda damage: damage.__name__)
def test_damaged_answers(damage):
    definition = FormDefinition.load(RICH.encode())
    session = FormSession(definition, clock=CLOCK)
    session.add_repeat("/data/w")
    session.add_repeat("/data/w[1]/k")
    sent = session.to_xml().decode()
    for seed in range(TRIES):
        chance = random.Random(seed)
        with limits():
            FormSession.from_xml(definition, damage(chance, sent).encode(), clock=CLOCK).validate()
        forged = forge(chance, sent)
        with limits():
            FormSession.from_xml(definition, forged.encode(), clock=CLOCK).validate()


def test_the_untouched_form_is_none_of_the_damaged():
    use(FormDefinition.load(RICH.encode()), random.Random(1))


BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
LEVELS = 5_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h:html", f'<!DOCTYPE h [<!ENTITY e0 "lol">{BOMB}]><h:html'),
        ("<h:html", '<!DOCTYPE h [<!ENTITY x SYSTEM "file:///etc/hostname">]><h:html'),
        ("<h:html", '<!DOCTYPE h SYSTEM "http://127.0.0.1:9/x.dtd"><h:html'),
        ("<h:html", '<!DOCTYPE h [<!ENTITY % p SYSTEM "file:///etc/hostname">%p;]><h:html'),
        ("<a>3</a>", "<a>" * LEVELS + "</a>" * LEVELS),
        ("<a>3</a>", "<a>" * 200 + "</a>" * 200),
        ("<h:body>", "<h:body>" + "<group>" * 200 + "</group>" * 200),
        ("<h:body>", "<h:body>" + '<group ref="/data/w">' * 100 + "</group>" * 100),
        ("sum(/data/w/n)", "(" * LEVELS + "1" + ")" * LEVELS),
        ("sum(/data/w/n)", "-" * LEVELS + "1"),
        ("sum(/data/w/n)", "+".join("1" * LEVELS)),
        ("sum(/data/w/n)", "concat(" * LEVELS + "1" + ")" * LEVELS),
        ("sum(/data/w/n)", "/data/w" + "[1]" * LEVELS),
        ("sum(/data/w/n)", "/data/w" + "[k" * LEVELS + "]" * LEVELS),
        ("sum(/data/w/n)", "/data/w" + "/.." * LEVELS),
        ("sum(/data/w/n)", "//*" * 12),
        ('value="/data/a"/></value>', 'value="' + "(" * LEVELS + '"/></value>'),
        ('value="/data/a"/></value>', 'value="' + "not(" * 500 + "1" + ")" * 500 + '"/></value>'),
        ("jr:itext(itextId)", "(" * LEVELS + "itextId" + ")" * LEVELS),
        ('jr:count="/data/a"', 'jr:count="1 div 0"'),
        ('jr:count="/data/a"', 'jr:count="count(/data/c) * 2 + 1"'),
        ("[0-9]+", "(a*)*" * 200 + "b"),
        ("[0-9]+", "(" * 2_000 + ")" * 2_000),
        ("[0-9]+", "a{1000}{1000}{1000}"),
        ("today()", "/data/a + 1"),
        ('ref="/data/day"\n value="today()"', 'ref="/data/a" value="concat(., .)"'),
        ('<output value="/data/a"/>', "<output value=\"jr:itext('a')\"/>"),
        ('id="a"', 'id="a" ' + " ".join(f'x{n}="y"' for n in range(20_000))),
    ],
    ids=range(28),
)
def test_what_was_made_to_hurt(old, new):
    assert old in RICH
    with limits():
        use(FormDefinition.load(RICH.replace(old, new, 1).encode()), random.Random(2))


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE d [<!ENTITY e0 "x"><!ENTITY e1 "&e0;&e0;">]><data id="r" version="1"><a>&e1;</a></data>',
        b'<data id="r" version="1">' + b"<w>" * LEVELS,
        b'<data id="r" version="1">' + b"<w><n>1</n></w>" * 999 + b"</data>",
        b'<data id="r" version="1">' + b"<w><n>1</n></w>" * 1_001 + b"</data>",
        b'<data id="r" version="1"><a>' + b"9" * 1_000_000 + b"</a></data>",
        b'<data id="r" version="1"><a>900</a></data>',
        b'<data id="r" version="1"><w>' + b"<k><m>1</m></k>" * 999 + b"</w></data>",
    ],
    ids=range(7),
)
def test_answers_made_to_hurt(data):
    definition = FormDefinition.load(RICH.encode())
    with limits():
        FormSession.from_xml(definition, data, clock=CLOCK).validate()
