"""Verifies the package of a decision without a network: python verify.py PACKAGE.zip [--keys FILE] [--since FILE]

Needs Python 3.9 or newer and the library `cryptography`. Exit code 0: everything below holds; 1: something does not.
--keys FILE     the list of the log's keys that you keep; without it the keys in the package are only compared
--since FILE    a checkpoint.txt that you kept earlier: the log must be the same one, only longer
--members FILE  the passkeys of members, a line each: name, space, fingerprint
"""

# fmt: off
# laid out by hand: members read it
from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import pathlib
import re
import sys
import zipfile
import zlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST_BYTES = 500_000_000
NEEDED = {"decision.json", "proof.json", "checkpoint.txt", "keys.txt"}
TOOLS = {"verify.py", "verify.html"}
COSE = bytes.fromhex("a5010203262001215820")  # an ES256 key: map, P-256, x follows, then 225820 and y
Keys = dict[tuple[str, bytes], bytes]
BROKEN = (LookupError, TypeError, ValueError, AttributeError, EOFError, OSError, RuntimeError, NotImplementedError,
          zipfile.BadZipFile, zlib.error)
Entry = tuple[dict[str, Any], dict[str, str]]

class Refused(Exception):
    """Something in the package does not hold; the message says what."""

def demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Refused(otherwise)

def matched(pattern: str, written: str, otherwise: str) -> re.Match[str]:
    found = re.fullmatch(pattern, written)
    if not found:
        raise Refused(otherwise)
    return found

def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()

