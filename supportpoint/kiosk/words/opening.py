"""When the support point is open: hours and days as staff set them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from supportpoint.clock import VIETNAM
from supportpoint.errors import SupportPointError

_TIME = re.compile(r"^([01][0-9]|2[0-3]):([0-5][0-9])$")


@dataclass(frozen=True, slots=True)
class Opening:
    """Open on `days` (1 Monday to 7 Sunday) between two times of day."""

    start: time
    end: time
    days: frozenset[int]

    def is_open(self, now: datetime) -> bool:
        """Return whether somebody can be met there at that moment."""
        here = now.astimezone(VIETNAM)
        return here.isoweekday() in self.days and self.start <= here.time() < self.end


def read_opening(start: str, end: str, days: tuple[int, ...]) -> Opening | None:
    """Return the opening from `07:30` and `17:00`, None where staff have set none.

    Errors: SP-101 for a time that is none, or an end that is not after its start.
    """
    if not start and not end:
        return None
    found = [_TIME.fullmatch(text) for text in (start, end)]
    times = [time(int(one[1]), int(one[2])) for one in found if one is not None]
    if len(times) < len(found) or times[0] >= times[1]:
        raise SupportPointError("SP-101", part="open_from")
    return Opening(times[0], times[1], frozenset(days))
