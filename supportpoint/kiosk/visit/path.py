"""The path of a form: its sections as stepping stones, and where the person stands among them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supportpoint.forms.view import QuestionType
from supportpoint.kiosk.visit.walk import Step

MOST_STONES = 5
#: Before the stone of the next section stand as many done ones, where the path has more than fit.
DONE_SHOWN = 2
_SCREEN_ICONS = {"scan": "identification-card", "photo": "image"}
#: By the name of the outermost group: a part about a baby shows one, whatever is asked of it.
_GROUP_ICONS = {"child": "baby"}
_PLACE_ICON, _OTHER_ICON = "map-pin", "note-pencil"


@dataclass(frozen=True, slots=True)
class Stone:
    """One section. `icon` is what its screens are about; `place` is done, now or next."""

    name: str
    icon: str
    place: str


@dataclass(frozen=True, slots=True)
class Path:
    """The sections of a form after `finished`; `left` sections remain, sending not counted."""

    finished: str
    left: int
    stones: tuple[Stone, ...]

    def window(self) -> tuple[Stone, ...]:
        """Return at most five stones around the next section."""
        now = next(place for place, stone in enumerate(self.stones) if stone.place == "now")
        first = max(0, min(now - DONE_SHOWN, len(self.stones) - MOST_STONES))
        return self.stones[first : first + MOST_STONES]


def make_path(steps: Sequence[Step], finished: Step, following: Step) -> Path:
    """Return the path with `finished` as the last answered screen and `following` as the next one."""
    sections: dict[int, list[Step]] = {}
    for step in steps:
        if step.page.section:
            sections.setdefault(step.page.section_index, []).append(step)
    now = following.page.section_index
    stones = tuple(
        Stone(screens[0].page.section, _icon(screens), _place(index, now))
        for index, screens in sections.items()
    )
    return Path(finished.page.section, sum(stone.place != "done" for stone in stones), stones)


def _place(index: int, now: int) -> str:
    if index == now:
        return "now"
    return "done" if index < now else "next"


def _icon(screens: list[Step]) -> str:
    group = screens[0].ref.removeprefix("/data/").partition("/")[0]
    if group in _GROUP_ICONS:
        return _GROUP_ICONS[group]
    found = [_SCREEN_ICONS[step.screen] for step in screens if step.screen in _SCREEN_ICONS]
    if found:
        return found[0]
    kinds = [step.question.appearance for step in screens if step.question is not None]
    if any("sp:commune" in words for words in kinds):
        return _PLACE_ICON
    is_chosen = all(
        step.question is not None and step.question.type is QuestionType.SELECT_ONE for step in screens
    )
    return "list-checks" if is_chosen else _OTHER_ICON
