"""Verbs on silent written procedures: open, extend, prove a notice, go on after a stop, end (rules.md 3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.board import rules
from iisg.governance.board.models import (
    Capacity,
    How,
    Period,
    Proof,
    Proposal,
    Rostered,
    RuleSet,
    Seat,
    SeatHolder,
    Silence,
    SilenceState,
)
from iisg.governance.board.operations.settling import _locked, _settle
from iisg.governance.board.operations.telling import _tell
from iisg.governance.board.periods import period_end


@transaction.atomic
def open_silence(
    proposal: Proposal, *, by: Actor, at: datetime, urgent: bool = False, urgency: str = ""
) -> Silence:
    """Freeze text, roster, end and rules, and send the notice to every seat; nothing but the end may change then."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    in_force = RuleSet.objects.latest("version")
    require(by, Can.RUN_SILENCES, rules.may_open(proposal, in_force, urgent, urgency, at))
    text = proposal.texts.latest("number")
    proposal.flow.make(proposal, "put")
    proposal.save(update_fields=["state"])
    silence = Silence.objects.create(
        proposal=proposal,
        text=text,
        digest=text.digest,
        rules=in_force,
        urgency=urgency.strip() if urgent else "",
        state=SilenceState.OPEN,
        opened_at=at,
    )
    for seat in Seat.objects.with_holders(timezone.localtime(at).date()):
        _freeze(silence, seat)
    period = Period.objects.create(
        silence=silence, number=1, began_at=at, ends_at=period_end(in_force, urgent, at)
    )
    record(
        "board.silence_opened",
        by=by,
        on=silence,
        at=at,
        digest=silence.digest,
        ends_at=period.ends_at,
        rules=in_force.version,
        seats=sorted(one.seat.ref for one in silence.roster.all()),
    )
    period.notice = _tell("board-silence-notice", silence, at=at)
    period.save(update_fields=["notice"])
    return silence


def _freeze(silence: Silence, seat: Seat) -> None:
    first: SeatHolder | None = next(
        (one for one in seat.held if one.capacity == Capacity.REPRESENTATIVE), None
    )
    Rostered.objects.create(
        silence=silence,
        seat=seat,
        representative=first.name if first else "",
        email=first.email if first else "",
        alternates=[[one.name, one.email] for one in seat.held if one.capacity == Capacity.ALTERNATE],
    )


@transaction.atomic
def extend_silence(silence: Silence, ends_at: datetime, reason: str, *, by: Actor, at: datetime) -> Silence:
    """Move the end to a later moment, once, for all equally, with a new notice."""
    silence = _locked(silence)
    require(by, Can.RUN_SILENCES, rules.may_extend(silence, ends_at, reason, at))
    period = silence.period
    silence.extended_at, silence.extended_from = at, period.ends_at
    silence.extension_reason = reason.strip()
    silence.save()
    period.ends_at = ends_at
    period.save(update_fields=["ends_at"])
    record("board.silence_extended", by=by, on=silence, at=at, ends_at=ends_at, before=silence.extended_from)
    _tell("board-silence-extended", _locked(silence), at=at, reason=reason.strip())
    return silence


@transaction.atomic
def record_proof(silence: Silence, seat: Seat, note: str, *, by: Actor, at: datetime) -> Proof:
    """The Secretariat knows by other means that a seat has the notice: a receipt, a call, a note verbale."""
    silence = _locked(silence)
    findings = [*rules.needs_reason(note)]
    if not silence.is_running:
        findings.append(rules.error("ended", _("The procedure has ended.")))
    if not silence.roster.filter(seat=seat).exists():
        findings.append(rules.error("no-seat", _("That seat is not in this procedure.")))
    require(by, Can.RUN_SILENCES, findings)
    proof = _prove(silence, seat, How.RECORDED, note.strip(), by=by, at=at)
    _settle(silence, at=at)
    return proof


@transaction.atomic
def note_read(silence: Silence, seat: Seat, *, by: Actor, at: datetime) -> None:
    """Somebody who speaks for the seat has opened the procedure's page; the first time is kept."""
    silence = _locked(silence)
    require(by, Can.TAKE_POSITIONS)
    speaks = by.label if seat.organisation_id in by.organisation_keys else ""
    if speaks and silence.is_running and silence.roster.filter(seat=seat).exists():
        _prove(silence, seat, How.READ, "", by=by, at=at)


def _prove(silence: Silence, seat: Seat, how: How, note: str, *, by: Actor, at: datetime) -> Proof:
    proof, new = Proof.objects.get_or_create(
        period=silence.period,
        seat=seat,
        how=how,
        defaults={"note": note[:500], "by_label": by.label[:200], "at": at},
    )
    if new:
        record("board.notice_proven", by=by, on=silence, at=at, seat=seat.ref, how=str(how))
    return proof


@transaction.atomic
def resume_silence(silence: Silence, reason: str, *, by: Actor, at: datetime) -> Silence:
    """After a stop: a new notice to all and a new full period."""
    silence = _locked(silence)
    require(by, Can.RUN_SILENCES, rules.may_resume(silence, reason))
    silence.flow.make(silence, "resume")
    silence.save(update_fields=["state"])
    period = Period.objects.create(
        silence=silence,
        number=silence.period.number + 1,
        began_at=at,
        ends_at=period_end(silence.rules, bool(silence.urgency), at),
        reason=reason.strip(),
    )
    record("board.silence_resumed", by=by, on=silence, at=at, ends_at=period.ends_at, reason=reason.strip())
    period.notice = _tell("board-silence-resumed", _locked(silence), at=at, reason=reason.strip())
    period.save(update_fields=["notice"])
    return _locked(silence)


@transaction.atomic
def withdraw_silence(silence: Silence, reason: str, *, by: Actor, at: datetime) -> Silence:
    """The chair or the Secretariat takes it back while it runs, with a reason that all are told."""
    silence = _locked(silence)
    _settle(silence, at=at)
    silence = _locked(silence)
    require(by, Can.RUN_SILENCES, rules.may_stop(silence, reason, at))
    silence.withdrawn_at, silence.reason = at, reason.strip()
    silence.save(update_fields=["withdrawn_at", "reason"])
    record("board.silence_taken_back", by=by, on=silence, at=at, reason=reason.strip())
    return _settle(_locked(silence), at=at)


@transaction.atomic
def move_to_meeting(silence: Silence, reason: str, *, by: Actor, at: datetime) -> Silence:
    """The chair moves the question to a meeting while the procedure runs; a seat does so by its position."""
    silence = _locked(silence)
    _settle(silence, at=at)
    silence = _locked(silence)
    require(by, Can.RUN_SILENCES, rules.may_stop(silence, reason, at))
    silence.moved_at, silence.reason = at, reason.strip()
    silence.save(update_fields=["moved_at", "reason"])
    record("board.moved_by_the_chair", by=by, on=silence, at=at, reason=reason.strip())
    return _settle(_locked(silence), at=at)
