"""A second verifier in Python, written apart from the product: plain recursion over definitions, no shared code."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Keys = dict[str, bytes]


def h(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def merkle_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, over leaf hashes, level by level."""
    if not leaves:
        return h(b"")
    level = list(leaves)
    while len(level) > 1:
        paired = [h(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def root_from_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a path leads to, from the root downwards; None where its length is wrong."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    half = largest_power_below(size)
    if index < half:
        left = root_from_path(leaf, index, half, path[:-1])
        return None if left is None else h(b"\x01" + left + path[-1])
    right = root_from_path(leaf, index - half, size - half, path[:-1])
    return None if right is None else h(b"\x01" + path[-1] + right)


def roots_from_proof(
    first: int, size: int, old: bytes, path: list[bytes], whole: bool = True
) -> tuple[bytes, bytes] | None:
    """Both roots that a consistency proof leads to."""
    if first == size:
        if whole:
            return (old, old) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path:
        return None
    half = largest_power_below(size)
    if first <= half:
        inner = roots_from_proof(first, half, old, path[:-1], whole)
        return None if inner is None else (inner[0], h(b"\x01" + inner[1] + path[-1]))
    inner = roots_from_proof(first - half, size - half, old, path[:-1], False)
    return None if inner is None else (h(b"\x01" + path[-1] + inner[0]), h(b"\x01" + path[-1] + inner[1]))


def largest_power_below(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def accepts(blob: bytes, kept: str, since: str | None = None) -> bool:
    """Whether the package holds against the keys and the checkpoint that a member keeps."""
    try:
        return _accepts(blob, kept, since)
    except Exception:
        return False


def _accepts(blob: bytes, kept: str, since: str | None) -> bool:
    archive = zipfile.ZipFile(io.BytesIO(blob))
    names = [info.filename for info in archive.infolist()]
    files = {name: archive.read(name) for name in names}
    mine, theirs = _keys(kept), _keys(files["keys.txt"].decode())
    proof = _strict(files["proof.json"].decode())
    note = files["checkpoint.txt"].decode()
    size, root, used = _checkpoint(note, theirs)
    sound = len(names) == len(set(names)) and all(mine.get(k) == v for k, v in theirs.items())
    sound &= (
        sorted(proof) == ["earlier", "entries", "format", "receipts"] and proof["format"] == "iisg-proof/1"
    )
    numbers: list[int] = []
    opened: list[dict[str, str]] = [{}]
    for entry in proof["entries"]:
        assert sorted(entry) == ["leaf", "open", "path"]
        leaf = _strict(entry["leaf"])
        numbers.append(leaf["number"])
        path = [_hex(step) for step in entry["path"]]
        sound &= 0 < leaf["number"] <= size
        sound &= root_from_path(h(b"\0" + entry["leaf"].encode()), leaf["number"] - 1, size, path) == root
        for name, (salt, value) in entry["open"].items():
            assert len(salt) == 32
            assert salt == salt.lower()
            sound &= leaf["sealed"][name] == h(bytes.fromhex(salt) + value.encode()).hex()
        opened.append({name: value for name, (_, value) in entry["open"].items()})
    package = _strict(opened[-1]["facts.package"])
    digests = {name: h(files[f"files/{name}"]).hex() for name in package["files"]}
    own = {"decision.json", "proof.json", "checkpoint.txt", "keys.txt", "verify.py", "verify.html"}
    sound &= files["decision.json"].decode() == opened[-1]["facts.package"]
    sound &= package["entries"] + numbers[-1:] == numbers and sorted(set(numbers)) == numbers
    sound &= digests == package["files"] and set(files) <= own | {f"files/{name}" for name in digests}
    kept_notes, sizes = {note}, [0]
    for each in proof["earlier"]:
        assert sorted(each) == ["checkpoint", "path"]
        its_size, its_root, its_keys = _checkpoint(each["checkpoint"], theirs)
        path = [_hex(step) for step in each["path"]]
        sound &= roots_from_proof(its_size, size, its_root, path) == (its_root, root)
        kept_notes.add(each["checkpoint"])
        used |= its_keys
        sizes.append(its_size)
    sound &= sizes == sorted(set(sizes)) and sizes[-1] < size
    return bool(
        sound and used == set(theirs) and (since is None or since in kept_notes) and not proof["receipts"]
    )


def _strict(text: str) -> Any:
    value = json.loads(text)
    assert json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == text
    return value


def _hex(text: str) -> bytes:
    assert len(text) == 64
    assert text == text.lower()
    return bytes.fromhex(text)


def _base64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    assert base64.b64encode(raw).decode() == text
    return raw


def _keys(text: str) -> Keys:
    keys = {}
    assert text[-1] == "\n"
    for line in text[:-1].split("\n"):
        name, short, packed = line.split("+", 2)
        raw = _base64(packed)
        assert raw[0] == 1
        assert len(raw) == 33
        assert h(name.encode() + b"\n" + raw)[:4].hex() == short
        assert f"{name}+{short}" not in keys
        keys[f"{name}+{short}"] = raw[1:]
    return keys


def _checkpoint(note: str, keys: Keys) -> tuple[int, bytes, set[str]]:
    body, below = note.split("\n\n")
    origin, size, packed = body.split("\n")
    assert str(int(size)) == size
    assert size.isascii()
    assert below[-1] == "\n"
    root, used = _base64(packed), set()
    assert len(root) == 32
    for line in below[:-1].split("\n"):
        dash, name, signature = line.split(" ")
        raw = _base64(signature)
        key = f"{name}+{raw[:4].hex()}"
        assert dash == "—"
        assert key not in used
        Ed25519PublicKey.from_public_bytes(keys[key]).verify(raw[4:], f"{body}\n".encode())
        used.add(key)
    assert any(key.startswith(f"{origin}+") for key in used)
    return int(size), root, used
