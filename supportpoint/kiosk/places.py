"""The communes of the province: what they were before the merger, and which are near. Pure."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

_UNIT = re.compile(r"^(?P<name>.+?) \((?P<code>\d+)\)$")
_KINDS = ("xã", "phường", "thị trấn")


@dataclass(frozen=True, slots=True)
class Commune:
    """One of today's communes. `former` are the units merged into it, by their old full names."""

    code: str
    name: str
    district: str
    former: tuple[str, ...]


def fold(text: str) -> str:
    """Return text for comparing: NFC, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def bare_name(name: str) -> str:
    """Return the name without its kind: "Xã Nà Tấu" is "Nà Tấu"."""
    kind = next((kind for kind in _KINDS if fold(name).startswith(kind + " ")), "")
    return name[len(kind) :].strip()


def read_communes(path: Path) -> tuple[Commune, ...]:
    """Return the communes of a list file.

    Source: assets/lists/communes.csv
    """
    rows = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
    return tuple(
        Commune(row["code"], row["name"], row["former_district"], _former(row["former_units"]))
        for row in rows
    )


def find_new_commune(communes: tuple[Commune, ...], address: str) -> Commune | None:
    """Return today's commune of an address written before the merger, None when that is not certain.

    Each comma-separated part is compared whole with the old units. A bare name counts when exactly one
    old unit bears it and the address names no other unit; two possible communes give None.
    """
    parts = [fold(part) for part in address.split(",")]
    found = {
        commune.code: commune
        for commune in communes
        for unit in commune.former
        if _names_unit(parts, unit, commune)
    }
    return next(iter(found.values())) if len(found) == 1 else None


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


def _names_unit(parts: list[str], unit: str, commune: Commune) -> bool:
    if not parts or len(parts) < 2:
        return False
    districts = {fold(bare_district(name)) for name in commune.district.split(" + ")}
    district_fits = any(fold(bare_district(part)) in districts for part in parts[1:])
    return district_fits and any(part in {fold(unit), fold(bare_name(unit))} for part in parts)


def bare_district(name: str) -> str:
    """Return a district without its kind: "Huyện Tuần Giáo", "H. Tuần Giáo" and "Tuần Giáo" are one."""
    folded = fold(name)
    for kind in ("huyện ", "thị xã ", "thành phố ", "tp. ", "tp ", "h. ", "tx. "):
        folded = folded.removeprefix(kind)
    return folded
