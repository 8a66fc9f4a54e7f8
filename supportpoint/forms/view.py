"""What a form looks like from outside: the values that pages, the server and tests read.

All values are immutable. A `ref` is the absolute path of a node with repeat positions,
`/data/child/full_name` or `/data/witness[2]/name`; it is the only address of a question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

#: A typed answer; the tuple is a select_multiple.
Value = str | int | Decimal | date | time | datetime | tuple[str, ...] | None


class QuestionType(StrEnum):
    """Kinds of question; the appearance words refine them."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    IMAGE = "image"
    AUDIO = "audio"
    FILE = "file"
    RANGE = "range"
    BARCODE = "barcode"


class PageKind(StrEnum):
    """`QUESTION` holds one question, `FIELD_LIST` several, `REPEAT` asks "add another?"."""

    QUESTION = "question"
    FIELD_LIST = "field_list"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Media:
    """File names inside the form package, None where the form names none."""

    image: str | None = None
    audio: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a select question, label in the session's language."""

    value: str
    label: str
    media: Media = Media()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot stand. `message` is the form's own words, "" when it gives none."""

    ref: str
    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stands now. `attributes` holds the `sp:` bind attributes without prefix.

    `said` are label and hint as they may be spoken where others hear: without the answers that stand in them.
    """

    ref: str
    name: str
    type: QuestionType
    label: str
    hint: str = ""
    guidance: str = ""
    said: tuple[str, str] = ("", "")
    appearance: tuple[str, ...] = ()
    value: Value = None
    display: str = ""
    required: bool = False
    readonly: bool = False
    choices: tuple[Choice, ...] = ()
    media: Media = Media()
    attributes: dict[str, str] = field(default_factory=dict)
    #: start, end and step of a range
    bounds: tuple[Decimal, Decimal, Decimal] | None = None
    #: "audio" where the form wants its sound to start by itself
    autoplay: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of the walk. `section` is the label of the outermost group, 1-based index."""

    index: int
    kind: PageKind
    ref: str
    section: str
    section_index: int
    section_count: int
    questions: tuple[Question, ...]
    repeat_count: int = 0
    can_add: bool = False
    can_remove: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What one edit changed: values, relevance and choice lists, by ref; `pages` when the walk did."""

    refs: frozenset[str]
    pages: bool
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One answered or unanswered relevant question on the review page."""

    ref: str
    page_index: int
    label: str
    display: str
    type: QuestionType
    answered: bool
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """The rows of one outermost group."""

    title: str
    rows: tuple[OutlineRow, ...]


@dataclass(frozen=True, slots=True)
class FormSettings:
    """Form-level facts: who may read it, how drafts are kept, what it costs, on which law it stands.

    Source: the settings sheet; `purpose` selects the recipients in the keyset (sealing).
    """

    purpose: str
    autosave: str = "resume"
    fee: str = ""
    deadline: str = ""
    source: str = ""
    as_of: str = ""
    confidence: str = "unverified"
    procedure: str = ""
    category: str = "ordinary"
