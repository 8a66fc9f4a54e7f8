"""The stones of a form's path."""

from __future__ import annotations

import pytest

from supportpoint.forms.view import Page, PageKind, Question, QuestionType
from supportpoint.kiosk.visit.path import make_path
from supportpoint.kiosk.visit.walk import Step

NAMES = ("Người khai", "Em bé", "Bố mẹ", "Nơi ở", "Giấy tờ", "Ghi thêm", "Cam đoan")


def make_step(
    index: int, kind: QuestionType = QuestionType.TEXT, appearance: str = "", group: str = ""
) -> Step:
    ref = f"/data/{group or f'g{index}'}/q"
    question = Question(ref, "q", kind, "Câu hỏi?", appearance=(appearance,))
    section = NAMES[index - 1] if index <= len(NAMES) else ""
    return Step(Page(0, PageKind.QUESTION, ref, section, index, len(NAMES), (question,)), question)


STEPS = [make_step(index) for index in range(1, len(NAMES) + 1)]


@pytest.mark.parametrize(
    ("done", "shown"),
    [(1, NAMES[0:5]), (2, NAMES[0:5]), (3, NAMES[1:6]), (6, NAMES[2:7])],
)
def test_five_stones_around_the_next_section(done: int, shown: tuple[str, ...]):
    path = make_path(STEPS, STEPS[done - 1], STEPS[done])
    window = path.window()
    assert tuple(stone.name for stone in window) == shown
    assert [stone.name for stone in window if stone.place == "now"] == [NAMES[done]]
    assert path.left == len(NAMES) - done
    assert path.finished == NAMES[done - 1]


def test_a_section_without_a_name_is_no_stone():
    path = make_path([*STEPS[:2], make_step(9)], STEPS[0], STEPS[1])
    assert [stone.name for stone in path.stones] == ["Người khai", "Em bé"]


def test_a_stone_shows_what_its_screens_are_about():
    photo, place = make_step(1, QuestionType.IMAGE), make_step(2, appearance="sp:commune")
    chosen = make_step(3, QuestionType.SELECT_ONE)
    path = make_path([photo, place, chosen, make_step(4)], photo, place)
    assert [stone.icon for stone in path.stones] == ["image", "map-pin", "list-checks", "note-pencil"]


def test_the_part_about_a_baby_shows_a_baby_whatever_is_asked():
    baby = [
        make_step(2, QuestionType.IMAGE, group="child"),
        make_step(2, appearance="sp:commune", group="child"),
    ]
    path = make_path([make_step(1), *baby, make_step(3)], make_step(1), baby[0])
    assert [stone.icon for stone in path.stones] == ["note-pencil", "baby", "note-pencil"]
