"""What every page of a form works with, in one value."""

from __future__ import annotations

from dataclasses import dataclass

from supportpoint.clock import Clock
from supportpoint.kiosk.navigator import Navigator
from supportpoint.kiosk.tasks import StoreTasks
from supportpoint.kiosk.visit.drafts import Autosave
from supportpoint.kiosk.visit.presence import Presence
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.kiosk.visit.walk import FormWalk


@dataclass(frozen=True)
class Stage:
    """One kiosk's visit, its way through the form, and the store behind it. Made once, in bootstrap."""

    visit: Visit
    navigator: Navigator
    walk: FormWalk
    tasks: StoreTasks
    autosave: Autosave
    presence: Presence
    clock: Clock
