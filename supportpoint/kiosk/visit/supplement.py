"""What an agency asks for, laid over the form `supplement`: each thing is one screen with its own words.

Photos become papers of the form, named as they were asked for. Written answers go together into its one
question about the content, each behind the words that asked for it: a form cannot ask what another
form's officer will want to know. No Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from supportpoint.forms import FormSession
from supportpoint.forms.view import Changes, Question, QuestionType
from supportpoint.protocol import CaseNews, MissingThing

NUMBER = "/data/case/case_no"
PAPERS = "/data/more/papers"
CONTENT = "/data/more/content"
ASKED = "/asked/"
PHOTO = "photo"
NEED = "need"
MAX_PAPER_CHARS = 120
DIGIT_WORDS = frozenset({"phone", "no", "id", "number", "account"})
PHONE_DIGITS = "10"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing and where its answer goes. `ref` is a photo of the form, or an address of our own."""

    ref: str
    thing: MissingThing

    @property
    def is_photo(self) -> bool:
        """It is answered with the camera."""
        return self.thing.kind == PHOTO

    @property
    def is_phone(self) -> bool:
        """It is a telephone number."""
        return "phone" in _leaf(self.thing.ref)

    @property
    def is_digits(self) -> bool:
        """It is written with digits alone, by the name of the question that it mends."""
        return bool(DIGIT_WORDS & set(_leaf(self.thing.ref).split("_")))


class SupplementRequest:
    """A request and the open form that answers it.

    Errors: SP-305 and others of the session when the form on the shelf has not these questions.
    """

    def __init__(self, session: FormSession, news: CaseNews) -> None:
        self.number = news.case_number
        self._session = session
        self._said: dict[str, str] = {}
        session.answer(NUMBER, self.number)
        self.things = _place(session, news.missing)

    def is_asked(self, ref: str) -> bool:
        """Tell whether an address is one of our own, which the form knows nothing of."""
        return ref.startswith(ASKED)

    def answer(self, ref: str, value: str | None) -> Changes:
        """Hold a written answer and write all of them into the form; the problem is the form's."""
        self._said[ref] = " ".join((value or "").split())
        lines = [f"{one.thing.label}: {self.said(one)}" for one in self.things if self.said(one)]
        return self._session.answer(CONTENT, "\n".join(lines) or None)

    def said(self, asked: Asked) -> str:
        """Return the written answer to a thing, "" while there is none."""
        return self._said.get(asked.ref, "")

    def photo(self, asked: Asked) -> str:
        """Return the name of the picture of a paper, "" while there is none."""
        return str(self._session.value(asked.ref) or "") if asked.is_photo else ""

    def is_done(self, asked: Asked) -> bool:
        """Tell whether a thing is answered."""
        return bool(self.photo(asked) or self.said(asked))

    @property
    def done_count(self) -> int:
        """How many things are answered."""
        return sum(self.is_done(asked) for asked in self.things)

    def label_of(self, ref: str) -> str:
        """Return the words that asked for the paper of a photo, "" for any other address."""
        return next((asked.thing.label for asked in self.things if asked.ref == ref), "")

    def question(self, asked: Asked) -> Question:
        """Return a thing as a question in the officer's own words."""
        label, hint = asked.thing.label, asked.thing.reason
        if asked.is_photo:
            found = {each.ref: each for page in self._session.pages() for each in page.questions}
            return replace(found[asked.ref], label=label, hint=hint, said=(label, hint))
        return Question(
            ref=asked.ref,
            name="phone" if asked.is_phone else "asked",
            type=QuestionType.TEXT,
            label=label,
            hint=hint,
            said=(label, hint),
            appearance=("numbers",) if asked.is_digits else (),
            value=self.said(asked) or None,
            attributes={"digits": PHONE_DIGITS} if asked.is_phone else {},
        )


def can_answer(news: CaseNews | None) -> bool:
    """Tell whether news ask for something that can be sent from here."""
    return news is not None and news.state == NEED and bool(news.missing)


def _place(session: FormSession, missing: Sequence[MissingThing]) -> tuple[Asked, ...]:
    """Make room in the form for each paper, name it, and return all things in the order they are heard."""
    papers = [thing for thing in missing if thing.kind == PHOTO]
    for _ in papers[1:]:
        session.add_repeat(PAPERS)
    if not papers:
        session.remove_repeat(f"{PAPERS}[1]")
    placed: list[Asked] = []
    for position, thing in enumerate(missing, 1):
        ref = f"{ASKED}{position}"
        if thing.kind == PHOTO:
            group = f"{PAPERS}[{1 + sum(asked.is_photo for asked in placed)}]"
            session.answer(f"{group}/what", thing.label[:MAX_PAPER_CHARS])
            ref = f"{group}/photo"
        placed.append(Asked(ref, thing))
    return tuple(placed)


def _leaf(ref: str) -> str:
    return ref.rpartition("/")[2]
