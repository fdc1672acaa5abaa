"""What the environment decides: mode, database, folders. Anything contradictory stops the start with the cure."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

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


def log_key() -> str:
    """IISG_LOG_KEY: the key that signs the log's checkpoints, as `iisg audit new-key` prints it; empty: kept in var."""
    given = os.environ.get("IISG_LOG_KEY", "").strip()
    if given and not re.fullmatch(r"PRIVATE\+KEY\+[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*", given):
        raise ImproperlyConfigured(
            "IISG_LOG_KEY is no signing key: PRIVATE+KEY+name+hash+seed. Cure: `iisg audit new-key` prints one."
        )
    return given


def megabytes(name: str, default: int) -> int:
    """A size in bytes, given in whole megabytes (1 or more)."""
    given = os.environ.get(name, "").strip() or str(default)
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise ImproperlyConfigured(f"{name} is '{given}'; give whole megabytes, e.g. {name}={default}.")
    return int(given) * 1024 * 1024


def proxies() -> int:
    """IISG_PROXIES: how many proxies of our own add to X-Forwarded-For; 0 where readers reach the house directly."""
    given = os.environ.get("IISG_PROXIES", "").strip() or "0"
    if given not in ("0", "1", "2", "3"):
        raise ImproperlyConfigured(f"IISG_PROXIES is '{given}'; give the number of your proxies, 0 to 3.")
    return int(given)


def trust_list() -> Path | None:
    """IISG_TRUST_LIST: a folder with the certificates (PEM) of trusted issuers; without it no signature is trusted."""
    given = os.environ.get("IISG_TRUST_LIST", "").strip()
    if not given:
        return None
    if not Path(given).is_dir():
        raise ImproperlyConfigured(
            f"IISG_TRUST_LIST is '{given}'; that is no folder. Make it and put PEM files into it."
        )
    return Path(given)


def database() -> dict[str, Any]:
    """SQLite (WAL, synchronous FULL) under var, or PostgreSQL where IISG_DATABASE is a postgresql:// address."""
    address = os.environ.get("IISG_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(var() / "iisg.sqlite3"),
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
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


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves the house."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = ""
    bounces: str = ""


_NO_SERVER = {
    "test": "django.core.mail.backends.locmem.EmailBackend",
    "production": "django.core.mail.backends.smtp.EmailBackend",
}


_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def mail(chosen: str) -> Mail:
    """IISG_MAIL=smtp://user:password@host:port (smtps:// for TLS from the start, smtp+starttls:// for TLS on request).

    IISG_MAIL_FROM is the address that letters come from (a name may stand before it, in the usual way),
    IISG_MAIL_BOUNCES the plain one to which mail servers report; without a server mails are printed by the worker,
    in production they go to the mail server of this machine.
    """
    host = hosts(chosen)[0] if chosen == "production" else "localhost"
    sender = os.environ.get("IISG_MAIL_FROM", "") or f"secretariat@{host}"
    bounces = os.environ.get("IISG_MAIL_BOUNCES", "") or parseaddr(sender)[1]
    for name, value, plain in (
        ("IISG_MAIL_FROM", sender, parseaddr(sender)[1]),
        ("IISG_MAIL_BOUNCES", bounces, bounces),
    ):
        if not _ADDRESS.fullmatch(plain) or "\n" in value or "\r" in value:
            raise ImproperlyConfigured(
                f"{name} is '{value}'; give one address, e.g. {name}=letters@example.org."
            )
    given = os.environ.get("IISG_MAIL", "")
    if not given:
        backend = _NO_SERVER.get(chosen, "django.core.mail.backends.console.EmailBackend")
        return Mail(backend, "localhost", sender=sender, bounces=bounces)
    parts = _server(given)
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        parts.hostname or "",
        parts.port or _PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
        sender=sender,
        bounces=bounces,
    )


def _server(given: str) -> SplitResult:
    """The mail server's address in its parts; what cannot be one stops the start, without repeating the password."""
    parts = urlsplit(given)
    try:
        sound = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ImproperlyConfigured(
            "IISG_MAIL must be like smtp+starttls://user:password@mail.example.org:587."
        )
    return parts


def address(chosen: str) -> str:
    """IISG_ADDRESS, under which readers find the house; else the first of IISG_HOSTS, or this machine."""
    given = os.environ.get("IISG_ADDRESS", "").rstrip("/")
    if given:
        if not given.startswith(("https://", "http://")):
            raise ImproperlyConfigured("IISG_ADDRESS must begin with https:// (or http:// for a trial).")
        return given
    if chosen == "production":
        return f"https://{hosts(chosen)[0]}"
    return f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
