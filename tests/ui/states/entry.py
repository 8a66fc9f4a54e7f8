"""K01 to K05, K21 to K23: before a form, and what is read."""

from __future__ import annotations

from msgspec.structs import replace

from supportpoint.config import shipped_dir
from supportpoint.kiosk.words.opening import read_opening
from supportpoint.kiosk.words.translations import find_packs
from tests.ui.scene import Scene
from tests.ui.states.making import PENSION, REPORT, State, after, held, opened, silently, then

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
LANGUAGES = ("vi", "en", "blt", "hmn", "kjg")
PHONE = "/data/requester/phone"


def _hours(start: str, end: str) -> State:
    def show(scene: Scene) -> None:
        shell = scene.views.shell
        scene.change(shell, "_opening", read_opening(start, end, EVERY_DAY), shell.dayChanged)

    return show


def _languages(scene: Scene) -> None:
    shell = scene.views.shell
    settings = replace(shell._settings, languages=LANGUAGES)
    scene.change(shell, "_packs", find_packs(LANGUAGES, [shipped_dir("translations")], {}))
    scene.change(shell, "_settings", settings, shell.languagesChanged)


def _resumable(scene: Scene) -> None:
    scene.ask(PHONE)
    scene.tap("pad_0", "homeButton")
    scene.person.wait_until(lambda: scene.person.find("resumeButton") is not None, "the draft")


def _paused(scene: Scene) -> None:
    scene.enter("papers")
    service = scene.app.parts.service
    scene.change(service, "broken", {*service.broken, "marriage"}, service.formsChanged)


def _waiting(seconds: int) -> State:
    def show(scene: Scene) -> None:
        scene.enter("papers")
        service = scene.app.parts.service
        scene.change(service, "is_opening", True, service.openingChanged)
        scene.item("waiting").setProperty("seconds", seconds)

    return show


def _shelf(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.app.navigator.open("home")
        scene.views.learn.refresh()
        scene.person.wait_until(lambda: scene.views.learn.property("hasArticles"), "the articles")
        scene.views.learn.enter()
        scene.person.wait_for_page("shelf")
        scene.tap(*taps)

    return show


def _empty_shelf(scene: Scene) -> None:
    learn = scene.views.learn
    scene.change(learn, "_articles", (), learn.changed)
    scene.open("shelf")


def _article(*taps: str) -> State:
    def show(scene: Scene) -> None:
        _shelf()(scene)
        scene.tap(f"article_{scene.views.learn.property('items')[0]['id']}")
        scene.person.wait_for_page("article")
        scene.tap(*taps)

    return show


def _silent_article(scene: Scene) -> None:
    scene.change(scene.views.shell.voice, "can_read", lambda _language: False)
    _article()(scene)


def _verified_article(scene: Scene) -> None:
    _shelf()(scene)
    article = next(one for one in scene.views.learn.list_shown() if one.is_verified)
    scene.views.article.show(article.id)
    scene.person.wait_for_page("article")


ENTRY: dict[str, State] = {
    "K01-attract": _hours("07:30", "17:00"),
    "K01-attract.closed": _hours("13:30", "17:00"),
    "K01-attract.wiped": lambda scene: scene.views.shell.say_wiped(),
    "K01-demo": opened("demo"),
    "K01-demo.fourth": opened("demo", *["continueButton"] * 3),
    "K01-demo.last": opened("demo", *["continueButton"] * 6),
    "K02-language": opened("language"),
    "K02-language.packs": after(_languages, opened("language")),
    "K03-home": opened("home"),
    "K03-home.pressed": held(opened("home"), "card_papers"),
    "K03-home.resume": _resumable,
    "K03-home.listening": opened("home", "listenButton"),
    "K03-home.silent": silently(opened("home", "listenButton")),
    "K04-services": lambda scene: scene.enter("papers"),
    "K04-services.second": then(lambda scene: scene.enter("papers"), "nextPageButton"),
    "K04-services.sell": lambda scene: scene.enter("sell"),
    "K04-services.staff": lambda scene: scene.enter("staff"),
    "K04-services.paused": _paused,
    "K04-services.waiting": _waiting(2),
    "K04-services.long": _waiting(12),
    "K05-preparation": lambda scene: scene.prepare("birth-registration"),
    "K05-preparation.all": then(
        lambda scene: scene.prepare("birth-registration"),
        *("have_birth_notice_photo", "have_marriage_photo", "have_id_photo"),
    ),
    "K05-preparation.missing": then(
        lambda scene: scene.prepare("birth-registration"),
        *("have_birth_notice_photo", "haveNot_marriage_photo", "have_id_photo"),
    ),
    "K05-preparation.pension": lambda scene: scene.prepare(PENSION),
    "K05-preparation.receiver": lambda scene: scene.prepare(REPORT),
    "K21-triage": lambda scene: scene.enter("say", "triage"),
    "K22-shelf": _shelf(),
    "K22-shelf.topic": _shelf("topic_law"),
    "K22-shelf.second": _shelf("nextPageButton"),
    "K22-shelf.empty": _empty_shelf,
    "K23-article": _article(),
    "K23-article.second": _article("nextSentenceButton", "nextSentenceButton"),
    "K23-article.reading": _article("playButton"),
    "K23-article.no-voice": _silent_article,
    "K23-article.verified": _verified_article,
}
