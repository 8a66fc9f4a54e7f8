"""The slip as it is drawn: a scanner reads it, its letters say the same, a private one keeps its secret."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from supportpoint.devices.pdf_pages import draw_pages
from supportpoint.devices.printer import DOTS_PER_INCH, WIDTH_PX, Paper
from supportpoint.devices.qr_reader import read_qr
from supportpoint.devices.qt_printer import QtPrinter
from supportpoint.kiosk import bootstrap
from supportpoint.kiosk.pictures.slip import A4_HEIGHT_PX, Code, Row, Slip, draw_slip, list_parts
from supportpoint.sealing.receipt import make_receipt, qr_text, read_secret, write_secret

ROOT = Path(__file__).resolve().parents[2]
RECEIPT = make_receipt()
SLIP = Slip(
    secret=RECEIPT.secret,
    case_number=RECEIPT.case_number,
    days={"vi": "thứ Hai 23/11/2026", "en": "Monday 23/11/2026"},
    services={"vi": "Cấp bản sao trích lục khai sinh", "en": "Copy of a birth record"},
    route="commune_office",
    commune="Xã Nà Tấu",
    missing=("Giấy chứng sinh", "Giấy chứng nhận kết hôn"),
    deadline="Trong 1 ngày làm việc",
    point="Điểm hỗ trợ bà con xã Nà Tấu",
    phone="0215 3 800 000",
)
KINDS = {
    "ordinary": SLIP,
    "English": replace(SLIP, language="en", adds_to="DB7-4K2-9X8"),
    "Tai Dam": replace(SLIP, language="blt"),
    "private": replace(SLIP, is_private=True),
    "wide": replace(SLIP, case_number="WWW-MMM-WWW", missing=("Giấy xác nhận tình trạng hôn nhân",) * 12),
}


@pytest.fixture(autouse=True)
def _letters(qapp: Any) -> None:
    """The fonts of the pages."""
    bootstrap.prepare_qt()


@pytest.fixture(params=list(Paper))
def paper(request: pytest.FixtureRequest) -> Paper:
    return Paper(request.param)


@pytest.fixture(params=list(KINDS))
def slip(request: pytest.FixtureRequest) -> Slip:
    return KINDS[request.param]


def words_of(slip: Slip) -> list[str]:
    return [part.text for part in list_parts(slip) if isinstance(part, Row)]


def typed_form(slip: Slip) -> str:
    """The two lines below the code, as somebody copies them."""
    lines = [words for words in words_of(slip) if re.fullmatch(r"(\w{3,4}-){2,}\w{3,4}", words)]
    return "-".join(line for line in lines if line not in {slip.case_number, slip.adds_to})


def test_a_scanner_reads_what_the_letters_say(slip: Slip, paper: Paper) -> None:
    read = read_qr(draw_slip(slip, paper))
    assert read == qr_text(slip.secret)
    assert read_secret(typed_form(slip)) == read_secret(read) == slip.secret
    assert typed_form(slip) == write_secret(slip.secret)


def test_a_coarser_printer_still_makes_it_readable(slip: Slip, paper: Paper) -> None:
    image = draw_slip(slip, paper)
    width = round(image.width() * DOTS_PER_INCH[Paper.SLIP] / DOTS_PER_INCH[paper])
    coarse = image.scaledToWidth(width, Qt.TransformationMode.FastTransformation)
    assert read_qr(coarse) == qr_text(slip.secret)


def test_a_slip_is_in_the_dots_of_its_printer_and_only_black_and_white(slip: Slip, paper: Paper) -> None:
    image = draw_slip(slip, paper)
    assert image.width() == WIDTH_PX[paper]
    assert paper is Paper.SLIP or image.height() <= A4_HEIGHT_PX
    assert image.format() is QImage.Format.Format_Grayscale8
    assert set(bytes(image.constBits())) <= {0, 255}


def test_nothing_is_cut_off_at_the_sides(slip: Slip) -> None:
    image = draw_slip(slip, Paper.SLIP)
    rules = [y for y in range(image.height()) if image.pixelColor(image.width() // 2, y).value() == 0]
    assert rules, "something is drawn"
    text_rows = [y for y in range(image.height()) if y not in rules]
    right = [y for y in text_rows if image.pixelColor(image.width() - 1, y).value() == 0]
    assert right == []


def test_a_private_slip_names_no_matter(paper: Paper) -> None:
    private = KINDS["private"]
    said = " ".join(words_of(private))
    for secret in (*SLIP.services.values(), *SLIP.missing, SLIP.deadline, "cán bộ", "Nơi nhận", "Việc"):
        assert secret not in said
    for needed in ("GIẤY HẸN", private.case_number, "23/11/2026", private.phone):
        assert needed in said
    legal, tip = replace(private, route="legal_aid_centre"), replace(private, route="inspectorate")
    assert draw_slip(legal, paper) == draw_slip(tip, paper)


def test_it_speaks_vietnamese_and_english_only_when_asked() -> None:
    assert "Receipt" not in words_of(SLIP)
    assert {"GIẤY HẸN", "Receipt", "Officers of Xã Nà Tấu", "Cán bộ xã Nà Tấu"} <= set(
        words_of(KINDS["English"])
    )
    assert words_of(KINDS["Tai Dam"]) == words_of(SLIP)


def test_what_is_printed_is_read_back(qtbot: Any, tmp_path: Path, paper: Paper) -> None:
    printer, codes = QtPrinter(output=tmp_path / "slip.pdf"), list[str]()
    printer.print_images([draw_slip(SLIP, paper)], paper, codes.append)
    qtbot.waitUntil(lambda: codes == [""], timeout=20_000)
    printer.close()
    (page,) = draw_pages((tmp_path / "slip.pdf").read_bytes(), DOTS_PER_INCH[Paper.SLIP])
    assert read_qr(page) == qr_text(SLIP.secret)


def test_a_code_is_drawn_once(slip: Slip) -> None:
    assert [part.text for part in list_parts(slip) if isinstance(part, Code)] == [qr_text(slip.secret)]


def read_json(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(
        (ROOT / "translations" / f"slip.{language}.json").read_text(encoding="utf-8")
    )
    return found


def test_both_languages_have_all_words_in_short_sentences() -> None:
    vietnamese, english = read_json("vi"), read_json("en")
    assert vietnamese.keys() == english.keys()
    for words in (*vietnamese.values(), *english.values()):
        assert all(len(sentence.split()) <= 12 for sentence in words.split("."))


def test_the_places_are_called_as_on_the_pages() -> None:
    folder = ROOT / "supportpoint" / "kiosk" / "qml" / "SupportPoint" / "Ui"
    page = (folder / "Receivers.qml").read_text(encoding="utf-8")
    for key, words in read_json("vi").items():
        if key.startswith("route."):
            assert f'case "{key.removeprefix("route.")}":' in page
            assert f'qsTr("{words.replace("{commune}", "%1")}")' in page
