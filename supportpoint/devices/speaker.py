"""What the loudspeaker or the headphones do for the kiosk, and the machine's own voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from supportpoint.devices.selftest import Absent, SelfTest

#: Called on the main thread once per clip: True when it was heard to its end, False when it could not be
#: played. A clip that is stopped or replaced calls nobody.
OnEnd = Callable[[bool], None]


class Speaker(Protocol):
    """Plays one clip at a time."""

    @property
    def is_there(self) -> bool:
        """A device is connected; without one `play` is silent and says False at once."""

    @property
    def name(self) -> str:
        """Return what the system calls the device in use, "" without one and for a stand-in."""

    @property
    def is_fake(self) -> bool:
        """Nothing is heard; pages must say so."""

    def play(self, clip: bytes, on_end: OnEnd) -> None:
        """Stop what plays and play Ogg Opus, WAV or FLAC from memory."""

    def stop(self) -> None:
        """Be silent within 100 ms; a second call does nothing."""

    def set_volume(self, share: float) -> None:
        """Set how loud the next and the running clip are, 0 to 1 as an ear hears it."""

    def self_test(self) -> SelfTest:
        """Play a short soft tone."""


class NoSpeaker(Absent):
    """Stands where no sound device is connected."""

    def play(self, clip: bytes, on_end: OnEnd) -> None:
        """Play nothing and say so."""
        del clip
        on_end(False)

    def stop(self) -> None:
        """Do nothing."""

    def set_volume(self, share: float) -> None:
        """Do nothing."""


class Speech(Protocol):
    """Reads Vietnamese aloud by machine. Pages mark it as a machine's voice; it speaks nothing else."""

    @property
    def is_there(self) -> bool:
        """A Vietnamese voice is installed."""

    @property
    def name(self) -> str:
        """Return what the system calls the device in use, "" without one and for a stand-in."""

    def say(self, text: str, on_end: OnEnd) -> None:
        """Stop what is said and say this Vietnamese text."""

    def stop(self) -> None:
        """Be silent within 100 ms; a second call does nothing."""

    def set_volume(self, share: float) -> None:
        """Set how loud the next text is, 0 to 1; a voice that the speaker plays is as loud as that."""

    def set_pace(self, share: float) -> None:
        """Set how fast the next text is said, 1 as usual, less is slower."""

    def self_test(self) -> SelfTest:
        """Say whether a Vietnamese voice is there."""


class NoSpeech(Absent):
    """Stands where no Vietnamese voice is installed: there is the caption."""

    def say(self, text: str, on_end: OnEnd) -> None:
        """Say nothing, and that nothing was said."""
        del text
        on_end(False)

    def stop(self) -> None:
        """Do nothing."""

    def set_volume(self, share: float) -> None:
        """Do nothing."""

    def set_pace(self, share: float) -> None:
        """Do nothing."""
