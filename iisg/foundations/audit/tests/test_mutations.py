"""No false package is accepted by any verifier; IISG_MUTATIONS says how many are tried (2,000 in the suite)."""

from __future__ import annotations

import os
import sys
from collections import Counter

import pytest

from iisg.foundations.audit.offline.verify import Refused, verify
from iisg.foundations.audit.tests.browserless import NODE, Browserless
from iisg.foundations.audit.tests.mangling import Mangler
from iisg.foundations.audit.tests.second import accepts

COUNT = int(os.environ.get("IISG_MUTATIONS", "2000"))
IN_NODE = 10 if COUNT <= 2000 else 1
"""Every how many also go through verify.js."""


def holds(blob: bytes, keys: str | None, since: str | None = None) -> bool:
    try:
        return bool(verify(blob, keys, since))
    except Refused:
        return False


def test_no_false_package_is_accepted() -> None:
    mangler = Mangler(seed=20261125)
    assert holds(mangler.whole, mangler.keys, mangler.since)
    assert accepts(mangler.whole, mangler.keys, mangler.since)
    accepted: list[tuple[str, str]] = []
    ways: Counter[str] = Counter()
    with Browserless() as node:
        assert not NODE.exists() or node.verify(mangler.whole, keys=mangler.keys, since=mangler.since)[0]
        for number, (way, blob) in enumerate(mangler.falsified(COUNT)):
            ways[way] += 1
            if holds(blob, mangler.keys, mangler.since):
                accepted.append((way, "verify.py"))
            if accepts(blob, mangler.keys, mangler.since):
                accepted.append((way, "second"))
            if number % IN_NODE == 0 and node.verify(blob, keys=mangler.keys, since=mangler.since)[0]:
                accepted.append((way, "verify.js"))
    sys.stdout.write(f"{COUNT} false packages, {len(accepted)} accepted: {dict(ways)}\n")
    assert len(ways) == len(mangler.ways)
    assert accepted == []


def test_a_strangers_key_is_refused_by_the_list_of_keys_alone() -> None:
    mangler = Mangler(seed=3)
    with Browserless() as node:
        for _ in range(40):
            blob = mangler.key()
            assert not holds(blob, mangler.keys)
            assert not accepts(blob, mangler.keys)
            assert not node.verify(blob, keys=mangler.keys)[0]


@pytest.mark.parametrize("verifier", ["verify.py", "second"])
def test_every_single_bit_of_the_small_parts_counts(verifier: str) -> None:
    """Not by chance but each one: checkpoint, keys, and the first part of the proof."""
    from iisg.foundations.audit.tests.mangling import packed

    mangler = Mangler(seed=1)
    check = holds if verifier == "verify.py" else accepts
    for name, most in (("checkpoint.txt", 400), ("keys.txt", 400), ("proof.json", 150)):
        for place in range(min(most, len(mangler.files[name]))):
            raw = bytearray(mangler.files[name])
            raw[place] ^= 1 << (place % 8)
            assert not check(packed(mangler.files | {name: bytes(raw)}), mangler.keys, mangler.since), (
                name,
                place,
            )
