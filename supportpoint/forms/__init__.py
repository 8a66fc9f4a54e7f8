"""The forms engine: form + answers in, next state out. Pure: no Qt, no SQL, no network, no clock of its own.

    definition = FormDefinition.load(xform_bytes, files={"communes.csv": b"..."})
    session = FormSession(definition, clock=clock, language="vi", metadata={"deviceid": "..."})
    session.pages()                      # tuple[Page, ...]: the relevant pages in order
    session.page(3).questions[0].choices
    session.answer("/data/child/sex", "female")   # Changes: what this answer changed
    session.add_repeat("/data/witness"); session.remove_repeat("/data/witness[2]")
    session.validate()                   # tuple[Problem, ...] over all relevant questions
    session.outline()                    # tuple[OutlineSection, ...] for the review page
    xml = session.to_xml()               # the submission, non-relevant nodes left out
    session = FormSession.from_xml(definition, xml, clock=clock)  # drafts, and the server's re-check

The kiosk, the server and the tests are three clients of this one engine. The server never trusts
the kiosk: it reads the XML back, recomputes and validates.
"""

from __future__ import annotations

from supportpoint.forms.definition import FormDefinition
from supportpoint.forms.session import FormSession
from supportpoint.forms.view import (
    Changes,
    Choice,
    FormSettings,
    Media,
    OutlineRow,
    OutlineSection,
    Page,
    PageKind,
    Problem,
    Question,
    QuestionType,
    Value,
)

__all__ = [
    "Changes",
    "Choice",
    "FormDefinition",
    "FormSession",
    "FormSettings",
    "Media",
    "OutlineRow",
    "OutlineSection",
    "Page",
    "PageKind",
    "Problem",
    "Question",
    "QuestionType",
    "Value",
]
