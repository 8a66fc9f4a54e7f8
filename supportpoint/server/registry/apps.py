"""The app `registry`."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Names the app `registry`."""

    name = "supportpoint.server.registry"
    label = "registry"
