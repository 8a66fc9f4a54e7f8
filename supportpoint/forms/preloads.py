"""Metadata that a form asks for: start, end, today, the device."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from supportpoint.forms import datatypes
from supportpoint.forms.parts import Spec
from supportpoint.forms.xpath.context import Environment


def preload_text(spec: Spec, env: Environment, moment: datetime) -> str:
    """Return what a new node starts with, "" when the form asks for nothing; `moment` is now."""
    kind, params = spec.preload, spec.preload_params
    if kind == "property":
        return env.properties.get(params, "")
    if kind == "uid":
        return f"uuid:{UUID(int=env.random.getrandbits(128), version=4)}"
    if kind in {"timestamp", "date"}:
        now = datatypes.moment_text(moment.astimezone(env.zone))
        return datatypes.to_lexical(spec.kind, now if kind == "timestamp" else now[:10])
    return ""
