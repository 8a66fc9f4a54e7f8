"""The villager answers what the office asked for: every thing of the list, then sent as one."""

from __future__ import annotations

from journey import JourneyDriver

#: What is written where the office asks for words; a made-up telephone number where it asks for digits.
DIGITS, WORDS = "0912345678", "Co roi"


def answer_request(driver: JourneyDriver) -> str:
    """Answer all that the status page names and send it; return the number of the new case."""
    driver.tap("continueButton")
    driver.wait_for_page("supplement")
    driver.shot("K26-supplement")
    for place, thing in enumerate(list(driver.views.supplement.property("items"))):
        _turn_to(driver, place)
        driver.tap(f"answer_{place + 1}")
        if thing["kind"] == "photo":
            _take_photo(driver)
        else:
            _write(driver)
        driver.wait_for_page("supplement")
    driver.shot("K26-supplement-done")
    driver.tap("continueButton")
    driver.wait_for_page("consent")
    while driver.page == "consent":
        driver.tap("agreeButton")
    driver.wait_for_page("receipt")
    driver.shot("K26-receipt")
    return str(driver.views.receipt.property("caseNumber"))


def _turn_to(driver: JourneyDriver, place: int) -> None:
    while driver.find(f"answer_{place + 1}") is None:
        driver.tap("nextPageButton")


def _take_photo(driver: JourneyDriver) -> None:
    driver.wait_for_page("photo")
    driver.tap("continueButton")
    driver.wait_until(lambda: driver.views.photo.property("photoState") == "shot", "the photo")
    driver.tap("continueButton")


def _write(driver: JourneyDriver) -> None:
    driver.wait_for_page("question")
    if driver.views.question.property("widget") == "number":
        for digit in DIGITS:
            driver.tap(f"pad_{digit}")
    else:
        driver.type_text(WORDS)
    driver.tap("continueButton")
