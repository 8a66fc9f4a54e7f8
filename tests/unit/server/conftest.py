"""Django on an empty in-memory place: these tests touch no table."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportpoint.server.settings")
os.environ.setdefault("SUPPORTPOINT_SERVER_DATA", str(Path(tempfile.gettempdir()) / "supportpoint-no-server"))
django.setup()
