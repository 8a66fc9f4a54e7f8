"""Which papers a form will ask to photograph, read from the form itself before anything is answered. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.parts import Control, Spec, Text
from supportpoint.forms.view import QuestionType

GUIDANCE = "guidance"
NO_ART = "papers"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to bring: `id` is the name of its question, `giver` who gives it or where it is."""

    id: str
    title: str
    giver: str
    art: str


def list_papers(session: FormSession, language: str) -> tuple[Paper, ...]:
    """Return the papers that the form requires in some case, and those it asks for in every case."""
    definition = session.definition
    found: list[Paper] = []
    for spec in definition.specs.values():
        control = spec.control
        if control is None or control.type is not QuestionType.IMAGE or not spec.single:
            continue
        if spec.required is not None or session.is_relevant(spec.path):
            found.append(_read_paper(session, spec, control, language))
    return tuple(found)


def _read_paper(session: FormSession, spec: Spec, control: Control, language: str) -> Paper:
    definition = session.definition
    title = _named(spec, "paper", language) or _words(definition, control.hint, GUIDANCE, language)
    return Paper(
        id=spec.names[-1],
        title=title or _words(definition, control.label, "", language),
        giver=_named(spec, "giver", language),
        art=spec.attributes.get("art", NO_ART),
    )


def _named(spec: Spec, name: str, language: str) -> str:
    """Return an attribute in the language: `paper_en` before `paper`, which is Vietnamese."""
    return spec.attributes.get(f"{name}_{language}") or spec.attributes.get(name, "")


def _words(definition: FormDefinition, text: Text, form: str, language: str) -> str:
    segments = (
        definition.itext.find(text.itext, form, definition.itext.resolve(language)) if text.itext else None
    )
    if segments is None:
        segments = () if form else text.segments
    return "".join(segment for segment in segments if isinstance(segment, str))
