"""Pictures of the pages as they should be: written small, compared as an eye would."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "docs" / "pictures"
FAILED = ROOT / "build" / "golden"
STEP = 24  # of 255: less is the rounding of another processor, or of LEVELS
SHARE = 0.002  # of the pixels
#: Levels of a colour, four apart: smaller on the disk, and no eye sees it.
LEVELS = bytes(min(255, round(level / 4) * 4) for level in range(256))
SEEN = bytes(level > STEP for level in range(256))
SMALLEST_FILE = 0
#: A page is drawn in a few colours and their edges: the commonest stand for all, at half the size.
COLOURS = 256
OPAQUE = 0xFF000000
NEAREST = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither


def write(picture: QImage, path: Path) -> None:
    """Write a picture as PNG with its commonest colours; the same picture gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    rounded = bytes(plain.constBits()).translate(LEVELS)
    format_ = QImage.Format.Format_RGB32
    small = QImage(rounded, plain.width(), plain.height(), plain.bytesPerLine(), format_)
    found = Counter(memoryview(rounded).cast("I"))
    colours = sorted(found, key=lambda colour: (-found[colour], colour))[:COLOURS]
    table = [colour | OPAQUE for colour in colours]
    indexed = small.convertToFormat(QImage.Format.Format_Indexed8, table, NEAREST)
    assert indexed.save(str(path), "PNG", SMALLEST_FILE), path


def find_difference(expected: Path, taken: QImage) -> QImage | None:
    """Return what differs to the eye between a written picture and a new one, None when nothing does."""
    wanted = QImage(str(expected)).convertToFormat(QImage.Format.Format_RGB32)
    difference = taken.convertToFormat(QImage.Format.Format_RGB32)
    if wanted.size() != taken.size():
        return difference
    painter = QPainter(difference)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, wanted)
    painter.end()
    seen = count_seen(difference.convertToFormat(QImage.Format.Format_Grayscale8))
    return difference if seen > SHARE * wanted.width() * wanted.height() else None


def count_seen(grey: QImage) -> int:
    """Count the pixels that an eye sees; a line of a picture ends in bytes that are no pixels."""
    bits, width = bytes(grey.constBits()), grey.width()
    return sum(
        sum(bits[start : start + width].translate(SEEN)) for start in range(0, len(bits), grey.bytesPerLine())
    )


def keep_failure(name: str, expected: Path, taken: QImage, difference: QImage) -> None:
    """Leave the three pictures side by side under build/golden."""
    place = FAILED / f"{name}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    taken.save(str(place.with_suffix(".actual.png")))
    difference.save(str(place.with_suffix(".difference.png")))
    if expected.exists():
        place.with_suffix(".expected.png").write_bytes(expected.read_bytes())
