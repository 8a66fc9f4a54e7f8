"""The list of cases: filters with their counts, and rows ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict

from supportpoint.clock import local_day
from supportpoint.server.office.scope import cases_for, units_of
from supportpoint.server.office.times import (
    CLOSED,
    is_late,
    write_handling,
    write_moment,
    write_transport,
)
from supportpoint.server.office.typed import read_text
from supportpoint.server.office.words import read_words
from supportpoint.server.registry.models import COMMUNE_OFFICE, Case, CaseState, Device, Item, Opening
from supportpoint.server.registry.moment import now
from supportpoint.server.registry.workdays import add_working_days

PAGE_ROWS = 15
HEARD_WITHIN = timedelta(hours=24)
BAR_PX = 60
ICONS = {
    "received": "circle",
    "working": "circle-half",
    "need": "hourglass",
    "accepted": "check-circle",
    "refused": "x-circle",
    "late": "clock",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `bar_px` of 60 is the used part of the agency's time; `receiver` who gets it."""

    id: str
    state: str
    icon: str
    number: str
    service: str
    name: str
    commune: str
    received: str
    transport: str
    was_offline: bool
    handling: str
    bar_px: int
    receiver: str
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with its count."""

    key: str
    count: int
    active: bool
    query: str


def chip_filters() -> dict[str, Q]:
    """Return the filters by key, in the order shown."""
    today = local_day(now())
    running = Q(state__in=[CaseState.RECEIVED, CaseState.WORKING])
    return {
        "todo": running,
        "all": Q(),
        "received": Q(state=CaseState.RECEIVED),
        "need": Q(state=CaseState.NEED),
        "soon": running & Q(due_on__gte=today, due_on__lte=add_working_days(today, 1)),
        "late": running & Q(due_on__lt=today),
        "done": Q(state__in=list(CLOSED)),
    }


def narrow(cases: QuerySet[Case], asked: QueryDict) -> QuerySet[Case]:
    """Return the cases of the chosen commune, service and number."""
    if commune := read_text(asked, "commune"):
        cases = cases.filter(commune_id=commune)
    if service := read_text(asked, "service"):
        cases = cases.filter(service=service)
    if number := read_text(asked, "number"):
        cases = cases.filter(number__icontains=number)
    return cases


def make_chips(cases: QuerySet[Case], asked: QueryDict, active: str) -> list[Chip]:
    """Return every filter with its count, in one query."""
    filters = chip_filters()
    counts = cases.aggregate(**{key: Count("pk", filter=found) for key, found in filters.items()})
    kept = {name: asked[name] for name in ("commune", "service", "number") if asked.get(name)}
    return [Chip(key, counts[key], key == active, urlencode({"show": key} | kept)) for key in filters]


def make_page(cases: QuerySet[Case], active: str, number: str) -> Page[Case]:
    """Return one page: what runs by deadline, then what waits for the villager, then what is done."""
    order = models.Case(
        When(state=CaseState.NEED, then=Value(1)),
        When(state__in=list(CLOSED), then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = cases.filter(chip_filters()[active]).select_related("commune")
    ordered = found.order_by(order, "due_on", "received_at")
    return Paginator(ordered, PAGE_ROWS).get_page(number)


def make_row(case: Case, language: str) -> Row:
    """Return a case as a line."""
    state = "late" if is_late(case) else case.state
    transport = write_transport(case, language)
    return Row(
        id=case.pk,
        state=state,
        icon=ICONS[state],
        number=case.number,
        service=case.service,
        name=case.masked_name,
        commune=case.commune.name,
        received=write_moment(case.received_at),
        transport=transport,
        was_offline=transport[0].isdigit(),
        handling=write_handling(case, language),
        bar_px=_bar_px(case),
        receiver=name_receiver(case.route, language),
        is_elsewhere=case.route != COMMUNE_OFFICE,
    )


def name_receiver(route: str, language: str) -> str:
    """Return who receives a case in words; the route itself when a newer form names another."""
    return read_words(language).get(f"route_{route}", route)


def _bar_px(case: Case) -> int:
    if case.state in CLOSED or is_late(case):
        return BAR_PX
    if case.due_on is None:
        return 0
    start = local_day(case.received_at)
    whole = max((case.due_on - start).days, 1)
    return min(max(round(BAR_PX * (local_day(now()) - start).days / whole), 2), BAR_PX)


def count_heard(user: User | AnonymousUser) -> tuple[int, int]:
    """Return how many communes of this person were heard from in the last day, and how many there are."""
    communes = units_of(user)
    since = now() - HEARD_WITHIN
    heard = Device.objects.filter(commune__in=communes.values("code"), last_seen_at__gte=since)
    return heard.values("commune").distinct().count(), communes.count()


def count_held(user: User | AnonymousUser) -> int:
    """Return how many submissions from this person's communes could not be opened and are kept."""
    devices = Device.objects.filter(commune__in=units_of(user).values("code"))
    return Item.objects.filter(opening=Opening.HELD, device__in=devices.values("id")).count()


def list_services(user: User | AnonymousUser) -> list[str]:
    """Return the services that this person's cases are about."""
    return list(cases_for(user).order_by("service").values_list("service", flat=True).distinct())
