"""The communes of the province: what they were before the merger, and which are near. Pure."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from pathlib import Path

#: The list of communes is of this province.
PROVINCE_CODE = "11"
_UNIT = re.compile(r"^(?P<name>.+?) \((?P<code>\d+)\)$")
_KINDS = ("xã", "phường", "thị trấn")


@dataclass(frozen=True, slots=True)
class Commune:
    """One of today's communes. `former` are the units merged into it, by their old full names."""

    code: str
    name: str
    district: str
    former: tuple[str, ...]
    province: str


def fold(text: str) -> str:
    """Return text for comparing: NFC, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def bare_name(name: str) -> str:
    """Return the name without its kind: "Xã Nà Tấu" is "Nà Tấu"."""
    kind = next((kind for kind in _KINDS if fold(name).startswith(kind + " ")), "")
    return name[len(kind) :].strip()


def read_communes(folder: Path) -> tuple[Commune, ...]:
    """Return the communes of the province.

    Source: assets/lists/communes.csv, provinces.csv
    """
    provinces = {row["code"]: row["name"] for row in _read_rows(folder / "provinces.csv")}
    return tuple(
        Commune(
            code=row["code"],
            name=row["name"],
            district=row["former_district"],
            former=_former(row["former_units"]),
            province=provinces[PROVINCE_CODE],
        )
        for row in _read_rows(folder / "communes.csv")
    )


def _read_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


def find_new_commune(communes: tuple[Commune, ...], address: str) -> Commune | None:
    """Return today's commune of an address, None when that is not certain.

    An old address names a unit and then its district, side by side; that pair must fit exactly one old
    unit. A new one names today's commune with its kind just before the province. Bare names never do.
    """
    parts = [fold(part) for part in address.split(",")]
    pairs = list(pairwise(parts))
    found = {
        commune.code: commune
        for commune in communes
        if any(_fits_old(commune, *pair) for pair in pairs) or _fits_new(commune, parts)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def part_below_commune(communes: tuple[Commune, ...], address: str) -> str:
    """Return what an address says below its commune; all of it when that is not certain."""
    commune = find_new_commune(communes, address)
    parts = [part.strip() for part in address.split(",")]
    for place, pair in enumerate(pairwise(parts)):
        if commune is not None and place and _fits_old(commune, fold(pair[0]), fold(pair[1])):
            return ", ".join(parts[:place])
    return address


def list_near(communes: tuple[Commune, ...], code: str, count: int) -> tuple[Commune, ...]:
    """Return the commune of `code` and up to `count` others that share its former district."""
    own = next((commune for commune in communes if commune.code == code), None)
    if own is None:
        return communes[: count + 1]
    districts = set(own.district.split(" + "))
    near = [other for other in communes if other is not own and districts & set(other.district.split(" + "))]
    return (own, *near[:count])


def _former(text: str) -> tuple[str, ...]:
    matches = (_UNIT.match(part.strip()) for part in text.split(";"))
    return tuple(match["name"] for match in matches if match)


def _fits_new(commune: Commune, parts: list[str]) -> bool:
    province = fold(commune.province)
    return parts[-2:-1] == [fold(commune.name)] and parts[-1] in {province, province.removeprefix("tỉnh ")}


def _fits_old(commune: Commune, unit: str, district: str) -> bool:
    districts = {bare_district(name) for name in commune.district.split(" + ")}
    names = {name for former in commune.former for name in (fold(former), fold(bare_name(former)))}
    return unit in names and bare_district(district) in districts


def bare_district(name: str) -> str:
    """Return a district without its kind: "Huyện Tuần Giáo", "H. Tuần Giáo" and "Tuần Giáo" are one."""
    folded = fold(name)
    for kind in ("huyện ", "thị xã ", "thành phố ", "tp. ", "tp ", "h. ", "tx. "):
        folded = folded.removeprefix(kind)
    return folded


def is_old_address(communes: tuple[Commune, ...], address: str) -> bool:
    """Return whether an address is in the words of before the merger: it names one of the old districts."""
    districts = {bare_district(name) for commune in communes for name in commune.district.split(" + ")}
    parts = [fold(part) for part in address.split(",")]
    named = any(part.startswith(("huyện ", "thị xã ", "thành phố ", "tp. ", "tp ", "h. ")) for part in parts)
    return named or any(bare_district(part) in districts for part in parts[1:-1])
