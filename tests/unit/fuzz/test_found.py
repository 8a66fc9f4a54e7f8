"""What the fuzzing found, each by its smallest input, so that no seed is needed to see it again."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from supportpoint.cli.submission import read_answers
from supportpoint.clock import FixedClock
from supportpoint.content.article import ARTICLE_FILE, open_articles
from supportpoint.content.package import Manifest, Package
from supportpoint.devices.opus import read_sound
from supportpoint.errors import SupportPointError
from supportpoint.kiosk.words.translations import PACKS, find_pack
from supportpoint.protocol import JSON, MSGPACK, Item, SyncReply, decode
from supportpoint.store.files import Folder
from supportpoint.store.keys import KEYS_FILE, DeviceKeys, load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync.connection import make_context
from tests.unit.fuzz import samples as good
from tests.unit.fuzz.entries import SOUND

NO_UTF8, DEEP = b'{"device":"\xff","level":"\xff","id":"\xff"}', b'{"a":' * 3000
NOTE = b'{"language": "hmn", "name": "Hmoob"}'
HUGE = b"id,vietnamese,translation\na," + b"x" * 200_000


@pytest.mark.parametrize("content", [NO_UTF8, DEEP], ids=["no utf-8", "deep"])
def test_one_broken_article_leaves_the_others(content: bytes) -> None:
    manifest = Manifest(kind="article", id="heating", version=2, title={"vi": "Sưởi"})
    broken = Package(manifest, {ARTICLE_FILE: content})
    whole = Package(manifest, {ARTICLE_FILE: msgspec.json.encode(good.ARTICLE)})
    assert open_articles([broken, whole]) == (good.ARTICLE,)


@pytest.mark.parametrize("content", [NO_UTF8, DEEP], ids=["no utf-8", "deep"])
def test_a_damaged_mirror_does_not_keep_the_store_shut(tmp_path: Path, content: bytes) -> None:
    keys = DeviceKeys(b"k" * 32, good.DEVICE, good.COMMUNE, "key_file")
    Folder(tmp_path).identity.write_bytes(content)
    with Store.open(tmp_path, FixedClock(good.MOMENT), keys, free_space_floor_bytes=0) as store:
        assert store.find_identity() is None


@pytest.mark.parametrize("content", [NO_UTF8, DEEP], ids=["no utf-8", "deep"])
def test_a_damaged_key_file_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEYS_FILE).write_bytes(content)
    with pytest.raises(SupportPointError, match="SP-103"):
        load_or_make_keys(tmp_path)


@pytest.mark.parametrize(("note", "table"), [(DEEP, b""), (NOTE, HUGE)])
def test_a_broken_language_pack_is_passed_over(tmp_path: Path, note: bytes, table: bytes) -> None:
    folder = tmp_path / PACKS / "hmn"
    folder.mkdir(parents=True)
    (folder / "pack.json").write_bytes(note)
    (folder / "words.csv").write_bytes(table)
    assert find_pack("hmn", [tmp_path]) is None


def test_a_sound_with_something_behind_its_end_is_none() -> None:
    """For libsndfile it has 2**63 - 1 samples then."""
    with pytest.raises(SupportPointError, match="SP-706"):
        read_sound(SOUND + b"\xff")


@pytest.mark.parametrize("depth", [400, 900, 100_000])
def test_answers_that_nest_for_ever_are_no_answers(depth: int) -> None:
    try:
        read_answers(b'{"a":' * depth + b"1" + b"}" * depth)
    except SupportPointError as error:
        assert error.code == "SP-310"  # noqa: PT017 - how deep is too deep is Python's affair


def test_an_authority_file_that_is_no_ascii_says_so() -> None:
    with pytest.raises(SupportPointError, match="SP-503"):
        make_context("\ufffd")


@pytest.mark.parametrize("number", [-1, 2**63, 2**64 - 1])
@pytest.mark.parametrize("media", [MSGPACK, JSON])
def test_a_number_that_no_database_holds_is_no_message(number: int, media: str) -> None:
    coder = msgspec.json if media == JSON else msgspec.msgpack
    reply = msgspec.to_builtins(SyncReply(epoch="e", now="n")) | {"cursor": number}
    with pytest.raises(msgspec.ValidationError):
        decode(coder.encode(reply), SyncReply, media)
    item = msgspec.to_builtins(good.make_sample(Item)) | {"seq": number}
    with pytest.raises(msgspec.ValidationError):
        decode(coder.encode(item), Item, media)
