"""Draws the pages of a PDF as pictures, in memory. Loaded by name when a PDF is printed."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]
from PySide6.QtGui import QImage

from supportpoint.errors import SupportPointError

_POINTS_PER_INCH = 72
MAX_PAGES = 40


def draw_pages(content: bytes, dots_per_inch: int) -> list[QImage]:
    """Return one grey picture a page.

    Errors: SP-703 when it is no PDF or has more than 40 pages.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise SupportPointError("SP-703", reason="no pdf") from error
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise SupportPointError("SP-703", reason="pages")
        return [_draw(page, dots_per_inch) for page in document]
    finally:
        document.close()


def _draw(page: pypdfium2.PdfPage, dots_per_inch: int) -> QImage:
    bitmap = page.render(scale=dots_per_inch / _POINTS_PER_INCH, grayscale=True)
    grey = QImage.Format.Format_Grayscale8
    image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, grey)
    return image.copy()
