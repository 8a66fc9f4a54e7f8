"""Names on lists: enough to recognise, not enough to read over a shoulder."""

from __future__ import annotations


def mask_name(name: str) -> str:
    """Return each word of a name by its first letter: "Vàng Thị Dụ" becomes "V•• T•• D••"."""
    return " ".join(f"{word[0].upper()}••" for word in name.split())
