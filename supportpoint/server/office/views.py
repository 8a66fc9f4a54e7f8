"""Log in, the list, one case, its photos."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from supportpoint.reports.paper import has_paper
from supportpoint.server.office import inbox
from supportpoint.server.office.answers import list_blocks
from supportpoint.server.office.decisions import ACCEPT, SUPPLEMENT, may
from supportpoint.server.office.lanes import make_lanes
from supportpoint.server.office.pages import LANGUAGE_COOKIE, language_of, show
from supportpoint.server.office.scope import cases_for, get_case, staff_page, units_of
from supportpoint.server.office.throttle import LOGIN
from supportpoint.server.office.times import is_late, write_moment
from supportpoint.server.office.typed import read_text
from supportpoint.server.office.words import LANGUAGES, say
from supportpoint.server.registry.files import read_stored
from supportpoint.server.registry.models import Case, SupplementLine
from supportpoint.server.registry.moment import now

PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
LANGUAGE_COOKIE_S = 365 * 24 * 3600


def _safe_next(request: HttpRequest, default: str) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else default


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def login_view(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    account = read_text(request.POST, "username")
    if account and LOGIN.is_closed(account):
        return show(request, "login", 429, problem="login_too_often", next=_safe_next(request, ""))
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_safe_next(request, "/office/"))
    if request.method == "GET":
        return show(request, "login", next=_safe_next(request, ""))
    LOGIN.note_failure(account)
    return show(request, "login", 422, problem="login_failed", next=_safe_next(request, ""))


@require_POST
def logout_view(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/office/login")


@require_POST
def language_view(request: HttpRequest) -> HttpResponse:
    """Remember the language of this browser."""
    response = HttpResponseRedirect(_safe_next(request, "/office/"))
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        secure = request.is_secure()
        response.set_cookie(
            LANGUAGE_COOKIE, chosen, LANGUAGE_COOKIE_S, secure=secure, httponly=True, samesite="Lax"
        )
    return response


@staff_page
@require_GET
def inbox_view(request: HttpRequest) -> HttpResponse:
    """Show the cases of this person's communes."""
    filters = inbox.chip_filters()
    active = request.GET.get("show", "todo")
    if active not in filters:
        raise Http404
    cases = inbox.narrow(cases_for(request.user), request.GET)
    page = inbox.make_page(cases, active, request.GET.get("page", "1"))
    heard, communes = inbox.count_heard(request.user)
    query = request.GET.copy()
    query.pop("page", None)
    return show(
        request,
        "inbox",
        page=page,
        rows=[inbox.make_row(case, language_of(request)) for case in page],
        chips=inbox.make_chips(cases, request.GET, active),
        active=active,
        asked=request.GET,
        query=query.urlencode(),
        communes=units_of(request.user).order_by("name"),
        services=inbox.list_services(request.user),
        heard=heard,
        commune_count=communes,
        silent=communes - heard,
        held=inbox.count_held(request.user),
        none_at_all=not cases_for(request.user).exists(),
        as_of=write_moment(now()),
    )


def show_case(request: HttpRequest, case: Case, problem: str = "", status: int = 200) -> HttpResponse:
    """Return the page of one case, with the words of `problem` when a decision could not be made."""
    events = [
        {"at": write_moment(event.at), "what": event.what, "actor": event.actor, "facts": event.facts}
        for event in case.events.select_related("actor").order_by("-at", "-id")
    ]
    return show(
        request,
        "case",
        status,
        case=case,
        row=inbox.make_row(case, language_of(request)),
        late=is_late(case),
        lanes=make_lanes(case),
        blocks=list_blocks(case),
        photos=case.photos.all(),
        events=events,
        lines=SupplementLine.objects.filter(act__case=case).order_by("act__at", "position"),
        has_paper=has_paper(case.form_id),
        may_ask=may(case, SUPPLEMENT),
        may_accept=may(case, ACCEPT),
        problem=problem,
    )


@staff_page
@require_GET
def case_view(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show one case."""
    return show_case(request, get_case(request.user, case_id))


@staff_page
@require_GET
def photo_view(request: HttpRequest, case_id: str, position: int) -> HttpResponse:
    """Show one photo or recording to those who may see its case; anything else is only downloaded."""
    case = get_case(request.user, case_id)
    photo = case.photos.filter(position=position).exclude(stored_name="").first()
    if photo is None:
        raise Http404
    is_shown = photo.media_type in PICTURE_TYPES or photo.is_sound
    try:
        content = read_stored(photo.stored_name)
    except FileNotFoundError as error:  # lost, and not yet noticed
        raise Http404 from error
    response = HttpResponse(
        content,
        content_type=photo.media_type if is_shown else "application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline" if is_shown else "attachment"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page here, to whomever it is not."""
    del exception
    return show(request, "notice", 404, notice="page_not_found")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that an account without a unit sees nothing."""
    del exception
    return show(request, "notice", 403, notice="no_unit")


def fault(request: HttpRequest) -> HttpResponse:
    """Say that this program failed. Nothing is asked of the database, which may be the reason."""
    text = say("server_fault", language_of(request))
    return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")
