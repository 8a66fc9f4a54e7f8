"""Looks everywhere on a running kiosk for words and bytes that belong to a person who has left."""

from __future__ import annotations

import functools
import gc
import sys
import types
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QJSValue
from PySide6.QtQuick import QQuickItem

#: Not followed: they lead out of the kiosk, into the interpreter and the test that holds the marks itself.
OUTSIDE = (types.ModuleType, type, types.FrameType, types.CodeType, types.BuiltinFunctionType)


class Marks:
    """Words and bytes to look for, in the spellings a computer may keep them in."""

    def __init__(self, words: Iterable[str], contents: Iterable[bytes] = ()) -> None:
        self.words = {
            form for word in words for form in (word, word.lower(), unicodedata.normalize("NFD", word))
        }
        coded = {word.encode(coding) for word in self.words for coding in ("utf-8", "utf-16-le")}
        self.bytes = coded | set(contents)

    def are_in(self, value: object) -> bool:
        """Return whether a text, bytes, or a list or map of them holds a mark."""
        if isinstance(value, str):
            return any(word in value for word in self.words)
        if isinstance(value, bytes | bytearray | memoryview):
            return any(content in bytes(value) for content in self.bytes)
        if isinstance(value, QJSValue):
            return self.are_in(value.toVariant())
        if isinstance(value, dict):
            return any(self.are_in(one) for pair in value.items() for one in pair)
        if isinstance(value, list | tuple | set | frozenset):
            return any(self.are_in(one) for one in value)
        return False


def find_leftovers(app: Any, folder: Path, marks: Marks, log: str) -> list[str]:
    """Return where a mark was found: properties, Python values, clipboard, rows, files, log."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.parts.stage.tasks.wait_idle()
    app.engine.collectGarbage()
    gc.collect()
    return [
        *in_properties(app, marks),
        *in_values(app, marks),
        *in_rows(app, marks),
        *(f"file {path.name}" for path in _files(folder) if marks.are_in(path.read_bytes())),
        *(f"file name {path.name}" for path in _files(folder) if marks.are_in(str(path))),
        *(["clipboard"] if marks.are_in(QGuiApplication.clipboard().text()) else []),
        *(["log"] if marks.are_in(log) else []),
        *(["a picture"] if app.parts.photos._images else []),
    ]


def in_properties(app: Any, marks: Marks) -> list[str]:
    """Look at every Qt property of every object, those of the pages and items too."""
    found = []
    for one in _every_object(app):
        meta = one.metaObject()
        names = [meta.property(place).name() for place in range(meta.propertyCount())]
        names += [bytes(name.data()).decode() for name in one.dynamicPropertyNames()]
        for name in names:
            try:
                value = one.property(name)
            except RuntimeError:  # a list of objects or another type of Qt's own, which holds no text
                continue
            if not isinstance(value, QObject) and marks.are_in(value):
                found.append(f"property {meta.className()}.{name}")
    return found


def in_values(app: Any, marks: Marks) -> list[str]:
    """Look at every Python value that the kiosk or our modules can reach, closures and caches too."""
    modules = [vars(module) for name, module in sys.modules.items() if name.startswith("supportpoint")]
    waiting: list[tuple[object, str]] = [(app, "app"), *((each, "module") for each in modules)]
    seen, found = {id(vars(sys)), id(sys.modules)}, []
    while waiting:
        value, path = waiting.pop()
        if id(value) in seen or isinstance(value, OUTSIDE):
            continue
        seen.add(id(value))
        if isinstance(value, str | bytes | bytearray):
            if marks.are_in(value):
                found.append(f"value {path}")
            continue
        name = type(value).__name__
        waiting += [(one, f"{path[-120:]}>{name}") for one in _within(value)]
    return found


def in_rows(app: Any, marks: Marks) -> list[str]:
    """Look at every value of every table, as whoever has the keys of the device would."""

    def look(store: Any) -> list[str]:
        db = store._opened.db
        tables = [row["name"] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            f"row {table}.{column}"
            for table in tables
            for row in db.rows(f"SELECT * FROM {table}")  # noqa: S608 -- the tables' own names
            for column, value in row.items()
            if marks.are_in(value)
        ]

    return list(app.parts.stage.tasks(look))


def _within(value: object) -> list[object]:
    if isinstance(value, types.FunctionType):
        return [*(value.__closure__ or ()), *(value.__defaults__ or ())]
    if isinstance(value, types.MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    within = list(gc.get_referents(value))
    if hasattr(value, "__dict__"):
        within.append(vars(value))
    return within


def _every_object(app: Any) -> Iterator[QObject]:
    roots = [app.engine, app._root, app.window, *app.parts.views.by_name().values()]
    waiting, seen = list(roots), set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += one.children()
        if isinstance(one, QQuickItem):
            waiting += one.childItems()
    yield from _items(app.window.contentItem())


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _items(child)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
