"""The key that signs the log's checkpoints: given by the environment, or made at first need and kept in a file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from iisg.foundations.audit.models import LogKey
from iisg.foundations.audit.notes import PublicKey, SigningKey


def signing_key() -> SigningKey:
    """The key in use; two processes that need the first one at once end with the same."""
    if settings.LOG_KEY:
        return SigningKey.read(settings.LOG_KEY)
    kept = Path(settings.LOG_KEY_FILE)
    if not kept.exists():
        with suppress(FileExistsError):
            _write(kept, SigningKey.make(log_name()))
    return SigningKey.read(kept.read_text())


def new_key() -> SigningKey:
    """A key for this log that nobody uses yet."""
    return SigningKey.make(log_name())


def log_name() -> str:
    """What the log calls itself: as its first key did, for ever; before that, what the settings say."""
    first = LogKey.objects.order_by("pk").first()
    return PublicKey.read(first.written).name if first else str(settings.LOG_NAME)


def known_keys() -> list[PublicKey]:
    """Every public key with which this log signs or has signed, the oldest first."""
    return [PublicKey.read(key.written) for key in LogKey.objects.order_by("pk")]


def lay_ready(key: SigningKey) -> Path:
    """Write a key beside the one in use; `put_in_use` makes it the one, after the database has its public half."""
    ready = Path(settings.LOG_KEY_FILE).with_suffix(".next")
    ready.unlink(missing_ok=True)
    _write(ready, key)
    return ready


def put_in_use(ready: Path) -> None:
    """The old key is gone after this; what it signed still verifies by its public half."""
    os.replace(ready, settings.LOG_KEY_FILE)


def _write(path: Path, key: SigningKey) -> None:
    """Whole or not at all, for the owner only."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key.written() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where another process was first
    finally:
        draft.unlink()
