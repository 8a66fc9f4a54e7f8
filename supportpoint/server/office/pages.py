"""How every page is rendered: its language, and who is looking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from supportpoint.server.office.words import LANGUAGES
from supportpoint.server.registry.models import StaffRole

LANGUAGE_COOKIE = "language"


def language_of(request: HttpRequest) -> str:
    """Return the language this person chose, Vietnamese otherwise."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else "vi"


def show(request: HttpRequest, template: str, status: int = 200, **context: object) -> HttpResponse:
    """Return the page `templates/office/<template>.html`."""
    language = language_of(request)
    roles = StaffRole.objects.filter(user_id=request.user.pk or 0).select_related("unit")
    context |= {
        "language": language,
        "other_language": next(code for code in LANGUAGES if code != language),
        "unit_names": ", ".join(role.unit.name for role in roles),
    }
    return render(request, f"office/{template}.html", context, status=status)
