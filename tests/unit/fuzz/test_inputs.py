"""Hostile bytes at every door: only the documented error, in time and in little memory.

Longer: SUPPORTPOINT_FUZZ_EXAMPLES=20000 SUPPORTPOINT_FUZZ_SEED=7 pytest tests/unit/fuzz
"""

from __future__ import annotations

import ast
import os
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, seed, settings

from supportpoint.errors import SupportPointError
from tests.unit.fuzz.damage import damaged, damaged_text
from tests.unit.fuzz.entries import Entry, list_entries

EXAMPLES = int(os.environ.get("SUPPORTPOINT_FUZZ_EXAMPLES", "30"))
SEED = int(os.environ.get("SUPPORTPOINT_FUZZ_SEED", "20261128"))
MOST_S = 2.0
MOST_BYTES = 96 * 1024 * 1024
SOURCE = Path(__file__).parents[3] / "supportpoint"
#: Calls that turn bytes or texts from outside into values.
READERS = frozenset({"decode", "loads", "fromstring", "ZipFile", "QImageReader", "SoundFile", "fromhex"})
#: Methods of bytes, which have the same name as the parsers.
OF_BYTES = ("text.decode", "content.decode", "body.decode")
#: Read only what this program wrote into its own sealed database, what the house ships, or what a person at a
#: prompt names; or they are fuzzed elsewhere.
EXCUSED = {
    "cli.": "words of an operator",
    "courier.answers:": "tests/unit/courier, integration/test_courier_faults.py",
    "courier.letters:": "the same",
    "courier.relay:": "the same",
    "config:error_words": "shipped",
    "content.article_source:": "an author's file, tests/unit/content/test_article_source.py",
    "devices.opus:__init__": "writes",
    "devices.qt_speaker:play": "what the system's own voice wrote",
    "devices.photo:read_picture": "the entry «picture»",
    "forms.publish.": "an author's workbook, tests/integration/test_bad_workbooks.py",
    "forms.": "tests/unit/forms/test_fuzz.py",
    "kiosk.pictures.slip:": "shipped",
    "kiosk.words.": "shipped, or in the table",
    "kiosk.pages.": "shipped",
    "kiosk.voice.": "shipped",
    "server.keys:_kid": "words of an operator",
    "server.intake.": "tests/integration/test_openapi.py, test_server_hostile.py",
    "server.office.": "shipped, or tests/integration/test_server_hostile.py",
    "server.opener.": "the entries «inside of a case» and «act»",
    "server.registry.": "what this server wrote",
    "store.audit:": "sealed database",
    "store.identity:": "sealed database; its mirror in test_a_damaged_mirror",
    "store.keys:_get_from_keyring": "the system's key store",
    "store.keys:_put_in_keyring": "writes",
    "store.pulled:": "test_replies.py",
    "sealing.envelope:seal": "writes",
    "sealing.http:_digest_field": "writes",
    "sync.upkeep:": "what the store answers",
    "sync.http:": "test_replies.py, tests/unit/sync/http",
    "sync.bundles:_bring_in": "tests/unit/sync/test_passes.py",
    "sync.enroll:": "tests/unit/sync/http/test_enroll.py",
}


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Entry]:
    return {one.name: one for one in list_entries(tmp_path_factory.mktemp("fuzz"))}


def names() -> list[str]:
    import tempfile  # noqa: PLC0415 - names are wanted before there are fixtures

    with tempfile.TemporaryDirectory() as folder:
        return [one.name for one in list_entries(Path(folder))]


def within_limits(read: Callable[[], object]) -> None:
    tracemalloc.start()
    began = time.process_time()
    try:
        read()
    finally:
        took_s, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert took_s < MOST_S
    assert peak < MOST_BYTES


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", names())
def test_only_the_documented_error(entries: dict[str, Entry], name: str) -> None:
    entry = entries[name]
    strategy = damaged(entry.samples) if isinstance(entry.samples[0], bytes) else damaged_text(entry.samples)

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=strategy)
    def read(data: bytes | str) -> None:
        try:
            within_limits(lambda: entry.read(data))
        except SupportPointError as error:
            assert error.code.startswith(entry.codes), (SEED, error.code)  # noqa: PT017 - any code of the entry
        except entry.errors:
            pass

    read()


@pytest.mark.parametrize("name", names())
def test_the_undamaged_sample_is_read(entries: dict[str, Entry], name: str) -> None:
    """A table whose samples are refused at the first byte would prove little."""
    entry = entries[name]
    entry.read(entry.samples[0])


def readers_of(path: Path) -> Iterator[str]:
    """Yield module:function for each function that calls a reader."""
    module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        called = {ast.unparse(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
        if any(name.rpartition(".")[2] in READERS for name in called if not name.endswith(OF_BYTES)):
            yield f"{module}:{node.name}"


def test_no_door_is_forgotten(entries: dict[str, Entry]) -> None:
    covered = {name for one in entries.values() for name in one.covers}
    found = {name for path in SOURCE.rglob("*.py") for name in readers_of(path)}
    assert len(found) > 30
    forgotten = {name for name in found - covered if not name.startswith(tuple(EXCUSED))}
    assert forgotten == set()


def test_a_parser_that_lets_an_error_through_is_found(entries: dict[str, Entry]) -> None:
    """The proof of this file: without its one guard, `decode` lets two foreign errors through."""
    bare = Entry("bare", lambda data: msgspec.msgpack.decode(data, type=type(entries)), (b"\x81\xa1a\x01",))
    with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever it lets through
        test_only_the_documented_error({"bare": bare}, "bare")
