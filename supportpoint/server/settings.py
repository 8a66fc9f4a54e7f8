"""Django's settings, all from the environment; importable with nothing set.

SUPPORTPOINT_SERVER_DATA: data folder. SUPPORTPOINT_DATABASE_URL: PostgreSQL; SQLite when empty.
SUPPORTPOINT_ALLOWED_HOSTS: host names beyond those of the certificate, comma-separated.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import platformdirs

from supportpoint.server.database import choose_database

DATA_DIR = Path(
    os.environ.get("SUPPORTPOINT_SERVER_DATA")
    or platformdirs.user_data_dir("supportpoint-server", appauthor=False)
)
_web_key = DATA_DIR / "keys" / "web.key"
SECRET_KEY = _web_key.read_bytes().hex() if _web_key.is_file() else secrets.token_hex(32)

_host_names = DATA_DIR / "tls" / "hosts"
DEBUG = False
ALLOWED_HOSTS: list[str] = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *(_host_names.read_text("ascii").split() if _host_names.is_file() else ()),
    *filter(None, os.environ.get("SUPPORTPOINT_ALLOWED_HOSTS", "").split(",")),
]
DATABASES: dict[str, dict[str, Any]] = {
    "default": choose_database(os.environ.get("SUPPORTPOINT_DATABASE_URL", ""), DATA_DIR)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "supportpoint.server.registry",
    "supportpoint.server.intake",
    "supportpoint.server.opener",
    "supportpoint.server.office",
]
MIDDLEWARE = [
    "supportpoint.server.shield.shield",
    "supportpoint.server.intake.wire.answer_methods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "supportpoint.server.urls"
WSGI_APPLICATION = "supportpoint.server.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "supportpoint.server.registry.files.DurableStorage",
        "OPTIONS": {
            "location": str(DATA_DIR / "files"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

LANGUAGE_CODE = "vi"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

LOGIN_URL = "/office/login"
LOGIN_REDIRECT_URL = "/office/"
_served_over_tls = os.environ.get("SUPPORTPOINT_PLAIN_HTTP", "") != "1"
SESSION_COOKIE_SECURE = _served_over_tls
CSRF_COOKIE_SECURE = _served_over_tls
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SUPPORTPOINT_LOG_LEVEL", "INFO")},
}
