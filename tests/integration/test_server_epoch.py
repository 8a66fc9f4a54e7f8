"""Restored databases, and a feed that no reader can read past, on both databases."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import psycopg
import pytest

from supportpoint.protocol import SyncReply, SyncRequest, decode, encode, range_digest

FEED_UNDER_LOAD = """
import json, random, sys, threading, time
from pathlib import Path
from supportpoint.server.startup import use_data_dir
use_data_dir(Path(sys.argv[1]))
from django.db import connection
from supportpoint.protocol import Change
from supportpoint.server.registry.feed import append_change, read_changes
from supportpoint.server.registry.locks import single_writer
seen, cursor, writing = [], 0, threading.Event()

def write(name):
    chance = random.Random(name)
    for at in range(15):
        with single_writer():
            append_change(Change(stream="box", id=f"{name}-{at}", rev=1), audience="", province_code="11")
            time.sleep(chance.random() / 100)
    connection.close()

threads = [threading.Thread(target=write, args=(str(n),)) for n in range(8)]
[thread.start() for thread in threads]
while True:
    alive = any(thread.is_alive() for thread in threads)
    page = read_changes(cursor, "03316")
    seen += [change.id for change in page.changes]
    cursor = page.cursor
    if not alive and not page.changes:
        break
print(json.dumps([len(seen), len(set(seen))]))
"""


def copy_database(server, keep):
    """Put the database into `keep`, or back from it: what an administrator's backup and restore do."""
    if server.database_url:
        name = server.database_url.split("@/")[1].split("?")[0]
        folder = server.database_url.split("host=")[1]
        source, target = (name, f"{name}_copy") if not keep.exists() else (f"{name}_copy", name)
        keep.touch()
        with psycopg.connect(f"postgresql://sp@/postgres?host={folder}", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {target} TEMPLATE {source}".encode())
        return
    database = server.data / "server.db"
    source, target = (database, keep) if not keep.exists() else (keep, database)
    for tail in ("-wal", "-shm"):
        target.with_name(target.name + tail).unlink(missing_ok=True)
    shutil.copy(source, target)


@pytest.fixture
def restored(make_server, make_kiosk, tmp_path):
    """A kiosk with one item before the backup and one after it, and the server put back to the backup."""
    server = make_server()
    kiosk = make_kiosk(at=server)
    before, after = kiosk.make_item(), kiosk.make_item()
    kiosk.sync(before)
    assert server.stop() == 0
    copy_database(server, tmp_path / "backup")
    server.start()
    request = encode(SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=(after,)))
    headers = kiosk.signed("POST", "/api/v1/sync", {}, request)
    captured = kiosk.session.post(server.url + "/api/v1/sync", data=request, headers=headers, timeout=10)
    assert decode(captured.content, SyncReply).epoch == kiosk.identity.epoch
    assert server.stop() == 0
    copy_database(server, tmp_path / "backup")
    server.start()
    return server, kiosk, (before, after), (request, headers)


def test_a_restored_database_begins_a_new_epoch_and_asks_for_what_it_lacks(restored):
    server, kiosk, (before, after), _ = restored
    reply = kiosk.sync(cursor=999)
    assert reply.epoch != kiosk.identity.epoch
    assert [(r.first, r.last, r.digest) for r in reply.have] == [(1, 1, range_digest([before.id]))]
    reply = kiosk.sync(before, after)
    assert [result.status for result in reply.results] == ["complete", "complete"]
    assert reply.receipt.epoch == reply.epoch
    assert [(r.first, r.last) for r in reply.have] == [(1, 2)]
    assert server.stop() == 0
    server.start()
    assert kiosk.sync().epoch == reply.epoch


def test_a_database_from_between_a_case_and_its_photo_asks_for_the_photo(make_server, make_kiosk, tmp_path):
    """Break it by listing `RECEIVED_SQL` in a new epoch: nobody then offers the second item again."""
    server = make_server()
    kiosk = make_kiosk(at=server)
    photo = bytes(range(256)) * 100
    bare, pictured, last = kiosk.make_item(), kiosk.make_item(blobs=(photo,)), kiosk.make_item()
    assert [one.status for one in kiosk.sync(bare, pictured, last).results][1] == "stored"
    assert server.stop() == 0
    copy_database(server, tmp_path / "backup")
    server.start()
    assert kiosk.patch(photo, 0).ok
    assert kiosk.sync(pictured).results[0].status == "complete"
    assert server.stop() == 0
    copy_database(server, tmp_path / "backup")
    server.start()
    reply = kiosk.sync()
    assert reply.epoch != kiosk.identity.epoch
    assert [(one.first, one.last) for one in reply.have] == [(1, 1), (3, 3)]
    assert [one.digest for one in reply.have] == [range_digest([bare.id]), range_digest([last.id])]
    assert [(r.first, r.last) for r in kiosk.sync(epoch=reply.epoch).have] == [(1, 3)]
    (asked,) = kiosk.sync(pictured).results
    assert (asked.status, [need.offset for need in asked.need]) == ("stored", [0])
    assert kiosk.patch(photo, 0).ok
    assert kiosk.sync(pictured).results[0].status == "complete"
    assert [(one.first, one.last) for one in kiosk.sync().have] == [(1, 3)]


def test_a_captured_request_of_the_old_epoch_stores_once_and_is_answered_in_the_new(restored):
    server, kiosk, (before, after), (request, headers) = restored
    for _ in range(3):
        answer = kiosk.session.post(server.url + "/api/v1/sync", data=request, headers=headers, timeout=10)
        kiosk.check(answer)
        reply = decode(answer.content, SyncReply)
        assert reply.epoch != kiosk.identity.epoch
        assert reply.receipt.epoch == reply.epoch
    assert sorted(server.rows("SELECT id FROM registry_item")) == sorted([(before.id,), (after.id,)])


def test_no_reader_skips_a_change(server):
    """Break it by taking the lock out of `single_writer`: PostgreSQL then commits out of order."""
    line = [sys.executable, "-c", FEED_UNDER_LOAD, str(server.data)]
    env = server.env | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(line, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [120, 120]
