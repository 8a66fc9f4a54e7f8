"""What a device says about itself when it is asked whether it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The outcome of trying a device once.

    `code` is "" or an SP-7xx code; `facts` are names and figures of the device, never of a person.
    """

    ok: bool
    code: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


def absent() -> SelfTest:
    """Return what a place without a device says."""
    return SelfTest(ok=False, code="SP-702")


def stand_in() -> SelfTest:
    """Return what a stand-in says: it works, and it is not real."""
    return SelfTest(ok=True, facts={"fake": True})
