"""Found with and without marks, by beginnings, by case number; answers never."""

from __future__ import annotations

import unicodedata

import pytest

from supportpoint.store.search import Entry, fold

ENTRIES = [
    Entry("form", "birth@3", "Đăng ký khai sinh", "Birth registration"),
    Entry("form", "land@1", "Đất đai: cấp giấy chứng nhận", "Land certificate"),
    Entry("article", "fever@2", "Khi trẻ bị sốt", "Đưa trẻ tới trạm y tế. Đừng tự mua thuốc."),
    Entry("article", "birth-why@1", "Vì sao nên làm giấy khai sinh", "Con có tên, có tuổi."),
]


@pytest.fixture
def filled(store):
    store.replace_entries(ENTRIES)
    return store


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("đất đai", ["land@1"]),
        ("dat dai", ["land@1"]),
        ("DAT", ["land@1"]),
        ("Đ\u1ea5t", ["land@1"]),
        (unicodedata.normalize("NFD", "đất đai"), ["land@1"]),
        ("ÐẤT", ["land@1"]),
        ("khai sinh", ["birth@3", "birth-why@1"]),
        ("sinh kha", ["birth@3", "birth-why@1"]),
        ("tram y te", ["fever@2"]),
        ("birth reg", ["birth@3"]),
        ("k", []),
        ("", []),
        ('"; DROP', []),
        ("khai* OR (dat)", []),
        ("xe máy", []),
    ],
)
def test_words_are_found_with_and_without_marks(filled, text, refs):
    assert [one.ref for one in filled.find_entries(text)] == refs


def test_what_is_found_is_shown_as_it_was_written(filled):
    assert filled.find_entries("dang ky")[0] == Entry("form", "birth@3", "Đăng ký khai sinh")


def test_new_entries_take_the_place_of_the_old(filled):
    filled.replace_entries(ENTRIES[:1])
    assert filled.find_entries("dat dai") == ()
    assert filled.list_entry_refs() == [("form", "birth@3")]
    filled.replace_entries(ENTRIES)
    assert len(filled.find_entries("khai sinh")) == 2


@pytest.mark.parametrize(
    "letter", "ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
def test_every_vietnamese_letter_folds_to_one_plain_letter(letter):
    assert fold(letter) in set("adeiouy")
    assert fold(unicodedata.normalize("NFD", letter)) == fold(letter)


def test_items_are_found_by_a_part_of_their_number(store, make_case):
    first, second = store.queue_case(make_case()), store.queue_case(make_case())
    for text in ("DB7-4K2-9X8", "db74k29x8", "4k2", "7-4K"):
        assert [row.id for row in store.find_items(text)] == [second.id, first.id], text
    assert store.find_items("zz") == store.find_items("9") == ()
    assert len(store.find_items("db7", limit=1)) == 1
