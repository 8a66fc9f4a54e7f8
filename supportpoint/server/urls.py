"""All addresses of the server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView

from supportpoint.errors import SupportPointError
from supportpoint.server.intake.wire import answer_fault, refuse
from supportpoint.server.office.views import fault, not_found

urlpatterns = [
    path("", RedirectView.as_view(url="/office/", permanent=False)),
    path("", include("supportpoint.server.intake.urls")),
    path("office/", include("supportpoint.server.office.urls")),
]

handler403 = "supportpoint.server.office.views.forbidden"


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that is none: devices in their protocol, people with a page."""
    if request.path.startswith("/api/"):
        return refuse(request, SupportPointError("SP-803"))
    return not_found(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of this program: devices in their protocol, people with a page."""
    return answer_fault(request) if request.path.startswith("/api/") else fault(request)
