"""Every state of every page by ear: it speaks once by itself, rings what it reads, tells nothing personal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject

from supportpoint.kiosk.pages import voice as voice_module
from supportpoint.kiosk.voice import player as player_module
from supportpoint.kiosk.voice.phrases import leave_answers_out
from supportpoint.sealing.receipt import make_receipt, write_secret
from tests import ears as ears_module
from tests.ears import Ears, voice_of, wait_for_silence
from tests.ui.flows import SECRET
from tests.ui.scene import Scene
from tests.ui.states import STATES, State
from tests.ui.test_listening import visible_items

RECEIPT = make_receipt(SECRET)
HOME = "Bà con cần làm gì?"
QUIET = frozenset({"attract", "devices", "device"})
#: Over the page lies a sheet, which speaks by its own rules.
UNDER_SHEETS = ("K27", "K28")
#: Of the invented people, their receipts and what the states type.
PERSONAL = (
    *("Quàng", "Nguyệt", "Mai An", "Bun", "Nậm Cứm", "Lò Thị", "Lò Mai", "Lò mai", "03/1998"),
    *(RECEIPT.case_number, *RECEIPT.case_number.split("-"), *write_secret(SECRET).split("-")),
    *("0912", "không chín một hai", "0111", "không một một một", "2A"),
)


def _listing(scene: Scene) -> None:
    scene.ask("/data/goods/title", "product-listing")
    scene.app.parts.stage.visit.form.answer("/data/goods/title", "Gạo nhà Quàng Thị Ơn 0912345678")
    scene.app.navigator.open("listing")
    scene.person.wait_for_page("listing")


#: Made without any voice: what they show instead is looked at in test_page_look.
SILENT = ("K03-home.silent", "K08-question.silent")
EVERY: dict[str, State] = {
    "K16-listing.named": _listing,
    **{name: state for name, state in STATES.items() if not name.startswith((*UNDER_SHEETS, *SILENT))},
}
#: Tests share the states: one kiosk is opened for each share.
SHARES = 2


@pytest.fixture
def scene(ears: Ears, meet_whole: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Scene:
    del ears
    monkeypatch.setattr(ears_module, "WORD_MS", 1)
    monkeypatch.setattr(player_module, "GAP_MS", 1)
    monkeypatch.setattr(voice_module, "PATIENT_PAGES", 1000)
    scene = Scene(meet_whole())
    voice_of(scene.person)._settle.setInterval(10)
    scene.clear()
    return scene


class Listener:
    """Somebody who hears a state of a page and looks at what is ringed."""

    def __init__(self, scene: Scene, ears: Ears) -> None:
        self.scene, self.ears = scene, ears
        self.person, self.voice = scene.person, voice_of(scene.person)
        self.rung: dict[str, bool] = {}
        self.arrived = self.cut_before = 0
        self.said_first = ""
        """What the page would say when it began to speak; a state may change that afterwards."""
        self.voice.changed.connect(self._look)
        scene.app.navigator.pageChanged.connect(self._arrive)

    def find_faults(self, name: str) -> list[str]:
        """Return what is wrong with a state, by ear."""
        self.scene.clear(name)
        self.ears.heard.clear()
        EVERY[name](self.scene)
        wait_for_silence(self.person)
        if self.person.page in QUIET:
            faults = self.ears.texts
        elif self.voice._hushed_by:
            faults = self._hear_nothing()
        else:
            faults = self._hear_page()
        faults += [f"says «{one}»" for one in PERSONAL if one in " ".join(self.ears.texts)]
        return [f"{name}: {fault}" for fault in faults]

    def _hear_nothing(self) -> list[str]:
        """A microphone is on: neither the page by itself nor its loudspeaker is heard."""
        before = len(self.ears.texts)
        self.voice.turn()
        wait_for_silence(self.person)
        self.voice.replay([HOME])
        return self.ears.texts[before:]

    def _hear_page(self) -> list[str]:
        page = self.person.find(f"page_{self.person.page}")
        alone, rows = self._words(page.property("spoken")), page.property("spokenRows")
        heard = self.ears.texts[self.arrived :]
        has_changed = self.said_first not in {"", page.property("spoken")}
        if self.voice._has_acted or self.ears.cut_short > self.cut_before or has_changed:
            # a touch or an alert of this state broke it off or came after it, so the page comes once more
            self._arrive()
            self.voice.turn()
            wait_for_silence(self.person)
            heard = self.ears.texts[self.arrived :]
        faults = [] if count_runs(heard, alone) == 1 else [f"{heard} is not once {alone}"]
        step = self.scene.app.parts.stage.walk.step
        question = step.question if step is not None else None
        title = leave_answers_out(page.property("title"), question)
        if not any(map(str.isdigit, title)) and plain(title) not in plain(" ".join(alone)):
            faults.append(f"{alone} lacks the title «{title}»")
        self.rung = {}
        self.voice.replay([page.property("spoken"), *rows])
        wait_for_silence(self.person)
        return faults + [f"«{row}» is not ringed" for row in rows if not self.rung.get(row)]

    def _words(self, text: str) -> list[str]:
        (line,) = self.voice._script([text]) or [None]
        return [ways[0].text for ways in line.stretches] if line is not None else []

    def _arrive(self) -> None:
        self.arrived, self.cut_before = len(self.ears.texts), self.ears.cut_short
        self.said_first = ""

    def _look(self) -> None:
        line = self.voice.property("line")
        if line and not self.said_first:
            page = self.person.app.window.findChild(QObject, f"page_{self.person.page}")
            self.said_first = page.property("spoken") if page is not None else ""
        if line and line not in self.rung:
            window = self.person.app.window
            self.rung[line] = any(
                item.property("speaking") is True for item in visible_items(window.contentItem())
            )


def plain(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


def count_runs(texts: list[str], run: list[str]) -> int:
    """Return how often some texts follow each other."""
    return sum(texts[place : place + len(run)] == run for place in range(len(texts)))


@pytest.mark.parametrize("share", range(SHARES))
def test_every_state_speaks_once_rings_what_it_reads_and_tells_nothing(scene: Scene, ears: Ears, share: int):
    listener = Listener(scene, ears)
    found = [fault for name in list(EVERY)[share::SHARES] for fault in listener.find_faults(name)]
    assert not found, "\n".join(found)
