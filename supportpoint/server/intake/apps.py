"""The app `intake`."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Names the app `intake`."""

    name = "supportpoint.server.intake"
    label = "intake"
