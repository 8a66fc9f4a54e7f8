"""Times as people here read them."""

from __future__ import annotations

from datetime import date, datetime

from supportpoint.clock import VIETNAM, local_day
from supportpoint.server.office.words import say
from supportpoint.server.registry.models import Case, CaseState
from supportpoint.server.registry.moment import now
from supportpoint.server.registry.workdays import add_working_days

CLOSED = frozenset({CaseState.ACCEPTED, CaseState.REFUSED})


def write_moment(moment: datetime) -> str:
    """Return "22/11 9:40", with the year when it is another one."""
    local = moment.astimezone(VIETNAM)
    year = "" if local.year == now().astimezone(VIETNAM).year else f"/{local.year}"
    return f"{local.day:02}/{local.month:02}{year} {local.hour}:{local.minute:02}"


def write_day(day: date) -> str:
    """Return "23/11/2026"."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to `end`, negative when `end` is past."""
    if end < start:
        return -working_days_between(end, start)
    days, day = 0, start
    while (day := add_working_days(day, 1)) <= end:
        days += 1
    return days


def transport_days(case: Case) -> int:
    """Return the days between sealing at the kiosk and arrival; the kiosk tells its day and no finer."""
    try:
        sealed_on = date.fromisoformat(case.submitted_on)
    except ValueError:
        return 0
    return max((local_day(case.received_at) - sealed_on).days, 0)


def is_late(case: Case) -> bool:
    """Return whether the agency's own clock has run out."""
    running = case.state not in CLOSED and case.state != CaseState.NEED
    return running and case.due_on is not None and case.due_on < local_day(now())


def write_transport(case: Case, language: str) -> str:
    """Return "trong ngày" or "3 ngày"."""
    days = transport_days(case)
    return _write_days(days, language) if days else say("same_day", language)


def write_handling(case: Case, language: str) -> str:
    """Return what is left of the agency's time, in words."""
    if case.state in CLOSED:
        return say("closed", language)
    if case.state == CaseState.NEED:
        return say("paused", language)
    if case.due_on is None:
        return say("no_deadline", language)
    days = working_days_between(local_day(now()), case.due_on)
    if days == 0 and not is_late(case):
        return say("due_today", language)
    key = "late_by" if is_late(case) else "left"
    return say(key, language).format(days=_write_days(max(abs(days), 1), language))


def _write_days(days: int, language: str) -> str:
    return f"{days} {say('day' if days == 1 else 'days', language)}"
