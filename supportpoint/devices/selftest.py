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


class Absent:
    """What every device says that is not connected."""

    @property
    def name(self) -> str:
        """Return nothing."""
        return ""

    @property
    def is_there(self) -> bool:
        """No."""
        return False

    @property
    def is_fake(self) -> bool:
        """No."""
        return False

    def self_test(self) -> SelfTest:
        """Not there."""
        return absent()


class StandIn:
    """What every stand-in says: it is there until it is unplugged, and it is not real."""

    is_plugged = True

    def unplug(self) -> None:
        """Be gone from now on, as when somebody pulls the cable."""
        self.is_plugged = False

    def plug(self) -> None:
        """Be there again."""
        self.is_plugged = True

    @property
    def name(self) -> str:
        """Return nothing: no page may take it for a device."""
        return ""

    @property
    def is_there(self) -> bool:
        """Yes, while it is plugged in."""
        return self.is_plugged

    @property
    def is_fake(self) -> bool:
        """Yes."""
        return True

    def self_test(self) -> SelfTest:
        """It works, and says that it is none."""
        return stand_in() if self.is_plugged else absent()
