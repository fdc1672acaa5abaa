"""What proves a decision offline: its package with the sealed events, the text and the extract (security.md T3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from iisg.foundations.audit.models import Event
from iisg.foundations.audit.proving import make_package, package_of
from iisg.governance.board.models import Decision


def files_of(decision: Decision) -> dict[str, bytes]:
    """The frozen text and the certified extract, under plain names."""
    kept = {"text": decision.text.version, "extract": decision.extract, "conclusions": decision.evidence}
    return {
        f"{name}.{version.file_name.rpartition('.')[2].lower()}": bytes(version.content)
        for name, version in kept.items()
        if version is not None
    }


def events_of(decision: Decision) -> Iterable[Event]:
    """Everything on record about the proposal and its procedures until the decision."""
    proposal = decision.proposal
    about = [
        f"board.proposal:{proposal.ref}",
        *(f"board.silence:{one.ref}" for one in proposal.silences.all()),
    ]
    return Event.objects.filter(on__in=about).order_by("number")


def sealed(decision: Decision) -> dict[str, object]:
    """What the event of a decision seals: no names of people, so that an erasure never touches it."""
    words: Mapping[str, Any] = {
        "number": decision.number,
        "title": decision.title,
        "asked": decision.proposal.asks,
        "proposal": decision.proposal.ref,
        "procedure": decision.procedure,
        "outcome": decision.outcome,
        "decided_at": decision.decided_at.isoformat(),
        "effective_on": decision.effective_on.isoformat(),
        "text_sha256": decision.digest,
        "seats": [
            {"seat": one["seat"], "said": one["said"], "reason": one.get("reason", "")}
            for one in decision.positions
        ],
    }
    return package_of(words, events=events_of(decision), files=files_of(decision))


def package(decision: Decision) -> bytes:
    """The package as it stands on the newest checkpoint, every fact shown that was not erased."""
    last = Event.objects.get(name="board.decision_taken", on=f"board.decision:{decision.number}")
    return make_package(last, files=files_of(decision), shows=lambda event: event.salts())