def read_zip(blob: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        names = archive.namelist()
        demand(len(set(names)) == len(names), "Two files in the package have the same name.")
        demand(sum(i.file_size for i in archive.infolist()) <= MOST_BYTES, "The package is too large.")
        return {name: archive.read(name) for name in names}

def parsed(written: str) -> Any:
    """JSON in its one spelling."""
    value = json.loads(written)
    again = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    demand(again == written, "A part of the proof is not written in the one way.")
    return value

def unhex(written: Any, size: int = 32) -> bytes:
    fits = isinstance(written, str) and re.fullmatch(f"[0-9a-f]{{{2 * size}}}", written)
    demand(bool(fits), "A hash is not written as one.")
    return bytes.fromhex(written)

def unbase(written: Any) -> bytes:
    raw = base64.b64decode(written, validate=True)
    demand(base64.b64encode(raw).decode() == written, "A signature, key or root is not written the one way.")
    return raw

def read_keys(listed: str) -> Keys:
    """Key by name and short hash, from lines name+hash+key."""
    keys = {}
    demand(listed.endswith("\n"), "The list of keys is not whole.")
    for line in listed[:-1].split("\n"):
        found = matched(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", line, "A key is not written as one.")
        raw, short = unbase(found[3]), bytes.fromhex(found[2])
        demand(raw[:1] == b"\x01" and len(raw) == 33, "A key is not of the kind Ed25519.")
        demand(sha(found[1].encode(), b"\n", raw)[:4] == short, "A key does not fit its short hash.")
        demand((found[1], short) not in keys, "A key is listed twice.")
        keys[found[1], short] = raw[1:]
    return keys

def read_note(note: str, keys: Keys) -> tuple[str, int, bytes, set[tuple[str, bytes]]]:
    """Origin, size, root and signers of a checkpoint; every signature must hold."""
    shape = r"([^\n]+)\n([1-9][0-9]{0,17})\n([A-Za-z0-9+/=]+)\n\n((?:— [^\s+]+ [A-Za-z0-9+/=]+\n)+)"
    found = matched(shape, note, "A checkpoint is not written as one.")
    root, signed, signers = unbase(found[3]), note[: found.start(4) - 1].encode(), set()
    demand(len(root) == 32, "The root of a checkpoint is not one.")
    for line in found[4][:-1].split("\n"):
        _, name, packed = line.split(" ")
        raw, signer = unbase(packed), (name, unbase(packed)[:4])
        demand(signer in keys, f"A checkpoint is signed by a key of {name} that is not on the list of keys.")
        try:
            Ed25519PublicKey.from_public_bytes(keys[signer]).verify(raw[4:], signed)
        except InvalidSignature:
            raise Refused("The signature of a checkpoint does not hold.") from None
        demand(signer not in signers, "A checkpoint carries the same signature twice.")
        signers.add(signer)
    demand(found[1] in {name for name, _ in signers}, "A checkpoint is not signed by the log it names.")
    return found[1], int(found[2]), root, signers

def climbed(at: int, last: int, start: bytes, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that a proof leads to, the old tree's and the new one's (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    old = new = start
    for step in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            old, new = sha(b"\x01", step, old), sha(b"\x01", step, new)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            new = sha(b"\x01", new, step)
        at, last = at >> 1, last >> 1
    return (old, new) if last == 0 else None

def is_extended(first: int, old: bytes, size: int, new: bytes, path: list[bytes]) -> bool:
    steps = [old, *path] if first & (first - 1) == 0 else path
    at, last = first - 1, size - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    return bool(path) and climbed(at, last, steps[0], steps[1:]) == (old, new)

def check_entry(entry: dict[str, Any], size: int, root: bytes) -> Entry:
    """The entry as logged, and the values that are shown."""
    demand(set(entry) == {"leaf", "path", "open"}, "An entry lacks a part.")
    leaf, path = parsed(entry["leaf"]), [unhex(step) for step in entry["path"]]
    demand(set(leaf) == {"at", "name", "number", "on", "sealed"}, "An entry lacks a part.")
    number, sealed = leaf["number"], leaf["sealed"]
    demand(type(number) is int and 1 <= number <= size, "An entry is younger than the checkpoint.")
    roots = climbed(number - 1, size - 1, sha(b"\x00", entry["leaf"].encode()), path)
    demand(roots is not None and roots[1] == root, f"Entry {number} is not in the log.")
    for name, (salt, value) in entry["open"].items():
        held = name in sealed and sha(unhex(salt, 16), value.encode()).hex() == sealed[name]
        demand(held, f"The value {name} of entry {number} is not the one that was logged.")
    return leaf, {name: value for name, (_, value) in entry["open"].items()}

def check_decision(files: dict[str, bytes], entries: list[Entry]) -> int:
    """The decision names its entries and files: none is missing, none is added, each is the one meant."""
    numbers = [leaf["number"] for leaf, _ in entries]
    demand(bool(entries) and numbers == sorted(set(numbers)), "The entries are not in their order.")
    demand("facts.package" in entries[-1][1], "The last entry does not show the decision.")
    package = entries[-1][1]["facts.package"]
    demand(files["decision.json"] == package.encode(), "decision.json is not the decision that was logged.")
    said = parsed(package)
    demand(set(said) == {"decision", "entries", "files"}, "The decision does not say what belongs to it.")
    demand([*said["entries"], numbers[-1]] == numbers, "An entry is missing, or one is too many.")
    carried = {name[6:]: sha(raw).hex() for name, raw in files.items() if name.startswith("files/")}
    demand(carried == said["files"], "A file is not the one that was logged, is missing, or is too many.")
    demand(len(files) - len(carried) == len(files.keys() & (NEEDED | TOOLS)), "A file does not belong here.")
    return len(carried)

def check_receipt(receipt: dict[str, str], note: bytes, members: dict[str, str] | None) -> str:
    """A member's passkey has signed SHA-256 of this checkpoint (WebAuthn, ES256, the person verified)."""
    demand(set(receipt) == {"member", "key", "authenticator", "client", "signature"}, "A receipt lacks a part.")
    who, cose, data = receipt["member"], unbase(receipt["key"]), unbase(receipt["authenticator"])
    fits = cose[:10] == COSE and cose[42:45] == b"\x22\x58\x20" and len(cose) == 77
    demand(fits, f"The passkey of {who} is not of the kind ES256.")
    client = unbase(receipt["client"])
    said, challenge = json.loads(client.decode()), base64.urlsafe_b64encode(sha(note)).decode().rstrip("=")
    right = said["type"] == "webauthn.get" and said["challenge"] == challenge
    demand(right and len(data) >= 37 and data[32] & 5 == 5, f"The receipt of {who} is for something else.")
    try:
        point = b"\x04" + cose[10:42] + cose[45:]
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        key.verify(unbase(receipt["signature"]), data + sha(client), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        raise Refused(f"The receipt of {who} does not hold.") from None
    held = sha(cose).hex()
    if members is None:
        return f"A passkey, here said to be of {who}, signed this checkpoint. Compare its fingerprint: {held}"
    demand(members.get(who) == held, f"{who} has another passkey on your list.")
    return f"{who} signed this checkpoint with the passkey on your list."

def verify(blob: bytes, kept: str | None = None, since: str | None = None, members: str | None = None) -> list[str]:
    """What holds, in plain words; raises Refused with the first thing that does not."""
    try:
        return _verify(read_zip(blob), kept, since, members)
    except BROKEN as fault:
        raise Refused(f"The package is damaged ({type(fault).__name__}: {fault}).") from None

def _verify(files: dict[str, bytes], kept: str | None, since: str | None, members: str | None) -> list[str]:
    demand(files.keys() >= NEEDED, "The package lacks a part.")
    listed, note, proof = (files[name].decode() for name in ("keys.txt", "checkpoint.txt", "proof.json"))
    said = parsed(proof)
    keys, mine = read_keys(listed), read_keys(kept) if kept is not None else {}
    strange = kept is not None and not keys.items() <= mine.items()
    demand(not strange, "The package is signed by a key that is not on your list of keys.")
    demand(set(said) == {"format", "entries", "earlier", "receipts"}, "The proof lacks a part.")
    demand(said["format"] == "iisg-proof/1", "This verifier does not know the format of the proof.")
    origin, size, root, signers = read_note(note, keys)
    entries = [check_entry(entry, size, root) for entry in said["entries"]]
    count, before, known = check_decision(files, entries), 0, {note: size}
    for each in said["earlier"]:
        demand(set(each) == {"checkpoint", "path"}, "An earlier checkpoint lacks a part.")
        its_origin, its_size, its_root, its_signers = read_note(each["checkpoint"], keys)
        demand(its_origin == origin and before < its_size < size, "An earlier checkpoint is not an earlier one.")
        path = [unhex(step) for step in each["path"]]
        demand(is_extended(its_size, its_root, size, root, path), "An earlier checkpoint is of another log.")
        before, signers, known[each["checkpoint"]] = its_size, signers | its_signers, its_size
    demand(signers == keys.keys(), "The list of keys has one that signed nothing.")
    lines = [f"The checkpoint of {origin} with {size} entries is signed{' by a key on your list' if mine else ''}."]
    if not mine:
        lines.append(f"NOT established: whose key that is. Compare it with the published one:\n{listed[:-1]}")
    lines += [told(leaf, shown) for leaf, shown in entries]
    lines.append(f"decision.json and {count} file(s) are byte for byte the logged ones; no entry was left out.")
    if since is not None:
        demand(
            since in known,
            "This package does not lead from your checkpoint. Ask for one that does; if the "
            "log cannot give one, it is not the log that you saw.",
        )
        lines.append(f"The log is the one that you saw with {known[since]} entries, as long or longer.")
    people = None if members is None else {k: v for k, _, v in (m.rpartition(" ") for m in members.split("\n"))}
    signed = [check_receipt(each, files["checkpoint.txt"], people) for each in said["receipts"]]
    demand(len({each["key"] for each in said["receipts"]}) == len(signed), "A receipt is there twice.")
    return lines + signed

def told(leaf: dict[str, Any], shown: dict[str, str]) -> str:
    lines = [f"Entry {leaf['number']} is in the log: {leaf['name']} · {leaf['on']} · {leaf['at']}"]
    lines += [f"{name}: {value}" for name, value in shown.items() if name != "facts.package"]
    closed = [name for name in leaf["sealed"] if name not in shown]
    return "\n    ".join(lines + ([f"not shown: {', '.join(closed)}"] if closed else []))

def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("package")
    for option in ("--keys", "--since", "--members"):
        ask.add_argument(option, type=lambda path: pathlib.Path(path).read_bytes().decode())
    try:
        given = ask.parse_args()
        lines = verify(pathlib.Path(given.package).read_bytes(), given.keys, given.since, given.members)
    except (Refused, OSError) as fault:
        sys.stderr.write(f"REFUSED. {fault}\n")
        return 1
    sys.stdout.write("\n".join([*lines, "Everything above holds."]) + "\n")
    return 0

if __name__ == "__main__":
    sys.exit(main())
