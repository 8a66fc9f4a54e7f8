"""What the province must hear of: raised once, counted when it happens again, listed by `server alarms`."""

from __future__ import annotations

import logging
from enum import StrEnum

from django.db.models import F

from supportpoint.server.registry.models import Alarm
from supportpoint.server.registry.moment import now

log = logging.getLogger(__name__)


class AlarmKind(StrEnum):
    """Kinds of alarm."""

    HEAD_BELOW_CURSOR = "head_below_cursor"
    """A device has read further than this database goes: it was restored, and its mark with it."""
    NEWS_LOST = "news_lost"
    """A device holds news of a case that this database has lost: an act must be made again."""
    COUNT_DIFFERS = "count_differs"
    """A device knows of more complete items than are complete here."""
    FORKED = "forked"
    """A number of a device came with two items: its disk was copied. A person decides on revoking."""
    NUMBERED_ANEW = "numbered_anew"
    """A device began a new incarnation: its database was rebuilt or put back, or it heard of a copy."""
    FILES_LOST = "files_lost"
    """Attachments that were here are not: they are awaited from kiosks, or from a backup (`let_go`)."""
    PACKAGE_LOST = "package_lost"
    """The file of a published package is not here: it must be published again, the same bytes."""


def raise_alarm(kind: AlarmKind, device: str, ref: str = "", **facts: object) -> None:
    """Raise an alarm, or count it once more. Facts hold ids and numbers, nothing of a person."""
    moment = now()
    given = {name: str(value) for name, value in facts.items()}
    _, is_new = Alarm.objects.get_or_create(
        kind=kind, device=device, ref=ref, defaults={"facts": given, "first_at": moment, "last_at": moment}
    )
    if not is_new:
        again = Alarm.objects.filter(kind=kind, device=device, ref=ref)
        again.update(times=F("times") + 1, last_at=moment, facts=given)
    log.warning("alarm %s of device %s: %s", kind.value, device, given)
