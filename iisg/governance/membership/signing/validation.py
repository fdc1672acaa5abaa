"""The house's side: starts the process that looks at a signed PDF, waits within measure, puts its answer into words."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)
_HOUSE = str(Path(__file__).resolve().parents[4])
PROGRAM = (
    "import sys; sys.path[:0] = sys.argv[1:];"
    " from iisg.governance.membership.signing.inside import main; main()"
)
_ANSWER = 8_000

WORDS: dict[str, str | Promise] = {
    "not-signed": gettext_lazy("There is no electronic signature in this file."),
    "encrypted": gettext_lazy("The file is locked with a password; it cannot be checked."),
    "unreadable": gettext_lazy("The file is damaged, or it is no PDF that can be read."),
    "too-many": gettext_lazy("The file holds more signatures than a form of ours has."),
    "too-large": gettext_lazy("Checking the file takes more memory or time than one form is given."),
    "broken": gettext_lazy("The electronic signature is damaged, or of a sort that cannot be checked."),
    "changed": gettext_lazy(
        "The file was changed after it was signed: the signature does not fit what it says."
    ),
    "no-trust-list": gettext_lazy(
        "The Secretariat has no list of trusted issuers of certificates yet, so no electronic signature can be "
        "confirmed."
    ),
    "revoked": gettext_lazy("The certificate of whoever signed was revoked by its issuer."),
    "expired": gettext_lazy("The certificate of whoever signed is not valid on this day."),
    "unknown-root": gettext_lazy(
        "The certificate of whoever signed comes from an issuer that is not on the Secretariat's list of trusted "
        "issuers."
    ),
    "other-paper": gettext_lazy(
        "What is signed is not the paper that was printed here for this form: sign that very file, and do not save or "
        "print it anew in between."
    ),
}


@dataclass(frozen=True, slots=True)
class Check:
    """What validation says of a signed file, with its digest; `reason` says in a sentence why it does not count."""

    valid: bool
    intact: bool
    trusted: bool
    signer: str
    issuer: str
    signed_at: str
    qualified: bool
    code: str
    reason: str
    digest: str
    checked_at: str

    def as_plain(self) -> dict[str, Any]:
        """As it is kept with the form."""
        return {name: getattr(self, name) for name in self.__slots__}


def trusted_roots() -> list[bytes]:
    """The certificates in the folder of trusted issuers; none where no folder is configured."""
    folder: Path | None = settings.TRUST_LIST
    if folder is None:
        return []
    return [path.read_bytes() for path in sorted(folder.glob("*.pem"))]


def validate(signed: bytes, paper: bytes, at: datetime, roots: list[bytes] | None = None) -> Check:
    """Check a file against the paper that was printed; whatever becomes of the process, there is an answer."""
    found = _looked_at(signed, paper, trusted_roots() if roots is None else roots, at)
    code = str(found.get("code", ""))
    if code not in ("", *WORDS):
        code = "broken"
    reason = str(WORDS[code]) if code else ""
    if code == "unknown-root" and found.get("issuer"):
        reason = f"{reason} {_('Its issuer is: %(issuer)s.') % {'issuer': found['issuer']}}"
    return Check(
        valid=code == "" and found.get("intact") is True and found.get("trusted") is True,
        intact=found.get("intact") is True,
        trusted=found.get("trusted") is True,
        signer=_text(found, "signer"),
        issuer=_text(found, "issuer"),
        signed_at=_text(found, "signed_at"),
        qualified=found.get("qualified") is True,
        code=code,
        reason=reason,
        digest=sha256(signed).hexdigest(),
        checked_at=at.isoformat(),
    )


def _text(found: dict[str, Any], name: str) -> str:
    """A text of the answer; it comes out of a foreign file and is cut."""
    return str(found.get(name) or "")[:300]


def _looked_at(signed: bytes, paper: bytes, roots: list[bytes], at: datetime) -> dict[str, Any]:
    """The process's own answer; a process that dies or is stopped has found the file too large or damaged."""
    order = {
        "memory": settings.SIGNATURE_MEMORY_BYTES,
        "seconds": settings.SIGNATURE_SECONDS,
        "signed": len(signed),
        "paper": len(paper),
        "roots": [b64encode(root).decode() for root in roots],
        "at": at.isoformat(),
    }
    folders = [_HOUSE, *(folder for folder in sys.path if folder)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", PROGRAM, *folders],
            input=json.dumps(order).encode() + b"\n" + signed + paper,
            capture_output=True, env={}, cwd="/", check=False, timeout=settings.SIGNATURE_SECONDS,
        )  # fmt: skip
        found = json.loads(done.stdout[:_ANSWER])
    except subprocess.TimeoutExpired:
        return {"code": "too-large"}
    except ValueError:
        logger.error("Looking at a signed file ended with code %s", done.returncode)
        return {"code": "too-large" if done.returncode < 0 else "unreadable"}
    return found if isinstance(found, dict) else {"code": "unreadable"}
