"""One receipt at two support points of a commune: each step is said at either, and without a network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.forms import FormSession
from supportpoint.forms.publish.build import BuiltForm, build
from supportpoint.kiosk.pages.track import Found, look_up
from supportpoint.kiosk.visit.service import load_definition
from supportpoint.kiosk.visit.supplement import NUMBER
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.receipt import make_receipt
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import SUPPLEMENT, submit_case
from tests.integration.test_sync_road import Kiosk

FORM_DIR = Path(__file__).parents[2] / "assets" / "forms" / SUPPLEMENT
PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def form() -> BuiltForm:
    return build(FORM_DIR)


@pytest.fixture(scope="module")
def office(make_server: Any, form: BuiltForm) -> Any:
    server = make_server(opener=True)
    publish(server, form)
    return server


def publish(server: Any, form: BuiltForm) -> None:
    manifest = Manifest(
        kind="form", id=form.form_id, version=form.version, title=form.title, settings=form.settings
    )
    package = server.data.parent / "form.spform"
    key = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    package.write_bytes(write_package(manifest, form.files, key))
    server.command("publish", str(package))


@pytest.fixture
def points(office: Any, tmp_path: Path) -> Iterator[tuple[Kiosk, Kiosk]]:
    """The point where the case is handed in, and another of the same commune."""
    here, there = Kiosk(tmp_path / "here", office), Kiosk(tmp_path / "there", office)
    yield here, there
    here.store.close()
    there.store.close()


def hand_in(point: Kiosk) -> bytes:
    """Hand in a form and return the secret of its receipt."""
    package, receipt = point.shelf.open_form(SUPPLEMENT), make_receipt()
    session = FormSession(
        load_definition(package),
        clock=point.clock,
        instance_id=str(make_uuid7(SystemClock().now())),
        language="vi",
        metadata={},
    )
    session.answer(NUMBER, "DB7-4K2-9X8")
    submit_case(
        DirectAccess(point.store),
        package=package,
        xml=session.to_xml(),
        attachments=(),
        case_id=str(session.instance_id),
        clock=point.clock,
        receipt=receipt,
    )
    return receipt.secret


def wait_for_news(point: Kiosk, secret: bytes) -> Found:
    """Sync until the office's first word of the case has come."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        assert point.sync().is_clean
        found = look_up(point.store, secret)
        if found is not None and found.news is not None:
            return found
        time.sleep(0.2)
    raise AssertionError("no news came")


def phase(point: Kiosk, secret: bytes) -> str:
    found = look_up(point.store, secret)
    if found is None:
        return "none"
    return found.news.state if found.news is not None else found.phase


def test_one_receipt_at_two_points(office: Any, points: tuple[Kiosk, Kiosk]) -> None:
    here, there = points
    assert here.sync().is_clean
    office.kill()
    secret = hand_in(here)
    assert (phase(here, secret), phase(there, secret)) == ("waiting", "none")
    office.start(office.port)
    wait_for_news(here, secret)
    assert phase(there, secret) == "none", "news travel with a sync and not before"
    there_news = wait_for_news(there, secret).news
    office.kill()
    for point in points:
        point.restart()
        found = look_up(point.store, secret)
        assert found is not None
        assert found.news == there_news
        assert phase(point, secret) == "received"
        assert look_up(point.store, make_receipt().secret) is None
    office.start(office.port)


def test_a_case_is_sent_before_anybody_speaks_of_it(
    make_server: Callable[..., Any], tmp_path: Path, form: BuiltForm
) -> None:
    server = make_server()
    publish(server, form)
    point = Kiosk(tmp_path / "kiosk", server)
    assert point.sync().is_clean
    secret = hand_in(point)
    assert phase(point, secret) == "waiting"
    assert point.sync().is_clean
    assert phase(point, secret) == "sent"
    point.store.close()
