"""The real pages on a real store, offscreen, with a fixed clock; any warning fails the test."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import FixedClock
from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.forms.publish.build import BuiltForm, build
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key
from tests.ui.looks import SIZES
from tests.whole_point import WholePoint, house, whole_point  # noqa: F401 -- fixtures

os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "QT_SCALE_FACTOR": "1"}

ROOT = Path(__file__).resolve().parents[2]
FORM_DIR = ROOT / "assets" / "forms" / "birth-registration"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WINDOW = (1366, 768)


@pytest.fixture(scope="session")
def birth_form() -> BuiltForm:
    return build(FORM_DIR)


def agency_keys() -> tuple[Key, ...]:
    """Return whom private matters are sealed to; nobody holds their private halves."""
    readers = {"legal_aid": "legal-aid-centre", "protected": "inspectorate"}
    pairs = [(purpose, unit, SealKey.make()) for purpose, unit in readers.items()]
    return tuple(
        Key(kid=pair.kid, use="seal", purpose=purpose, unit=unit, public=pair.public)
        for purpose, unit, pair in pairs
    )


@pytest.fixture
def birth_point(make_point: Callable[..., Any], birth_form: BuiltForm) -> Any:
    """An enrolled support point with the birth registration on its shelf."""
    point = make_point(*agency_keys())
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


@pytest.fixture
def put_on_shelf(birth_point: Any) -> Callable[[str, str, str], None]:
    """Return what puts one more form on the shelf of the point: id, title, XForm."""

    def put(form_id: str, title: str, xform: str) -> None:
        manifest = Manifest(
            kind="form", id=form_id, version=1, title={"vi": title}, settings={"purpose": "ordinary"}
        )
        package = write_package(manifest, {"form.xml": xform.encode()}, birth_point.trust.publisher)
        Shelf(birth_point.folder).install(package, birth_point.trust.keyset())

    return put


@pytest.fixture
def told_form(put_on_shelf: Callable[[str, str, str], None]) -> str:
    """A form that is told by voice, or written, and signed, or not; returns its id."""
    xform = (ROOT / "tests/data/forms/told-and-signed.xml").read_text(encoding="utf-8")
    put_on_shelf("told-and-signed", "Kể và ký", xform)
    return "told-and-signed"


#: A form of one question; what it is about stands in the manifest.
SMALL_FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:sp="https://supportpoint.example/xforms/sp">
 <h:head><h:title>Một câu</h:title><model>
  <instance><data id="{id}" version="1"><story/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/story" type="string" required="true()" sp:short="Chuyện"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body><input ref="/data/story"><label>Bà con muốn nói gì?</label></input></h:body></h:html>
"""
#: Sections as a full point offers them: id, title, section, drawing, desk, order.
SERVICES = (
    ("death", "Khai tử", "papers", "candle", "commune_office", 40),
    ("marriage", "Kết hôn", "papers", "marry", "commune_office", 30),
    ("marital-status", "Xác nhận tình trạng hôn nhân", "papers", "single", "commune_office", 50),
    ("residence", "Đăng ký thường trú", "papers", "home", "commune_police", 60),
    ("social-allowance", "Trợ cấp xã hội hằng tháng", "papers", "rice", "commune_office", 70),
    ("health-insurance", "Bảo hiểm y tế", "papers", "clinic", "social_insurance", 80),
    ("study-support", "Hỗ trợ học tập", "papers", "book", "school", 90),
    ("product-listing", "Đăng bán hàng", "sell", "basket", "market", 10),
    ("sale-result", "Báo bán được hàng", "sell", "basket", "market", 20),
    ("legal-aid", "Trợ giúp pháp lý", "law", "scales", "legal_aid_centre", 10),
    ("feedback-report", "Phản ánh, kiến nghị", "say", "loud", "commune_office", 10),
    ("feedback-complaint", "Khiếu nại", "say", "papers", "agency", 20),
    ("feedback-denunciation", "Tố cáo", "say", "scales", "inspectorate", 30),
    ("feedback-tip", "Báo tin ẩn danh", "say", "eye", "supervision_board", 40),
    ("supervision-works", "Giám sát công trình", "say", "pin", "supervision_board", 50),
    ("supervision-support", "Giám sát hỗ trợ", "say", "rice", "supervision_board", 60),
    ("support-visit", "Thăm hộ dân", "staff", "home", "commune_office", 10),
    ("meeting", "Biên bản họp bản", "staff", "papers", "commune_office", 20),
)
PURPOSES = {"legal-aid": "legal_aid", "feedback-denunciation": "protected", "feedback-tip": "protected"}


