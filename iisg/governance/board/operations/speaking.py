"""A seat says something; the Secretariat reminds those who have not (rules.md 3.4 and 3.6)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.board import rules
from iisg.governance.board.log import log_of, stands
from iisg.governance.board.models import (
    How,
    Period,
    Position,
    Seat,
    SeatHolder,
    Silence,
    SilenceState,
    Spoken,
)
from iisg.governance.board.operations.procedure import _prove
from iisg.governance.board.operations.settling import _locked, _settle
from iisg.governance.board.operations.telling import _acknowledge, _tell
from iisg.governance.board.periods import reminders_due
from iisg.governance.board.silence import Standing, is_late, newest


@transaction.atomic
def take_position(
    silence: Silence,
    holder: SeatHolder,
    value: str,
    reason: str,
    digest: str,
    *,
    by: Actor,
    at: datetime,
) -> Position:
    """A representative or an alternate speaks for the seat; what comes after the end is kept as late.

    The same said twice by the same person is one position, however often the button was pressed.
    """
    silence = _locked(silence)
    require(by, Can.TAKE_POSITIONS, rules.may_say(value, reason, digest, silence))
    if not _speaks(holder, by, at):
        raise PermissionDenied(f"{by.label} does not speak for that seat.")
    capacity = Spoken(holder.capacity)
    return _say(silence, holder.seat, value, reason, capacity, holder.name, by=by, at=at)


@transaction.atomic
def take_position_on_behalf(
    silence: Silence,
    seat: Seat,
    value: str,
    reason: str,
    digest: str,
    speaker: str,
    *,
    by: Actor,
    at: datetime,
) -> Position:
    """The Secretariat types what a seat has told it in writing; it is shown as such, with who said it."""
    silence = _locked(silence)
    findings = [*rules.may_say(value, reason, digest, silence), *rules.needs_reason(speaker)]
    require(by, Can.RUN_SILENCES, findings)
    return _say(silence, seat, value, reason, Spoken.ON_BEHALF, speaker, by=by, at=at)


def _speaks(holder: SeatHolder, by: Actor, at: datetime) -> bool:
    """Whether the actor is that holder, in office on the day, and speaks for the body of the seat."""
    day = timezone.localtime(at).date()
    own = SeatHolder.objects.on(day).filter(pk=holder.pk, email__iexact=getattr(by, "email", "") or "-")
    return own.exists() and holder.seat.organisation_id in by.organisation_keys


def _repeats(last: Position | None, value: str, reason: str, capacity: str, speaker: str) -> bool:
    """Whether the same person has just said the same."""
    said = (value, reason.strip(), str(capacity), speaker.strip()[:150])
    return last is not None and (last.value, last.reason, last.capacity, last.speaker) == said


def _due(period: Period, at: datetime) -> list[str]:
    """Reminders that are due and not sent."""
    return [
        name for name in reminders_due(period.began_at, period.ends_at, at) if name not in period.reminded
    ]


def _say(
    silence: Silence,
    seat: Seat,
    value: str,
    reason: str,
    capacity: Spoken,
    speaker: str,
    *,
    by: Actor,
    at: datetime,
) -> Position:
    if not silence.roster.filter(seat=seat).exists():
        raise PermissionDenied(f"{seat} has no voice in this procedure.")
    late = not silence.is_running or is_late(log_of(silence), at)
    last = silence.positions.filter(seat=seat, late=late).order_by("-at", "-pk").first()
    if last is not None and _repeats(last, value, reason, capacity, speaker):
        record("board.position_repeated", by=by, on=silence, at=at, seat=seat.ref)
        return last
    position = Position.objects.create(
        silence=silence,
        seat=seat,
        value=value,
        reason=reason.strip(),
        capacity=capacity,
        speaker=speaker.strip()[:150],
        typed_by_label=by.label[:200],
        digest=silence.digest,
        at=at,
        late=late,
    )
    record(
        "board.position_late" if late else "board.position_taken",
        by=by,
        on=silence,
        at=at,
        seat=seat.ref,
        value=value,
        reason=reason.strip(),
        capacity=str(capacity),
        speaker=position.speaker,
        digest=position.digest,
    )
    silence = _locked(silence)
    if not late:
        _prove(silence, seat, How.SPOKE, "", by=by, at=at)
        silence = _locked(silence)
    _acknowledge(silence, position, at=at)
    _settle(silence, at=at)
    return position


@transaction.atomic
def remind_silent(silence: Silence, *, by: Actor, at: datetime) -> Silence:
    """Remind the seats that have said nothing; each reminder goes out once, missed ones go with the newest."""
    silence = _locked(silence)
    period = silence.period
    due = _due(period, at)
    findings = []
    if silence.state != SilenceState.OPEN or stands(silence, at).standing is not Standing.OPEN or not due:
        findings.append(rules.error("not-due", "No reminder is due."))
    require(by, Can.RUN_SILENCES, findings)
    period.reminded = [*period.reminded, *due]
    period.save(update_fields=["reminded"])
    spoken = newest(log_of(silence), at)
    silent = [one for one in silence.roster.all() if one.seat.ref not in spoken]
    record("board.silent_reminded", by=by, on=silence, at=at, due=due, seats=[one.seat.ref for one in silent])
    if silent:
        _tell("board-silence-reminder", silence, at=at, to=silent)
    return silence
