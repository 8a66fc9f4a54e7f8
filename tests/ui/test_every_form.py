"""Every form of the house opens from its section by touch alone and reaches its review without a fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from supportpoint.content.package import write_package
from supportpoint.content.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "build_scripts"
#: Where a walk ends: every form looks at its answers again on one of these.
REVIEWS = ("review", "listing")


@pytest.fixture
def every_form(birth_point: Any) -> dict[str, str]:
    """All forms on the shelf of the point; returns form id → section."""
    subprocess.run([sys.executable, SCRIPTS / "packages.py"], check=True, cwd=ROOT)
    sys.path.insert(0, str(SCRIPTS))
    from packages import build_forms  # noqa: PLC0415 -- a script, found by its folder

    from supportpoint.cli.forms import make_manifest  # noqa: PLC0415

    forms = build_forms()
    shelf = Shelf(birth_point.folder)
    for form in forms:
        package = write_package(make_manifest(form), form.files, birth_point.trust.publisher)
        if form.form_id != "birth-registration":
            shelf.install(package, birth_point.trust.keyset())
    return {form.form_id: form.settings.get("section", "papers") for form in forms}


@pytest.mark.timeout(900)
def test_every_form_is_reached_and_filled_by_touch(every_form: dict[str, str], meet: Callable[..., Any]):
    person = meet()
    person.walk_to_home()
    wrong: dict[str, str] = {}
    for form_id, section in every_form.items():
        person.enter_form("papers" if section == "staff" else section, form_id)
        try:
            person.fill_form(person.invent_answers(), lambda: person.page in REVIEWS)
        except AssertionError as error:
            wrong[form_id] = str(error)
        else:
            person.wait_for_page(person.page)
            if person.views.review.property("problemCount"):
                wrong[form_id] = "the review has something to mend"
        person.go_home()
    assert wrong == {}
