"""Where things are: data folder, assets, translations; and the settings file of this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import platformdirs

from supportpoint.errors import SupportPointError
from supportpoint.protocol import JSON, decode

SETTINGS_FILE = "settings.json"


def _bounds(least: int, most: int) -> msgspec.Meta:
    return msgspec.Meta(ge=least, le=most)


class PhotoLimits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """From where on a picture of a paper counts as good, and when it is taken by itself.

    Units: `brightness` is the luma, 0 to 255, that the brightest twentieth reaches; `sharpness` the variance
           of the Laplacian in the sharpest of 16 tiles; `glare` the share of the sheet under one white spot;
           `hold_s` how long everything must be good, 0 for a button alone.
    """

    brightness: float = 110.0
    sharpness: float = 100.0
    glare: float = 0.012
    hold_s: float = 1.0


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What staff may set on one machine. Times are seconds; beyond their limits the file is refused.

    A device is named as `supportpoint devices` names it; "" takes the system's own choice.
    `keyboard_scanner` says that a scanner is plugged in that types what it reads.
    `open_from` and `open_until`: "07:30", "" when no hours are shown; `open_days`: 1 is Monday.
    `typing_keys`: which keys of a real keyboard shape Vietnamese letters; `tone_style`: "old" hòa, "new" hoà.
    """

    languages: tuple[str, ...] = ("vi", "en")
    mong_script: str = "rpa"
    curtain_form_s: Annotated[int, _bounds(30, 300)] = 90
    curtain_private_s: Annotated[int, _bounds(15, 120)] = 45
    curtain_status_s: Annotated[int, _bounds(30, 300)] = 60
    warn_public_s: Annotated[int, _bounds(60, 600)] = 120
    warn_form_s: Annotated[int, _bounds(120, 900)] = 240
    warn_private_s: Annotated[int, _bounds(60, 600)] = 180
    countdown_s: Annotated[int, _bounds(20, 120)] = 45
    cover_kept_s: Annotated[int, _bounds(30, 300)] = 60
    end_page_s: Annotated[int, _bounds(10, 60)] = 20
    draft_kept_s: Annotated[int, _bounds(3600, 72 * 3600)] = 72 * 3600
    locked_kept_s: Annotated[int, _bounds(3600, 24 * 3600)] = 24 * 3600
    free_space_floor_bytes: int = 500 * 1024 * 1024
    call_phone: str = ""
    open_from: str = ""
    open_until: str = ""
    open_days: tuple[int, ...] = (1, 2, 3, 4, 5)
    camera: str = ""
    microphone: str = ""
    speaker: str = ""
    printer: str = ""
    keyboard_scanner: bool = False
    photo: PhotoLimits = PhotoLimits()
    typing_keys: Literal["telex", "vni", "both", "off"] = "both"
    tone_style: Literal["old", "new"] = "old"


def default_data_dir() -> Path:
    """Return the per-user data folder of this operating system; it may not exist yet."""
    return Path(platformdirs.user_data_dir("supportpoint", appauthor=False))


def shipped_dir(name: str) -> Path:
    """Return the folder `assets` or `translations`, in a checkout, a wheel or a frozen app.

    Errors: FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).parent
    frozen = getattr(sys, "_MEIPASS", None)
    for root in (Path(frozen) if frozen else None, package, package.parent):
        if root is not None and (root / name).is_dir():
            return root / name
    raise FileNotFoundError(name)


def read_settings(data_dir: Path) -> Settings:
    """Return the settings of this machine, the defaults where there is no file.

    Errors: SP-101 when the file is there and cannot be read.
    """
    path = data_dir / SETTINGS_FILE
    if not path.exists():
        return Settings()
    try:
        return decode(path.read_bytes(), Settings, JSON)
    except (OSError, msgspec.DecodeError) as error:
        raise SupportPointError("SP-101", file=SETTINGS_FILE) from error


def error_words(code: str, language: str = "vi") -> str:
    """Return the plain words for an error code, Vietnamese where the language has none.

    Source: translations/errors.<language>.json
    """
    folder = shipped_dir("translations")
    for name in (language, "vi"):
        path = folder / f"errors.{name}.json"
        if path.exists():
            words: dict[str, str] = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
            if code in words:
                return words[code]
    return code
