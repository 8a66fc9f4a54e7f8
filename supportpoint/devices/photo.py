"""Makes a picture fit to send: small enough, and without metadata."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from supportpoint.errors import SupportPointError

MAX_BYTES = 1_500_000
MAX_INPUT_BYTES = 30 * 1024 * 1024
MAX_SIDE_PX = 2400
MIN_SIDE_PX = 320
MAX_PIXELS = 60_000_000
_QUALITIES = (85, 75, 65, 50)
_SMALLER = 0.75


def read_picture(content: bytes) -> QImage:
    """Return the picture in the bytes of a JPEG or PNG, turned as its metadata says.

    Errors: SP-703 when it is neither, too large or too small.
    """
    if len(content) > MAX_INPUT_BYTES:
        raise SupportPointError("SP-703", reason="size")
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in {b"jpeg", b"png"}:
        raise SupportPointError("SP-703", reason="format")
    size = reader.size()
    if size.width() * size.height() > MAX_PIXELS:
        raise SupportPointError("SP-703", reason="pixels")
    image = reader.read()
    if image.isNull():
        raise SupportPointError("SP-703", reason="damaged")
    return image


def write_photo(image: QImage) -> bytes:
    """Return the picture as JPEG of at most 1.5 MB, its long side at most 2400 px, with no metadata.

    Errors: SP-703 when it is smaller than 320 px or cannot be written.
    """
    if min(image.width(), image.height()) < MIN_SIDE_PX:
        raise SupportPointError("SP-703", reason="too small")
    plain = fit(image.convertToFormat(QImage.Format.Format_RGB888), MAX_SIDE_PX)
    for key in plain.textKeys():
        plain.setText(key, "")
    while min(plain.width(), plain.height()) >= MIN_SIDE_PX:
        for quality in _QUALITIES:
            content = _encode(plain, quality)
            if len(content) <= MAX_BYTES:
                return content
        plain = fit(plain, int(max(plain.width(), plain.height()) * _SMALLER))
    raise SupportPointError("SP-703", reason="size")


def fit(image: QImage, side_px: int) -> QImage:
    """Return the picture with its long side at most so long."""
    if max(image.width(), image.height()) <= side_px:
        return image.copy()
    return image.scaled(
        QSize(side_px, side_px),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _encode(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    if not writer.write(image):
        raise SupportPointError("SP-703", reason="not written")
    return bytes(buffer.data().data())
