"""The package of a decision: what a member needs to verify it without this house and without a network. No Django."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from iisg.foundations.audit.notes import PublicKey, read_checkpoint
from iisg.foundations.audit.sealing import FACT, canonical
from iisg.foundations.audit.tree import Tree

FORMAT = "iisg-proof/1"
PACKAGE = "package"
"""The fact of a decision's last event that names everything that belongs to it."""

RECEIPT = ("member", "key", "authenticator", "client", "signature")
OFFLINE = Path(__file__).parent / "offline"
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_SAME_EVER = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it stands in the log, with the salts and values that are shown, by name."""

    number: int
    text: str
    shown: Mapping[str, tuple[str, object]]


def contents(
    decision: Mapping[str, Any], *, entries: Sequence[int] = (), files: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """What the last event of a decision seals as its fact `package`: the decision in the caller's own words (plain
    JSON values), the numbers of all earlier events that belong to it, the digest of each file."""
    strange = [name for name in files or {} if not _FILE.fullmatch(name)]
    if strange:
        raise ValueError(f"Files in a package have plain names: {', '.join(strange)} has not.")
    return {
        "decision": dict(decision),
        "entries": sorted(set(entries)),
        "files": {name: sha256(content).hexdigest() for name, content in (files or {}).items()},
    }


def zipped(
    entries: Sequence[Entry],
    tree: Tree,
    note: str,
    earlier: Sequence[str],
    keys: Sequence[PublicKey],
    *,
    files: Mapping[str, bytes],
    receipts: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """The package as the bytes of a ZIP file, the same for the same input.

    `entries` in their order, the last one showing `facts.package`; `note` is the checkpoint over `tree`, `earlier` are
    older checkpoints that the package shall lead from; `receipts` are passkeys' signatures of the checkpoint
    (RECEIPT, bytes in base64).
    """
    known = list(keys)
    signed = read_checkpoint(note, known)
    olds = [(old, read_checkpoint(old, known)) for old in earlier]
    proof = {
        "format": FORMAT,
        "entries": [
            {
                "leaf": entry.text,
                "path": _hex(tree.inclusion(entry.number - 1, signed.size)),
                "open": {name: [salt, canonical(value)] for name, (salt, value) in entry.shown.items()},
            }
            for entry in entries
        ],
        "earlier": [
            {"checkpoint": old, "path": _hex(tree.consistency(read.size, signed.size))}
            for old, read in sorted(olds, key=lambda pair: pair[1].size)
        ],
        "receipts": [{name: receipt[name] for name in RECEIPT} for receipt in receipts],
    }
    signers = {key for one in (signed, *(read for _, read in olds)) for key in one.keys}
    parts = {
        "decision.json": canonical(entries[-1].shown[FACT + PACKAGE][1]).encode(),
        "proof.json": canonical(proof).encode(),
        "checkpoint.txt": note.encode(),
        "keys.txt": "".join(f"{key}\n" for key in keys if key in signers).encode(),
        "verify.py": (OFFLINE / "verify.py").read_bytes(),
        "verify.html": page().encode(),
        **{f"files/{name}": content for name, content in files.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _SAME_EVER), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def page() -> str:
    """verify.html: script and style within, allowed by their digests and nothing else; no network."""
    script, style = ((OFFLINE / name).read_text(encoding="utf-8") for name in ("verify.js", "verify.css"))
    policy = f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'"
    policy += "; base-uri 'none'; form-action 'none'"
    shell = (OFFLINE / "verify.page").read_text(encoding="utf-8")
    return shell.replace("@POLICY@", policy).replace("@STYLE@", style).replace("@SCRIPT@", script)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _hex(path: Sequence[bytes]) -> list[str]:
    return [step.hex() for step in path]
