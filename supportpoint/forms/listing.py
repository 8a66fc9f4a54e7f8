"""Every question of a form before anything is answered, as the form words it."""

from __future__ import annotations

from collections.abc import Iterable

from supportpoint.forms.parts import Control, Spec, Text
from supportpoint.forms.reading.texts import Itext
from supportpoint.forms.view import Question

GUIDANCE = "guidance"


def list_questions(specs: Iterable[Spec], itext: Itext, language: str) -> tuple[Question, ...]:
    """Return the questions outside every repeat, in the order of the primary instance."""
    return tuple(
        _describe(spec, spec.control, itext, language)
        for spec in specs
        if spec.control is not None and spec.single
    )


def _describe(spec: Spec, control: Control, itext: Itext, language: str) -> Question:
    return Question(
        ref=spec.path,
        name=spec.names[-1],
        type=control.type,
        label=_plain(control.label, itext, language),
        hint=_plain(control.hint, itext, language),
        guidance=_plain(control.hint, itext, language, GUIDANCE),
        appearance=control.appearance,
        required=spec.required is not None,
        attributes=spec.attributes,
        bounds=control.bounds,
        autoplay=control.autoplay,
    )


def _plain(text: Text, itext: Itext, language: str, form: str = "") -> str:
    """Return a text without its outputs: they have no value before a session."""
    segments = itext.find(text.itext, form, itext.resolve(language)) if text.itext else None
    if segments is None:
        segments = () if form else text.segments
    return "".join(segment for segment in segments if isinstance(segment, str))
