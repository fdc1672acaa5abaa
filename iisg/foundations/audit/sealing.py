"""What of an event goes into the log: its outer facts in clear, everything else as salted commitments. No Django."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

SEED_BYTES = SALT_BYTES = 16
BY = "by"
FACT = "facts."
"""Names of the sealed values: `by`, and `facts.` before the name of each fact."""

canonical = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
).encode
"""The one spelling of a value: JSON, keys in order, no spaces."""


def values_of(by: str, facts: Mapping[str, object]) -> dict[str, object]:
    """Everything of an event that may be personal or free text, by the name under which it is sealed."""
    return {BY: by, **{FACT + key: value for key, value in facts.items()}}


def new_seed() -> str:
    """The secret of one event, from which the salts of its values come."""
    return os.urandom(SEED_BYTES).hex()


def salt_of(seed: str, name: str) -> str:
    """The salt of one value; who is shown it learns nothing of the seed or of any other salt."""
    return sha256(bytes.fromhex(seed) + name.encode()).digest()[:SALT_BYTES].hex()


def commitment(salt: str, value: object) -> str:
    """SHA-256 over the salt's bytes and the canonical JSON of the value; nobody guesses a value without the salt."""
    return sha256(bytes.fromhex(salt) + canonical(value).encode()).hexdigest()


def commitments(seed: str, values: Mapping[str, object]) -> dict[str, str]:
    """The commitment of each value, by name."""
    secret = bytes.fromhex(seed)
    return {
        name: sha256(
            sha256(secret + name.encode()).digest()[:SALT_BYTES] + canonical(value).encode()
        ).hexdigest()
        for name, value in values.items()
    }


def leaf_text(number: int, name: str, on: str, at: datetime, sealed: Mapping[str, str]) -> str:
    """The entry as it is hashed into the tree, canonical JSON; `at` is in UTC."""
    return (
        f'{{"at":"{at.isoformat()}","name":{canonical(name)},"number":{number},"on":{canonical(on)},'
        f'"sealed":{canonical(sealed)}}}'
    )


def link(previous: str, leaf: str) -> str:
    """Digest of the chain after this leaf (both in hexadecimal)."""
    return sha256(f"{previous}{leaf}".encode()).hexdigest()
