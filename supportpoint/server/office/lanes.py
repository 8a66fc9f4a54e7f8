"""The two clocks of a case as a drawing: how long it was on the way, how long the agency has had it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from supportpoint.clock import VIETNAM
from supportpoint.server.office.times import CLOSED, is_late, write_day, write_moment
from supportpoint.server.registry.models import Case, CaseState
from supportpoint.server.registry.moment import now

LEFT_PX = 200
WIDTH_PX = 1040
WORK_ENDS = time(17, 0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a lane, in pixels. `kind` is transport, handling, pause or rest."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment under or over the lanes. `anchor` keeps its words inside the drawing."""

    key: str
    x: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """The drawing of one case."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def _sealed_at(case: Case) -> datetime:
    """The kiosk tells the day only: its noon, or the arrival when that is earlier."""
    try:
        day = date.fromisoformat(case.submitted_on)
    except ValueError:
        return case.received_at
    noon = datetime.combine(day, time(12, 0), VIETNAM).astimezone(UTC)
    return min(noon, case.received_at)


def make_lanes(case: Case) -> Lanes:
    """Return the two lanes from sealing to deadline or now, whichever is later."""
    sealed, arrived, today = _sealed_at(case), case.received_at, now()
    runs = case.due_on is not None and case.state != CaseState.NEED  # a stopped clock has no deadline
    due = datetime.combine(case.due_on, WORK_ENDS, VIETNAM) if case.due_on and runs else None
    ends = max(filter(None, (due, case.closed_at or today)))
    span_s = max((ends - sealed).total_seconds(), timedelta(hours=1).total_seconds())

    def at(moment: datetime) -> int:
        share = min(max((moment - sealed).total_seconds() / span_s, 0), 1)
        return LEFT_PX + round(share * WIDTH_PX)

    bars = []
    if at(arrived) - at(sealed) > 1:
        bars.append(Bar("transport", at(sealed), at(arrived) - at(sealed)))
    stops = case.closed_at or today
    pauses = list(case.acts.filter(decision="supplement").order_by("at").values_list("at", flat=True))
    works_until = pauses[0] if pauses else stops
    bars.append(Bar("handling", at(arrived), max(at(works_until) - at(arrived), 2)))
    if pauses:
        bars.append(Bar("pause", at(works_until), max(at(stops) - at(works_until), 2)))
    if due and due > stops and case.state not in CLOSED:
        bars.append(Bar("rest", at(stops), at(due) - at(stops)))
    marks = [Mark("received", at(arrived), write_moment(arrived), _anchor(at(arrived)))]
    if case.state not in CLOSED:
        marks.append(Mark("now", at(today), write_moment(today), _anchor(at(today))))
    if due:
        key = "late" if is_late(case) else "due"
        marks.append(Mark(key, at(due), write_day(due.date()), _anchor(at(due))))
    return Lanes(tuple(bars), tuple(marks))


def _anchor(x: int) -> str:
    if x < LEFT_PX + 120:
        return "start"
    return "end" if x > LEFT_PX + WIDTH_PX - 120 else "middle"
