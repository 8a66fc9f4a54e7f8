"""The dresses of the kiosk: two screens, and how a person chose to see it."""

from __future__ import annotations

from typing import Any

SIZES = {"small": (1366, 768), "large": (1920, 1080)}
MODES = ("normal", "A+", "English A+", "high contrast")


def wear(app: Any, mode: str) -> None:
    """Show the kiosk in one of the modes."""
    shell = app.parts.views.shell
    if "English" in mode:
        shell.setLanguage("en")
    if "A+" in mode:
        shell.toggleTextLarge()
    if mode == "high contrast":
        shell.toggleContrast()
