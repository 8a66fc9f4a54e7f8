"""What a microphone does for the kiosk. The sound of a person stays in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from supportpoint.devices.selftest import Absent, SelfTest
from supportpoint.errors import SupportPointError

SOFT_LIMIT_S = 180
HARD_LIMIT_S = 300
#: After so long without a voice the page asks; nothing is cut.
QUIET_S = 8


class Moment(StrEnum):
    """What can happen while a recording runs."""

    SOFT_LIMIT = "soft_limit"
    HARD_LIMIT = "hard_limit"
    QUIET = "quiet"
    LOST = "lost"


@dataclass(frozen=True)
class Recording:
    """A finished recording. `content` is Ogg Opus, mono; `peak` is 0 to 1; its text form shows no sound."""

    content: bytes = field(repr=False)
    duration_ms: int
    peak: float


#: Called about ten times a second with the level, 0 to 1, and the time so far in ms.
OnLevel = Callable[[float, int], None]
#: Called when something happens. After HARD_LIMIT and LOST nothing more is recorded; `stop` hands it over.
OnMoment = Callable[[Moment], None]
#: Called on the main thread with the recording, or with the code of what went wrong.
OnRecording = Callable[[Recording | str], None]


class Microphone(Protocol):
    """Records one voice at a time."""

    @property
    def is_there(self) -> bool:
        """A device is connected."""

    @property
    def name(self) -> str:
        """Return what the system calls the device in use, "" without one and for a stand-in."""

    @property
    def is_fake(self) -> bool:
        """The sound is made, not heard; pages must say so."""

    def start(self, on_level: OnLevel, on_moment: OnMoment) -> None:
        """Record from now on; what was recorded before and not handed over is forgotten.

        Errors: SP-702 when no device is there; SP-704 when it gives no sound.
        """

    def stop(self, on_recording: OnRecording) -> None:
        """Record no more and hand the recording over soon. Without one, hand SP-706 over."""

    def cancel(self) -> None:
        """Record no more and forget it; a second call does nothing."""

    def self_test(self) -> SelfTest:
        """Listen until half a second of sound came, at most four seconds."""


class NoMicrophone(Absent):
    """Stands where no microphone is connected."""

    def start(self, on_level: OnLevel, on_moment: OnMoment) -> None:
        """Record nothing.

        Errors: SP-702 always.
        """
        del on_level, on_moment
        raise SupportPointError("SP-702", device="microphone")

    def stop(self, on_recording: OnRecording) -> None:
        """Hand SP-706 over: there is no recording."""
        on_recording("SP-706")

    def cancel(self) -> None:
        """Do nothing."""
