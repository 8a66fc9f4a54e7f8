"""The twenty-four terms of the farmers' year, from the sun alone. Pure."""

from __future__ import annotations

from datetime import date

from supportpoint.kiosk.words.astronomy import sun_longitude
from supportpoint.kiosk.words.lunar import HOURS_EAST

TERM_DEGREES = 15
#: From the spring equinox on; an index into this is what `season_of` returns.
TERMS = (
    *("Xuân phân", "Thanh minh", "Cốc vũ", "Lập hạ", "Tiểu mãn", "Mang chủng"),
    *("Hạ chí", "Tiểu thử", "Đại thử", "Lập thu", "Xử thử", "Bạch lộ"),
    *("Thu phân", "Hàn lộ", "Sương giáng", "Lập đông", "Tiểu tuyết", "Đại tuyết"),
    *("Đông chí", "Tiểu hàn", "Đại hàn", "Lập xuân", "Vũ thủy", "Kinh trập"),
)


def season_of(day: date) -> str:
    """Return the name of the term that a day belongs to, by the clock of Hà Nội.

    The day on which the sun enters a term is its first.
    """
    end_of_day = day.toordinal() + 1 - HOURS_EAST / 24
    return TERMS[int(sun_longitude(end_of_day) // TERM_DEGREES)]
