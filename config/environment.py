"""What the environment decides: mode, database, folders. Anything contradictory stops the start with the cure."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
MODES = ("development", "demo", "production", "test")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def mode() -> str:
    """One of MODES; being a single word, demo and production cannot both be on."""
    chosen = os.environ.get("IISG_MODE", "development")
    if chosen not in MODES:
        raise ImproperlyConfigured(f"IISG_MODE is '{chosen}'; choose one of: {', '.join(MODES)}.")
    return chosen


def var() -> Path:
    """Folder of the database and of everything built; made if missing."""
    folder = Path(os.environ.get("IISG_VAR") or ROOT / "var")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def hosts(chosen: str) -> list[str]:
    """Names the house answers to: loopback only, but in production exactly those of IISG_HOSTS."""
    named = [host.strip() for host in os.environ.get("IISG_HOSTS", "").split(",") if host.strip()]
    if chosen == "production":
        if not named:
            raise ImproperlyConfigured("Production needs IISG_HOSTS, e.g. IISG_HOSTS=mapping.example.org.")
        return named
    if chosen == "demo" and any(host not in LOOPBACK for host in named):
        raise ImproperlyConfigured(
            "Demonstration mode signs anybody in and answers on loopback only: remove IISG_HOSTS or leave demo mode."
        )
    return [*LOOPBACK, "testserver"] if chosen == "test" else [*LOOPBACK, *named]


def secret_key(chosen: str) -> str:
    """IISG_SECRET_KEY; outside of production one is made once and kept in the var folder."""
    given = os.environ.get("IISG_SECRET_KEY", "")
    if given:
        return given
    if chosen == "production":
        raise ImproperlyConfigured("Production needs IISG_SECRET_KEY: a long random text, kept secret.")
    kept = var() / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text().strip()


def megabytes(name: str, default: int) -> int:
    """A size in bytes, given in whole megabytes (1 or more)."""
    given = os.environ.get(name, "").strip() or str(default)
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise ImproperlyConfigured(f"{name} is '{given}'; give whole megabytes, e.g. {name}={default}.")
    return int(given) * 1024 * 1024


def database() -> dict[str, Any]:
    """SQLite (WAL, synchronous FULL) under var, or PostgreSQL where IISG_DATABASE is a postgresql:// address."""
    address = os.environ.get("IISG_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(var() / "iisg.sqlite3"),
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("IISG_DATABASE must be empty (SQLite) or begin with postgresql://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "iisg",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "")
        if not parts.query.startswith("host=")
        else unquote(parts.query[5:]),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
