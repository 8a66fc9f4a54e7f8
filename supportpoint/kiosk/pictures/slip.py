"""The slip that a villager carries home, drawn as one picture for a roll of 80 mm or a sheet of A4.

One layout for both papers, in millimetres of the roll; on A4 the same column stands larger, within a line
to cut along. Whoever finds a slip must not learn what a private case is about: see docs/decisions/0011.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from supportpoint.config import shipped_dir
from supportpoint.devices.printer import DOTS_PER_INCH, WIDTH_PX, Paper
from supportpoint.devices.qr import make_qr
from supportpoint.sealing.receipt import qr_text, write_secret

ROLL_MM = 72.0
MM_PER_INCH = 25.4
#: How much larger than on the roll everything is.
SCALE = {Paper.SLIP: 1.0, Paper.A4: 1.55}
EDGE_MM = {Paper.SLIP: 0.0, Paper.A4: 6.0}
QUIET_MODULES = 4
QR_MM = 44.0
MARGIN_MM = 2.0
MOST_LINES = 12
SMALL_MM, PLAIN_MM, LARGE_MM, TITLE_MM, NUMBER_MM = 3.4, 4.2, 4.8, 7.4, 9.4
GROUPS_PER_LINE = 4
#: A thermal head knows only black and none: grey edges would be dots strewn about.
BLACK_BELOW = 150
LANGUAGES = ("vi", "en")
A4_HEIGHT_PX = 3390


@dataclass(frozen=True)
class Slip:
    """What one slip says. `days` and `services` are by language; `secret` is in the QR and its typed form.

    A private one names no service, no place that received it and no paper.
    """

    secret: bytes
    case_number: str
    days: Mapping[str, str]
    language: str = "vi"
    is_private: bool = False
    services: Mapping[str, str] = field(default_factory=dict)
    route: str = ""
    commune: str = ""
    missing: tuple[str, ...] = ()
    deadline: str = ""
    adds_to: str = ""
    point: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Row:
    """One paragraph. Millimetres on the roll; `above_mm` is the air before it."""

    text: str
    size_mm: float = PLAIN_MM
    weight: QFont.Weight = QFont.Weight.Normal
    above_mm: float = 0.0
    is_centred: bool = False
    is_one_line: bool = False


@dataclass(frozen=True)
class Code:
    """The QR, centred."""

    text: str
    above_mm: float = 1.0


@dataclass(frozen=True)
class Rule:
    """A line across."""

    above_mm: float = 2.5


Part = Row | Code | Rule


@cache
def read_words(language: str) -> dict[str, str]:
    """Return the words of slips in a language that has them. Source: translations/slip.<language>.json."""
    content = (shipped_dir("translations") / f"slip.{language}.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, str])


def list_parts(slip: Slip) -> list[Part]:
    """Return what stands on the slip, from the top: always in Vietnamese, then in the visit's language."""
    bold, half_bold, medium = QFont.Weight.Bold, QFont.Weight.DemiBold, QFont.Weight.Medium
    centre = True
    languages = [one for one in LANGUAGES if one in ("vi", slip.language)]
    first, *others = [read_words(language) for language in languages]
    titles = [Row(words["title"], PLAIN_MM, is_centred=centre) for words in others]
    groups = write_secret(slip.secret).split("-")
    lines = [groups[:GROUPS_PER_LINE], groups[GROUPS_PER_LINE:]]
    point = [Row(slip.point, PLAIN_MM, above_mm=0.6, is_centred=centre)] if slip.point else []
    parts: list[Part] = [
        Row(first["title"].upper(), TITLE_MM, bold, is_centred=centre),
        *titles,
        *point,
        Rule(1.5),
        Row(_both(languages, "number"), SMALL_MM, above_mm=1.5, is_centred=centre),
        Row(slip.case_number, NUMBER_MM, bold, is_centred=centre, is_one_line=True),
        Code(qr_text(slip.secret)),
        *(Row("-".join(line), PLAIN_MM, medium, is_centred=centre, is_one_line=True) for line in lines),
        Rule(),
    ]
    for label, values in _list_facts(slip, languages):
        parts.append(Row(label, SMALL_MM, above_mm=1.6))
        parts += [Row(_begin(value), weight=half_bold) for value in dict.fromkeys(values) if value]
    parts.append(Rule())
    for words in (first, *others):
        parts.append(Row(words["keep"], weight=half_bold, above_mm=1.2))
        parts.append(Row(words["who"], SMALL_MM))
    if slip.phone:
        parts.append(Row(f"{_both(languages, 'phone')}:", SMALL_MM, above_mm=1.2))
        parts.append(Row(slip.phone, LARGE_MM, bold))
    return parts


def draw_slip(slip: Slip, paper: Paper) -> QImage:
    """Return a slip as a grey picture in the printer's own dots, black and white only."""
    return draw_parts(list_parts(slip), paper)


