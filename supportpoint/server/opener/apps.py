"""The app `opener`."""

from __future__ import annotations

from django.apps import AppConfig


class OpenerConfig(AppConfig):
    """Names the app `opener`."""

    name = "supportpoint.server.opener"
    label = "opener"
