"""Keys from fixed seeds, and a case with invented people."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from supportpoint.sealing.case import SealingContext
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset

FAMILY = ("Lò", "Quàng", "Cà", "Lường", "Tòng", "Vàng", "Giàng", "Sùng", "Mùa", "Thào", "Nguyễn", "Trần")
MIDDLE = ("Văn", "Thị", "A", "Minh", "Thu", "Thanh", "Ngọc")
GIVEN = ("Pó", "Mai", "Dế", "Chu", "Lan", "Inh", "Hặc", "Panh", "Ếnh", "Sua", "Tủa", "Dua", "Hoa", "Nủ")
PLACES = ("Bản Nậm Pọng", "Bản Huổi Chá", "Bản Pá Khoang", "Tổ 3", "Bản Hua Thanh", "Đội 7")
PAPERS = ("citizen_card", "old_card", "passport")


@dataclass(frozen=True)
class Province:
    """A small trust tree: root, intake, one commune."""

    root: SignKey
    intake: SealKey
    commune: SealKey
    office: SignKey
    keyset: Keyset


def make_key(pair: SealKey | SignKey, purpose: str, unit: str, status: str = "active") -> Key:
    use = "seal" if isinstance(pair, SealKey) else "sign"
    return Key(kid=pair.kid, use=use, purpose=purpose, unit=unit, public=pair.public, status=status)


@pytest.fixture(scope="session")
def province() -> Province:
    root, office = SignKey(b"r" * 32), SignKey(b"o" * 32)
    intake, commune = SealKey(b"i" * 32), SealKey(b"c" * 32)
    keyset = Keyset(
        version=3,
        not_before="2026-01-01",
        keys=(
            make_key(intake, "ordinary", "province"),
            make_key(commune, "ordinary", "03316"),
            make_key(SealKey(b"d" * 32), "ordinary", "03203"),
            make_key(SealKey(b"x" * 32), "ordinary", "03316", "revoked"),
            make_key(office, "act", "03316"),
            make_key(SignKey(b"p" * 32), "publish", "province"),
            make_key(SignKey(b"q" * 32), "act", "03316", "retired"),
            make_key(SignKey(b"z" * 32), "act", "03316", "revoked"),
        ),
    )
    return Province(root, intake, commune, office, keyset)


@pytest.fixture(scope="session")
def key_entry() -> Callable[..., Key]:
    return make_key


@pytest.fixture
def context(province: Province) -> SealingContext:
    return SealingContext(
        recipients=province.keyset.recipients("ordinary", "03316"),
        keyset_version=3,
        commune="03316",
        form_id="birth-registration",
        form_version="2026112301",
    )


WORDS = (
    "sinh",
    "tại",
    "nhà",
    "bản",
    "đường",
    "xa",
    "trạm",
    "y",
    "tế",
    "mẹ",
    "khỏe",
    "cháu",
    "nặng",
    "ba",
    "cân",
)


def _tag(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name}>"


def _name(rng: random.Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def _day(rng: random.Random, first: int, last: int) -> str:
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _place(tag: str, rng: random.Random) -> str:
    commune = f"{rng.randint(3127, 3330):05}"
    return _tag(tag, _tag("province", "11"), _tag("commune", commune), _tag("detail", rng.choice(PLACES)))


def _person(tag: str, rng: random.Random) -> str:
    return _tag(
        tag,
        _tag("id_scan", "scanned"),
        _tag("full_name", _name(rng)),
        _tag("birth_date", _day(rng, 1955, 2004)),
        _tag("ethnic", f"{rng.randint(1, 54):02}"),
        _tag("nationality", "VN"),
        _tag("id_kind", rng.choice(PAPERS)),
        _tag("id_no", f"011{rng.randint(0, 999_999_999):09}"),
        _tag("issue_date", _day(rng, 2015, 2025)),
        _place("residence", rng),
    )


@pytest.fixture(scope="session")
def make_answers() -> Callable[[int], bytes]:
    """Return a maker of submissions of about 2 KB, each from its own seed."""

    def make(seed: int) -> bytes:
        rng = random.Random(seed)
        child = _tag(
            "child",
            _tag("full_name", _name(rng)),
            _tag("birth_date", _day(rng, 2026, 2026)),
            _tag("sex", rng.choice(("male", "female"))),
            _tag("ethnic", f"{rng.randint(1, 54):02}"),
            _tag("birth_place_kind", rng.choice(("home", "clinic", "hospital"))),
            _place("birth_place", rng),
            _place("origin", rng),
            _tag("note", " ".join(rng.choices(WORDS, k=14))),
        )
        papers = _tag(
            "papers",
            _tag("birth_paper", f"birth-paper-{rng.randbytes(4).hex()}.jpg"),
            _tag("copies", str(rng.randint(0, 5))),
            _tag("consent", "yes"),
        )
        return (
            '<data xmlns:orx="http://openrosa.org/xforms" id="birth-registration" version="2026112301">'
            + _tag(
                "start", f"2026-11-23T0{rng.randint(1, 9)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}.000Z"
            )
            + _tag("requester", _person("self", rng), _tag("phone", f"09{rng.randint(0, 99_999_999):08}"))
            + _tag("mother_known", "yes")
            + _person("mother", rng)
            + _tag("father_known", "yes")
            + _person("father", rng)
            + child
            + papers
            + _tag("meta", _tag("orx:instanceID", f"uuid:{uuid.UUID(bytes=rng.randbytes(16), version=4)}"))
            + "</data>"
        ).encode()

    return make
