"""What the watched children do at a support point: the product's own code, as the kiosk calls it."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

from supportpoint.cli.program import main
from supportpoint.clock import SystemClock
from supportpoint.content.shelf import Shelf
from supportpoint.courier import relay
from supportpoint.courier.archive import ArchiveReader
from supportpoint.courier_messages import CourierAnswer
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item
from supportpoint.records import SealedCase
from supportpoint.sealing.receipt import make_receipt
from supportpoint.store.access import DirectAccess
from supportpoint.store.identity import set_cursor
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.store.values import Applied
from supportpoint.sync.submission import submit_case


def open_store(folder: Path) -> Store:
    """Open a data folder as the program does."""
    return Store.open(folder, SystemClock(), load_or_make_keys(folder, use_keyring=False))


def finish_draft(folder: str, draft_id: str, form_id: str) -> None:
    """Seal and queue a saved draft, as the last page of a form does, then say so."""
    with open_store(Path(folder)) as store:
        draft = store.find_draft(draft_id)
        assert draft is not None
        submit_case(
            DirectAccess(store),
            package=Shelf(Path(folder)).open_form(form_id),
            xml=draft.xml,
            attachments=draft.attachments,
            case_id=draft_id,
            clock=SystemClock(),
            draft_id=draft_id,
            receipt=make_receipt(),
        )
        print(json.dumps({"case_id": draft_id}), flush=True)  # noqa: T201 - the receipt


def finish_draft_saying(folder: str, draft_id: str, form_id: str) -> None:
    """The same on a disk that may refuse: say which code the person was told."""
    try:
        finish_draft(folder, draft_id, form_id)
    except SupportPointError as error:
        print(json.dumps({"code": error.code}), flush=True)  # noqa: T201 - what the page says


def finish_draft_saying_and_die(folder: str, draft_id: str, form_id: str) -> None:
    """The same, killed before the store is closed."""
    Store.close = lambda _self: None  # type: ignore[method-assign]
    finish_draft_saying(folder, draft_id, form_id)
    os.kill(os.getpid(), signal.SIGKILL)


def start(folder: str) -> None:
    """Open a data folder and close it."""
    open_store(Path(folder)).close()


def finish_draft_in_two_steps(folder: str, draft_id: str, form_id: str) -> None:
    """The same with the mistake that one transaction rules out: the draft goes first."""
    queue = Store.queue_case

    def delete_and_queue(store: Store, sealed: SealedCase, *, draft_id: str | None = None) -> Item:
        store.delete_draft(draft_id or "")
        return queue(store, sealed)

    Store.queue_case = delete_and_queue  # type: ignore[method-assign]
    finish_draft(folder, draft_id, form_id)


def command_writing_in_place(words: list[str]) -> int:
    """A command whose packages are written where they are read."""
    Shelf._write = lambda _self, path, data: path.write_bytes(data)  # type: ignore[method-assign]
    return main(words)


def command_striking_off(words: list[str]) -> int:
    """A command that strikes off what it is about to send, and counts nothing at the end of a pass."""
    take = Store.take_batch

    def take_away(store: Store, limit: int = 50, max_bytes: int = 1 << 20) -> tuple[Item, ...]:
        batch = take(store, limit, max_bytes)
        for item in batch:
            store._opened.db.execute("UPDATE item SET state = 'complete' WHERE id = ?", (item.id,))
        return batch

    Store.take_batch = take_away  # type: ignore[method-assign]
    Store.count_complete = lambda _: 0  # type: ignore[method-assign]
    return main(words)


def command_moving_the_cursor_first(words: list[str]) -> int:
    """A command that moves the cursor of carried answers in a step before their rows."""
    apply = Store.apply_answer

    def move_and_apply(store: Store, answer: CourierAnswer) -> Applied:
        set_cursor(store._opened, answer.cursor)
        return apply(store, answer)

    Store.apply_answer = move_and_apply  # type: ignore[method-assign]
    return main(words)


def command_unpacking_in_place(words: list[str]) -> int:
    """A command that unpacks a neighbour's letter where letters are read."""
    unpack = relay._unpack

    def unpack_in_place(reader: ArchiveReader, folder: Path) -> None:
        home = folder.with_suffix("")
        home.mkdir(parents=True)
        (home / relay.HEAD_FILE).write_bytes(reader.head)
        unpack(reader, home)
        home.replace(folder)

    relay._unpack = unpack_in_place
    return main(words)
