"""What a document camera does for the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QImage

from supportpoint.devices.selftest import Absent, SelfTest
from supportpoint.errors import SupportPointError

OnFrame = Callable[[QImage], None]


class Camera(Protocol):
    """Looks at the paper on the desk while it is on. It keeps nothing but the last picture."""

    @property
    def is_there(self) -> bool:
        """A device is connected."""

    @property
    def name(self) -> str:
        """Return what the system calls the device in use, "" without one and for a stand-in."""

    @property
    def is_fake(self) -> bool:
        """The pictures are drawn, not taken; pages must say so."""

    @property
    def trouble(self) -> str:
        """Return "" or why no picture comes: SP-702 not there, SP-704 in use elsewhere or broken."""

    def start(self, on_frame: OnFrame | None = None) -> None:
        """Switch on and call `on_frame` on the main thread with pictures to look at, a few a second.

        A device that is not there is waited for. A second call only changes who is called.
        """

    def stop(self, on_frame: OnFrame | None = None) -> None:
        """Switch off and forget the last picture; a second call does nothing.

        With `on_frame` only when that is who is called now: another page may have taken the camera over.
        """

    def take(self) -> QImage:
        """Return the picture of this moment, in full size, switching on when it is off.

        Errors: SP-702 when no device is there; SP-704 when it is there and gives no picture.
        """

    def self_test(self) -> SelfTest:
        """Switch on, wait for one picture, switch off. May take three seconds."""


class NoCamera(Absent):
    """Stands where no camera is connected."""

    @property
    def trouble(self) -> str:
        """Not there."""
        return "SP-702"

    def start(self, on_frame: OnFrame | None = None) -> None:
        """Do nothing."""

    def stop(self, on_frame: OnFrame | None = None) -> None:
        """Do nothing."""

    def take(self) -> QImage:
        """Return no picture.

        Errors: SP-702 always.
        """
        raise SupportPointError("SP-702", device="camera")
