"""Nothing of a deleted draft is left, not even for whoever has the key: every page is decrypted.

SQLCipher 4: pages of 4,096 bytes, AES-256-CBC under the raw key, the last 80 bytes hold IV and HMAC;
the first 16 bytes of the file are the salt. Frames of the log have a header of 24 bytes each.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from supportpoint.clock import FixedClock
from supportpoint.records import Attachment, DeviceIdentity, Draft, SealedCase
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store

PAGE, RESERVE, SALT, LOG_HEADER, FRAME_HEADER = 4096, 80, 16, 32, 24
CLOCK = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
MARKER = b"GIANG THI XUA 1994"


def decrypt(page: bytes, key: bytes, skip: int = 0) -> bytes:
    iv = page[-RESERVE : -RESERVE + 16]
    opener = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opener.update(page[skip:-RESERVE]) + opener.finalize()


def plain_pages(data_dir: Path, key: bytes) -> bytes:
    """Every page of database and log, live or free, in clear."""
    content = (data_dir / "supportpoint.db").read_bytes()
    pages = [
        decrypt(content[at : at + PAGE], key, SALT if at == 0 else 0) for at in range(0, len(content), PAGE)
    ]
    log = data_dir / "supportpoint.db-wal"
    frames = log.read_bytes()[LOG_HEADER:] if log.exists() else b""
    for at in range(0, len(frames) - PAGE, PAGE + FRAME_HEADER):
        page = frames[at + FRAME_HEADER : at + FRAME_HEADER + PAGE]
        pages += [decrypt(page, key), decrypt(page, key, SALT)]  # the first page has its salt in the log too
    return b"".join(pages)


@pytest.fixture
def keys(tmp_path):
    return load_or_make_keys(tmp_path, use_keyring=False)


@pytest.fixture
def store(tmp_path, keys):
    with Store.open(tmp_path, CLOCK, keys) as opened:
        opened.save_identity(
            DeviceIdentity(
                "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11",
                bytes(32), bytes(32), b"", "e",
            )
        )  # fmt: skip
        yield opened


def save_draft(store, text: bytes) -> None:
    photo = Attachment("a.jpg", text * 5000)
    store.save_draft(Draft("d1", "birth", "1", "vi", "/p", b"<n>" + text + b"</n>", CLOCK.now(), (photo,)))


def test_the_harness_can_find_a_draft_that_is_there(tmp_path, store, keys):
    save_draft(store, MARKER)
    assert MARKER in plain_pages(tmp_path, keys.database_key)
    store.end_visit()
    assert MARKER in plain_pages(tmp_path, keys.database_key)


@pytest.mark.parametrize("ending", ["deleted", "replaced", "queued"])
def test_no_page_holds_the_draft_after_the_visit(tmp_path, store, keys, ending):
    save_draft(store, MARKER)
    store.end_visit()
    if ending == "deleted":
        store.delete_draft("d1")
    elif ending == "replaced":
        save_draft(store, b"other")
    else:
        store.queue_case(
            SealedCase("case", "d1", b"sealed" * 100, (), "DB7-4K2-9X8", bytes(32)), draft_id="d1"
        )
    store.end_visit()
    assert MARKER not in plain_pages(tmp_path, keys.database_key)
