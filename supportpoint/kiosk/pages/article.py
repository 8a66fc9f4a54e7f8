"""K23: one article, sentence by sentence.

With a voice it reads on, the end of a sentence lights the next. Without one a person goes from sentence to
sentence by touch.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.content.article import Article
from supportpoint.kiosk.pages.learn import LearnViewModel
from supportpoint.kiosk.pages.paging import Paging
from supportpoint.kiosk.pages.voice import VoiceViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.words.wording import partial_date_text

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

SENTENCES_PER_PAGE = 4


@QmlElement
@QmlUncreatable("made by bootstrap")
class ArticleViewModel(QObject):
    """One open article. `sentences` of the page that holds the lit one are maps of text, index, state.

    A state is -1 for a sentence that was read, 0 for the lit one, 1 for one to come. `isHalf` says that the
    text is Vietnamese because the article lacks the visit's language.
    """

    changed = Signal()

    def __init__(self, stage: Stage, learn: LearnViewModel, voice: VoiceViewModel) -> None:
        super().__init__()
        self._visit, self._navigator, self._learn = stage.visit, stage.navigator, learn
        self._voice = voice
        self._is_playing = False
        self._list: tuple[Article, ...] = ()
        self._place = 0
        self._index = 0
        self._paging = Paging(SENTENCES_PER_PAGE)
        voice.brokenOff.connect(self._stopped)
        voice.preparedChanged.connect(self.changed)
        learn.opened.connect(self.show)
        stage.visit.languageChanged.connect(self._language_changed)
        stage.visit.ended.connect(self._forget)

    def show(self, article_id: str) -> None:
        """Open an article of the topic that the shelf shows; an unknown one does nothing."""
        shown = self._learn.list_shown()
        ids = [article.id for article in shown]
        if article_id in ids:
            self._list, self._place, self._index = shown, ids.index(article_id), 0
            self.changed.emit()
            self._navigator.open("article")

    @Property(str, notify=changed)
    def title(self) -> str:
        article = self._article
        return article.title[article.language_for(self._visit.language)] if article is not None else ""

    @Property(str, notify=changed)
    def topic(self) -> str:
        return self._learn.topic_name(self._article.topic) if self._article is not None else ""

    @Property(str, notify=changed)
    def art(self) -> str:
        return self._article.art if self._article is not None else ""

    @Property(int, notify=changed)
    def minutes(self) -> int:
        return self._article.minutes(self._visit.language) if self._article is not None else 0

    @Property("QVariantList", notify=changed)
    def sentences(self) -> list[dict[str, object]]:
        texts = self._texts
        start = self._index // self._paging.per_page * self._paging.per_page
        return [
            {"text": texts[place], "index": place, "state": (place > self._index) - (place < self._index)}
            for place in range(start, min(start + self._paging.per_page, len(texts)))
        ]

    @Property(str, notify=changed)
    def sentence(self) -> str:
        return self._texts[self._index] if self._texts else ""

    @Property(int, notify=changed)
    def sentenceIndex(self) -> int:
        return self._index

    @Property(int, notify=changed)
    def sentenceCount(self) -> int:
        return len(self._texts)

    @Property(int, notify=changed)
    def articleIndex(self) -> int:
        return self._place

    @Property(int, notify=changed)
    def articleCount(self) -> int:
        return len(self._list)

    @Property(str, notify=changed)
    def source(self) -> str:
        """Who says so: the agency, the document and its day, in one line."""
        if self._article is None:
            return ""
        source = self._article.source
        parts = (source.agency, source.doc_no, partial_date_text(source.date))
        return ", ".join(part for part in parts if part)

    @Property(str, notify=changed)
    def asOf(self) -> str:
        return partial_date_text(self._article.as_of) if self._article is not None else ""

    @Property(bool, notify=changed)
    def verified(self) -> bool:
        return self._article is not None and self._article.is_verified

    @Property(bool, notify=changed)
    def isHalf(self) -> bool:
        article, language = self._article, self._visit.language
        return article is not None and article.language_for(language) != language

    @Property(bool, notify=changed)
    def hasVoice(self) -> bool:
        return self._article is not None and self._voice.can_read(self._language)

    @Property(bool, notify=changed)
    def playing(self) -> bool:
        return self._is_playing

    @Slot(int)
    def setPerPage(self, count: int) -> None:
        """Say how many sentences fit the screen."""
        if count > 0 and count != self._paging.per_page:
            self._paging = Paging(count)
            self.changed.emit()

    @Slot(int)
    def light(self, index: int) -> None:
        """Light a sentence, and read on from it when the article was being read.

        One before the first or after the last does nothing.
        """
        reads_on = self._voice.was_reading_when_touched() or self._is_playing
        if 0 <= index < len(self._texts):
            self._index = index
            if reads_on:
                self._read()
            self.changed.emit()

    @Slot(int)
    def readFrom(self, index: int) -> None:
        """Light a sentence and read on from it; without a voice it is only lit."""
        self.light(index)
        if self.hasVoice and not self._is_playing:
            self._read()
            self.changed.emit()

    @Slot()
    def togglePlay(self) -> None:
        """Read on from the lit sentence, or stop. Without a voice nothing happens."""
        if self._voice.was_reading_when_touched() or self._is_playing:
            self._voice.stop()
        elif self.hasVoice:
            self._read()
            self.changed.emit()

    @Slot()
    def nextArticle(self) -> None:
        """Open the next article of the topic, after the last one the first."""
        if self._list:
            self._voice.turn()
            self._place, self._index = (self._place + 1) % len(self._list), 0
            self.changed.emit()

    @property
    def _article(self) -> Article | None:
        return self._list[self._place] if self._list else None

    @property
    def _texts(self) -> tuple[str, ...]:
        return self._article.sentences[self._language] if self._article is not None else ()

    @property
    def _language(self) -> str:
        article = self._article
        return article.language_for(self._visit.language) if article is not None else ""

    def _read(self) -> None:
        self._is_playing = True
        self._voice.read(self._texts[self._index], self._language, self._advance)

    def _advance(self, was_heard: bool) -> None:
        del was_heard  # what nobody heard was shown as long
        if self._index + 1 < len(self._texts):
            self._index += 1
            self._read()
        else:
            self._is_playing = False
        self.changed.emit()

    def _stopped(self) -> None:
        self._is_playing = False
        self.changed.emit()

    def _language_changed(self) -> None:
        self._index = min(self._index, max(0, len(self._texts) - 1))
        self.changed.emit()

    def _forget(self) -> None:
        self._list, self._place, self._index = (), 0, 0
        self.changed.emit()
