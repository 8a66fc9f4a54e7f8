"""PySide's declarations with the types its stubs lack: names of types as text, the decorator of QML.

The names stay PySide's own, because the tool that describes these types to QML reads them in the source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Property as QtProperty
from PySide6.QtCore import QObject
from PySide6.QtQml import QmlUncreatable as QtQmlUncreatable

C = TypeVar("C")


def Property(kind: Any, **named: Any) -> Callable[[Callable[[Any], Any]], Any]:
    """Return Qt's property decorator.

    A view model as property is described to QML by its own type; Qt hands on a plain QObject, because Python
    reads properties of no other class.
    """
    is_object = isinstance(kind, type) and issubclass(kind, QObject)
    decorator: Callable[[Callable[[Any], Any]], Any] = QtProperty(QObject if is_object else kind, **named)
    return decorator


QmlUncreatable: Callable[[str], Callable[[type[C]], type[C]]] = QtQmlUncreatable  # type: ignore[assignment]
