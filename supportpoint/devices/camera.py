"""What a document camera does for the kiosk."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QImage

from supportpoint.errors import SupportPointError


class Camera(Protocol):
    """Looks at the paper on the desk."""

    @property
    def is_there(self) -> bool:
        """A device is connected."""

    @property
    def is_fake(self) -> bool:
        """The pictures are drawn, not taken; pages must say so."""

    def take(self) -> QImage:
        """Return the picture of this moment.

        Errors: SP-702 when no device is there.
        """


class NoCamera:
    """Stands where no camera is connected."""

    @property
    def is_there(self) -> bool:
        """No."""
        return False

    @property
    def is_fake(self) -> bool:
        """No."""
        return False

    def take(self) -> QImage:
        """Return no picture.

        Errors: SP-702 always.
        """
        raise SupportPointError("SP-702", device="camera")
