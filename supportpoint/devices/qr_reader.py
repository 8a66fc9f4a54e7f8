"""Finds a QR in a picture. Loaded by name when a camera scans: see machine.py."""

from __future__ import annotations

import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

#: A card's QR of 57 modules filling a third of the picture still has five pixels a module.
MAX_SIDE_PX = 1280


_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def read_qr(image: QImage) -> str:
    """Return the text of the first QR that is read whole, "" where there is none."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    if max(grey.width(), grey.height()) > MAX_SIDE_PX:
        grey = grey.scaled(
            MAX_SIDE_PX,
            MAX_SIDE_PX,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.FastTransformation,
        )
    found = zxingcpp.read_barcodes(grey, formats=_QR, try_downscale=False)
    return next((one.text for one in found if one.valid and one.text), "")
