"""Official papers from real submissions of the real forms, on the command line and at the office."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from supportpoint.cli import main
from supportpoint.clock import FixedClock
from supportpoint.config import shipped_dir
from supportpoint.content.package import Manifest, write_package
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.walks import walk_form
from supportpoint.forms.publish.workbook import read_workbook
from supportpoint.reports.fields import read_fields
from supportpoint.reports.paper import list_papers, make_form_paper
from supportpoint.sealing.keys import SignKey

FORMS = shipped_dir("assets") / "forms"
ANSWERS = Path(__file__).parents[1] / "data" / "forms" / "birth-answers.json"
CLOCK = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
WRITTEN_FORMS = [form_id for form_id in list_papers() if (FORMS / form_id / "survey.csv").is_file()]
PRINTED_NAMES = re.compile(r"(full_name|head\.name)\Z")
PRINTED_NUMBERS = re.compile(r"(^|\.)id_no\Z")


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def read_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return squeezed("".join(page.extract_text() for page in pages))


def load(form_id: str) -> FormDefinition:
    workbook = read_workbook(FORMS / form_id)
    xform = make_xform(workbook)
    assert isinstance(xform, bytes), xform
    return FormDefinition.load(xform, files=read_lists(workbook))


@pytest.fixture(scope="module")
def birth():
    return load("birth-registration")


@pytest.fixture
def submission(birth):
    session = FormSession(birth, clock=CLOCK, language="vi")
    for ref, value in json.loads(ANSWERS.read_text("utf-8")).items():
        session.answer(ref, value)
    assert session.validate() == ()
    return session.to_xml()


BIRTH_LINES = [
    "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "Kính gửi: Ủy ban nhân dân xã Nà Tấu",
    "Họ, chữ đệm, tên người yêu cầu: QUÀNG THỊ ƠN",
    "Ngày, tháng, năm sinh: 12/03/1998",
    "Giấy tờ tùy thân: Thẻ căn cước số 011198004512, Bộ Công an cấp ngày 20/08/2024",
    "Quan hệ với người được khai sinh: Mẹ",
    "Họ, chữ đệm, tên: LÒ THỊ MAI AN",
    "Ngày, tháng, năm sinh: 02/11/2026",
    "Ghi bằng chữ: ngày mùng hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
    "Giới tính: Nữ Dân tộc: Thái Quốc tịch: Việt Nam",
    "Nơi sinh: Trạm y tế xã Nà Tấu, xã Nà Tấu, tỉnh Điện Biên",
    "Quê quán: bản Nậm Cứm, xã Nà Tấu, tỉnh Điện Biên",
    "Họ, chữ đệm, tên người mẹ: QUÀNG THỊ ƠN",
    "Họ, chữ đệm, tên người cha: LÒ VĂN BUN",
    "Năm sinh: 1994 Dân tộc: Thái",
    "Làm tại: xã Nà Tấu, ngày 23 tháng 11 năm 2026",
    "Số lượng: 2",
    "Thủ tục 1.001193, biểu mẫu birth-registration, phiên bản 2026112801",
    "BẢN NHÁP ĐỂ ĐỐI CHIẾU",
]


def test_the_birth_paper_holds_what_the_mother_said(birth, submission):
    session = FormSession.from_xml(birth, submission, clock=CLOCK, language="vi")
    text = read_pdf(make_form_paper(session))
    assert [line for line in BIRTH_LINES if squeezed(line) not in text] == []
    for villager_word in ("Con gái", "Mẹ của bé", "None", "domestic", "03316"):
        assert squeezed(villager_word) not in text


def test_what_says_that_the_father_is_dead_stands_at_his_home(birth, submission):
    session = FormSession.from_xml(birth, submission, clock=CLOCK, language="vi")
    session.answer("/data/parents/father/alive", "dead")
    text = read_pdf(make_form_paper(session))
    assert squeezed("LÒ VĂN BUN") in text
    assert squeezed("Nơi cư trú: Đã chết") in text


@pytest.mark.parametrize("form_id", WRITTEN_FORMS)
def test_invented_people_find_their_names_and_numbers_on_the_paper(form_id):
    definition = load(form_id)
    for xml in walk_form(definition, seed=7, walks=8):
        session = FormSession.from_xml(definition, xml, clock=CLOCK, language="vi")
        fields = read_fields(session).single
        text = read_pdf(make_form_paper(session))
        lost = [
            name
            for name, found in fields.items()
            if (PRINTED_NAMES.search(name) and squeezed(found.display.upper()) not in text)
            or (PRINTED_NUMBERS.search(name) and found.value not in text)
        ]
        assert lost == []
        if "statement.date" in fields:
            signed = fields["statement.date"].display
            day, month, year = signed.split("/")
            assert squeezed(f"ngày {signed}") in text or f"ngày{day}tháng{month}năm{year}" in text


VILLAGE_WORDS = re.compile(r"\b[Bb]à con\b|của bé|Con trai|Con gái|Tôi không|Việc khác|nhờ cán bộ|\bGiúp\b")
CODES = re.compile(r"\b[a-z]+_[a-z_]+\b|\b(?:male|female|unknown|other|domestic|abroad)\b")


@pytest.mark.parametrize("form_id", WRITTEN_FORMS)
def test_a_paper_speaks_neither_in_codes_nor_as_the_form_speaks_to_villagers(form_id):
    definition = load(form_id)
    for xml in walk_form(definition, seed=11, walks=8):
        session = FormSession.from_xml(definition, xml, clock=CLOCK, language="vi")
        content = make_form_paper(session)
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        text = unicodedata.normalize("NFC", " ".join(text.split()))
        assert CODES.findall(text) == []
        assert VILLAGE_WORDS.findall(text) == []


@pytest.fixture
def files(tmp_path, birth, submission):
    workbook = read_workbook(FORMS / "birth-registration")
    manifest = Manifest(
        kind="form", id="birth-registration", version=int(birth.version), title={"vi": "Khai sinh"}
    )
    package = tmp_path / "birth.spform"
    package.write_bytes(
        write_package(manifest, {"form.xml": make_xform(workbook), **read_lists(workbook)}, SignKey.make())
    )
    answers = tmp_path / "answers.xml"
    answers.write_bytes(submission)
    return answers, package


def test_the_command_writes_a_paper_that_only_its_owner_reads(files, tmp_path, capfd):
    answers, package = files
    out = tmp_path / "paper.pdf"
    line = ["paper", str(answers), "--form", str(package), "--out", str(out), "--office", "Xã Mường Phăng"]
    assert main(line) == 0
    said = json.loads(capfd.readouterr().out)
    assert said == {"form_id": "birth-registration", "version": "2026112801", "bytes": out.stat().st_size}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    text = read_pdf(out.read_bytes())
    assert squeezed("Ủy ban nhân dân xã Mường Phăng") in text
    assert squeezed("LÒ THỊ MAI AN") in text


def test_the_command_names_what_it_cannot_use(files, tmp_path, capfd):
    answers, package = files
    out = str(tmp_path / "paper.pdf")
    assert main(["paper", str(tmp_path / "none.xml"), "--form", str(package), "--out", out]) == 2
    assert "SP-104" in capfd.readouterr().err
    answers.write_bytes(b"<data/>")
    assert main(["paper", str(answers), "--form", str(package), "--out", out]) == 2
    assert "SP-309" in capfd.readouterr().err
    assert not Path(out).exists()


def test_a_kiosk_does_not_load_the_typesetter():
    code = "import sys, supportpoint.kiosk.bootstrap; sys.exit('typst' in sys.modules)"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
