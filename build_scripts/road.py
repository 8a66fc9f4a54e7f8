"""The road of one case: the villager at the kiosk and the officer at the province, in turn."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from addition import answer_request
from journey import JourneyDriver, JourneyError
from office_visit import OfficeVisit
from PySide6.QtTest import QTest
from stage import ROOT, WANTED, Province

ANSWERS = ROOT / "tests" / "data" / "forms" / "birth-answers.json"
CHILD_NAME = "/data/child/ask_full_name"
PHOTOS = 2
PATIENCE_S = 30.0
TRIES = 20


class Road:
    """The villager at the kiosk and the officer at the province, in turn."""

    def __init__(self, driver: JourneyDriver, province: Province) -> None:
        self._driver = driver
        self._province = province
        self._views = driver.views
        self._answers: dict[str, str] = json.loads(ANSWERS.read_text(encoding="utf-8"))

    def run(self) -> dict[str, Any]:
        """Return what was seen on both sides."""
        driver = self._driver
        driver.walk_to_home()
        services = driver.look_around()
        driver.enter_form("papers", "birth-registration")
        driver.fill_birth_form(self._answers)
        receipt = self._views.receipt
        number, slip = receipt.property("caseNumber"), receipt.property("qrText")
        items = self._queue()
        outcome: dict[str, Any] = {
            "services": services,
            "case_id": items[0].id if items else "",
            "case_number": number,
            "queued_offline": [item.state for item in items] == ["queued"] and not self._province.answers(),
        }
        driver.end_visit()
        self._province.start()
        self._wait(self._is_delivered, "the case to arrive")
        self._office(number)
        state = self._see_news(slip)
        counts = self._province.count()
        outcome |= {
            "server_cases": counts["cases"],
            "server_blobs": counts["blobs"],
            "duplicates": counts["duplicates"],
            "state_seen_by_receipt": state,
            "supplement_items_seen": len(self._views.track.property("missing")),
        }
        return outcome | {"supplement_photos_at_office": self._bring_more() if state == "need" else 0}

    def _office(self, number: str) -> None:
        """Log in as the commune's officer, wait for the case with both photos, ask for two things at once."""
        visit = OfficeVisit(self._province.url, str(self._province.ca))
        visit.log_in(*self._province.staff_login())
        self._wait(lambda: visit.find_case(number) is not None, "the office to list the case")
        address = str(visit.find_case(number))
        self._wait(lambda: visit.photos_shown(address) == PHOTOS, "both photos in the office")
        if not visit.reads(address, self._answers[CHILD_NAME]):
            raise JourneyError("the office reads another name than the one that was typed")
        visit.ask_supplement(address, list(WANTED))

    def _bring_more(self) -> int:
        """Answer the request at the kiosk; return the photos that the office sees in the addition."""
        number = answer_request(self._driver)
        self._driver.end_visit()
        self._wait(self._is_delivered, "the addition to arrive")
        visit = OfficeVisit(self._province.url, str(self._province.ca))
        visit.log_in(*self._province.staff_login())
        self._wait(lambda: visit.find_case(number) is not None, "the office to list the addition")
        address = str(visit.find_case(number))
        self._wait(lambda: visit.photos_shown(address) > 0, "its photo in the office")
        return visit.photos_shown(address)

    def _see_news(self, slip: str) -> str:
        """Hold the receipt before the scanner, again until the news is there; return the state shown."""
        driver = self._driver
        state = ""
        for _ in range(TRIES):
            self._sync_now()
            self._go_home()
            state = driver.track(slip)
            if state == "need":
                break
            driver.tap("continueButton")
        return state

    def _go_home(self) -> None:
        """Touch the first page and keep the language, as the next visitor does."""
        driver = self._driver
        if driver.page == "attract":
            driver.tap("startButton")
            driver.wait_for_page("language")
            driver.tap("continueButton")
        driver.wait_for_page("home")

    def _queue(self) -> tuple[Any, ...]:
        return tuple(self._driver.app.parts.stage.tasks(lambda store: store.list_items()))

    def _is_delivered(self) -> bool:
        self._sync_now()
        return all(item.state == "complete" for item in self._queue())

    def _sync_now(self) -> None:
        """Ask for a pass, as the staff's «Gửi ngay» will."""
        self._driver.app.parts.link.wake()
        QTest.qWait(200)

    def _wait(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {PATIENCE_S:.0f} s for {what}")
            QTest.qWait(100)
