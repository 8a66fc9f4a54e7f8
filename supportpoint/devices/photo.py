"""Makes a picture fit to send: small enough, without metadata, and measured for light and sharpness."""

from __future__ import annotations

from dataclasses import dataclass

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
_SAMPLE_PX = 320
_DARK, _BRIGHT = 60.0, 235.0
_SHARP = 100.0
_TILE_PX, _TILES = 96, 4
_BORDER = 0.04
_EDGE_LUMA = 150


@dataclass(frozen=True, slots=True)
class Checks:
    """What was measured on a picture.

    Units: `brightness` is the mean luma, 0 to 255; `sharpness` the variance of the Laplacian in the
           sharpest of 16 tiles of the picture as it is sent; `bright_border` the share of bright
           pixels along the edge.
    """

    brightness: float
    sharpness: float
    bright_border: float

    @property
    def is_lit(self) -> bool:
        """Neither too dark nor washed out."""
        return _DARK <= self.brightness <= _BRIGHT

    @property
    def is_sharp(self) -> bool:
        """Somewhere pixels differ from their neighbours enough for writing to be readable."""
        return self.sharpness >= _SHARP

    @property
    def is_inside(self) -> bool:
        """No paper-bright pixels touch the edge: the sheet lies inside the picture on a darker desk.

        It says nothing about a white desk, where no edge can be told from the paper.
        """
        return self.bright_border <= _BORDER


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
    plain = _fit(image.convertToFormat(QImage.Format.Format_RGB888), MAX_SIDE_PX)
    for key in plain.textKeys():
        plain.setText(key, "")
    while min(plain.width(), plain.height()) >= MIN_SIDE_PX:
        for quality in _QUALITIES:
            content = _encode(plain, quality)
            if len(content) <= MAX_BYTES:
                return content
        plain = _fit(plain, int(max(plain.width(), plain.height()) * _SMALLER))
    raise SupportPointError("SP-703", reason="size")


def check_photo(image: QImage) -> Checks:
    """Return what can be measured on a picture."""
    rows = _grey_rows(_fit(image, _SAMPLE_PX))
    edge = b"".join([rows[0], rows[-1], bytes(row[0] for row in rows), bytes(row[-1] for row in rows)])
    return Checks(
        brightness=sum(map(sum, rows)) / (len(rows) * len(rows[0])),
        sharpness=_measure_sharpness(_fit(image, MAX_SIDE_PX)),
        bright_border=sum(luma > _EDGE_LUMA for luma in edge) / len(edge),
    )


def _measure_sharpness(image: QImage) -> float:
    found = 0.0
    for place in range(_TILES * _TILES):
        x = (image.width() - _TILE_PX) * (place % _TILES) // (_TILES - 1)
        y = (image.height() - _TILE_PX) * (place // _TILES) // (_TILES - 1)
        found = max(found, _laplacian_variance(_grey_rows(image.copy(x, y, _TILE_PX, _TILE_PX))))
    return found


def _laplacian_variance(rows: list[bytes]) -> float:
    values = [
        4 * row[x] - row[x - 1] - row[x + 1] - above[x] - below[x]
        for above, row, below in zip(rows, rows[1:], rows[2:], strict=False)
        for x in range(1, len(row) - 1)
    ]
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)


def _grey_rows(image: QImage) -> list[bytes]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, stride = grey.width(), grey.bytesPerLine()
    raw = bytes(grey.constBits())
    return [raw[line * stride : line * stride + width] for line in range(grey.height())]


def _fit(image: QImage, side_px: int) -> QImage:
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
