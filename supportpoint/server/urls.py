"""All addresses of the server."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView

from supportpoint.server.intake.wire import answer_fault
from supportpoint.server.office.views import fault

urlpatterns = [
    path("", RedirectView.as_view(url="/office/", permanent=False)),
    path("", include("supportpoint.server.intake.urls")),
    path("office/", include("supportpoint.server.office.urls")),
]

handler403 = "supportpoint.server.office.views.forbidden"
handler404 = "supportpoint.server.office.views.not_found"


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of this program: devices in their protocol, people with a page."""
    return answer_fault(request) if request.path.startswith("/api/") else fault(request)
