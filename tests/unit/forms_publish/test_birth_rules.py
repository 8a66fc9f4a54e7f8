"""What each question of the birth registration form offers, refuses and says."""

from __future__ import annotations

import re
from datetime import date

import pytest

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.workbook import read_workbook
from supportpoint.forms.view import QuestionType
from tests.form_filling import C, F, M, P, R, asked, fill, load_form, open_session, read_birth_answers
from tests.unit.forms_publish.conftest import VI

FORM = shipped_dir("assets") / "forms" / "birth-registration"


@pytest.fixture
def definition():
    return load_form("birth-registration")


@pytest.fixture
def session():
    return open_session("birth-registration")


@pytest.fixture
def answers():
    return read_birth_answers()


def test_the_settings_and_titles_travel_in_the_form(definition):
    assert definition.form_id == "birth-registration"
    assert len(definition.version) == 10
    assert definition.languages == ("vi", "en")
    assert (definition.title("vi"), definition.title("en")) == ("Khai sinh", "Birth registration")
    assert definition.settings.purpose == "ordinary"
    assert definition.settings.procedure == "1.001193"
    assert definition.settings.fee == "Miễn phí"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-01-15", "ngày mười lăm tháng một năm hai nghìn không trăm hai mươi sáu"),
        ("2004-04-24", "ngày hai mươi tư tháng tư năm hai nghìn không trăm linh bốn"),
        ("2000-12-31", "ngày ba mươi mốt tháng mười hai năm hai nghìn"),
        ("1973-10-09", "ngày mùng chín tháng mười năm một nghìn chín trăm bảy mươi ba"),
    ],
)
def test_the_birth_date_is_written_in_words(session, answers, day, words):
    fill(session, answers)
    session.answer(f"{C}/ask_birth_date", day)
    assert session.value(f"{C}/birth_date_words") == words


def test_a_birth_at_the_clinic_offers_no_commitment(session, answers):
    fill(session, answers)
    (notice,) = session.page(session.page_index(f"{P}/birth_notice")).questions
    assert [choice.value for choice in notice.choices] == ["yes", "later"]


def test_a_mother_is_not_offered_cases_that_deny_her(session):
    session.answer(f"{R}/relation", "mother")
    (case,) = session.page(session.page_index(f"{C}/birth_case")).questions
    assert [choice.value for choice in case.choices] == ["both", "mother_only", "surrogacy"]


@pytest.mark.parametrize(
    ("ref", "bad"),
    [
        (f"{R}/full_name", "Lò Thị 2"),
        (f"{R}/full_name", "X"),
        (f"{R}/id_no", "01119800451"),
        (f"{R}/phone", "0112345678"),
        (f"{C}/ask_birth_date", date(2026, 11, 24)),
        (f"{P}/copies/copy_qty", 0),
    ],
)
def test_a_wrong_answer_gets_kind_words_in_each_language(session, answers, ref, bad):
    fill(session, answers)
    problem = session.answer(ref, bad).problem
    assert problem is not None
    assert problem.code == "SP-307"
    vietnamese = problem.message
    session.set_language("en")
    english = next(problem.message for problem in session.validate() if problem.ref == ref)
    assert vietnamese
    assert english
    assert vietnamese != english


def test_after_sixty_days_there_is_a_note_and_no_block(session, answers):
    fill(session, answers)
    assert f"{C}/late_note" not in asked(session)
    session.answer(f"{C}/ask_birth_date", "2026-09-24")
    assert f"{C}/late_note" not in asked(session), "the sixtieth day is in time"
    session.answer(f"{C}/ask_birth_date", "2026-09-23")
    assert asked(session)[f"{C}/late_note"] == "Quá 60 ngày vẫn làm được."
    assert session.validate() == ()


def test_a_card_number_that_does_not_fit_the_year_is_only_a_note(session, answers):
    fill(session, answers)
    assert f"{R}/id_check" not in asked(session)
    session.answer(f"{R}/birth_date", "1997")
    assert f"{R}/id_check" in asked(session)
    assert session.validate() == ()


@pytest.mark.parametrize(("born", "told"), [("2008", False), ("2009", True)])
def test_a_very_young_mother_is_led_to_an_officer_and_still_registers(session, answers, born, told):
    fill(session, answers | {f"{R}/birth_date": born})
    assert ("/data/parents/young_mother" in asked(session)) == told
    assert session.validate() == ()


@pytest.mark.parametrize(
    ("person", "more"),
    [(R, {"residence"}), (F, set()), ("/data/parents/mother", set())],
    ids=["own", "father", "mother"],
)
def test_what_a_scanned_card_fills_is_asked_at_the_time_of_the_scan(session, person, more):
    fill(session, {f"{R}/relation": "other", f"{C}/birth_case": "both"})
    own = [q for page in session.pages() for q in page.questions if q.ref.startswith(person)]
    assert own[0 if person != R else 2].type is QuestionType.BARCODE
    assert sum("sp:id-scan" in question.appearance for question in own) == 1
    fills = {question.attributes["scan"] for question in own if "scan" in question.attributes}
    assert fills == {"full_name", "birth_date", "id_kind", "id_no", "issue_date"} | more


@pytest.mark.parametrize(
    ("issued", "kind", "issuer"),
    [
        ("2024-06-30", "cccd", "Cục Cảnh sát quản lý hành chính về trật tự xã hội"),
        ("2024-07-01", "can_cuoc", "Bộ Công an"),
    ],
)
def test_the_day_of_issue_tells_which_card_it_is(session, answers, issued, kind, issuer):
    """A card's code does not say its kind."""
    fill(session, answers | {f"{R}/id_issue_date": issued})
    assert session.value(f"{R}/id_doc_type") == kind
    assert session.value(f"{R}/id_issuer") == issuer


def test_lists_are_whole(session):
    session.answer(f"{R}/residence/where", "dien_bien")
    (commune,) = session.page(session.page_index(f"{R}/residence/ask_commune")).questions
    assert len(commune.choices) == 45
    session.answer(f"{R}/residence/where", "other_province")
    (province,) = session.page(session.page_index(f"{R}/residence/ask_province")).questions
    assert len(province.choices) == 33  # our own is the first card of the question before
    (ethnic,) = (
        session.page(session.page_index(f"{M}/ethnic")).questions
        if f"{M}/ethnic" in asked(session)
        else (None,)
    )
    if ethnic is None:
        session.answer(f"{C}/birth_case", "both")
        (ethnic,) = session.page(session.page_index(f"{M}/ethnic")).questions
    assert len(ethnic.choices) == 54
    assert [choice.label for choice in ethnic.choices][:4] == ["Thái", "Mông", "Khơ Mú", "Kinh"]


def tables(name):
    """Return the rows of a table with the shared blocks in their places."""
    return [row for _, row in read_workbook(FORM).rows(name)]


def test_words_are_short_enough_for_the_page():
    """Question text: two lines of 40 px. One sentence: at most twelve words."""
    for row in tables("survey") + tables("choices"):
        for column, text in row.items():
            if column.startswith("label::"):
                assert len(text) <= 55, text
            if column.split("::")[0] in {"label", "hint", "constraint_message", "required_message"}:
                for sentence in re.split(r"[.?!]", text):
                    assert len(sentence.split()) <= 12, text


def test_every_drawing_of_a_choice_is_there():
    drawings = {row[f"media::image::{VI}"] for row in tables("choices")} - {""}
    assert len(drawings) > 10
    for drawing in drawings:
        assert (shipped_dir("assets") / "art" / drawing).is_file(), drawing
