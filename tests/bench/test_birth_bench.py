"""The birth registration itself: load, answer, seal. Targets stand in docs/bench.md."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish import build
from supportpoint.records import Attachment
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key
from supportpoint.sealing.receipt import make_receipt

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ROOT / "tests" / "data" / "forms" / "birth-answers.json"
CASE = "01a20621-ad00-7e2a-aedb-0cccbf812e8f"


@pytest.fixture(scope="module")
def built() -> Any:
    return build(ROOT / "assets" / "forms" / "birth-registration")


@pytest.fixture
def filled(built: Any) -> FormSession:
    definition = FormDefinition.load(built.files["form.xml"], files=built.files)
    session = FormSession(definition, clock=SystemClock(), language="vi")
    for ref, value in json.loads(ANSWERS.read_text(encoding="utf-8")).items():
        session.answer(ref, value)
    return session


def make_context(dictionary: bytes) -> SealingContext:
    keys = []
    for unit in ("province", "03316"):
        pair = SealKey.make()
        keys.append(
            Key(kid=pair.kid, use="seal", purpose="ordinary", unit=unit, public=pair.public, status="active")
        )
    return SealingContext(
        recipients=tuple(keys),
        keyset_version=1,
        commune="03316",
        form_id="birth-registration",
        form_version="1",
        category="ordinary",
        dictionary=dictionary,
    )


def test_load_of_the_birth_form(built: Any, benchmark: Any):
    benchmark(FormDefinition.load, built.files["form.xml"], files=built.files)


def test_answer_in_the_birth_form(filled: FormSession, benchmark: Any):
    names = iter(["Lò Thị Mai An", "Lò Văn Nam"] * 1_000_000)
    benchmark(lambda: filled.answer("/data/child/ask_full_name", next(names)))


def test_page_of_the_birth_form(filled: FormSession, benchmark: Any):
    index = filled.page_index("/data/child/sex")
    benchmark(filled.page, index)


@pytest.mark.parametrize("photo_bytes", [0, 150_000])
def test_seal_of_the_birth_case(built: Any, filled: FormSession, benchmark: Any, photo_bytes: int):
    photos = [Attachment("a.jpg", bytes(photo_bytes))] if photo_bytes else []
    context = make_context(built.files["dictionary.zstd"])
    words = {"kind": "case", "case_id": CASE, "xml": filled.to_xml(), "attachments": photos}
    words |= {"receipt": make_receipt(), "context": context, "day": "2026-11-23"}
    sealed = benchmark(lambda: seal_case(**words))
    assert len(sealed.envelope) <= 1000
