"""An article as its writer keeps it: a folder with `article.toml` and one text file a language.

Every sentence stands on a line of its own, so that a change is one line. All faults are found in one run.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from supportpoint.config import shipped_dir
from supportpoint.content.article import CONFIDENCES, FIRST_LANGUAGE, Article, read_topics
from supportpoint.content.package import is_form_id
from supportpoint.errors import SupportPointError

FACTS_FILE = "article.toml"
LANGUAGES = ("vi", "en")
MAX_TITLE_CHARS = 90
MAX_TILE_WORDS = 6
MAX_BODY_CHARS = 2500
MAX_SENTENCE_WORDS = 12
#: Sounds of one article; text is measured above.
MAX_AUDIO_BYTES = 8 * 1024 * 1024
VERSION = re.compile(r"20\d{8}")
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SENTENCE_END = (".", "?", "!")


@dataclass(frozen=True, slots=True, order=True)
class ArticleFault:
    """One fault: the file, the number of the sentence (0 for none), a code and what fills its words."""

    file: str
    sentence: int
    code: str
    facts: dict[str, str] = field(default_factory=dict, compare=False)

    def words(self, language: str) -> str:
        """Return what to do, in plain words.

        Source: translations/article_faults.<language>.json
        """
        return _read_words(language)[self.code].format(**self.facts)


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """What was read from a folder: an article only when there are no faults, with the files it brings."""

    folder: Path
    faults: tuple[ArticleFault, ...]
    article: Article | None = None
    files: dict[str, bytes] = field(default_factory=dict)


def list_article_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folder itself when it holds one article, otherwise those in it, by name.

    Errors: SP-104 when there is no article here.
    """
    if (folder / FACTS_FILE).is_file():
        return (folder,)
    found = tuple(sorted(path.parent for path in folder.glob(f"*/{FACTS_FILE}")))
    if not found:
        raise SupportPointError("SP-104", file=folder.name)
    return found


def inspect_article(folder: Path, drawings: Collection[str], topics: Collection[str]) -> ArticleReport:
    """Return the article of a folder, or every fault that keeps it from being one."""
    sentences = {language: _read_sentences(folder, language) for language in LANGUAGES}
    try:
        facts = tomllib.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
        article = _make_article(facts, folder.name, {code: text for code, text in sentences.items() if text})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, OSError) as error:
        fault = ArticleFault(FACTS_FILE, 0, "unreadable", {"reason": str(error)})
        return ArticleReport(folder, (fault,))
    files = _read_recordings(folder, article)
    faults = tuple(
        sorted(
            [
                *_unknown_fields(facts),
                *_check_facts(article, drawings, topics),
                *_check_titles(article),
                *_check_text(article),
                *_check_recordings(article, files),
            ]
        )
    )
    return ArticleReport(folder, faults, None if faults else article, files)


def _make_article(facts: dict[str, Any], name: str, sentences: dict[str, tuple[str, ...]]) -> Article:
    known = {one.name for one in msgspec.structs.fields(Article)} - {"id", "sentences"}
    given = {one: fact for one, fact in facts.items() if one in known}
    return msgspec.convert(given | {"id": name, "sentences": sentences}, Article)


def _read_sentences(folder: Path, language: str) -> tuple[str, ...]:
    path = folder / f"{language}.txt"
    if not path.is_file():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


def _read_recordings(folder: Path, article: Article) -> dict[str, bytes]:
    paths = {f"media/{one.file}": folder / Path(one.file).name for one in article.audio.values()}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _unknown_fields(facts: dict[str, Any]) -> Iterator[ArticleFault]:
    known = {one.name for one in msgspec.structs.fields(Article)} - {"id", "sentences"}
    for name in sorted(facts.keys() - known):
        yield ArticleFault(FACTS_FILE, 0, "unknown_field", {"name": name})


def _check_facts(
    article: Article, drawings: Collection[str], topics: Collection[str]
) -> Iterator[ArticleFault]:
    wrong = {
        "id": not is_form_id(article.id),
        "version": not VERSION.fullmatch(str(article.version)),
        "topic": article.topic not in topics,
        "art": article.art not in drawings,
        "as_of": not PARTIAL_DATE.fullmatch(article.as_of),
        "confidence": article.confidence not in CONFIDENCES,
        "source.agency": not article.source.agency.strip(),
        "source.date": bool(article.source.date) and not PARTIAL_DATE.fullmatch(article.source.date),
        "source.url": bool(article.source.url) and not article.source.url.startswith(("https://", "http://")),
        "valid_to": article.valid_to < article.valid_from,
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            yield ArticleFault(FACTS_FILE, 0, "wrong_value", {"name": name})


def _check_titles(article: Article) -> Iterator[ArticleFault]:
    for language in (FIRST_LANGUAGE, *(one for one in article.sentences if one != FIRST_LANGUAGE)):
        title = article.title.get(language, "")
        if not title.strip():
            yield ArticleFault(FACTS_FILE, 0, "no_title", {"language": language})
        elif len(title) > MAX_TITLE_CHARS:
            yield ArticleFault(FACTS_FILE, 0, "title_long", {"language": language})
        if len((article.short.get(language) or title).split()) > MAX_TILE_WORDS:
            yield ArticleFault(FACTS_FILE, 0, "tile_long", {"language": language})


def _check_text(article: Article) -> Iterator[ArticleFault]:
    first = article.sentences.get(FIRST_LANGUAGE, ())
    if not first:
        yield ArticleFault(f"{FIRST_LANGUAGE}.txt", 0, "no_text")
    for language, sentences in article.sentences.items():
        file = f"{language}.txt"
        if len(sentences) != len(first):
            facts = {"count": str(len(sentences)), "first": str(len(first))}
            yield ArticleFault(file, 0, "other_count", facts)
        if sum(len(one) for one in sentences) > MAX_BODY_CHARS:
            yield ArticleFault(file, 0, "text_long")
        for number, sentence in enumerate(sentences, 1):
            yield from _check_sentence(file, number, sentence)


def _check_sentence(file: str, number: int, sentence: str) -> Iterator[ArticleFault]:
    if len(sentence.split()) > MAX_SENTENCE_WORDS:
        yield ArticleFault(file, number, "sentence_long")
    if not sentence.endswith(SENTENCE_END):
        yield ArticleFault(file, number, "no_full_stop")
    if unicodedata.normalize("NFC", sentence) != sentence:
        yield ArticleFault(file, number, "not_composed")


def _check_recordings(article: Article, files: dict[str, bytes]) -> Iterator[ArticleFault]:
    for language, recording in article.audio.items():
        facts = {"language": language}
        if f"media/{recording.file}" not in files:
            yield ArticleFault(FACTS_FILE, 0, "no_recording", facts)
        if len(recording.starts_s) != len(article.sentences.get(language, ())):
            yield ArticleFault(FACTS_FILE, 0, "other_starts", facts)
    if sum(len(content) for content in files.values()) > MAX_AUDIO_BYTES:
        yield ArticleFault(FACTS_FILE, 0, "audio_large")


def list_topic_ids() -> frozenset[str]:
    """Return the ids of the topics that this version of the product ships."""
    return frozenset(topic.id for topic in read_topics(shipped_dir("assets") / "articles"))


def list_drawings() -> frozenset[str]:
    """Return the names of the shipped drawings."""
    return frozenset(path.stem for path in (shipped_dir("assets") / "art").glob("*.svg"))


@lru_cache(maxsize=2)
def _read_words(language: str) -> dict[str, str]:
    path = shipped_dir("translations") / f"article_faults.{language}.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
