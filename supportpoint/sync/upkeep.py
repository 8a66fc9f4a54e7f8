"""What a machine does for itself now and then: end what was kept long enough, back up, hold room back.

The kiosk runs it on a thread of its own, `supportpoint sync` after its passes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from threading import Event
from typing import TypeVar

from supportpoint.content.article import FIRST_LANGUAGE, Article, open_articles
from supportpoint.content.package import ARTICLE, FORM, Manifest
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.store.access import StoreAccess
from supportpoint.store.backups import KEPT
from supportpoint.store.retention import Erased
from supportpoint.store.search import Entry

FIRST_S = 120.0
EVERY_S = 600.0
FORM_FILE = "form.xml"
_TEXT = re.compile(r"<(?:\w+:)?value[^>]*>([^<]+)<")

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one round did. `codes` are the failures on its way; none keeps the next round from trying."""

    erased: Erased = field(default_factory=Erased)
    has_new_backup: bool = False
    codes: tuple[str, ...] = ()


def keep_up(
    access: StoreAccess,
    shelf: Shelf,
    *,
    draft_kept: timedelta,
    give_up: Callable[[], bool] = lambda: False,
    holds_room: bool = False,
) -> Kept:
    """Do one round; what is not due costs little. The backup itself runs on the calling thread.

    Room is held where a person may be waiting for "saved", which is at a kiosk.

    A backup that cannot read the database is how damage is found in rows that nobody has asked for.
    """
    codes: list[str] = []
    erased = _try(codes, lambda: access(lambda store: store.erase_old(draft_kept))) or Erased()
    made = _try(codes, lambda: _back_up(access, erased, give_up))
    if "SP-210" in codes:
        _try(codes, lambda: access(lambda store: store.note_damage()))
    _try(codes, lambda: access(lambda store: store.end_visit()))
    if holds_room:
        _try(codes, lambda: access(lambda store: store.hold_room()))
    _try(codes, lambda: note_entries(access, shelf))
    return Kept(erased, bool(made), tuple(codes))


def keep_up_until(stop: Event, round_: Callable[[], Kept]) -> None:
    """Run rounds until `stop` is set: the first after two minutes, then every ten."""
    delay_s = FIRST_S
    while not stop.wait(delay_s):
        round_()
        delay_s = EVERY_S


def list_entries(shelf: Shelf) -> list[Entry]:
    """Return what may be searched: forms and articles of this machine, by their own words."""
    forms = [
        Entry(FORM, _ref(form), form.title.get(FIRST_LANGUAGE, form.id), _words_of(shelf, form))
        for form in shelf.list_forms()
    ]
    articles = [
        Entry(ARTICLE, _ref(one), one.title[FIRST_LANGUAGE], " ".join(_said(one)))
        for one in open_articles(shelf.list_articles())
    ]
    return [*forms, *articles]


def note_entries(access: StoreAccess, shelf: Shelf) -> None:
    """Let the forms and articles of the shelf be found, unless they are already."""
    known = access(lambda store: store.list_entry_refs())
    forms, articles = shelf.list_forms(), shelf.list_articles()
    wanted = [(FORM, _ref(form)) for form in forms] + [(ARTICLE, _ref(one.manifest)) for one in articles]
    if sorted(known) != sorted(wanted):
        entries = list_entries(shelf)
        access(lambda store: store.replace_entries(entries))


def _ref(thing: Manifest | Article) -> str:
    return f"{thing.id}@{thing.version}"


def _words_of(shelf: Shelf, form: Manifest) -> str:
    """Return every text of a form: titles, questions, hints and choices, in all its languages."""
    xml = shelf.open_form(form.id, form.version).files.get(FORM_FILE, b"").decode("utf-8", "replace")
    return " ".join([*form.title.values(), *(unescape(text) for text in _TEXT.findall(xml))])


def _said(article: Article) -> list[str]:
    return [*article.title.values(), *(said for told in article.sentences.values() for said in told)]


def _back_up(access: StoreAccess, erased: Erased, give_up: Callable[[], bool]) -> bool:
    """Make a backup when one is due; after something ended, it is the only one that stays."""
    run = access(lambda store: store.plan_backup(kept=1 if erased.is_in_backups else KEPT))
    if run is None:
        return False
    run(give_up)
    return True


def _try(codes: list[str], work: Callable[[], T]) -> T | None:
    try:
        return work()
    except SupportPointError as error:
        log.warning("upkeep: %s", error.code)
        codes.append(error.code)
        return None
