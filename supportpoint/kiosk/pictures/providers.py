"""Pictures for the pages: icons in any colour, drawings, and photos that never touch the disk."""

from __future__ import annotations

import logging
from pathlib import Path
from secrets import token_hex

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

logger = logging.getLogger(__name__)

DEFAULT_SIZE = QSize(64, 64)
WEIGHTS = ("bold", "fill", "duotone", "regular")
PLAIN_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


def _is_plain(name: str) -> bool:
    return bool(name) and set(name) <= PLAIN_NAME


def render_svg(svg: bytes, wanted: QSize) -> QImage:
    """Return an SVG drawn to fit `wanted` (its own size where that is empty), on a clear ground."""
    renderer = QSvgRenderer(QByteArray(svg))
    own = renderer.defaultSize()
    size = (
        own.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio)
        if wanted.isValid() and not wanted.isEmpty()
        else own
    )
    image = QImage(size if not size.isEmpty() else DEFAULT_SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _clear_pixel() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _missing(name: str) -> QImage:
    logger.warning("no picture %s", name)
    return _clear_pixel()


def _tell(size: QSize, image: QImage) -> QImage:
    size.setWidth(image.width())
    size.setHeight(image.height())
    return image


class IconProvider(QQuickImageProvider):
    """`image://icon/<name>/<weight>/<rrggbb>`: an icon of assets/icons, its currentColor replaced."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N803 -- Qt's names
        """Return the icon; a clear pixel when there is none."""
        name, weight, colour = [*id.split("/"), "", "", ""][:3]
        path = self._find(name, weight) if _is_plain(name) else None
        if path is None:
            return _tell(size, _missing(f"{name}/{weight}"))
        svg = path.read_text(encoding="utf-8").replace("currentColor", f"#{colour}")
        return _tell(size, render_svg(svg.encode(), requestedSize))

    def _find(self, name: str, weight: str) -> Path | None:
        """Return the file in this weight, else in another: in a changing page both may not fit yet."""
        wanted = dict.fromkeys((weight, *WEIGHTS))
        paths = (self._folder / one / f"{name}.svg" for one in wanted if _is_plain(one))
        return next((path for path in paths if path.is_file()), None)


class ArtProvider(QQuickImageProvider):
    """`image://art/<name>`: a drawing of assets/art."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N803 -- Qt's names
        """Return the drawing; a clear pixel when there is none."""
        path = self._folder / f"{id}.svg"
        if not (_is_plain(id) and path.is_file()):
            return _tell(size, _missing(id))
        return _tell(size, render_svg(path.read_bytes(), requestedSize))


class Photos:
    """The photos of this visit, in memory, under names that say nothing."""

    def __init__(self) -> None:
        self._images: dict[str, QImage] = {}

    def put(self, image: QImage) -> str:
        """Keep a picture and return its `image://photo/` address."""
        key = token_hex(8)
        self._images[key] = image
        return f"image://photo/{key}"

    def drop(self, url: str) -> None:
        """Forget one picture; a name that is not there is ignored."""
        self._images.pop(url.removeprefix("image://photo/"), None)

    def find(self, key: str) -> QImage | None:
        """Return a picture by its key."""
        return self._images.get(key)

    def clear(self) -> None:
        """Forget all pictures."""
        self._images.clear()


class PhotoProvider(QQuickImageProvider):
    """`image://photo/<key>`: a photo of this visit."""

    def __init__(self, photos: Photos) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._photos = photos

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N803 -- Qt's names
        """Return the photo, no larger than asked for; a clear pixel when it is gone."""
        image = self._photos.find(id)
        if image is None:
            return _tell(size, _clear_pixel())
        if requestedSize.isValid() and not requestedSize.isEmpty():
            image = image.scaled(
                requestedSize, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return _tell(size, image)
