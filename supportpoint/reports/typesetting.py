"""The only place that knows typst. Answers go in as one JSON text, never as markup and never by a file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

import typst

from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError

_ONE_AT_A_TIME = Lock()  # a compiler is not made for two threads


def typeset_pdf(template: Path, content: bytes, made_on: date) -> bytes:
    """Return the PDF of a template; `content` is JSON that it reads as `sys.inputs.paper`.

    Shape:  equal templates, content and day give equal bytes. Fonts are those of typst and of assets/fonts.
    Errors: SP-611 when the template cannot be set.
    """
    stamp = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
    try:
        with _ONE_AT_A_TIME:
            compiler = _compiler(template)
            made = compiler.compile(
                format="pdf", sys_inputs={"paper": content.decode()}, timestamp=stamp, pdf_tags=True
            )
    except typst.TypstError:
        raise SupportPointError("SP-611", paper=template.stem) from None  # its words may quote the answers
    if not isinstance(made, bytes):
        raise SupportPointError("SP-611", paper=template.stem)
    return made


@lru_cache(maxsize=64)
def _compiler(template: Path) -> typst.Compiler:
    """Return the compiler of one template. It reads nothing outside the folder of the templates."""
    return typst.Compiler(input=template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    assets = shipped_dir("assets")
    return typst.Fonts(include_system_fonts=False, font_paths=[assets / "papers" / "fonts", assets / "fonts"])
