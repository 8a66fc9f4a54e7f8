"""Pictures are re-encoded, bounded, stripped and measured."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from supportpoint.devices.fakes import FakeCamera
from supportpoint.devices.photo import MAX_BYTES, read_picture, write_photo
from supportpoint.errors import SupportPointError

MARKER = "where-it-was-taken"


@pytest.fixture
def paper(qapp: object) -> QImage:
    return FakeCamera().take()


def noise(width: int, height: int) -> QImage:
    return QImage(
        random.Random(1).randbytes(width * height * 3), width, height, width * 3, QImage.Format.Format_RGB888
    )


def encoded(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def test_a_paper_becomes_a_small_jpeg(paper: QImage):
    content = write_photo(paper)
    assert content.startswith(b"\xff\xd8")
    assert len(content) < MAX_BYTES // 4
    assert read_picture(content).size() == paper.size()


def test_even_noise_fits_and_large_pictures_shrink():
    content = write_photo(noise(3000, 2000))
    assert len(content) <= MAX_BYTES
    assert max(read_picture(content).width(), read_picture(content).height()) <= 2400


def test_metadata_does_not_survive(paper: QImage):
    paper.setText("Description", MARKER)
    raw = encoded(paper, "JPEG")
    assert MARKER.encode() in raw
    assert MARKER.encode() not in write_photo(read_picture(raw))
    exif = b"\xff\xe1\x00\x20Exif\x00\x00" + MARKER.encode() + b"\x00" * 6
    assert MARKER.encode() not in write_photo(read_picture(raw[:2] + exif + raw[2:]))


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0 cut", b"GIF89a" + b"\0" * 40])
def test_what_is_no_picture_is_refused(content: bytes):
    with pytest.raises(SupportPointError) as caught:
        read_picture(content)
    assert caught.value.code == "SP-703"


def test_a_picture_of_a_few_pixels_is_refused():
    with pytest.raises(SupportPointError, match="SP-703"):
        write_photo(noise(200, 200))
