"""The photo page with a camera that moves: on while the page asks for a picture, off everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QImage

from supportpoint.devices.camera import OnFrame
from supportpoint.devices.fakes import FakeCamera
from supportpoint.errors import SupportPointError
from supportpoint.kiosk import bootstrap

PAPER = "/data/papers/id_photo"


class MovingCamera(FakeCamera):
    """Gives a picture when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.on_frame: OnFrame | None = None
        self.trouble_code = ""

    @property
    def is_there(self) -> bool:
        return not self.trouble_code

    @property
    def trouble(self) -> str:
        return self.trouble_code

    def start(self, on_frame: OnFrame | None = None) -> None:
        self.on_frame = on_frame

    def stop(self, on_frame: OnFrame | None = None) -> None:
        if on_frame in {None, self.on_frame}:
            self.on_frame = None

    def take(self) -> QImage:
        if self.trouble_code:
            raise SupportPointError(self.trouble_code)
        return super().take()

    def move(self) -> None:
        assert self.on_frame is not None
        self.on_frame(super().take())


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> MovingCamera:
    camera = MovingCamera()
    whole = bootstrap.make_devices
    monkeypatch.setattr(
        bootstrap, "make_devices", lambda folder, fake: replace(whole(folder, fake=fake), camera=camera)
    )
    return camera


@pytest.fixture
def page(camera: MovingCamera, meet: Callable[..., Any]) -> Any:
    person = meet()
    person.walk_to_form()
    person.app.parts.stage.walk.jump(PAPER)
    person.wait_for_page("photo")
    return person


def test_the_picture_moves_until_one_is_taken(page: Any, camera: MovingCamera):
    photo, urls = page.views.photo, set()
    for _ in range(3):
        camera.move()
        urls.add(photo.property("imageUrl"))
    assert len(urls) == 3
    assert photo.property("photoState") == "live"
    page.tap("continueButton")
    page.wait_until(lambda: photo.property("photoState") == "shot", "the photo")
    assert camera.on_frame is None
    photo.again()
    assert photo.property("photoState") == "live"
    camera.move()
    assert len(page.app.parts.photos._images) == 1, "only the newest picture is kept"


def test_the_camera_is_off_when_the_page_is_left(page: Any, camera: MovingCamera):
    assert camera.on_frame is not None
    page.app.navigator.open("help")
    assert camera.on_frame is None
    page.app.navigator.back()
    assert page.page == "photo"
    assert camera.on_frame is not None
    page.app.parts.stage.visit.end()
    assert camera.on_frame is None


def test_a_camera_that_goes_and_comes_back(page: Any, camera: MovingCamera):
    photo = page.views.photo
    camera.move()
    camera.trouble_code = "SP-702"
    page.wait_until(lambda: photo.property("photoState") == "noCamera", "that the camera is gone")
    assert photo.property("imageUrl") == ""
    camera.trouble_code = ""
    camera.move()
    assert photo.property("photoState") == "live"
