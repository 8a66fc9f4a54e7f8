"""The real pages on a real store, offscreen, with a fixed clock; any warning fails the test."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import FixedClock
from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.forms.publish.build import BuiltForm, build

os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "QT_SCALE_FACTOR": "1"}

ROOT = Path(__file__).resolve().parents[2]
FORM_DIR = ROOT / "assets" / "forms" / "birth-registration"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WINDOW = (1366, 768)


@pytest.fixture(scope="session")
def birth_form() -> BuiltForm:
    return build(FORM_DIR)


@pytest.fixture
def birth_point(make_point: Callable[..., Any], birth_form: BuiltForm) -> Any:
    """An enrolled support point with the birth registration on its shelf."""
    point = make_point()
    manifest = Manifest(
        kind="form",
        id=birth_form.form_id,
        version=birth_form.version,
        title=birth_form.title,
        settings=birth_form.settings,
    )
    package = write_package(manifest, birth_form.files, point.trust.publisher)
    Shelf(point.folder).install(package, point.trust.keyset())
    return point


@pytest.fixture(autouse=True)
def _no_logged_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    said = [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.records
        if record.levelno >= logging.WARNING
    ]
    expected = getattr(caplog, "expected_warnings", ())
    assert [line for line in said if not line.startswith(tuple(expected) or ("\0",))] == []


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def open_kiosk(qapp: Any, birth_point: Any, clock: FixedClock) -> Iterator[Callable[..., Any]]:
    """Return what opens the kiosk; at the end it is closed and its warnings are looked at."""
    from supportpoint.kiosk import bootstrap  # noqa: PLC0415 -- Qt must see the environment above first

    opened: list[Any] = []
    warnings: list[str] = []

    def open_it(**options: Any) -> Any:
        settings = {"fake_devices": True, "window": WINDOW, "motion": False, "with_sync": False} | options
        app = bootstrap.make_app(birth_point.folder, clock=clock, **settings)
        app.engine.warnings.connect(lambda found: warnings.extend(one.toString() for one in found))
        opened.append(app)
        return app

    yield open_it
    for app in opened:
        app.close()
    assert warnings == []


@pytest.fixture
def answers() -> dict[str, str]:
    """The answers of an invented family to the birth form, by address."""
    found: dict[str, str] = json.loads(
        (ROOT / "tests/data/forms/birth-answers.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture
def meet(open_kiosk: Callable[..., Any]) -> Callable[..., Any]:
    """Return what opens the kiosk and puts a person before it."""
    sys.path.insert(0, str(ROOT / "build_scripts"))
    from journey import JourneyDriver  # noqa: PLC0415 -- it imports Qt

    def meet_it(shots_dir: Path | None = None, **options: Any) -> Any:
        return JourneyDriver(open_kiosk(**options), shots_dir)

    return meet_it


@pytest.fixture
def person(meet: Callable[..., Any]) -> Any:
    return meet()


@pytest.fixture
def kiosk(open_kiosk: Callable[..., Any]) -> Any:
    return open_kiosk()
