from __future__ import annotations

import csv
from pathlib import Path

import pytest

VI, EN = "Tiếng Việt (vi)", "English (en)"
SETTINGS = {
    "form_title": "Thử",
    "form_title_en": "Trial",
    "fee_en": "Free",
    "deadline_en": "Within 5 working days",
    "form_id": "trial",
    "version": "2026112301",
    "default_language": VI,
    "purpose": "ordinary",
    "fee": "Miễn phí",
    "deadline": "1 ngày",
    "source": "thử",
    "as_of": "2026-11",
    "confidence": "unverified",
    "procedure": "0.000000",
    "section": "papers",
    "art": "birth",
    "route": "commune_office",
    "order": "10",
}
SURVEY = [
    {"type": "begin_group", "name": "who", f"label::{VI}": "Ai", f"label::{EN}": "Who"},
    {"type": "text", "name": "full_name", f"label::{VI}": "Tên?", f"label::{EN}": "Name?"},
    {"type": "select_one sex", "name": "sex", f"label::{VI}": "Nam hay nữ?", f"label::{EN}": "Sex?"},
    {"type": "end_group", "name": "who"},
]
CHOICES = [
    {"list_name": "sex", "name": "male", f"label::{VI}": "Nam", f"label::{EN}": "Male"},
    {"list_name": "sex", "name": "female", f"label::{VI}": "Nữ", f"label::{EN}": "Female"},
]


class FormFolder:
    """A small form as tables, to be spoiled by a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = dict(SETTINGS)
        self.survey = [dict(row) for row in SURVEY]
        self.choices = [dict(row) for row in CHOICES]

    def write(self) -> Path:
        self.folder.mkdir(exist_ok=True)
        tables = {"survey": self.survey, "choices": self.choices, "settings": [self.settings]}
        for name, rows in tables.items():
            headers = list(dict.fromkeys(key for row in rows for key in row))
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, headers, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return self.folder


@pytest.fixture
def form(tmp_path):
    return FormFolder(tmp_path / "form")
