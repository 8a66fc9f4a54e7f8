"""The few ways in which a state is made: asked, tapped, changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.ui.scene import BIRTH, Scene

State = Callable[[Scene], object]

SELL, AID, REPORT, PENSION, SALE = (
    *("product-listing", "legal-aid", "feedback-report", "social-pension"),
    "sale-result",
)


def asked(ref: str, *taps: str, form: str = BIRTH, told: Mapping[str, str] | None = None) -> State:
    """Return the state of one screen of a form, after some touches."""

    def show(scene: Scene) -> None:
        scene.ask(ref, form, told)
        scene.tap(*taps)

    return show


def held(state: State, name: str) -> State:
    """Return a state while a finger lies on something."""
    return after(state, lambda scene: scene.hold(name))


def opened(page: str, *taps: str) -> State:
    """Return the state of a page that needs nothing before it, after some touches."""
    return then(lambda scene: scene.open(page), *taps)


def then(state: State, *taps: str) -> State:
    """Return a state after some more touches."""

    def show(scene: Scene) -> None:
        state(scene)
        scene.tap(*taps)

    return show


def silently(state: State) -> State:
    """Return a state of a kiosk on which nothing can be heard."""

    def show(scene: Scene) -> None:
        player = scene.views.shell.voice._player
        for sense in ("has_speaker", "has_machine"):
            scene.change(player, sense, lambda: False)
        state(scene)

    return show


def after(state: State, more: State) -> State:
    """Return what becomes of one state."""

    def show(scene: Scene) -> None:
        state(scene)
        more(scene)

    return show
