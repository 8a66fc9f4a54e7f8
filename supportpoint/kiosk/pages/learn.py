"""K22: the shelf of articles, by topic and in pages. All of it offline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import local_day
from supportpoint.content.article import Article, Topic, list_current, open_articles
from supportpoint.content.shelf import Shelf
from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

ALL = ""
TILES_PER_PAGE = 6
CHIPS_PER_PAGE = 5
#: Where more articles came at once, none of them stands out as new.
MOST_NEW = 3


@QmlElement
@QmlUncreatable("made by bootstrap")
class LearnViewModel(QObject):
    """The shelf. `topics` of one page: maps of id, name, art, chosen; the first is all of them, its name "".

    While a topic with parts is chosen, or one of its parts, they are all, the topic and its parts.
    `items` of one page of the chosen topic: maps of id, title, art, topic, minutes, isNew, missing (the
    language that the visit speaks and the article does not). Ended articles and those to come are left out.
    """

    changed = Signal()
    itemsChanged = Signal()
    opened = Signal(str)
    """The id of the article that a person chose."""

    def __init__(self, stage: Stage, shelf: Shelf, topics: tuple[Topic, ...]) -> None:
        super().__init__()
        self._visit, self._navigator = stage.visit, stage.navigator
        self._tasks, self._clock = stage.tasks, stage.clock
        self._shelf, self._topics = shelf, {topic.id: topic for topic in topics}
        self._articles: tuple[Article, ...] = ()
        self._topic = ALL
        self._tiles, self._chips = Paging(TILES_PER_PAGE), Paging(CHIPS_PER_PAGE)
        self.changed.connect(self.itemsChanged)
        stage.visit.languageChanged.connect(self.changed)
        stage.visit.ended.connect(self._forget)

    @Slot()
    def refresh(self) -> None:
        """Read the installed articles again, off the main thread."""
        self._tasks.compute(lambda: open_articles(self._shelf.list_articles()), self._got)

    def list_shown(self) -> tuple[Article, ...]:
        """Return the articles of the chosen topic that may be shown today, the newest first."""
        return tuple(article for article in self._current() if self._topic in self._shelves(article))

    def list_current(self, topics: Sequence[str]) -> tuple[Article, ...]:
        """Return the articles of some topics that may be shown today, the newest first."""
        return tuple(article for article in self._current() if article.topic in topics)

    def topic_name(self, topic: str) -> str:
        """Return the name of a topic in the language of the visit, "" for one this machine does not know."""
        known = self._topics.get(topic)
        return known.name(self._visit.language) if known is not None else ""

    @Property(bool, notify=changed)
    def hasArticles(self) -> bool:
        return bool(self._current())

    @Property("QVariantList", notify=changed)
    def topics(self) -> list[dict[str, object]]:
        return [
            {
                "id": topic,
                "name": self.topic_name(topic),
                "art": self._topics[topic].art if topic else "book",
                "chosen": topic == self._topic,
            }
            for topic in self._chips.shown(self._offered())
        ]

    @Property(int, notify=changed)
    def topicPage(self) -> int:
        return self._chips.index

    @Property(int, notify=changed)
    def topicPages(self) -> int:
        return self._chips.count(self._offered())

    @Property("QVariantList", notify=itemsChanged)
    def items(self) -> list[dict[str, object]]:
        language, new = self._visit.language, self._new()
        return [
            {
                "id": article.id,
                "title": article.tile_title(language),
                "art": article.art,
                "topic": self.topic_name(article.topic),
                "minutes": article.minutes(language),
                "isNew": article.id in new,
                "missing": article.language_for(language) != language,
            }
            for article in self._tiles.shown(self.list_shown())
        ]

    @Property(int, notify=itemsChanged)
    def pageIndex(self) -> int:
        return self._tiles.index

    @Property(int, notify=itemsChanged)
    def pageCount(self) -> int:
        return self._tiles.count(self.list_shown())

    @Slot()
    def enter(self) -> None:
        """Open the shelf with every topic."""
        self._show(ALL)
        self._navigator.open("shelf")

    @Slot(str)
    def choose(self, topic: str) -> None:
        """Show one topic, or all of them."""
        self._show(topic)

    @Slot(str)
    def open(self, article: str) -> None:
        """Open one article of the shelf."""
        self.opened.emit(article)

    @Slot(int, int)
    def setRoom(self, tiles: int, chips: int) -> None:
        """Say how many tiles and topics fit the screen."""
        if tiles > 0 and chips > 0 and (tiles, chips) != (self._tiles.per_page, self._chips.per_page):
            self._tiles, self._chips = Paging(tiles), Paging(chips)
            self.changed.emit()

    @Slot(int)
    def turn(self, by: int) -> None:
        """Go some pages of tiles on or back."""
        self._tiles.turn(by, self.list_shown())
        self.itemsChanged.emit()

    @Slot(int)
    def turnTopics(self, by: int) -> None:
        """Go some pages of topics on or back."""
        self._chips.turn(by, self._offered())
        self.changed.emit()

    def _current(self) -> tuple[Article, ...]:
        return list_current(self._articles, local_day(self._clock.now()))

    def _new(self) -> frozenset[str]:
        """Return the ids of the articles of the last two weeks, as far back as they stay few."""
        today = local_day(self._clock.now())
        days = [article.valid_from for article in self._current() if article.is_new(today)]
        return frozenset(
            article.id
            for article in self._current()
            if article.is_new(today) and sum(day >= article.valid_from for day in days) <= MOST_NEW
        )

    def _within(self, topic: str) -> str:
        """Return the topic that this one is a part of, "" for none."""
        known = self._topics.get(topic)
        return known.within if known is not None else ""

    def _shelves(self, article: Article) -> tuple[str, ...]:
        """Return the topics under which an article stands, from all of them to its own."""
        return ALL, self._within(article.topic) or article.topic, article.topic

    def _offered(self) -> list[str]:
        """Return the topics that have something to show, in the order of the table, after "all"."""
        held = {topic for article in self._current() for topic in self._shelves(article)}
        whole = self._within(self._topic) or self._topic
        parts = [topic for topic in self._topics if topic in held and self._within(topic) == whole]
        if whole and parts:
            return [ALL, whole, *parts]
        return [ALL, *(topic for topic in self._topics if topic in held and not self._within(topic))]

    def _got(self, articles: tuple[Article, ...]) -> None:
        self._articles = articles
        self._tiles.turn(0, self.list_shown())
        self.changed.emit()

    def _show(self, topic: str) -> None:
        before = self._offered()
        self._topic = topic
        self._tiles.index = 0
        if self._offered() != before:
            self._chips.index = 0
        self.changed.emit()

    def _forget(self) -> None:
        self._chips.index = 0
        self._show(ALL)
