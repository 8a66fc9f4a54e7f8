"""What the system says about a printer beyond what Qt knows: paper, cover, jam.

CUPS is asked by its own `lpoptions`; Windows by `GetPrinter` of winspool, which nobody has tried yet.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys

from supportpoint.devices.printer import PrinterState

_PATIENCE_S = 5
_STOPPED = "5"
#: PRINTER_STATUS_* of winspool.h: paper out; error, jam, offline, not available, door open.
_WINDOWS_PAPER_OUT = 0x10
_WINDOWS_TROUBLE = 0x2 | 0x8 | 0x80 | 0x1000 | 0x400000


def read_state(name: str) -> PrinterState:
    """Return the state of this printer; READY when the system has nothing to say."""
    if sys.platform == "win32":
        return _ask_windows(name)
    return _ask_cups(name)


def judge_cups(words: str) -> PrinterState:
    """Return the state in what `lpoptions` prints: `name=value` pairs, reasons split by commas."""
    pairs = dict(word.split("=", 1) for word in words.split() if "=" in word)
    reasons = pairs.get("printer-state-reasons", "").split(",")
    if any(reason.startswith(("media-empty", "media-needed")) for reason in reasons):
        return PrinterState.PAPER_OUT
    is_error = any(reason.endswith("-error") for reason in reasons) or "offline-report" in reasons
    if (
        is_error
        or pairs.get("printer-state") == _STOPPED
        or pairs.get("printer-is-accepting-jobs") == "false"
    ):
        return PrinterState.ERROR
    return PrinterState.READY


def judge_windows(status: int) -> PrinterState:
    """Return the state in the status bits of winspool."""
    if status & _WINDOWS_PAPER_OUT:
        return PrinterState.PAPER_OUT
    return PrinterState.ERROR if status & _WINDOWS_TROUBLE else PrinterState.READY


def _ask_cups(name: str) -> PrinterState:
    program = shutil.which("lpoptions")
    if program is None:
        return PrinterState.READY
    try:
        asked = subprocess.run(  # noqa: S603 -- the name comes from the list of printers, and no shell reads it
            [program, "-p", name], capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return PrinterState.ERROR
    return judge_cups(asked.stdout)


if sys.platform == "win32":

    def _ask_windows(name: str) -> PrinterState:
        spool = ctypes.WinDLL("winspool.drv")
        printer, status, needed = ctypes.c_void_p(), ctypes.c_uint32(), ctypes.c_uint32()
        if not spool.OpenPrinterW(ctypes.c_wchar_p(name), ctypes.byref(printer), None):
            return PrinterState.ERROR
        try:
            size = ctypes.sizeof(status)
            done = spool.GetPrinterW(printer, 6, ctypes.byref(status), size, ctypes.byref(needed))
        finally:
            spool.ClosePrinter(printer)
        return judge_windows(status.value) if done else PrinterState.ERROR
