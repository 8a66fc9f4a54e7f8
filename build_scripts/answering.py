"""Answers whatever screen of a form comes up, by touch, from a table of answers or with invented ones."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormSession
from supportpoint.forms.publish.walks import invent
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.pages.communes import first_letter
from supportpoint.kiosk.visit.lexical import lexical

if TYPE_CHECKING:
    from journey import JourneyDriver

LONGEST_WALK = 400
PRESSES = 40
TRIES = 40
#: Of the shape that a receipt shows; nobody has it.
CASE_NUMBER = "DB7-4K2-9X8"
#: The date pages reach so far back.
YEARS_BACK = 11
THOUSAND = "000"
CARD_FIELDS = (
    "id_no",
    "full_name",
    "birth_date",
    "id_issue_date",
    "residence/ask_commune",
    "residence/ask_detail",
)
SHOWN_ONLY = frozenset({"note", "repeat", "file"})
#: How long a story is told.
TOLD_MS = 1700
STROKES = (((0.1, 0.5), (0.3, 0.2), (0.5, 0.7)), ((0.6, 0.4), (0.9, 0.5)))


class Answers(Protocol):
    """What the filler asks for."""

    def get(self, ref: str, /) -> str | None:
        """Return the lexical answer of an address, None or "" to leave it open."""


class InventedAnswers:
    """Answers that the open form accepts, made up on the spot; what need not be answered stays open."""

    def __init__(self, read_question: Callable[[], tuple[FormSession, Question | None]], today: date) -> None:
        self._read, self._today = read_question, today
        self._rng = random.Random(20261123)  # noqa: S311 -- must repeat itself, guards nothing

    def get(self, ref: str, /) -> str | None:
        """Return an answer for the open question, found by asking the form and taking it back."""
        session, question = self._read()
        if question is None or question.ref != ref or question.readonly:
            return None
        if not question.required and question.type is not QuestionType.SELECT_ONE:
            return None
        before = lexical(question.value) or None
        found = next((value for value in self._candidates(question) if _fits(session, ref, value)), "")
        session.answer(ref, before)
        return found

    def _candidates(self, question: Question) -> list[str]:
        found = [CASE_NUMBER] if question.name == "case_no" else []
        for _ in range(TRIES):
            found += [lexical(value) for value in invent(question, self._rng, self._today)]
        known = list(dict.fromkeys(found))
        if question.type is QuestionType.DATE:
            return [day for day in known if int(day[:4]) > self._today.year - YEARS_BACK]
        if "sp:partial-date" in question.appearance:
            return [day for day in known if len(day) != len("2026-11")]
        if question.type is QuestionType.SELECT_MULTIPLE:
            return [value.partition(" ")[0] for value in known]  # together, some end the others
        is_written = question.type is QuestionType.TEXT and "numbers" not in question.appearance
        return sorted(known, key=len) if is_written else known


def _fits(session: FormSession, ref: str, value: str) -> bool:
    try:
        return session.answer(ref, value).problem is None
    except SupportPointError:
        return False


class FormFiller:
    """Answers screen after screen; the first screen of each kind is kept as a picture."""

    def __init__(self, driver: JourneyDriver, answers: Answers) -> None:
        self._driver = driver
        self._answers = answers
        self._seen: set[str] = set()

    def fill(self, until: Callable[[], bool]) -> None:
        """Answer screens until `until` holds.

        Errors: JourneyError when a screen cannot be answered from the table.
        """
        for _ in range(LONGEST_WALK):
            if until():
                return
            self.answer_screen()
        raise AssertionError(f"no end at {self._ref}")

    @property
    def _ref(self) -> str:
        return self._driver.app.parts.stage.walk.ref

    def _text(self, view: str, name: str) -> str:
        return str(getattr(self._driver.views, view).property(name))

    def answer_screen(self) -> None:
        """Answer the screen that is open, and wait for the next one.

        Errors: JourneyError when the answer does not lead on.
        """
        driver = self._driver
        before = self.screen
        page = driver.page
        driver.wait_for_page(page)
        getattr(self, f"_on_{page}", self._on_other)()
        driver.wait_until(lambda: self.screen != before, f"the screen after {self._ref or page}")

    @property
    def screen(self) -> tuple[str, ...]:
        """What tells one screen of a form from the next."""
        return (self._driver.page, self._ref, self._text("review", "sectionIndex"), self._consent())

    def _consent(self) -> str:
        return self._text("consent", "purposeIndex")

    def _keep_picture(self, name: str) -> None:
        if name not in self._seen:
            self._seen.add(name)
            self._driver.shot(name)

    def _on_other(self) -> None:
        raise AssertionError(f"page {self._driver.page} is no page of a form")

    def _on_scan(self) -> None:
        self._keep_picture("K06-scan")
        held = self._answers.get(self._ref) or ""
        if held == "scanned":
            held = make_card_text(self._answers, self._ref.rpartition("/")[0])
        if "|" in held:
            self._driver.feed_scanner(held)
        else:
            self._driver.tap("scanNoneButton")

    def _on_path(self) -> None:
        self._keep_picture("K10-path")
        self._driver.tap("continueButton")

    def _on_confirmCard(self) -> None:  # noqa: N802 -- the page's own name
        self._keep_picture("K07-confirm-card")
        self._driver.tap("continueButton")

    def _on_photo(self) -> None:
        driver = self._driver
        if not self._answers.get(self._ref):
            driver.tap("skipPhotoButton")
            return
        driver.wait_until(lambda: bool(driver.views.photo.property("checks")), "the checks of the picture")
        self._keep_picture("K09-photo")
        driver.tap("continueButton")
        driver.wait_until(lambda: self._text("photo", "photoState") == "shot", "the photo")
        self._keep_picture("K09-photo-shot")
        driver.tap("continueButton")

    def _on_voice(self) -> None:
        driver = self._driver
        if not self._answers.get(self._ref):
            self._keep_picture("K19-voice")
            driver.tap("skipVoiceButton")
            return
        driver.tap("recordButton")
        driver.wait_until(
            lambda: int(driver.views.recorder.property("seconds")) * 1000 >= TOLD_MS, "the story"
        )
        self._keep_picture("K19-voice-live")
        driver.tap("recordButton")
        driver.wait_until(lambda: self._text("recorder", "voiceState") == "kept", "the recording")
        self._keep_picture("K19-voice-kept")
        driver.tap("continueButton")

    def _on_signature(self) -> None:
        if not self._answers.get(self._ref):
            self._keep_picture("K13-signature")
            self._driver.tap("cannotSignButton")
            return
        for stroke in STROKES:
            self._driver.draw("signaturePad", stroke)
        self._keep_picture("K13-signature")
        self._driver.tap("continueButton")

    def _on_review(self) -> None:
        self._keep_picture(f"K11-review-{self._text('review', 'sectionIndex')}")
        self._driver.tap("continueButton")

    def _on_listing(self) -> None:
        self._keep_picture("K16-listing")
        self._driver.tap("continueButton")

    def _on_consent(self) -> None:
        self._keep_picture(f"K12-consent-{self._consent()}")
        self._driver.tap("agreeButton")

    def _on_sending(self) -> None:
        self._keep_picture("K14-sending")

    def _on_question(self) -> None:
        widget = self._text("question", "widget")
        value = self._answers.get(self._ref) or ""
        if value:
            getattr(self, f"_give_{widget}")(value)
        elif widget not in SHOWN_ONLY and not self._text("question", "value"):
            self._keep_picture(f"K08-{widget}-skip")
            self._driver.tap("skipButton")
            return
        self._keep_picture(f"K08-{widget}")
        self._driver.tap("continueButton")

    def _give_name(self, value: str) -> None:
        if self._text("keyboard", "text") == value:
            return
        if self._text("keyboard", "text"):
            self._driver.tap("key_clear")
        self._driver.type_text(value)

    _give_text = _give_name

    def _give_number(self, value: str) -> None:
        for _ in range(PRESSES):
            if not self._text("question", "value"):
                break
            self._driver.tap("pad_backspace")
        has_thousands = value.endswith(THOUSAND) and self._driver.find("pad_thousand") is not None
        for digit in value.removesuffix(THOUSAND) if has_thousands else value:
            self._driver.tap("pad_comma" if digit == "." else f"pad_{digit}")
        if has_thousands:
            self._driver.tap("pad_thousand")

    def _give_time(self, value: str) -> None:
        self._driver.tap(f"hour_{int(value[:2])}")

    def _give_moment(self, value: str) -> None:
        if self._text("time", "step") == "date":
            self._give_date(value[:10])
        self._give_time(value[11:])

    def _give_select_one(self, value: str) -> None:
        self._find_card(value)
        self._driver.tap(f"card_{value}")

    def _give_select_multiple(self, value: str) -> None:
        for one in value.split():
            self._give_select_one(one)

    def _give_acknowledge(self, value: str) -> None:
        self._driver.tap(f"card_{value}")

    def _give_date(self, value: str) -> None:
        day = date.fromisoformat(value)
        if self._text("date", "mode") == "paper":
            self._give_year(day.year)
            self._driver.tap(f"month_{day.month}")
            self._driver.tap(f"day_{day.day}")
            return
        self._driver.tap("card_other")
        for name in (f"day_{day.day}", f"month_{day.month}"):
            self._driver.tap(name)
        self._give_year(day.year)

    def _give_year(self, year: int) -> None:
        if self._driver.find(f"year_{year}") is None:
            self._driver.tap("year_0")
            self._driver.tap(f"decade_{year // 10 * 10}")
        self._driver.tap(f"year_{year}")

    def _give_partial_date(self, value: str) -> None:
        parts = [int(part) for part in value.split("-")]
        self._driver.tap({1: "card_year", 2: "card_month"}.get(len(parts), "card_full"))
        self._driver.tap(f"decade_{parts[0] // 10 * 10}")
        self._driver.tap(f"year_{parts[0]}")
        for name, number in zip(("month", "day"), parts[1:], strict=False):
            self._driver.tap(f"{name}_{number}")

    def _give_commune(self, value: str) -> None:
        if self._driver.find(f"card_{value}") is None:
            self._driver.tap("card_other")
            self._driver.tap(f"letter_{first_letter(_find_commune(value)['bare'])}")
            self._find_card(value)
        self._driver.tap(f"card_{value}")

    def _find_card(self, value: str) -> None:
        for turn in ("previousPageButton", "nextPageButton"):
            for _ in range(PRESSES):
                button = self._driver.find(turn)
                if self._driver.find(f"card_{value}") is not None or button is None or not button.isEnabled():
                    break
                self._driver.tap(turn)


def make_card_text(answers: Answers, group: str) -> str:
    """Return the QR text of a citizen card whose fields are the answers of a person's group."""
    number, name, birth_on, issued_on, code, detail = (
        answers.get(f"{group}/{field}") or "" for field in CARD_FIELDS
    )
    birth, issued = date.fromisoformat(birth_on), date.fromisoformat(issued_on)
    place = _find_commune(code)
    address = f"{detail}, {place['former']}, {place['district']}, Điện Biên"
    sex = "Nữ" if int(number[3]) % 2 else "Nam"
    return f"{number}||{name}|{birth:%d%m%Y}|{sex}|{address}|{issued:%d%m%Y}"


def _find_commune(code: str) -> dict[str, str]:
    path: Path = shipped_dir("assets") / "lists" / "communes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["code"] == code)
    former = row["former_units"].split(";")[0].partition(" (")[0]
    district = row["former_district"].split(" + ")[0]
    return {
        "bare": row["name"].partition(" ")[2],
        "former": former.partition(" ")[2],
        "district": district.partition(" ")[2],
    }
