"""Letters of a procedure to the seats of its roster: representative and alternates alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from iisg.foundations.access.actors import HOUSE
from iisg.governance.board.models import Decision, Position, Rostered, Silence
from iisg.governance.board.wording import moment_in_words, named
from iisg.office.letters.addressing import Addressee, without_doubles
from iisg.office.letters.models import Letter
from iisg.office.letters.operations import issue_letter


def _people(rostered: Iterable[Rostered]) -> list[Addressee]:
    """Whom a notice goes to: whoever was frozen as speaking for the seats."""
    found = []
    for one in rostered:
        key = one.seat.organisation_id
        if one.representative:
            found.append(Addressee(one.representative, one.email, organisation_key=key))
        found += [Addressee(name, email, organisation_key=key) for name, email in one.alternates]
    return without_doubles(found)


def _tell(
    kind: str,
    silence: Silence,
    *,
    at: datetime,
    seats: Sequence[str] = (),
    reason: str = "",
    decision: Decision | None = None,
    to: Iterable[Rostered] | None = None,
) -> Letter | None:
    """Write to all seats, or to some; None where nobody is to be told."""
    roster = list(silence.roster.all())
    people = _people(roster if to is None else to)
    if not people:
        return None
    names = {one.seat.ref: str(one.seat) for one in roster}
    facts: dict[str, Any] = {
        "reference": silence.proposal.ref,
        "title": silence.proposal.title,
        "asks": silence.proposal.asks,
        "ends_at": moment_in_words(silence.ends_at),
        "link": settings.HOUSE_ADDRESS + reverse("silence", args=[silence.pk]),
        "seats": named([names.get(seat, seat) for seat in seats]),
        "reason": reason or _words_of(silence, seats),
        "digest": silence.digest,
        "number": decision.number if decision else "",
        "effective_on": decision.effective_on if decision else None,
    }
    papers = [silence.text.version] if kind == "board-silence-notice" else []
    if decision is not None and decision.extract is not None:
        papers = [decision.extract]
    return issue_letter(kind, facts, people, by=HOUSE, at=at, about=silence, attachments=papers)


def _words_of(silence: Silence, seats: Sequence[str]) -> str:
    """What those seats said last."""
    said = [one for one in silence.positions.all() if one.seat.ref in seats and not one.late and one.reason]
    return said[-1].reason if said else ""


def _acknowledge(silence: Silence, position: Position, *, at: datetime) -> Letter | None:
    """Both heads of a seat learn what was said in its name, and by whom (rules.md 3.4)."""
    people = _people(silence.roster.filter(seat=position.seat_id))
    if not people:
        return None
    facts = {
        "reference": silence.proposal.ref,
        "title": silence.proposal.title,
        "seat": str(position.seat),
        "said": str(position.get_value_display()),
        "speaker": position.speaker,
        "capacity": str(position.get_capacity_display()),
        "reason": position.reason or "–",
        "at": moment_in_words(position.at),
        "link": settings.HOUSE_ADDRESS + reverse("silence", args=[silence.pk]),
    }
    return issue_letter("board-position", facts, people, by=HOUSE, at=at, about=silence)
