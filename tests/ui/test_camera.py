"""The photo page with a camera that moves: on while the page asks for a picture, off everywhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from supportpoint.devices.camera import OnFrame
from supportpoint.devices.fakes import FakeCamera
from supportpoint.devices.photo import read_picture
from supportpoint.errors import SupportPointError
from supportpoint.kiosk import bootstrap

PAPER = "/data/papers/id_photo"


class MovingCamera(FakeCamera):
    """Gives a picture when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.on_frame: OnFrame | None = None
        self.trouble_code = ""
        self.change: Callable[[QImage], QImage] = lambda image: image

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
        return self.change(super().take())

    def move(self) -> None:
        assert self.on_frame is not None
        self.on_frame(self.change(super().take()))


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> MovingCamera:
    camera = MovingCamera()
    whole = bootstrap.make_devices
    monkeypatch.setattr(
        bootstrap, "make_devices", lambda folder, fake: replace(whole(folder, fake=fake), camera=camera)
    )
    return camera


def blurred(image: QImage) -> QImage:
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(image.width() // 6, image.height() // 6, mode=smooth)
    return small.scaled(image.width(), image.height(), mode=smooth)


def cut(image: QImage) -> QImage:
    return image.copy(0, 0, 1100, 1120)


@pytest.fixture
def page(camera: MovingCamera, meet: Callable[..., Any]) -> Any:
    person = meet()
    person.walk_to_form()
    person.app.parts.stage.walk.jump(PAPER)
    person.wait_for_page("photo")
    person.wait_until(lambda: camera.on_frame is not None, "the camera")
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
    page.wait_until(lambda: camera.on_frame is not None, "the camera")
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


def verdicts(page: Any) -> dict[str, bool]:
    return {check["id"]: check["ok"] for check in page.views.photo.property("checks")}


def move_until(page: Any, camera: MovingCamera, is_so: Callable[[], bool], what: str) -> None:
    def moved() -> bool:
        if camera.on_frame is not None:
            camera.move()
        return is_so()

    page.wait_until(moved, what)


def shoot(page: Any) -> None:
    page.tap("continueButton")
    page.wait_until(lambda: page.views.photo.property("photoState") == "shot", "the photo")


@pytest.fixture
def patient_page(birth_point: Any, camera: MovingCamera, request: pytest.FixtureRequest) -> Any:
    """The photo page on a machine whose settings never take a picture by themselves."""
    del camera
    (birth_point.folder / "settings.json").write_text(json.dumps({"photo": {"hold_s": 0}}))
    return request.getfixturevalue("page")


def test_the_moving_picture_is_checked_and_the_page_says_what_to_do(patient_page: Any, camera: MovingCamera):
    page = patient_page
    camera.change = cut
    move_until(page, camera, lambda: verdicts(page).get("corners") is False, "the missing corner")
    assert page.find("photoAdvice").property("text") == "Mất góc. Đặt giấy vào giữa."
    camera.change = blurred
    move_until(page, camera, lambda: verdicts(page).get("sharp") is False, "the blur")
    assert page.find("photoAdvice").property("text") == "Chữ bị mờ. Giữ yên rồi chụp lại."
    camera.change = lambda image: image
    move_until(page, camera, lambda: bool(verdicts(page)) and page.views.photo.property("good"), "all good")
    assert verdicts(page) == dict.fromkeys(("corners", "sharp", "light", "glare"), True)
    assert page.find("photoAdvice") is None
    for _ in range(20):
        camera.move()
        QTest.qWait(20)
    assert page.views.photo.property("photoState") == "live", "the settings say: by the button alone"


def test_a_picture_that_stays_good_is_taken_by_itself_but_not_again(
    birth_point: Any, camera: MovingCamera, request: pytest.FixtureRequest
):
    (birth_point.folder / "settings.json").write_text(json.dumps({"photo": {"hold_s": 0.4}}))
    page = request.getfixturevalue("page")
    photo = page.views.photo
    camera.change = blurred
    for _ in range(20):
        camera.move()
        QTest.qWait(30)
    assert photo.property("photoState") == "live"
    camera.change = lambda image: image
    move_until(page, camera, lambda: photo.property("holding"), "the announcement")
    assert page.find("photoAdvice").property("text") == "Giữ yên. Máy sắp chụp."
    move_until(page, camera, lambda: photo.property("photoState") == "shot", "the photo")
    page.app.window.grabWindow()  # a row places its buttons when it is drawn
    page.tap("againButton")
    page.wait_until(lambda: camera.on_frame is not None, "the camera")
    for _ in range(20):
        camera.move()
        QTest.qWait(30)
    assert photo.property("photoState") == "live", "who takes it again decides when"


def test_a_bad_picture_is_kept_only_after_two_and_is_marked(patient_page: Any, camera: MovingCamera):
    page, photo = patient_page, patient_page.views.photo
    camera.change = blurred
    shoot(page)
    assert (photo.property("canKeep"), verdicts(page)["sharp"]) == (False, False)
    photo.keep()
    assert (page.page, page.app.parts.stage.visit.form.attachments) == ("photo", {})
    page.tap("continueButton")
    shoot(page)
    assert photo.property("canKeep")
    page.tap("continueButton")
    assert photo.property("photoState") == "live", "the step forward is to take it again"
    shoot(page)
    page.app.window.grabWindow()  # a column places what it holds only when it is drawn
    page.tap("keepAnywayButton")
    (name,) = page.app.parts.stage.visit.form.attachments
    assert name.endswith("-unsure.jpg")


def test_a_good_picture_is_straightened_shown_large_and_not_marked(patient_page: Any, camera: MovingCamera):
    page = patient_page
    shoot(page)
    page.tap("zoomArea")
    assert page.find("zoomSheet") is not None
    page.tap("zoomListenButton")
    assert page.find("zoomSheet") is not None, "to hear it is not to leave it"
    page.tap("zoomSheet")
    assert page.find("zoomSheet") is None
    page.tap("continueButton")
    ((name, kept),) = page.app.parts.stage.visit.form.attachments.items()
    assert not name.endswith("-unsure.jpg")
    seen = read_picture(kept.content)
    assert seen.width() < camera.take().width(), "the desk around the sheet is gone"
    assert seen.pixelColor(seen.width() // 2, seen.height() // 20).lightness() > 200
