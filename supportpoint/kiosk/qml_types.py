"""PySide's declarations with the types its stubs lack: names of types as text, the decorator of QML.

The names stay PySide's own, because the tool that describes these types to QML reads them in the source.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Property as QtProperty
from PySide6.QtQml import QmlUncreatable as QtQmlUncreatable

C = TypeVar("C")

Property: Callable[..., Callable[[Callable[[Any], Any]], Any]] = QtProperty
QmlUncreatable: Callable[[str], Callable[[type[C]], type[C]]] = QtQmlUncreatable  # type: ignore[assignment]
