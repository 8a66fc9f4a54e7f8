from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.store.cabinet import Cabinet

ONE, TWO = (f"0193aaaa-0000-7000-8000-00000000000{number}" for number in (1, 2))


def test_what_is_kept_is_there_again(tmp_path):
    for case_id in (TWO, ONE):
        Cabinet(tmp_path).save_case(case_id, case_id.encode())
    Cabinet(tmp_path).save_file(b"s" * 32, b"a picture")
    cabinet = Cabinet(tmp_path)
    assert cabinet.list_cases() == (ONE, TWO)
    assert (cabinet.load_case(ONE), cabinet.load_file(b"s" * 32)) == (ONE.encode(), b"a picture")
    assert (cabinet.list_drops(), cabinet.has_drop(b"d" * 32)) == ((), False)
    cabinet.save_drop(b"d" * 32, b"a drop")
    for stray in ("a copy.drop", "0.drop"):
        (tmp_path / "agency" / stray).write_bytes(b"x")
    assert (cabinet.list_drops(), cabinet.has_drop(b"d" * 32)) == ((b"d" * 32,), True)
    assert cabinet.load_drop(b"d" * 32) == b"a drop"
    assert (cabinet.has_case(ONE), cabinet.has_file(b"t" * 32)) == (True, False)


def test_answers_only_count_up(tmp_path):
    cabinet = Cabinet(tmp_path)
    assert cabinet.get_rev(ONE) == 0
    for rev in (2, 5, 3):
        cabinet.note_rev(ONE, rev)
    assert (Cabinet(tmp_path).get_rev(ONE), cabinet.get_rev(TWO)) == (5, 0)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x", f"{ONE}/.."])
def test_a_name_leads_nowhere_else(tmp_path, name):
    with pytest.raises(SupportPointError, match="SP-803"):
        Cabinet(tmp_path).save_case(name, b"x")
    with pytest.raises(SupportPointError, match="SP-803"):
        Cabinet(tmp_path).load_case(name)
