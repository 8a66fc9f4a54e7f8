"""K29 to K31, and the pages on which the staff try each device (S10)."""

from __future__ import annotations

from msgspec.structs import replace

from supportpoint.devices.printer import PrinterState
from tests.ui.flows import MOTHER
from tests.ui.scene import Scene
from tests.ui.states.answers import URGENT
from tests.ui.states.making import AID, State, after, opened
from tests.ui.states.private import locked

#: What each page of trouble is about, and a code that leads to it.
TROUBLES = {
    "clock": "SP-109",
    "full": "SP-202",
    "save": "SP-210",
    "form": "SP-301",
    "camera": "SP-704",
    "paper": "SP-705",
    "other": "SP-105",
}
DEVICES = ("camera", "scanner", "microphone", "speaker", "speech", "printer", "touch")


def _trouble(code: str) -> State:
    def show(scene: Scene) -> None:
        scene.app.navigator.open("home")
        scene.views.problem.show(code)
        scene.person.wait_for_page("problem")

    return show


def _phone(scene: Scene) -> None:
    shell = scene.views.shell
    scene.change(shell, "_settings", replace(shell._settings, call_phone="0215 000 1234"), shell.changed)


def _leaving(scene: Scene) -> None:
    scene.ask(URGENT, AID)
    scene.tap("homeButton")
    scene.person.wait_for_page("ending")


def _leaving_locked(scene: Scene) -> None:
    locked(scene)
    scene.tap("card_screen")
    scene.person.wait_for_page("question")
    scene.tap("homeButton")
    scene.person.wait_for_page("ending")


def _trying(device: str) -> State:
    def show(scene: Scene) -> None:
        scene.app.navigator.open("devices")
        scene.tap(f"device_{device}")
        scene.person.wait_until(lambda: scene.views.devices._is_open, "the trial")

    return show


def _gone(device: str) -> State:
    """Return the page of a device that was pulled out while it was tried."""

    def show(scene: Scene) -> None:
        _trying(device)(scene)
        scene.unplug(getattr(scene.app.devices, device))
        scene.person.wait_until(lambda: scene.views.devices.property("verdict") == "absent", "the loss")

    return show


def _no_paper(scene: Scene) -> None:
    scene.change(scene.app.devices.printer, "condition", PrinterState.PAPER_OUT)
    _trying("printer")(scene)
    scene.person.wait_until(lambda: scene.views.devices.property("code") == "SP-705", "no paper")


def _read(scene: Scene) -> None:
    _trying("scanner")(scene)
    scene.person.feed_scanner(MOTHER)


ANYTIME: dict[str, State] = {
    "K29-help": opened("help"),
    "K29-help.phone": after(_phone, opened("help")),
    "K30-ending": opened("ending"),
    "K30-ending.wiped": _leaving,
    "K30-ending.locked": _leaving_locked,
    "K31-problem": _trouble("SP-001"),
    **{f"K31-problem.{kind}": _trouble(code) for kind, code in TROUBLES.items()},
    "S10-devices": lambda scene: scene.app.navigator.open("devices"),
    **{f"S10-devices.{device}": _trying(device) for device in DEVICES},
    "S10-devices.scanner-read": _read,
    "S10-devices.camera-gone": _gone("camera"),
    "S10-devices.printer-empty": _no_paper,
}
