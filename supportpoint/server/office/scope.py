"""Who may see which case. Every page asks here; what is out of scope does not exist (404)."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from supportpoint.server.registry.models import COMMUNE, PROVINCE, Case, StaffRole, Unit

View = Callable[..., HttpResponse]
BEYOND_COMMUNE = frozenset({"agency", "inspectorate", "legal_aid_centre", "supervision_board", "province"})


def units_of(user: User | AnonymousUser) -> QuerySet[Unit]:
    """Return the communes a person works for: their own, all for the province's staff, none by default."""
    if not user.is_authenticated:
        return Unit.objects.none()
    roles = StaffRole.objects.filter(user_id=user.pk).select_related("unit")
    provinces = {role.unit.province_code for role in roles if role.unit.kind == PROVINCE}
    own = {role.unit_id for role in roles if role.unit.kind == COMMUNE}
    communes = Unit.objects.filter(kind=COMMUNE)
    return communes.filter(province_code__in=provinces) | communes.filter(code__in=own)


def cases_for(user: User | AnonymousUser) -> QuerySet[Case]:
    """Return every case this person may see.

    What its form sends past the commune, a complaint against the commune among it, is not for the
    commune's staff: the province's staff see it, until those receivers have pages of their own.
    """
    cases = Case.objects.filter(commune__in=units_of(user).values("code"))
    return cases if works_for_province(user) else cases.exclude(route__in=BEYOND_COMMUNE)


def works_for_province(user: User | AnonymousUser) -> bool:
    """Return whether one of this person's roles is the province's."""
    return StaffRole.objects.filter(user_id=user.pk or 0, unit__kind=PROVINCE).exists()


def get_case(user: User | AnonymousUser, case_id: str) -> Case:
    """Return one case of this person's scope. Errors: Http404."""
    case = cases_for(user).select_related("commune", "item").filter(pk=case_id).first()
    if case is None:
        raise Http404
    return case


def staff_page(view: View) -> View:
    """Admit people who are logged in and work for a unit. Errors: PermissionDenied for others."""

    @login_required
    @functools.wraps(view)
    def admitted(request: HttpRequest, **parts: object) -> HttpResponse:
        if not units_of(request.user).exists():
            raise PermissionDenied
        response = view(request, **parts)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return admitted
