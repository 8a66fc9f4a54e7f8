"""Which voice speaks which words: recordings, Vietnamese recordings, the machine, nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from supportpoint.forms.reading.texts import Itext
from supportpoint.kiosk.voice.chain import Chain, Line, Mark
from supportpoint.kiosk.voice.phrases import FormPhrases, Phrasebook
from supportpoint.kiosk.voice.tongues import make_tongues
from supportpoint.kiosk.words.packs import LanguagePack, Message, PackNote, message_id

HOME, TOUCH, COUNT, WHO = "Bà con cần làm gì?", "Chạm vào một hình.", "Đã chọn %1.", "%1 sẽ xem tin này."
OFFICE = "Cán bộ xã"
MESSAGES = [Message(message_id(words), words, f"en {words}") for words in (HOME, TOUCH, COUNT, WHO, OFFICE)]
SAID = {HOME: "hmn home?", COUNT: "hmn %1 chosen."}


def clip(language: str, name: str) -> Path:
    return Path(language) / name


def pack(language: str, words: dict[str, str], *recorded: str) -> LanguagePack:
    note = PackNote(language=language, name=language)
    by_id = {message_id(source): said for source, said in words.items()}
    return LanguagePack(note, Path("nowhere"), by_id, {name: clip(language, name) for name in recorded})


def chain(*packs: LanguagePack, form: FormPhrases | None = None) -> Chain:
    return Chain(make_tongues(MESSAGES, {one.note.language: one for one in packs}), lambda: form)


def ways(line: Line) -> list[list[tuple[Any, str]]]:
    return [[(way.clips or way.text, way.mark.value) for way in stretch] for stretch in line.stretches]


def test_vietnamese_without_recordings_is_read_by_the_machine_and_marked():
    assert ways(chain().line(f"{HOME}. {TOUCH}", "vi")) == [[(HOME, "machine")], [(TOUCH, "machine")]]


def test_a_recording_comes_before_the_machine():
    home = message_id(HOME)
    found = chain(pack("vi", {}, home)).line(f"{HOME} {TOUCH}", "vi")
    assert ways(found) == [[((clip("vi", home),), ""), (HOME, "machine")], [(TOUCH, "machine")]]


def test_another_language_falls_back_to_vietnamese_and_says_so():
    home = message_id(HOME)
    own, theirs = pack("hmn", SAID, home), pack("vi", {}, home)
    assert ways(chain(own, theirs).line("hmn home?", "hmn")) == [
        [((clip("hmn", home),), ""), ((clip("vi", home),), "vietnamese"), (HOME, "vietnameseMachine")]
    ]
    assert ways(chain(pack("hmn", SAID)).line("hmn home?", "hmn")) == [[(HOME, "vietnameseMachine")]]


def test_what_a_pack_lacks_is_shown_and_spoken_in_vietnamese():
    assert ways(chain(pack("hmn", SAID)).line(TOUCH, "hmn")) == [[(TOUCH, "vietnameseMachine")]]


def test_the_machine_never_reads_words_of_another_language():
    found = chain(pack("hmn", SAID))
    assert ways(found.line("Nyob zoo.", "hmn")) == []
    assert ways(found.line("hmn Công an xã chosen.", "hmn")) == []


def test_english_is_recorded_or_silent():
    home = message_id(HOME)
    assert ways(chain().line(f"en {HOME}", "en")) == []
    assert ways(chain(pack("vi", {}, home)).line(f"en {HOME}", "en")) == []
    assert ways(chain(pack("en", {}, home)).line(f"en {HOME}", "en")) == [[((clip("en", home),), "")]]


def test_a_number_in_a_message_is_played_between_its_parts():
    count = message_id(COUNT)
    whole = pack("vi", {}, f"{count}_1", "num_2", "num_tens", "num_1_last")
    parts = tuple(clip("vi", name) for name in (f"{count}_1", "num_2", "num_tens", "num_1_last"))
    assert ways(chain(whole).line("Đã chọn 21.", "vi")) == [
        [(parts, ""), ("Đã chọn hai mươi mốt.", "machine")]
    ]
    without_unit = pack("vi", {}, f"{count}_1", "num_2")
    assert ways(chain(without_unit).line("Đã chọn 21.", "vi")) == [[("Đã chọn hai mươi mốt.", "machine")]]
    assert ways(chain(pack("hmn", SAID)).line("hmn 2 chosen.", "hmn")) == [
        [("Đã chọn hai.", "vietnameseMachine")]
    ]


def test_known_words_in_a_message_are_played_too():
    who, office = message_id(WHO), message_id(OFFICE)
    found = chain(pack("vi", {}, f"{who}_1", office)).line("Cán bộ xã sẽ xem tin này.", "vi")
    assert ways(found)[0][0] == ((clip("vi", office), clip("vi", f"{who}_1")), "")


def test_an_amount_alone_is_units_or_the_machine():
    units = ("num_5", "num_tens", "num_thousand", "money_dong")
    for shown in ("50.000 đồng", "năm mươi nghìn đồng"):
        assert ways(chain(pack("vi", {}, *units)).line(shown, "vi")) == [
            [(tuple(clip("vi", unit) for unit in units), ""), ("năm mươi nghìn đồng", "machine")]
        ]


def make_itext() -> Itext:
    itext = Itext()
    itext.default = "vi"
    itext.languages = {
        "vi": {
            "sex": {"": ("Bé trai hay gái?",), "audio": ("jr://audio/sex-vi.opus",)},
            "boy": {"": ("Trai",)},
        },
        "hmn": {"sex": {"": ("hmn sex?",), "audio": ("jr://audio/sex-hmn.opus",)}, "boy": {"": ("hmn boy",)}},
    }
    return itext


def test_words_of_a_form_find_the_recordings_of_its_package():
    files = {"media/sex-vi.opus": b"vi", "media/sex-hmn.opus": b"hmn"}
    found = chain(form=FormPhrases(make_itext(), files))
    assert ways(found.line("Bé trai hay gái?", "vi")) == [[((b"vi",), ""), ("Bé trai hay gái?", "machine")]]
    assert ways(found.line("hmn sex?", "hmn")) == [
        [((b"hmn",), ""), ((b"vi",), "vietnamese"), ("Bé trai hay gái?", "vietnameseMachine")]
    ]
    assert ways(found.line("hmn boy", "hmn")) == [[("Trai", "vietnameseMachine")]]
    lost = chain(form=FormPhrases(make_itext(), {}))
    assert ways(lost.line("hmn sex?", "hmn")) == [[("Bé trai hay gái?", "vietnameseMachine")]]


@pytest.mark.parametrize(
    "secret",
    ["•••• •••• 4512", "Số 011198004512.", "Gọi 0912 345 678", "Mã DB7-4K2-9X8", "DB7K2-9X8RT-33ABC"],
)
def test_numbers_and_codes_of_a_person_are_never_spoken(secret: str):
    assert ways(chain().line(f"{HOME} {secret}", "vi")) == [[(HOME, "machine")]]


def test_an_amount_and_a_date_are_no_secret():
    assert ways(chain().line("Phí 1.250.000 đồng, ngày 02/11/2026", "vi")) != []


def test_without_devices_no_way_is_left():
    line = chain(pack("vi", {}, message_id(HOME))).line(HOME, "vi")
    assert ways(line.limit(speaker=False, machine=True)) == []
    assert [mark for _, mark in ways(line.limit(speaker=True, machine=False))[0]] == [Mark.NONE]


def test_a_language_greets_with_its_own_recording():
    found = chain(pack("hmn", {}, "greeting"))
    assert ways(found.greeting("hmn", "Tiếng Mông")) == [[((clip("hmn", "greeting"),), "")]]
    assert ways(found.greeting("vi", "Tiếng Việt")) == [[("Tiếng Việt", "machine")]]
    assert ways(found.greeting("kjg", "Tiếng Khơ Mú")) == []
    assert (found.is_recorded("hmn"), found.is_recorded("vi")) == (True, False)


def test_line_breaks_and_joined_ends_do_not_hide_a_message():
    book = Phrasebook({"Làm giấy tờ.\nKhông mất tiền.": "Làm giấy tờ.\nKhông mất tiền."})
    assert book.find("Làm giấy tờ. Không mất tiền.") is not None
    assert book.find("Làm giấy tờ. Không mất") is None
