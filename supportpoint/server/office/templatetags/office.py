"""Template tags: words in the page's language, and icons drawn into the page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from supportpoint.config import shipped_dir
from supportpoint.server.office.words import say

register = template.Library()

OWN_SHAPES = {
    "hourglass": "M64 24h128v40l-52 64 52 64v40H64v-40l52-64-52-64z",
    "chevron": "M96 48l80 80-80 80",
    "house": "M128 28 28 112v112h72v-64h56v64h72V112z",
}


@register.simple_tag(takes_context=True)
def word(context: dict[str, Any], key: str) -> str:
    """`{% word "cases" %}`: the words for a key."""
    return say(key, context.get("language", "vi"))


@lru_cache
def _drawing(name: str) -> str:
    if name in OWN_SHAPES:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" fill="currentColor">'
            f'<path d="{OWN_SHAPES[name]}"/></svg>'
        )
    folder = shipped_dir("assets") / "icons"
    for weight in ("fill", "regular"):
        path = folder / weight / f"{name}.svg"
        if path.is_file():
            return path.read_text("utf-8")
    return ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "clock" %}`: a shipped drawing in the colour of the text, silent for readers."""
    drawing = _drawing(name).replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1)
    return mark_safe(drawing)  # noqa: S308 - files that this product ships, by names in its templates
