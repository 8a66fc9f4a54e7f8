"""K08: one question, with every kind of answer and every state of each."""

from __future__ import annotations

from tests.ui.scene import Scene
from tests.ui.states.making import AID, PENSION, SALE, SELL, State, asked, held, silently

RELATION = "/data/requester/relation"
NAME, PHONE = "/data/child/ask_full_name", "/data/requester/phone"
EVENT, BIRTH_DATE = "/data/child/ask_birth_date", "/data/requester/birth_date"
TELL = {RELATION: "mother"}
COMMUNE = "/data/requester/residence/ask_commune"
LIVES_HERE = TELL | {"/data/requester/scan": "none", "/data/requester/residence/where": "dien_bien"}
URGENT = "/data/first/urgent_kinds"
HAS_PAPERS = {"/data/eligible/category": "poor", "/data/eligible/papers_now": "now"}
IN_KILOS = {"/data/goods/category": "rice", "/data/amount/unit": "kg"}


def _hidden_digits(scene: Scene) -> None:
    asked("/data/requester/id_no", *(f"pad_{digit}" for digit in "01119800"), told=LIVES_HERE)(scene)
    scene.views.numberPad._hide()


ANSWERS: dict[str, State] = {
    "K08-question": asked(RELATION, "card_mother"),
    "K08-question.unanswered": asked(RELATION),
    "K08-question.pressed": held(asked(RELATION), "card_mother"),
    "K08-question.error": asked(RELATION, "continueButton"),
    "K08-question.listening": asked(RELATION, "listenButton"),
    "K08-question.paged": asked("/data/subject/ethnic", form=PENSION, told={"/data/subject/scan": "none"}),
    "K08-question.paged-second": asked(
        *("/data/subject/ethnic", "nextPageButton"), form=PENSION, told={"/data/subject/scan": "none"}
    ),
    "K08-question.many": asked("/data/selling/delivery", "card_bus", form=SELL),
    "K08-question.alone": asked(URGENT, "card_held", "card_none", form=AID),
    "K08-question.name": asked(NAME),
    "K08-question.name-written": asked(
        NAME, "key_l", "key_o", "key_tone_huyen", "key_space", "key_m", "key_a", "key_i"
    ),
    "K08-question.name-pressed": held(asked(NAME), "key_a"),
    "K08-question.name-error": asked(NAME, "continueButton"),
    "K08-question.name-no-keys": asked(NAME, "key_hide"),
    "K08-question.symbols": asked(NAME, "key_symbols"),
    "K08-question.text": asked("/data/goods/title", form=SELL),
    "K08-question.number": asked(PHONE),
    "K08-question.number-missing": asked(PHONE, *(f"pad_{digit}" for digit in "0912345")),
    "K08-question.number-error": asked(PHONE, "pad_0", "pad_9", "continueButton"),
    "K08-question.number-hidden": _hidden_digits,
    "K08-question.money-empty": asked("/data/amount/price", form=SELL, told=IN_KILOS),
    "K08-question.money": asked(
        "/data/amount/price", "pad_1", "pad_2", "pad_0", "pad_thousand", form=SELL, told=IN_KILOS
    ),
    "K08-question.amount": asked("/data/amount/stock", "pad_5", "pad_0", form=SELL, told=IN_KILOS),
    "K08-question.decimal": asked("/data/sale/quantity", "pad_1", "pad_comma", "pad_5", form=SALE),
    "K08-question.date": asked(EVENT),
    "K08-question.date-day": asked(EVENT, "card_other"),
    "K08-question.date-month": asked(EVENT, "card_other", "day_2"),
    "K08-question.date-year": asked(EVENT, "card_other", "day_2", "month_11"),
    "K08-question.birth": asked(BIRTH_DATE, told=LIVES_HERE),
    "K08-question.birth-decade": asked(BIRTH_DATE, "card_year", told=LIVES_HERE),
    "K08-question.birth-year": asked(BIRTH_DATE, "card_year", "decade_1990", told=LIVES_HERE),
    "K08-question.birth-told": asked(BIRTH_DATE, "card_year", "decade_1990", "year_1998", told=LIVES_HERE),
    "K08-question.animal": asked(BIRTH_DATE, "card_animal", told=LIVES_HERE),
    "K08-question.lunar": asked(BIRTH_DATE, "card_lunar", told=LIVES_HERE),
    "K08-question.time": asked("/data/event/start", form="meeting"),
    "K08-question.moment": asked("/data/visit/began", form="support-visit"),
    "K08-question.commune": asked(COMMUNE, told=LIVES_HERE),
    "K08-question.letters": asked(COMMUNE, "card_other", told=LIVES_HERE),
    "K08-question.communes": asked(COMMUNE, "card_other", "letter_M", told=LIVES_HERE),
    "K08-question.note": asked("/data/first/danger_note", form=AID, told={URGENT: "violence"}),
    "K08-question.repeat": asked("/data/papers/case_papers", form=AID, told=HAS_PAPERS),
    "K08-question.silent": silently(asked("/data/papers/statement/truth", "listenButton")),
    "K08-question.agree": asked("/data/papers/statement/truth", "card_OK"),
}
