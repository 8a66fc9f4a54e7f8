"""Style sheet and fonts, by a closed list of names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from supportpoint.config import shipped_dir

FONTS = {
    "be-vietnam-400.ttf": "BeVietnamPro_400Regular.ttf",
    "be-vietnam-500.ttf": "BeVietnamPro_500Medium.ttf",
    "be-vietnam-600.ttf": "BeVietnamPro_600SemiBold.ttf",
}
STATIC = Path(__file__).parent / "static"
KEPT_S = 24 * 3600


@lru_cache(maxsize=16)
def _read(name: str) -> tuple[bytes, str]:
    if name == "office.css":
        return (STATIC / name).read_bytes(), "text/css; charset=utf-8"
    if name in FONTS:
        path = shipped_dir("assets") / "fonts" / FONTS[name]
        if path.is_file():
            return path.read_bytes(), "font/ttf"
    raise Http404


@require_GET
def shipped_view(request: HttpRequest, name: str) -> HttpResponse:
    """Return a file that every page uses; nobody needs to log in for it."""
    del request
    content, media_type = _read(name)
    cache = "no-cache" if name.endswith(".css") else f"public, max-age={KEPT_S}"
    return HttpResponse(content, content_type=media_type, headers={"Cache-Control": cache})
