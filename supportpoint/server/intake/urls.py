"""Addresses of the devices' interface."""

from __future__ import annotations

from django.urls import path, re_path

from supportpoint.server.intake import agency_views, blob_views, courier_views, resync, views

urlpatterns = [
    path("api/v1/enroll", views.enroll_view),
    path("api/v1/sync", views.sync_view),
    path("api/v1/courier", courier_views.courier_view),
    path("api/v1/resync", resync.resync_view),
    path("api/v1/time", views.time_view),
    path("api/v1/openapi.json", views.openapi_view),
    re_path(r"^api/v1/blobs/(?P<address>[0-9a-f]{64})$", blob_views.blob_view),
    re_path(r"^api/v1/bundles/(?P<address>[0-9a-f]{64})$", blob_views.bundle_view),
    path("api/v1/agency/cases", agency_views.cases_view),
    path("api/v1/agency/cases/<uuid:case_id>", agency_views.case_view),
    re_path(r"^api/v1/agency/files/(?P<address>[0-9a-f]{64})$", agency_views.file_view),
    path("api/v1/agency/drops", agency_views.drops_view),
    re_path(r"^api/v1/agency/drops/(?P<address>[0-9a-f]{64})$", agency_views.drop_view),
    path("healthz", views.health_view),
    path("readyz", views.ready_view),
]
