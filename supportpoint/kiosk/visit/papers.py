"""Which papers a form will ask to photograph, read from the form itself before anything is answered. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from supportpoint.forms import FormSession
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.visit.walk import SIGNATURE

NO_ART = "papers"
#: What an officer's words for a paper speak of, and its drawing.
_ART_BY_WORDS = {
    "kết hôn": "marrycert",
    "chứng sinh": "birthnote",
    "khai sinh": "birth",
    "căn cước": "idcard",
    "bảo hiểm": "healthcard",
    "sổ đỏ": "redbook",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to bring: `id` is the name of its question, `giver` who gives it or where it is."""

    id: str
    title: str
    giver: str
    art: str


def art_of_paper(label: str) -> str:
    """Return the drawing of a paper that somebody named in words."""
    words = label.casefold()
    return next((art for known, art in _ART_BY_WORDS.items() if known in words), NO_ART)


def list_papers(session: FormSession, language: str) -> tuple[Paper, ...]:
    """Return the papers that the form requires in some case, and those it asks for in every case."""
    return tuple(
        _read_paper(question, language)
        for question in session.definition.list_questions(language)
        if question.type is QuestionType.IMAGE
        and SIGNATURE not in question.appearance
        and (question.required or session.is_relevant(question.ref))
    )


def _read_paper(question: Question, language: str) -> Paper:
    return Paper(
        id=question.name,
        title=_named(question, "paper", language) or question.guidance or question.label,
        giver=_named(question, "giver", language),
        art=question.attributes.get("art", NO_ART),
    )


def _named(question: Question, name: str, language: str) -> str:
    """Return an attribute in the language: `paper_en` before `paper`, which is Vietnamese."""
    return question.attributes.get(f"{name}_{language}") or question.attributes.get(name, "")
