"""What of an event goes into the log: its outer facts in clear, everything else as salted commitments. No Django."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

SALT_BYTES = 16
BY = "by"
FACT = "facts."
"""Names of the sealed values: `by`, and `facts.` before the name of each fact."""

canonical = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
).encode
"""The one spelling of a value: JSON, keys in order, no spaces."""


def commitment(salt: str, value: object) -> str:
    """SHA-256 over the salt's bytes and the canonical JSON of the value; nobody guesses a value without the salt."""
    return sha256(bytes.fromhex(salt) + canonical(value).encode()).hexdigest()


def seal_values(by: str, facts: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """Commitments (as canonical JSON) and salts of everything that may be personal or free text, by name."""
    names = [BY, *(FACT + key for key in facts)]
    chance = os.urandom(SALT_BYTES * len(names))
    sealed, salts = {}, {}
    for place, (name, value) in enumerate(zip(names, (by, *facts.values()), strict=True)):
        salt = chance[SALT_BYTES * place : SALT_BYTES * (place + 1)]
        salts[name] = salt.hex()
        sealed[name] = sha256(salt + canonical(value).encode()).hexdigest()
    return canonical(sealed), salts


def leaf_text(number: int, name: str, on: str, at: datetime, sealed: str) -> str:
    """The entry as it is hashed into the tree, canonical JSON; `at` is in UTC, `sealed` is canonical JSON."""
    return f'{{"at":"{at.isoformat()}","name":{canonical(name)},"number":{number},"on":{canonical(on)},"sealed":{sealed}}}'


def link(previous: str, leaf: str) -> str:
    """Digest of the chain after this leaf (both in hexadecimal)."""
    return sha256(f"{previous}{leaf}".encode()).hexdigest()