def draw_parts(parts: Sequence[Part], paper: Paper) -> QImage:
    """Return parts one below the other, as wide as the paper and as long as they need.

    Units: dots of the printer; A4 adds a broken line around the column.
    """
    dots_per_mm = DOTS_PER_INCH[paper] / MM_PER_INCH
    edge = EDGE_MM[paper] * dots_per_mm
    unit = dots_per_mm * SCALE[paper]
    image = _draw_column(parts, WIDTH_PX[paper], unit, edge)
    if paper is Paper.A4 and image.height() > A4_HEIGHT_PX:
        image = _draw_column(parts, WIDTH_PX[paper], 0.97 * unit * A4_HEIGHT_PX / image.height(), edge)
    return image


def _draw_column(parts: Sequence[Part], width: int, unit: float, edge: float) -> QImage:
    column = QRectF((width - ROLL_MM * unit) / 2, edge, ROLL_MM * unit, 0)
    grey = QImage.Format.Format_Grayscale8
    height = round(_paint(QImage(8, 8, grey), parts, column, unit) + edge)
    image = QImage(width, height, grey)
    image.fill(Qt.GlobalColor.white)
    _paint(image, parts, column, unit)
    image = _two_tones(image)
    if edge:
        _draw_cut(image, column.adjusted(-edge / 2, -edge / 2, edge / 2, height - edge), 0.2 * unit)
    return image


def _list_facts(slip: Slip, languages: list[str]) -> list[tuple[str, list[str]]]:
    facts = [(_both(languages, "day"), [slip.days.get(language, "") for language in languages])]
    if slip.is_private:
        return facts
    facts.insert(
        0, (_both(languages, "service"), [slip.services.get(language, "") for language in languages])
    )
    if slip.adds_to:
        facts.append((_both(languages, "adds_to"), [slip.adds_to]))
    facts.append((_both(languages, "where"), [_place(slip, language) for language in languages]))
    facts.append((_both(languages, "missing"), [", ".join(slip.missing)]))
    facts.append((_both(languages, "result"), [slip.deadline]))
    return [(label, values) for label, values in facts if any(values)]


def _place(slip: Slip, language: str) -> str:
    words = read_words(language).get(f"route.{slip.route}", "")
    name = slip.commune[:1].lower() + slip.commune[1:] if language == "vi" else slip.commune
    return words.format(commune=name) if slip.commune or "{" not in words else ""


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _both(languages: Sequence[str], key: str) -> str:
    return " / ".join(read_words(language)[key] for language in languages)


def _paint(image: QImage, parts: Sequence[Part], column: QRectF, unit: float) -> float:
    """Paint the parts and return where they end."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    y = column.top() + MARGIN_MM * unit
    for part in parts:
        y += part.above_mm * unit
        if isinstance(part, Rule):
            painter.fillRect(
                QRectF(column.left(), y, column.width(), max(2.0, 0.3 * unit)), Qt.GlobalColor.black
            )
            y += 0.3 * unit
        elif isinstance(part, Code):
            y += _paint_code(painter, part.text, column, y, unit)
        else:
            y += _paint_row(painter, part, column, y, unit)
    painter.end()
    return y + MARGIN_MM * unit


def _paint_row(painter: QPainter, row: Row, column: QRectF, y: float, unit: float) -> float:
    font = QFont(["Be Vietnam Pro", "Noto Sans Tai Viet"])
    font.setPixelSize(round(row.size_mm * unit))
    font.setWeight(row.weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    while row.is_one_line and QFontMetricsF(font).horizontalAdvance(row.text) > column.width():
        font.setPixelSize(font.pixelSize() - 1)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    side = Qt.AlignmentFlag.AlignHCenter if row.is_centred else Qt.AlignmentFlag.AlignLeft
    flags = int(side) | int(Qt.TextFlag.TextWordWrap)
    room = QRectF(column.left(), y, column.width(), MOST_LINES * row.size_mm * unit * 1.5)
    taken: QRectF = painter.boundingRect(room, flags, row.text)
    painter.drawText(room, flags, row.text)
    return taken.height()


def _paint_code(painter: QPainter, text: str, column: QRectF, y: float, unit: float) -> float:
    """Paint a QR in whole dots a module and return its height with the quiet zone."""
    modules = make_qr(text)
    count = len(modules) + 2 * QUIET_MODULES
    size = int(QR_MM * unit // count)
    left = round(column.center().x() - size * count / 2) + size * QUIET_MODULES
    top = round(y) + size * QUIET_MODULES
    for row, line in enumerate(modules):
        for place, is_dark in enumerate(line):
            if is_dark:
                painter.fillRect(left + place * size, top + row * size, size, size, QColor("black"))
    return float(size * count)


def _two_tones(image: QImage) -> QImage:
    table = bytes(0 if level < BLACK_BELOW else 255 for level in range(256))
    lines = bytes(image.constBits()).translate(table)
    grey = QImage.Format.Format_Grayscale8
    return QImage(lines, image.width(), image.height(), image.bytesPerLine(), grey).copy()


def _draw_cut(image: QImage, frame: QRectF, thickness: float) -> None:
    painter = QPainter(image)
    painter.setPen(QPen(QColor("black"), thickness, Qt.PenStyle.DashLine))
    painter.drawRect(frame)
    painter.end()
