"""The opener's life: look for what waits, open it, rest a little, notice that the server is gone."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import OperationalError, connections

from supportpoint.errors import SupportPointError
from supportpoint.server.opener.answers import publish_answers
from supportpoint.server.opener.audits import open_audits
from supportpoint.server.opener.opening import open_waiting
from supportpoint.server.opener.photos import open_arrived_photos
from supportpoint.server.registry.files import has_store
from supportpoint.server.registry.lost_files import look_after_files
from supportpoint.server.registry.marks import ROTATE_EVERY_S, turn_mark

log = logging.getLogger(__name__)

REST_S = 0.5


def run(*, parent: int | None = None, once: bool = False) -> None:
    """Work until SIGTERM, or until `parent` is no longer our parent process; with `once`, one round."""
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    if once:
        work()
        return
    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    turned_s = time.monotonic()
    while not stop.wait(REST_S) and (parent is None or os.getppid() == parent):
        try:
            work()
            if time.monotonic() - turned_s > ROTATE_EVERY_S:
                _turn()
                turned_s = time.monotonic()
        except OperationalError:
            log.warning("database is busy or away; trying again")
            connections.close_all()
    log.info("opener ends")


def _turn() -> None:
    """Look after the files, then turn the mark: a restore is not forgotten before its files were compared."""
    try:
        look_after_files()
    except SupportPointError as error:
        log.warning("the files cannot be looked at: %s", error.code)
        return
    turn_mark()


def work() -> None:
    """Open every waiting item, page of audit rows and arrived photo; publish what agencies answered.

    Nothing is opened, or held for a file that lacks, while the store of the files is not there.
    """
    if not has_store():
        return
    open_waiting()
    open_audits()
    publish_answers()
    open_arrived_photos()
