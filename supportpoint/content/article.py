"""Short articles for villagers: what one holds, how it is read from a package, which are shown today.

    articles = open_articles(shelf.list_articles())
    for article in list_current(articles, today): ...

An article is text of short sentences, one drawing, its source and how sure it is. Source: docs/articles.md
"""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import msgspec

from supportpoint.content.package import ARTICLE, Manifest, Package, write_package
from supportpoint.errors import SupportPointError
from supportpoint.protocol import JSON, Message, decode
from supportpoint.sealing.keys import SignKey

logger = logging.getLogger(__name__)

ARTICLE_FILE = "article.json"
TOPICS_FILE = "topics.csv"
FIRST_LANGUAGE = "vi"
#: From the best known to the least; only the first is shown without a mark.
CONFIDENCES = ("read", "read-2nd", "known", "unsure", "unverified")
NEW_FOR = timedelta(days=14)
#: How fast somebody reads who reads seldom, half aloud.
WORDS_PER_MINUTE = 90


class Source(Message, frozen=True):
    """Where the facts are from. `date` is yyyy, yyyy-mm or yyyy-mm-dd; all but the agency may be empty."""

    agency: str
    doc_no: str = ""
    date: str = ""
    url: str = ""


class Recording(Message, frozen=True):
    """A voice reading all sentences: a file of the package, and where each sentence begins, in seconds."""

    file: str
    voice: str
    starts_s: tuple[float, ...]


class Article(Message, frozen=True):
    """One version of an article. `title`, `short`, `sentences` and `audio` are by language.

    `short` is the title on a tile, the title itself where it is left out. The days are inclusive.
    """

    id: str
    version: int
    topic: str
    art: str
    as_of: str
    confidence: str
    valid_from: date
    valid_to: date
    source: Source
    title: dict[str, str]
    sentences: dict[str, tuple[str, ...]]
    short: dict[str, str] = msgspec.field(default_factory=dict)
    audio: dict[str, Recording] = msgspec.field(default_factory=dict)

    def language_for(self, wanted: str) -> str:
        """Return the wanted language, or Vietnamese where the article lacks it."""
        return wanted if wanted in self.sentences else FIRST_LANGUAGE

    def tile_title(self, language: str) -> str:
        """Return the short title in a language, in Vietnamese where it lacks."""
        language = self.language_for(language)
        return self.short.get(language) or self.title[language]

    def minutes(self, language: str) -> int:
        """Return how long somebody reads who reads slowly, in whole minutes, at least one."""
        words = sum(len(sentence.split()) for sentence in self.sentences[self.language_for(language)])
        return max(1, -(-words // WORDS_PER_MINUTE))

    def is_new(self, today: date) -> bool:
        """Return whether it has been shown for less than two weeks."""
        return today - self.valid_from < NEW_FOR

    @property
    def is_verified(self) -> bool:
        """Whether somebody read the facts at their source."""
        return self.confidence == CONFIDENCES[0]


@dataclass(frozen=True, slots=True)
class Topic:
    """What articles are about: a row of assets/articles/topics.csv; a part of the topic `within`, or not."""

    id: str
    art: str
    names: dict[str, str]
    within: str = ""

    def name(self, language: str) -> str:
        """Return the name in a language, in Vietnamese where it lacks."""
        return self.names.get(language) or self.names[FIRST_LANGUAGE]


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """Return the topics in the order of the table.

    Source: assets/articles/topics.csv
    """
    text = (folder / TOPICS_FILE).read_text(encoding="utf-8")
    return tuple(
        Topic(row["id"], row["art"], {"vi": row["name"], "en": row["name_en"]}, row["within"])
        for row in csv.DictReader(StringIO(text))
    )


def write_article(article: Article, files: dict[str, bytes], sign: SignKey, created_at: str = "") -> bytes:
    """Return a signed package of an article with its recordings.

    Errors: SP-601 when the id, the version or a file name cannot be used.
    """
    manifest = Manifest(
        kind=ARTICLE,
        id=article.id,
        version=article.version,
        title=article.title,
        settings={"topic": article.topic, "as_of": article.as_of, "confidence": article.confidence},
        created_at=created_at,
    )
    return write_package(manifest, {ARTICLE_FILE: msgspec.json.encode(article)} | files, sign)


def read_article(package: Package) -> Article:
    """Return the article of an opened package.

    Errors: SP-601 when it holds none, or one of another name, or no Vietnamese text.
    """
    manifest = package.manifest
    try:
        article = decode(package.files[ARTICLE_FILE], Article, JSON)
    except (KeyError, msgspec.DecodeError) as error:
        raise SupportPointError("SP-601", article=manifest.id, reason="no article") from error
    if (article.id, article.version) != (manifest.id, manifest.version):
        raise SupportPointError("SP-601", article=manifest.id, reason="article and manifest differ")
    if not all(article.sentences.values()) or FIRST_LANGUAGE not in article.sentences:
        raise SupportPointError("SP-601", article=manifest.id, reason="no text")
    if not article.sentences.keys() <= article.title.keys():
        raise SupportPointError("SP-601", article=manifest.id, reason="no title")
    return article


def open_articles(packages: Iterable[Package]) -> tuple[Article, ...]:
    """Return the articles that can be read; one that cannot is left out and named in the log."""
    found: list[Article] = []
    for package in packages:
        try:
            found.append(read_article(package))
        except SupportPointError as error:
            logger.warning("article %s is left out: %s", package.manifest.id, error.code)
    return tuple(found)


def list_current(articles: Iterable[Article], today: date) -> tuple[Article, ...]:
    """Return what may be shown on a day, the newest first: neither ended nor still to come."""
    current = [article for article in articles if article.valid_from <= today <= article.valid_to]
    return tuple(sorted(current, key=lambda article: (-article.valid_from.toordinal(), article.id)))
