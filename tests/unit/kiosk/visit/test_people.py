"""People whom a form knows already: who they are, and what a later block takes over from them."""

from __future__ import annotations

from datetime import date

import pytest

from supportpoint.config import shipped_dir
from supportpoint.forms.view import Choice, Page, PageKind, Question, QuestionType, Value
from supportpoint.kiosk.visit.people import list_others, list_people, reused_answer
from supportpoint.kiosk.visit.places import read_communes

SEX = (Choice("male", "Nam"), Choice("female", "Nữ"))
PLACES = read_communes(shipped_dir("assets") / "lists")
COMMUNES = (Choice("03316", "Xã Nà Tấu"), Choice("03127", "Phường Điện Biên Phủ"))


def ask(
    ref: str,
    scan: str = "",
    value: Value = None,
    kind: QuestionType = QuestionType.TEXT,
    choices: tuple[Choice, ...] = (),
) -> Question:
    display = next((choice.label for choice in choices if choice.value == value), str(value or ""))
    attributes = {"scan": scan} if scan else {}
    name = ref.rpartition("/")[2]
    return Question(ref, name, kind, "", value=value, display=display, choices=choices, attributes=attributes)


def pages(*sections: tuple[str, list[Question]]) -> list[Page]:
    """One question a page, as a form without field lists gives them."""
    return [
        Page(0, PageKind.QUESTION, question.ref, section, 1, len(sections), (question,))
        for section, questions in sections
        for question in questions
    ]


MOTHER = [
    ask("/d/mother/scan"),
    ask("/d/mother/full_name", "full_name", "Quàng Thị Ơn"),
    ask("/d/mother/birth", "birth_date", "1998-03-12"),
    ask("/d/mother/sex", "sex", "female", QuestionType.SELECT_ONE, SEX),
    ask("/d/mother/id_no", "id_no", "011198004512"),
    ask("/d/mother/job", "", "nông dân"),
    ask("/d/mother/home/where", "", "dien_bien", QuestionType.SELECT_ONE, (Choice("dien_bien", "Đây"),)),
    ask("/d/mother/home/commune", "residence", "03316", QuestionType.SELECT_ONE, COMMUNES),
    ask("/d/mother/home/detail", "residence", "Bản Nậm Cứm"),
]
FATHER = [ask("/d/father/full_name", "full_name", "Lò Văn Ín"), ask("/d/father/birth", "birth_date", "1994")]
LATER = [
    ask("/d/later/scan"),
    ask("/d/later/full_name", "full_name"),
    ask("/d/later/home/where", "", None, QuestionType.SELECT_ONE, (Choice("dien_bien", "Ở đây"),)),
]


def names(found: tuple[object, ...]) -> list[str]:
    return [one.name for one in found]  # type: ignore[attr-defined]


def test_people_stand_in_the_order_of_the_form_with_their_section():
    found = list_people(pages(("Mẹ", MOTHER), ("Bố", FATHER), ("Sau", LATER)))
    assert [(one.name, one.section, one.group) for one in found] == [
        ("Quàng Thị Ơn", "Mẹ", "/d/mother/"),
        ("Lò Văn Ín", "Bố", "/d/father/"),
    ]


def test_a_person_shows_nothing_in_a_log():
    (person,) = list_people(pages(("Mẹ", MOTHER)))
    assert "Ơn" not in repr(person)
    assert "4512" not in repr(person)


def test_somebody_is_not_offered_to_themselves():
    shown = pages(("Mẹ", MOTHER), ("Bố", FATHER))
    assert names(list_others(shown, "/d/mother/scan")) == ["Lò Văn Ín"]
    assert names(list_others(shown, "/d/later/scan")) == ["Quàng Thị Ơn", "Lò Văn Ín"]


def test_who_was_taken_over_already_is_offered_once():
    again = [
        ask("/d/payee/full_name", "full_name", "Quàng Thị Ơn"),
        ask("/d/payee/id_no", "id_no", "011198004512"),
    ]
    shown = pages(("Mẹ", MOTHER), ("Người nhận", again))
    (person,) = list_others(shown, "/d/later/scan")
    assert person.section == "Mẹ"
    assert list_others(shown, "/d/payee/scan") == ()


def test_each_round_of_a_repeat_is_a_person_of_its_own():
    members = [
        ask("/d/members[1]/full_name", "full_name", "Lò Thị Mai"),
        ask("/d/members[2]/full_name", "full_name", "Lò Văn Ín"),
        ask("/d/members[3]/full_name", "full_name"),
    ]
    shown = pages(("Người trong hộ", members))
    assert names(list_others(shown, "/d/members[3]/scan")) == ["Lò Thị Mai", "Lò Văn Ín"]
    assert names(list_others(shown, "/d/members[1]/scan")) == ["Lò Văn Ín"]


