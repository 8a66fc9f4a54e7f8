"""Language packs: words and recordings by message id, and the table that translators fill. Pure.

A pack is a folder: `pack.json` (what it is), `words.csv` or `words.<script>.csv` (id, vietnamese,
translation), `audio/<id>.opus`, and `numbers.json` where its numbers are recorded. A message id is made from
its Vietnamese words, so it changes when they do, and an old translation is then no longer shown.
Packs ship empty: nobody but a speaker of the language writes into them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import msgspec
from lxml import etree

from supportpoint.forms import FormDefinition
from supportpoint.kiosk.words.spoken import VIETNAMESE_TEXTS
from supportpoint.protocol import JSON, decode

PACK_FILE = "pack.json"
NUMBERS_FILE = "numbers.json"
COLUMNS = ("id", "vietnamese", "english", "context", "picture", "translation", "recorded")
UNIT_CONTEXT = "numbers and dates"

_PLACES = re.compile(r"%\d")


class PackNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack says of itself. `language` is its code; `reviewed` names who checked it, "" nobody yet."""

    language: str
    name: str
    native: str = ""
    version: int = 0
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One string of the pages, or one unit of numbers and dates."""

    id: str
    vietnamese: str
    english: str = ""
    context: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of all messages a pack says and speaks, in whole percent."""

    words: int
    audio: int


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """One language, loaded: translations by message id, recordings by id."""

    note: PackNote
    folder: Path
    words: Mapping[str, str] = field(default_factory=dict)
    clips: Mapping[str, Path] = field(default_factory=dict)

    def text(self, vietnamese: str) -> str:
        """Return the translation of a string, "" where there is none and the Vietnamese is shown."""
        return self.words.get(message_id(vietnamese), "")


def message_id(vietnamese: str) -> str:
    """Return the id of a string: the same words have the same id wherever they stand."""
    return f"w{sha256(unicodedata.normalize('NFC', vietnamese).encode()).hexdigest()[:12]}"


def read_messages(page_words: Path) -> list[Message]:
    """Return every string of the pages from their English .ts file, then the units of numbers and dates."""
    found: dict[str, tuple[str, str, list[str]]] = {}
    for context in etree.parse(page_words).iter("context"):
        page = context.findtext("name") or ""
        for message in context.iter("message"):
            vietnamese = message.findtext("source") or ""
            english = message.findtext("translation") or ""
            found.setdefault(message_id(vietnamese), (vietnamese, english, []))[2].append(page)
    messages = [
        Message(key, vietnamese, english, "; ".join(pages))
        for key, (vietnamese, english, pages) in found.items()
    ]
    return [*messages, *(Message(unit, text, "", UNIT_CONTEXT) for unit, text in VIETNAMESE_TEXTS.items())]


def read_form_messages(forms: Iterable[tuple[FormDefinition, Mapping[str, str]]]) -> list[Message]:
    """Return every text of some forms once; the context is the titles of the forms.

    Shape:  each form with its title by language; the value of an answer inside a text is %1, %2.
    """
    found: dict[str, tuple[str, str, dict[str, None]]] = {}
    for form, title in forms:
        name = title.get("vi", form.form_id)
        english = form.itext.list_words("en")
        said = {words: english.get(key, "") for key, words in form.itext.list_words().items()}
        for words, other in {name: title.get("en", ""), **said}.items():
            found.setdefault(message_id(words), (words, other, {}))[2][name] = None
    return [Message(key, words, other, "; ".join(names)) for key, (words, other, names) in found.items()]


def load_pack(folder: Path, script: str = "") -> LanguagePack:
    """Read a pack, in one script where it has several.

    Errors: OSError, msgspec.DecodeError; ValueError when its table has other columns.
    """
    note = decode((folder / PACK_FILE).read_bytes(), PackNote, JSON)
    clips = {path.stem.partition("@")[0]: path for path in sorted((folder / "audio").glob("*.opus"))}
    path = words_path(folder, script)
    words = {}
    if path.is_file():
        rows = read_rows(path.read_bytes())
        words = {row["id"]: row["translation"] for row in rows if row["translation"]}
    return LanguagePack(note, folder, words, clips)


def words_path(folder: Path, script: str = "") -> Path:
    """Return where the words of a pack stand, in a script where one is named."""
    return folder / (f"words.{script}.csv" if script else "words.csv")


def measure(pack: LanguagePack, messages: list[Message]) -> Coverage:
    """Return how much of the messages a pack covers; units of numbers count for the recordings alone."""
    strings = [one for one in messages if one.context != UNIT_CONTEXT]
    said = sum(1 for one in strings if one.id in pack.words)
    spoken = sum(1 for one in messages if one.id in pack.clips)
    return Coverage(100 * said // max(1, len(strings)), 100 * spoken // max(1, len(messages)))


def write_table(pack: LanguagePack, messages: list[Message]) -> bytes:
    """Return the table for translators as CSV that spreadsheets open, one row a message."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for one in messages:
        recorded = "y" if one.id in pack.clips else "n"
        row = (one.id, one.vietnamese, one.english, one.context, one.picture, pack.words.get(one.id, ""))
        writer.writerow([*row, recorded])
    return file.getvalue().encode("utf-8-sig")


def read_rows(table: bytes) -> list[dict[str, str]]:
    """Return the rows of a table. Errors: ValueError when it is no text or has not the columns of ours."""
    reader = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    try:
        missing = {"id", "vietnamese", "translation"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(sorted(missing))
        return [{name: (value or "").strip() for name, value in row.items() if name} for row in reader]
    except csv.Error as error:
        raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that cannot be taken: `reason` is unknown, changed, places or twice."""

    row: int
    id: str
    reason: str


def find_row_faults(rows: list[dict[str, str]], messages: list[Message]) -> Iterator[RowFault]:
    """Yield what is wrong with a filled table; empty translations are not wrong."""
    known = {one.id: one for one in messages}
    seen: set[str] = set()
    for place, row in enumerate(rows, 2):
        if not row["translation"]:
            continue
        reason = "twice" if row["id"] in seen else _unfit(row, known.get(row["id"]))
        if reason:
            yield RowFault(place, row["id"], reason)
        else:
            seen.add(row["id"])


def _unfit(row: dict[str, str], message: Message | None) -> str:
    if message is None:
        return "unknown"
    if unicodedata.normalize("NFC", row["vietnamese"]) != message.vietnamese.strip():
        return "changed"
    same = sorted(_PLACES.findall(row["translation"])) == sorted(_PLACES.findall(message.vietnamese))
    return "" if same else "places"


def write_words(rows: list[dict[str, str]], path: Path) -> int:
    """Write the translations of a table into a pack, whole or not at all; return how many there are."""
    kept = [row for row in rows if row["translation"]]
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("id", "vietnamese", "translation"))
    for row in kept:
        writer.writerow((row["id"], row["vietnamese"], unicodedata.normalize("NFC", row["translation"])))
    fresh = path.with_suffix(".new")
    fresh.write_bytes(file.getvalue().encode())
    fresh.replace(path)
    return len(kept)
