"""Numbers, money and dates as rows of recorded units. Pure.

A unit is a short recording with an id: `num_4_last` is "tư", `month_2` is "tháng hai". The rules of a
language come with its pack; the Vietnamese ones stand here. What has no recording is shown as text.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from supportpoint.numerals import FIRST_DAYS, MONTHS, number_words

#: Numbers from here on are not spoken.
LIMIT = 10**12

_GROUP = 1000


@dataclass(frozen=True, slots=True)
class SpeechRules:
    """How a language with tens, hundreds and thousands puts numbers and dates together.

    `below_hundred` has the units of 0 to 99. `link` stands between hundreds and a number below ten;
    `scales` are thousand, million, billion. With `whole_groups` an inner group below a hundred says its
    zero hundreds. `date` is a row of units and places: {day} {month} {year}; `first_days` replaces the unit
    `day` on days 1 to 10.
    """

    below_hundred: tuple[tuple[str, ...], ...]
    hundred: tuple[str, ...]
    scales: tuple[tuple[str, ...], ...]
    link: tuple[str, ...] = ()
    whole_groups: bool = False
    money: tuple[str, ...] = ()
    date: tuple[str, ...] = ("{day}", "{month}", "{year}")
    months: tuple[tuple[str, ...], ...] = ()
    first_days: tuple[str, ...] = ()


def _group(rules: SpeechRules, number: int, *, inner: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    says_hundreds = hundreds > 0 or (inner and rules.whole_groups)
    units = [*rules.below_hundred[hundreds], *rules.hundred] if says_hundreds else []
    if rest and rest < 10 and says_hundreds:
        units += rules.link
    return [*units, *rules.below_hundred[rest]] if rest else units


def speak_number(rules: SpeechRules, number: int) -> list[str]:
    """Return the units of a whole number from 0 to 999 999 999 999. Errors: ValueError outside that range."""
    if not 0 <= number < LIMIT:
        raise ValueError(number)
    if number == 0:
        return list(rules.below_hundred[0])
    groups: list[int] = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    units: list[str] = []
    for scale in range(len(groups) - 1, -1, -1):
        if groups[scale]:
            units += _group(rules, groups[scale], inner=scale < len(groups) - 1)
            units += rules.scales[scale - 1] if scale else ()
    return units


def speak_money(rules: SpeechRules, amount: int) -> list[str]:
    """Return the units of an amount of whole đồng. Errors: ValueError as `speak_number`."""
    return [*speak_number(rules, amount), *rules.money]


def speak_date(rules: SpeechRules, value: str) -> list[str]:
    """Return the units of a stored date, "1994", "1994-05" or "1994-05-12"; what is not known is not said.

    A word of the pattern goes with the place after it. Errors: ValueError when the text is no such date.
    """
    parts = dict(zip(("{year}", "{month}", "{day}"), (int(part) for part in value.split("-")), strict=False))
    units: list[str] = []
    waiting: list[str] = []
    for piece in rules.date:
        if not piece.startswith("{"):
            waiting.append(piece)
            continue
        if piece in parts:
            units += _dated(rules, piece, parts[piece], waiting)
        waiting = []
    return units


def _dated(rules: SpeechRules, piece: str, number: int, before: Sequence[str]) -> list[str]:
    if piece == "{month}" and rules.months:
        return [*before, *rules.months[number - 1]]
    if piece == "{day}" and number <= FIRST_DAYS and rules.first_days:
        before = rules.first_days
    return [*before, *speak_number(rules, number)]


def all_recorded(units: Sequence[str], clips: Container[str]) -> bool:
    """Whether every unit has a recording; otherwise the page shows the text and stays silent."""
    return bool(units) and all(unit in clips for unit in units)


def all_units(rules: SpeechRules) -> list[str]:
    """Return every unit that the rules can ask for, each once, as a list to record."""
    rows = [*rules.below_hundred, *rules.scales, *rules.months]
    rows += [rules.hundred, rules.link, rules.money, rules.first_days]
    rows.append(tuple(piece for piece in rules.date if not piece.startswith("{")))
    return list(dict.fromkeys(unit for row in rows for unit in row))


def read_rules(path: Path) -> SpeechRules:
    """Read the rules of a pack. Errors: OSError, msgspec.DecodeError; ValueError when not 100 numbers."""
    rules = msgspec.json.decode(path.read_bytes(), type=SpeechRules)
    if len(rules.below_hundred) != 100 or len(rules.scales) < 3 or len(rules.months) not in {0, 12}:
        raise ValueError(path.name)
    return rules


_VIETNAMESE_IDS = {
    "không": "num_0",
    "một": "num_1",
    "mốt": "num_1_last",
    "hai": "num_2",
    "ba": "num_3",
    "bốn": "num_4",
    "tư": "num_4_last",
    "năm": "num_5",
    "lăm": "num_5_last",
    "sáu": "num_6",
    "bảy": "num_7",
    "tám": "num_8",
    "chín": "num_9",
    "mười": "num_10",
    "mươi": "num_tens",
    "trăm": "num_hundred",
    "linh": "num_link",
    "nghìn": "num_thousand",
    "triệu": "num_million",
    "tỷ": "num_billion",
}

#: What the speaker says for each Vietnamese unit.
VIETNAMESE_TEXTS: Mapping[str, str] = {
    **{unit: word for word, unit in _VIETNAMESE_IDS.items()},
    **{f"month_{place}": f"tháng {name}" for place, name in enumerate(MONTHS, 1)},
    "date_day": "ngày",
    "date_first_days": "mồng",
    "date_year": "năm",
    "money_dong": "đồng",
}

VIETNAMESE = SpeechRules(
    below_hundred=tuple(
        tuple(_VIETNAMESE_IDS[word] for word in number_words(number).split()) for number in range(100)
    ),
    hundred=("num_hundred",),
    scales=(("num_thousand",), ("num_million",), ("num_billion",)),
    link=("num_link",),
    whole_groups=True,
    money=("money_dong",),
    date=("date_day", "{day}", "{month}", "date_year", "{year}"),
    months=tuple((f"month_{place}",) for place in range(1, 13)),
    first_days=("date_first_days",),
)
