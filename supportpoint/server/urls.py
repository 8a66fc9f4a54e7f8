"""All addresses of the server."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(url="/office/", permanent=False)),
    path("", include("supportpoint.server.intake.urls")),
    path("office/", include("supportpoint.server.office.urls")),
]

handler403 = "supportpoint.server.office.views.forbidden"
handler404 = "supportpoint.server.office.views.not_found"