def test_a_person_deeper_inside_keeps_their_own_answers():
    inside = [
        ask("/d/head/full_name", "full_name", "Lò Văn Ín"),
        ask("/d/head/wife/full_name", "full_name", "Quàng Thị Ơn"),
        ask("/d/head/wife/id_no", "id_no", "011198004512"),
    ]
    head, wife = list_people(pages(("Hộ", inside)))
    assert head.find("id_no") is None
    assert wife.find("id_no") is not None


def test_without_a_name_nobody_is_offered():
    partial = [ask("/d/a/full_name", "full_name"), ask("/d/a/id_no", "id_no", "011198004512")]
    assert list_people(pages(("A", partial))) == ()


@pytest.mark.parametrize(
    ("target", "answer"),
    [
        (ask("/d/later/full_name", "full_name"), "Quàng Thị Ơn"),
        (ask("/d/later/id_no", "id_no"), "011198004512"),
        (ask("/d/later/id_no", "id_no", kind=QuestionType.INTEGER), "011198004512"),
        (ask("/d/later/sex", "sex", None, QuestionType.SELECT_ONE, SEX), "female"),
        (ask("/d/later/sex", "sex", None, QuestionType.SELECT_ONE, (Choice("f", "nữ"),)), "f"),
        (ask("/d/later/sex", "sex", None, QuestionType.SELECT_ONE, (Choice("x", "khác"),)), ""),
        (ask("/d/later/sex", "sex"), "Nữ"),
        (ask("/d/later/birth", "birth_date", kind=QuestionType.DATE), "1998-03-12"),
        (ask("/d/later/job"), ""),
        (ask("/d/later/old", "old_id_no"), ""),
        (ask("/d/later/home/commune", "residence", None, QuestionType.SELECT_ONE, COMMUNES), "03316"),
        (ask("/d/later/home/commune", "residence", None, QuestionType.SELECT_ONE, COMMUNES[1:]), ""),
        (ask("/d/later/home/detail", "residence"), "Bản Nậm Cứm"),
        (LATER[2], "dien_bien"),
        (ask("/d/later/photo", "full_name", None, QuestionType.IMAGE), ""),
    ],
)
def test_what_is_taken_over(target: Question, answer: str):
    (person,) = list_people(pages(("Mẹ", MOTHER)))
    assert reused_answer(target, person, "/d/later/", PLACES) == answer


def test_a_year_alone_is_no_whole_date():
    (person,) = list_people(pages(("Bố", FATHER)))
    whole = ask("/d/later/birth", "birth_date", kind=QuestionType.DATE)
    assert reused_answer(whole, person, "/d/later/", PLACES) == ""
    assert reused_answer(ask("/d/later/birth", "birth_date"), person, "/d/later/", PLACES) == "1994"


def test_typed_values_are_written_as_the_form_writes_them():
    born = [
        ask("/d/a/full_name", "full_name", "Lò Thị Mai"),
        ask("/d/a/birth", "birth_date", date(1998, 3, 12), QuestionType.DATE),
    ]
    (person,) = list_people(pages(("A", born)))
    assert reused_answer(ask("/d/later/birth", "birth_date"), person, "/d/later/", PLACES) == "1998-03-12"


def test_an_answer_the_form_worked_out_stays_its_own():
    (person,) = list_people(pages(("Mẹ", MOTHER)))
    fixed = Question(
        "/d/later/full_name",
        "full_name",
        QuestionType.TEXT,
        "",
        readonly=True,
        attributes={"scan": "full_name"},
    )
    assert reused_answer(fixed, person, "/d/later/", PLACES) == ""


@pytest.mark.parametrize(
    ("written", "commune", "below"),
    [
        ("Bản Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên", "03316", "Bản Nậm Cứm"),
        ("Bản Nậm Cứm, Ngối Cáy", "", "Bản Nậm Cứm, Ngối Cáy"),
    ],
)
def test_an_old_address_gives_todays_commune_only_when_it_is_certain(written: str, commune: str, below: str):
    old = [ask("/d/a/full_name", "full_name", "Lò Mai"), ask("/d/a/address", "residence", written)]
    (person,) = list_people(pages(("A", old)))
    choice = ask("/d/later/home/commune", "residence", None, QuestionType.SELECT_ONE, COMMUNES)
    assert reused_answer(choice, person, "/d/later/", PLACES) == commune
    assert reused_answer(ask("/d/later/home/detail", "residence"), person, "/d/later/", PLACES) == below


def test_a_commune_is_never_written_where_the_village_is_asked():
    chosen = [
        ask("/d/a/full_name", "full_name", "Lò Mai"),
        ask("/d/a/home/commune", "residence", "03316", QuestionType.SELECT_ONE, COMMUNES),
    ]
    (person,) = list_people(pages(("A", chosen)))
    assert reused_answer(ask("/d/later/home/detail", "residence"), person, "/d/later/", PLACES) == ""
