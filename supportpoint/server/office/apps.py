"""The app `office`."""

from __future__ import annotations

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Names the app `office`."""

    name = "supportpoint.server.office"
    label = "office"
