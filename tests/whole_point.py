"""A support point that offers everything: every form and every article of the house, all readers' keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from supportpoint.content.article import write_article
from supportpoint.content.article_source import inspect_article, list_drawings, list_topic_ids
from supportpoint.content.package import write_package
from supportpoint.content.shelf import Shelf
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "build_scripts"
#: Agencies that alone read what is sealed for them: purpose → unit.
AGENCIES = {"legal_aid": "legal-aid-centre", "protected": "inspectorate"}


@dataclass(frozen=True)
class House:
    """Everything the house publishes, signed once: a data folder with a shelf, form id → section."""

    folder: Path
    publisher: SignKey
    sections: Mapping[str, str]


@dataclass(frozen=True)
class WholePoint:
    """An enrolled support point; `keys` are those of every reader of its envelopes, by key id."""

    folder: Path
    trust: Any
    keys: Mapping[bytes, SealKey]
    sections: Mapping[str, str]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Every form and article of the house on one shelf."""
    subprocess.run([sys.executable, SCRIPTS / "packages.py"], check=True, cwd=ROOT)
    sys.path.insert(0, str(SCRIPTS))
    from packages import build_forms  # noqa: PLC0415 -- a script, found by its folder

    from supportpoint.cli.forms import make_manifest  # noqa: PLC0415 -- commands load only here

    folder, publisher = tmp_path_factory.mktemp("house"), SignKey.make()
    signers = tuple(
        Key(publisher.kid, "sign", purpose, unit, publisher.public)
        for purpose, unit in {"publish": "province", **AGENCIES}.items()
    )
    shelf, keyset = Shelf(folder), Keyset(version=1, not_before="2026-01-01", keys=signers)
    forms = build_forms()
    for form in forms:
        shelf.install(write_package(make_manifest(form), form.files, publisher), keyset)
    for facts in sorted((ROOT / "assets" / "articles").glob("*/article.toml")):
        article = inspect_article(facts.parent, list_drawings(), list_topic_ids()).article
        assert article is not None, facts.parent.name
        shelf.install(write_article(article, {}, publisher), keyset)
    return House(folder, publisher, {form.form_id: form.settings.get("section", "papers") for form in forms})


@pytest.fixture
def whole_point(make_point: Callable[..., Any], house: House) -> WholePoint:
    """An enrolled point with the whole house on its shelf."""
    agencies = {purpose: SealKey.make() for purpose in AGENCIES}
    point = make_point(
        *(Key(key.kid, "seal", purpose, AGENCIES[purpose], key.public) for purpose, key in agencies.items()),
        publisher=house.publisher,
    )
    shutil.rmtree(point.folder / "content")
    shutil.copytree(house.folder / "content", point.folder / "content")
    readers = [point.trust.intake, point.trust.commune, *agencies.values()]
    return WholePoint(point.folder, point.trust, {key.kid: key for key in readers}, house.sections)
