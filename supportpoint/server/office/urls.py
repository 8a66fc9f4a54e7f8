"""Addresses of the office."""

from __future__ import annotations

from django.urls import path

from supportpoint.server.office import acting, papers, shipped, views

urlpatterns = [
    path("", views.inbox_view),
    path("login", views.login_view),
    path("logout", views.logout_view),
    path("language", views.language_view),
    path("cases/<slug:case_id>", views.case_view),
    path("cases/<slug:case_id>/photos/<int:position>", views.photo_view),
    path("cases/<slug:case_id>/paper", papers.paper_view),
    path("cases/<slug:case_id>/accept", acting.accept_view),
    path("cases/<slug:case_id>/supplement", acting.supplement_view),
    path("shipped/<str:name>", shipped.shipped_view),
]
