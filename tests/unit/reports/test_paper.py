"""Every official paper: what it shows, what it marks, and that answers stay text."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pypdf
import pytest

from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.reports import typesetting
from supportpoint.reports.fields import Field, Fields
from supportpoint.reports.paper import has_paper, list_papers, make_content, make_paper
from tests.unit.reports.conftest import squeezed

PAPERS = shipped_dir("assets") / "papers"
CIVIL_STATUS = {"birth-registration", "birth-linked", "marriage", "death", "marital-status"}
#: Fields of the sheets that a paper does not write out, each with its reason.
NOT_WRITTEN = {
    "loaiDangKy": "the portal's own question",
    "reg_kind": "not on the paper form",
    "birth_case": "not on the paper form",
    "req.residence_where": "the address says it",
    "req.residence_kind": "only its three kinds have words",
    "copy_wanted": "a box",
    "statement.truth": "the statement is printed",
    "id_card.want": "a box",
    "result_way": "not on the paper form",
    "req.address_safe": "for the lawyers' eyes, not for a paper that lies about",
    "req.phone_safe": "the same",
    "req.phone_time": "the same",
    "ben.notes.interpreter": "not on the paper form",
    "ben.notes.illiterate": "not on the paper form",
    "ben.notes.disability": "not on the paper form",
    "case.detained": "not on the paper form",
    "case.violence": "the same as the safe address",
    "consent.share": "consents are no part of a paper",
}


#: a rough width of a letter, in ems
WIDE = 0.4
DAY = date(2026, 11, 23)


def single(**answers: str) -> Fields:
    return Fields({name.replace("__", "."): Field(text, text, "text") for name, text in answers.items()})


def test_the_papers_that_were_asked_for_are_there():
    assert set(list_papers()) == CIVIL_STATUS | {"residence", "legal-aid", "poor-household"}
    assert not has_paper("official")
    assert not has_paper("../papers/marriage")


def missing_on(paper: str, fields: Fields) -> set[str]:
    """Return the fields whose answer the text of a paper does not hold."""
    rows = {
        f"{name}[{place}].{key}": found
        for name, pair in fields.rows.items()
        for place, row in enumerate(pair)
        for key, found in row.items()
    }
    return {
        name
        for name, found in (fields.single | rows).items()
        if squeezed(found.display) not in paper and squeezed(found.display.upper()) not in paper
    }


def test_every_answer_of_the_sheets_is_on_its_paper(fill, facts, read_pdf):
    missing = {}
    for form_id in list_papers():
        fields = fill(form_id)
        missing |= dict.fromkeys(missing_on(read_pdf(make_paper(form_id, fields, facts)), fields), form_id)
    assert set(missing) == set(NOT_WRITTEN), missing


@pytest.mark.parametrize("form_id", list_papers())
def test_an_empty_paper_is_the_form_to_be_filled_by_hand(form_id, facts, read_pdf):
    text = read_pdf(make_paper(form_id, Fields(), replace(facts, office="", number="")))
    assert squeezed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in text
    assert squeezed("Độc lập - Tự do - Hạnh phúc") in text
    assert "none" not in text
    assert "X" not in text.replace("XÃ", "").replace("XÁC", "").replace("XÓ", "")


@pytest.mark.parametrize("form_id", list_papers())
def test_each_page_is_marked_and_says_where_it_comes_from(form_id, fill, facts, read_pdf):
    content = make_paper(form_id, fill(form_id), replace(facts, form_id=form_id))
    pages = len(pypdf.PdfReader(io.BytesIO(content)).pages)
    for page in range(pages):
        text = read_pdf(content, page)
        assert squeezed("BẢN NHÁP ĐỂ ĐỐI CHIẾU") in text
        assert squeezed(f"Thủ tục 1.000894, biểu mẫu {form_id}, phiên bản 2026112301, hồ sơ 7K4-M2P") in text
        assert squeezed("Căn cứ: Luật Hộ tịch 60/2014/QH13 (tính đến 11/2026)") in text
        assert f"Trang{page + 1}/{pages}" in text


def test_a_layout_that_was_compared_carries_no_mark(tmp_path, facts, read_pdf):
    for path in PAPERS.glob("*.typ"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    template = tmp_path / "marriage.typ"
    words = template.read_text("utf-8").replace(
        "official.with(", 'official.with(layout_confidence: "read", ', 1
    )
    template.write_text(words, "utf-8")
    made = typesetting.typeset_pdf(template, make_content(Fields(), facts), DAY)
    assert squeezed("BẢN NHÁP ĐỂ ĐỐI CHIẾU") not in read_pdf(made)
    assert squeezed("TỜ KHAI ĐĂNG KÝ KẾT HÔN") in read_pdf(made)


def test_dates_are_written_in_words_where_the_form_asks(facts, read_pdf):
    birth = read_pdf(make_paper("birth-registration", single(child__birth_date="2026-11-23"), facts))
    assert (
        squeezed("Ghi bằng chữ: ngày hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu")
        in birth
    )
    death = read_pdf(make_paper("death", single(d__death_date="2026-04-01", d__birth="1941"), facts))
    assert squeezed("ngày mùng một tháng tư năm hai nghìn không trăm hai mươi sáu") in death
    assert squeezed("1941, ghi bằng chữ: năm một nghìn chín trăm bốn mươi mốt") in death
    assert squeezed("ngày 01 tháng 04 năm 2026") in death


def test_names_stand_in_capitals_and_codes_in_official_words(facts, read_pdf):
    fields = single(
        child__full_name="Vừ Thị Pó", child__sex="female", req__id_doc_type="old_id", req__id_no="040123456"
    )
    text = read_pdf(make_paper("birth-registration", fields, facts))
    assert squeezed("VỪ THỊ PÓ") in text
    assert squeezed("Giới tính: Nữ") in text
    assert squeezed("Giấy chứng minh nhân dân số 040123456") in text


def test_addresses_are_one_line_and_the_office_is_named(facts, read_pdf):
    fields = single(
        req__residence__country="VN",
        req__residence__province="Tỉnh Điện Biên",
        req__residence__commune="Xã Nà Tấu",
        req__residence__detail="bản Nậm Cứm",
        req__residence_kind="permanent",
    )
    text = read_pdf(make_paper("death", fields, facts))
    assert squeezed("Nơi cư trú: bản Nậm Cứm, xã Nà Tấu, tỉnh Điện Biên (thường trú)") in text
    assert squeezed("Kính gửi: Ủy ban nhân dân xã Nà Tấu") in text


def test_ct01_has_a_box_for_each_digit_and_keeps_a_number_of_other_length(facts, read_pdf):
    fields = single(p__id_no="011198004512", head__id_no="0120990045129", to="Xã Nà Tấu")
    content = make_paper("residence", fields, facts)
    text = read_pdf(content)
    assert "Côngan" + squeezed("xã Nà Tấu") in text
    assert squeezed("4. Số định danh cá nhân: 011198004512") in text
    assert squeezed("của chủ hộ: 0120990045129") in text
    boxed = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "011198004512" not in boxed, "each digit stands alone"


def test_a_chosen_box_is_crossed_and_the_other_is_not(facts, read_pdf):
    yes = read_pdf(make_paper("death", single(copy_wanted="yes", copy_qty="3"), facts))
    no = read_pdf(make_paper("death", single(copy_wanted="no"), facts))
    assert "CóXKhông" in yes
    assert squeezed("Số lượng: 3") in yes
    assert "CóKhôngX" in no


def test_rows_of_a_long_table_repeat_its_head_on_each_page(facts, read_pdf):
    rows = tuple({"full_name": Field(f"Vừ A {n}", f"Vừ A {n}", "text")} for n in range(120))
    content = make_paper("residence", Fields({}, {"members": rows}), facts)
    pages = len(pypdf.PdfReader(io.BytesIO(content)).pages)
    assert pages > 2
    for page in range(2):
        assert squeezed("Họ, chữ đệm và tên Ngày, tháng, năm sinh") in read_pdf(content, page)
    assert squeezed("VỪ A 119") in read_pdf(content)


HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "$x^2$ *bold* _it_ `raw` @ref <label> // comment /* c */ = Heading",
    "\\u{41} \\ \" ' ) ] } #{",
    '"}, "facts": {"office": "x"}',
]


@pytest.mark.parametrize("answer", HOSTILE)
@pytest.mark.parametrize("form_id", ["legal-aid", "residence"])
def test_an_answer_is_never_anything_but_text(form_id, answer, facts, read_pdf):
    fields = single(case__summary=answer, request=answer, req__full_name=answer, p__full_name=answer)
    text = read_pdf(make_paper(form_id, fields, facts))
    assert squeezed(answer) in text
    assert squeezed(answer.upper()) in text


def test_a_long_story_flows_to_further_pages_and_nothing_is_lost(facts, read_pdf):
    story = " ".join(f"câu{n:04d}" for n in range(500))
    assert len(story) == 3999
    content = make_paper("legal-aid", single(case__summary=story, req__full_name="Sùng Thị Mỷ"), facts)
    text = read_pdf(content)
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 1
    assert [f"câu{n:04d}" for n in range(500) if f"câu{n:04d}" not in text] == []
    lines = read_pdf(make_paper("legal-aid", single(case__summary="dòng một\n\ndòng hai"), facts))
    assert squeezed("dòng một dòng hai") in lines


def test_an_endless_word_stays_on_the_page(facts, read_pdf):
    fields = single(p__email="a" * 400, p__full_name="Ơ" * 90, request="b" * 300)
    content = make_paper("residence", fields, facts)
    text = read_pdf(content).replace("\u200b", "")
    assert all(word in text for word in ("a" * 400, "Ơ" * 90, "b" * 300))
    ends: list[float] = []
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    page.extract_text(
        visitor_text=lambda part, _cm, place, _font, size: ends.append(
            place[4] + WIDE * size * len(part.strip())
        )
    )
    assert max(ends) < float(page.mediabox.width), "no line is longer than the paper"


def test_the_same_answers_give_the_same_bytes(fill, facts):
    first = make_paper("marriage", fill("marriage"), facts)
    typesetting._compiler.cache_clear()
    assert make_paper("marriage", fill("marriage"), facts) == first
    assert make_paper("marriage", fill("marriage"), replace(facts, number="7K4-M2R")) != first


def test_the_file_says_no_name_and_no_clock(facts):
    fields = single(statement__date="2026-10-05", m__full_name="Lò Văn Bun")
    reader = pypdf.PdfReader(io.BytesIO(make_paper("marriage", fields, facts)))
    assert reader.metadata.title == "Thử"
    assert reader.metadata.author is None
    assert reader.metadata.creation_date.date().isoformat() == "2026-10-05"
    undated = pypdf.PdfReader(io.BytesIO(make_paper("marriage", Fields(), facts)))
    assert undated.metadata.creation_date.date().isoformat() == "2026-11-23"


def test_answers_of_one_paper_do_not_stay_for_the_next(facts, read_pdf):
    make_paper("death", single(d__full_name="Lò Thị Pó"), facts)
    assert squeezed("LÒ THỊ PÓ") not in read_pdf(make_paper("death", Fields(), facts))


def test_papers_may_be_made_by_several_threads(facts, read_pdf):
    def make(number: int) -> bool:
        name = f"Vừ A Dế số {number}"
        return squeezed(name.upper()) in read_pdf(make_paper("death", single(d__full_name=name), facts))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(make, range(24)))


def test_no_paper_is_refused_by_name(facts):
    with pytest.raises(SupportPointError, match="SP-610"):
        make_paper("meeting", Fields(), facts)


def test_a_broken_template_is_named_without_the_answers(tmp_path, facts):
    template = tmp_path / "broken.typ"
    template.write_text("#panic(sys.inputs.paper)", "utf-8")
    content = make_content(single(d__full_name="Lò Thị Pó"), facts)
    with pytest.raises(SupportPointError, match="SP-611") as refused:
        typesetting.typeset_pdf(template, content, DAY)
    assert "Pó" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_templates_read_nothing_but_each_other():
    for path in PAPERS.glob("*.typ"):
        text = path.read_text("utf-8")
        assert set(re.findall(r'#import "([^"]+)"', text)) <= {"official.typ", "birth-parts.typ"}, path.name
        assert not re.search(r"@preview|#include|\bread\(|\beval\(|plugin\(|image\(", text), path.name


def test_a_paper_keeps_to_the_fonts_that_we_ship(fill, facts):
    reader = pypdf.PdfReader(io.BytesIO(make_paper("residence", fill("residence"), facts)))
    fonts = {font["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Tinos" in font for font in fonts), fonts


def test_letters_of_the_neighbours_are_shown_and_unknown_ones_stop_nothing(facts, read_pdf):
    for name in ("ꪼꪕ ꪀꪱ", "ລາວ"):
        assert squeezed(name) in read_pdf(make_paper("death", single(d__full_name=name), facts))
    assert squeezed("TRẦN") in read_pdf(make_paper("death", single(d__full_name="Trần 王"), facts))


def test_content_is_plain_json_with_one_line_for_each_address(facts):
    fields = single(req__residence__commune="Xã Nà Tấu", req__residence__detail="bản Nậm Cứm")
    found = msgspec.json.decode(make_content(fields, facts))
    assert found["fields"]["req.residence"]["display"] == "bản Nậm Cứm, xã Nà Tấu"
    assert found["facts"]["office"] == "xã Nà Tấu"
    assert found["facts"]["as_of"] == "11/2026"
    assert Path(PAPERS / "official.typ").is_file()
