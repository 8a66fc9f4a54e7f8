"""Fills a new database: the province, its communes and its first staff."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User

from supportpoint.config import shipped_dir
from supportpoint.server.registry.models import COMMUNE, PROVINCE, StaffRole, Unit

PROVINCE_CODE = "11"
PROVINCE_NAME = "Tỉnh Điện Biên"


@dataclass(frozen=True, slots=True)
class Commune:
    """A row of `assets/lists/communes.csv`."""

    code: str
    name: str


def read_communes() -> Iterator[Commune]:
    """Return the communes that this release ships."""
    path = shipped_dir("assets") / "lists" / "communes.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Commune(row["code"], row["name"])


def make_units(communes: list[Commune]) -> None:
    """Make the province and its communes; rows that are there are left alone."""
    units = [Unit(code=PROVINCE_CODE, kind=PROVINCE, name=PROVINCE_NAME, province_code=PROVINCE_CODE)]
    units += [
        Unit(code=commune.code, kind=COMMUNE, name=commune.name, province_code=PROVINCE_CODE)
        for commune in communes
    ]
    Unit.objects.bulk_create(units, ignore_conflicts=True)


def make_staff(username: str, unit_code: str, password: str = "") -> str:
    """Make a staff account of one unit, or give it a new password; return the password.

    Errors: Unit.DoesNotExist.
    """
    unit = Unit.objects.get(pk=unit_code)
    chosen = password or secrets.token_urlsafe(12)
    user, _ = User.objects.get_or_create(username=username)
    user.set_password(chosen)
    user.save()
    StaffRole.objects.get_or_create(user=user, unit=unit)
    return chosen
