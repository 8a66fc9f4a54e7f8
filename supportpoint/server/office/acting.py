"""The pages that decide: accept, and ask for everything that is missing at once."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from supportpoint.errors import SupportPointError
from supportpoint.server.office import decisions, supplement
from supportpoint.server.office.pages import language_of, show
from supportpoint.server.office.scope import get_case, staff_page
from supportpoint.server.office.times import write_day
from supportpoint.server.office.views import show_case
from supportpoint.server.registry.models import Case

CONFLICT = 409


def _person(request: HttpRequest) -> User:
    """The user of a request that `staff_page` admitted."""
    return User.objects.get(pk=request.user.pk or 0)


def _conflict(request: HttpRequest, case: Case, error: SupportPointError) -> HttpResponse:
    if error.code != "SP-807":
        raise error
    case.refresh_from_db()
    return show_case(request, case, "already_decided", CONFLICT)


@staff_page
@require_POST
def accept_view(request: HttpRequest, case_id: str) -> HttpResponse:
    """Accept the case and tell the villager."""
    case = get_case(request.user, case_id)
    try:
        decisions.accept(case, _person(request))
    except SupportPointError as error:
        return _conflict(request, case, error)
    return redirect(f"/office/cases/{case.pk}")


@staff_page
@require_http_methods(["GET", "POST"])
def supplement_view(request: HttpRequest, case_id: str) -> HttpResponse:
    """Pick, preview, send: three steps of one address, without any script."""
    case = get_case(request.user, case_id)
    if not decisions.may(case, decisions.SUPPLEMENT):
        return show_case(request, case, "too_far", CONFLICT)
    step = request.POST.get("step", "pick")
    if request.method == "GET" or step == "pick":
        return _show_picking(request, case, nothing=False)
    missing = supplement.read_missing(case, request.POST)
    if not missing or supplement.lacks_reason(case, request.POST):
        return _show_picking(request, case, nothing=True)
    if step != "send":
        due = write_day(decisions.supplement_due_on())
        kept = [(name, value) for name, value in request.POST.items() if name[:1] in {"q", "o"}]
        return show(request, "preview", case=case, missing=missing, kept=kept, due=due)
    try:
        decisions.ask_supplement(case, _person(request), missing)
    except SupportPointError as error:
        return _conflict(request, case, error)
    return redirect(f"/office/cases/{case.pk}")


def _show_picking(request: HttpRequest, case: Case, *, nothing: bool) -> HttpResponse:
    language = language_of(request)
    posted = request.POST if request.method == "POST" else None
    others = [
        {
            "key": f"other{at}",
            "label": request.POST.get(f"other{at}-label", ""),
            "note": request.POST.get(f"other{at}-note", ""),
        }
        for at in range(supplement.OTHER_LINES)
    ]
    return show(
        request,
        "supplement",
        422 if nothing else 200,
        case=case,
        candidates=supplement.list_candidates(case, posted),
        photo_reasons=supplement.list_reasons("photo", language),
        answer_reasons=supplement.list_reasons("answer", language),
        others=others,
        nothing=nothing,
    )
