"""A member's passkey that signed a checkpoint (WebAuthn), verified by the two verifiers that travel along."""

from __future__ import annotations

import base64
import json
import random
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from iisg.foundations.audit.offline.verify import Refused, verify
from iisg.foundations.audit.tests.browserless import Browserless
from iisg.foundations.audit.tests.made_up import a_log, a_package, spelt
from iisg.foundations.audit.tests.mangling import packed, unpacked

Receipt = dict[str, str]


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def receipt(member: str, note: str, secret: int, flags: int = 5, kind: str = "webauthn.get") -> Receipt:
    """As an authenticator makes one."""
    key = ec.derive_private_key(secret, ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    x, y = (value.to_bytes(32, "big") for value in (numbers.x, numbers.y))
    cose = bytes.fromhex("a5010203262001215820") + x + bytes.fromhex("225820") + y
    challenge = base64.urlsafe_b64encode(sha256(note.encode()).digest()).decode().rstrip("=")
    client = json.dumps(
        {"type": kind, "challenge": challenge, "origin": "https://mapping.example.org"}
    ).encode()
    data = sha256(b"mapping.example.org").digest() + bytes([flags]) + (7).to_bytes(4, "big")
    signature = key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
    return {
        "member": member,
        "key": b64(cose),
        "authenticator": b64(data),
        "client": b64(client),
        "signature": b64(signature),
    }


LOG, NUMBERS = a_log()
NOTE = LOG.checkpoint()
GOOD = [receipt("Albania", NOTE, 11), receipt("Serbia", NOTE, 12)]
MEMBERS = "".join(f"{each['member']} {sha256(base64.b64decode(each['key'])).hexdigest()}\n" for each in GOOD)


def refused(receipts: list[Receipt], members: str | None = MEMBERS) -> list[str]:
    """Which of the two verifiers refuse."""
    files = unpacked(a_package(LOG, NUMBERS, note=NOTE))
    proof = json.loads(files["proof.json"]) | {"receipts": receipts}
    blob = packed(files | {"proof.json": spelt(proof).encode()})
    found = []
    try:
        verify(blob, LOG.keys(), None, members)
    except Refused:
        found.append("verify.py")
    with Browserless() as node:
        if not node.verify(blob, keys=LOG.keys(), members=members)[0]:
            found.append("verify.js")
    return found


def test_receipts_are_named_with_and_without_a_list() -> None:
    package = a_package(LOG, NUMBERS, note=NOTE, receipts=GOOD)
    said = "\n".join(verify(package, LOG.keys(), None, MEMBERS))
    assert "Albania signed this checkpoint with the passkey on your list." in said
    assert "Compare its fingerprint" in "\n".join(verify(package, LOG.keys()))
    assert refused(GOOD) == refused(GOOD, None) == []


@pytest.mark.parametrize(
    "wrong",
    [
        receipt("Albania", LOG.checkpoint(9), 11),
        receipt("Albania", NOTE, 11, flags=1),
        receipt("Albania", NOTE, 11, kind="webauthn.create"),
        receipt("Albania", NOTE, 99),
        GOOD[1] | {"member": "Albania"},
        GOOD[0] | {"signature": GOOD[1]["signature"]},
        GOOD[0] | {"remark": ""},
        GOOD[1],
    ],
    ids=[
        "other note",
        "not verified",
        "other deed",
        "other key",
        "other name",
        "other signature",
        "more",
        "twice",
    ],
)
def test_what_is_wrong_is_refused_by_both(wrong: Receipt) -> None:
    assert refused([wrong, GOOD[1]]) == ["verify.py", "verify.js"]


def test_no_flipped_bit_is_accepted() -> None:
    chance = random.Random(5)
    files = unpacked(a_package(LOG, NUMBERS, note=NOTE))
    proof, accepted = json.loads(files["proof.json"]), []
    with Browserless() as node:
        for _ in range(300):
            part = chance.choice(["key", "authenticator", "client", "signature"])
            raw = bytearray(base64.b64decode(GOOD[0][part]))
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            false = [GOOD[0] | {part: b64(bytes(raw))}]
            blob = packed(files | {"proof.json": spelt(proof | {"receipts": false}).encode()})
            if node.verify(blob, keys=LOG.keys(), members=MEMBERS)[0]:
                accepted.append((part, "verify.js"))
            try:
                verify(blob, LOG.keys(), None, MEMBERS)
                accepted.append((part, "verify.py"))
            except Refused:
                pass
    assert accepted == []
