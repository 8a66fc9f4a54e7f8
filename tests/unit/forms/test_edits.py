"""The invariant of the engine on real forms: whatever was edited, computing all anew changes nothing.

`SUPPORT_POINT_EDITS=10000 pytest tests/unit/forms/test_edits.py` edits each form as often as that.
"""

import contextlib
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, PageKind
from tests.form_filling import load_form
from tests.form_walks import Walker

EDITS = int(os.environ.get("SUPPORT_POINT_EDITS", "300"))
FEW = EDITS // 6
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
CORPUS = ROOT.parent / "shared" / "conformance" / "corpus"
FIELD = ("whova_form.xml", "child_vaccination_VOL_tool_v12.xml", "socio-economic-survey-v20240515.xml")
OURS = sorted(path.name for path in (ROOT / "assets" / "forms").iterdir() if path.is_dir())
CHANCE = ("uuid(", "random(")
MOST_INSTANCES = 4


class Editor:
    """Edits one session at random, and compares it with itself computed anew."""

    def __init__(self, definition: FormDefinition, seed: int) -> None:
        self.definition = definition
        self.chance = random.Random(seed)
        self.walker = Walker(definition, AT)
        self.walker.rng = self.chance
        self.session = FormSession(definition, clock=FixedClock(AT), instance_id="id-1")
        self.leaves = [
            spec.path
            for spec in definition.specs.values()
            if spec.control is not None and spec.calculate is None
        ]
        self.done = 0

    def edit(self) -> None:
        """Answer a question that is asked, one that may be hidden, or add or remove an instance."""
        with contextlib.suppress(SupportPointError):
            if self.chance.random() < 0.15:
                value = self.chance.choice((None, 0, 1, 5, "yes", "no", "2024-02-29"))
                self.session.answer(self.chance.choice(self.leaves), value)
            elif self.session.page_count():
                self.edit_page()
        self.done += 1

    def edit_page(self) -> None:
        page = self.session.page(self.chance.randrange(self.session.page_count()))
        if page.kind is PageKind.REPEAT:
            if page.repeat_count and self.chance.random() < page.repeat_count / MOST_INSTANCES:
                self.session.remove_repeat(f"{page.ref}[{self.chance.randint(1, page.repeat_count)}]")
            else:
                self.session.add_repeat(page.ref, after=self.chance.randint(0, page.repeat_count))
            return
        question = self.chance.choice(page.questions)
        if not question.readonly:
            values = self.walker.invent(question)
            empty = not values or self.chance.random() < 0.15
            self.session.answer(question.ref, None if empty else self.chance.choice(values))

    def state(self) -> list[tuple[str, str, bool, object]]:
        """Return all nodes with what must be the same afterwards."""
        found = []
        for node in self.session._state.root.walk():
            rule = node.spec.calculate
            by_chance = rule is not None and any(word in rule.source for word in CHANCE)
            found.append((node.name, "" if by_chance else node.text, node.relevant, node.atom))
        return found

    def compare(self) -> None:
        """Compute all anew; nothing may change, neither a value nor a page."""
        before, pages = self.state(), self.session._pages.stops()
        self.session.recompute()
        changed = [pair for pair in zip(before, self.state(), strict=True) if pair[0] != pair[1]]
        assert not changed, f"after {self.done} edits"
        again = self.session._pages.stops()
        assert [(stop.kind, stop.node) for stop in pages] == [(stop.kind, stop.node) for stop in again]

    def reopen(self) -> None:
        """Write all out and read it back; nothing may change either."""
        whole = self.session.to_xml(whole=True)
        again = FormSession.from_xml(self.definition, whole, clock=FixedClock(AT))
        if not any(rule and any(w in rule.source for w in CHANCE) for rule in self.rules()):
            assert again.to_xml(whole=True) == whole
            assert again.to_xml() == self.session.to_xml()

    def rules(self):
        return (spec.calculate for spec in self.definition.specs.values() if spec.names[-1] != "instanceID")


def edit_often(definition: FormDefinition, edits: int, seed: int) -> None:
    editor = Editor(definition, seed)
    while editor.done < edits:
        editor.edit()
        editor.compare()
        if editor.done % 100 == 0:
            editor.reopen()
        if editor.done % 1_000 == 0:  # from the beginning: a filled form has few new places to go
            done, editor = editor.done, Editor(definition, seed + editor.done)
            editor.done = done


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", FIELD, ids=lambda name: name[:20])
def test_field_forms(name):
    path = CORPUS / name
    if not path.exists():
        pytest.skip("the conformance corpus is not beside this checkout")
    edit_often(FormDefinition.load(path.read_bytes()), EDITS, 11)


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("form_id", OURS)
def test_our_forms(form_id):
    edit_often(load_form(form_id), EDITS if form_id == "birth-registration" else FEW, 12)