@pytest.fixture
def full_point(birth_point: Any) -> Any:
    """The same point with a small form on its shelf for every kind of service."""
    for form_id, title, section, art, route, order in SERVICES:
        settings = {
            "purpose": PURPOSES.get(form_id, "ordinary"),
            "section": section,
            "art": art,
            "route": route,
            "order": str(order),
        }
        manifest = Manifest(kind="form", id=form_id, version=1, title={"vi": title}, settings=settings)
        files = {"form.xml": SMALL_FORM.format(id=form_id).encode()}
        package = write_package(manifest, files, birth_point.trust.publisher)
        Shelf(birth_point.folder).install(package, birth_point.trust.keyset())
    return birth_point


@pytest.fixture(autouse=True)
def _no_logged_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    said = [
        f"{record.name}: {record.getMessage()}"
        for record in [*caplog.get_records("setup"), *caplog.get_records("call")]
        if record.levelno >= logging.WARNING
    ]
    expected = getattr(caplog, "expected_warnings", ())
    assert [line for line in said if not line.startswith(tuple(expected) or ("\0",))] == []


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def open_at(qapp: Any, clock: FixedClock) -> Iterator[Callable[..., Any]]:
    """Return what opens a kiosk on a data folder; at the end it is closed and its warnings are looked at."""
    from supportpoint.kiosk import bootstrap  # noqa: PLC0415 -- Qt must see the environment above first

    opened: list[Any] = []
    warnings: list[str] = []

    def open_it(folder: Path, **options: Any) -> Any:
        settings = {"fake_devices": True, "window": WINDOW, "motion": False, "with_sync": False} | options
        app = bootstrap.make_app(folder, clock=clock, **settings)
        app.engine.warnings.connect(lambda found: warnings.extend(one.toString() for one in found))
        opened.append(app)
        return app

    yield open_it
    for app in opened:
        app.close()
    assert warnings == []


@pytest.fixture
def open_kiosk(open_at: Callable[..., Any], birth_point: Any) -> Callable[..., Any]:
    """Return what opens the kiosk that has the birth registration."""
    return partial(open_at, birth_point.folder)


@pytest.fixture
def answers() -> dict[str, str]:
    """The answers of an invented family to the birth form, by address."""
    found: dict[str, str] = json.loads(
        (ROOT / "tests/data/forms/birth-answers.json").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture
def meet_whole(open_at: Callable[..., Any], whole_point: WholePoint) -> Callable[..., Any]:  # noqa: F811
    """Return what opens a kiosk that offers everything and puts a person before it."""
    sys.path.insert(0, str(ROOT / "build_scripts"))
    from journey import JourneyDriver  # noqa: PLC0415 -- it imports Qt

    return lambda **options: JourneyDriver(open_at(whole_point.folder, **options))


@pytest.fixture
def visitor(meet_whole: Callable[..., Any]) -> Any:
    return meet_whole()


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


@pytest.fixture
def real_forms(birth_point: Any) -> Callable[..., None]:
    """Return what puts forms of this project on the shelf of the point, as they are published."""
    sys.path.insert(0, str(ROOT / "build_scripts"))
    from packages import FORMS, build_forms  # noqa: PLC0415 -- a script, found by its folder

    from supportpoint.cli.forms import make_manifest  # noqa: PLC0415

    def install(*forms: str) -> None:
        for form in build_forms([FORMS / name for name in forms]):
            package = write_package(make_manifest(form), form.files, birth_point.trust.publisher)
            Shelf(birth_point.folder).install(package, birth_point.trust.keyset())

    return install


@pytest.fixture
def ears(hear_with: Callable[..., None]) -> Iterator[Any]:
    """What the kiosk speaks, heard; pages settle quickly."""
    from tests.ears import Ears, Mouth  # noqa: PLC0415 -- it imports Qt

    ears = Ears()
    hear_with(ears, Mouth(ears))
    yield ears
    assert ears.overlaps == 0


@pytest.fixture
def deaf(hear_with: Callable[..., None]) -> None:
    """A kiosk without any sound device."""
    from supportpoint.devices.speaker import NoSpeaker, NoSpeech  # noqa: PLC0415

    hear_with(NoSpeaker(), NoSpeech())


@pytest.fixture
def hear_with(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what gives the kiosk a speaker and a machine's voice before it is opened."""
    from supportpoint.devices.machine import make_fakes  # noqa: PLC0415
    from supportpoint.kiosk import bootstrap  # noqa: PLC0415
    from supportpoint.kiosk.pages import voice  # noqa: PLC0415

    def hear(speaker: Any, speech: Any) -> None:
        devices = replace(make_fakes(), speaker=speaker, speech=speech)
        monkeypatch.setattr(bootstrap, "make_devices", lambda *_given, **_named: devices)
        monkeypatch.setattr(voice, "SETTLE_MS", 60)

    return hear


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """The name of a screen's size."""
    return str(request.param)
