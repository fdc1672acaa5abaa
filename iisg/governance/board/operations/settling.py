"""Recording what time and words have made of a procedure; the outcome itself is the pure function's (rules.md 3.1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.board.log import stands
from iisg.governance.board.models import Proposal, Silence, SilenceState
from iisg.governance.board.operations.deciding import _adopt_by_silence
from iisg.governance.board.operations.proposing import _onto_the_agenda
from iisg.governance.board.operations.telling import _tell
from iisg.governance.board.signals import silence_ended
from iisg.governance.board.silence import Outcome, Standing

_ENDS = {
    Standing.BROKEN: ("break", "board.silence_broken", "board-silence-broken"),
    Standing.MOVED: ("move", "board.silence_moved", "board-silence-moved"),
    Standing.WITHDRAWN: ("withdraw", "board.silence_withdrawn", "board-silence-withdrawn"),
}


@transaction.atomic
def settle_silence(silence: Silence, *, by: Actor, at: datetime) -> Silence:
    """Record what holds already by the log: stopped, broken, adopted; nothing where the record says so already."""
    require(by, Can.RUN_SILENCES)
    return _settle(_locked(silence), at=at)


def _locked(silence: Silence) -> Silence:
    Silence.objects.select_for_update(of=("self",)).get(pk=silence.pk)
    return Silence.objects.with_log().get(pk=silence.pk)


def _settle(silence: Silence, *, at: datetime) -> Silence:
    """Bring the record of a locked procedure to where its log stands at a moment."""
    if not silence.is_running:
        return silence
    found = stands(silence, at)
    if found.standing is Standing.SUSPENDED and silence.state == SilenceState.OPEN:
        _suspend(silence, found, at=at)
    elif found.standing is Standing.ADOPTED:
        _adopt_by_silence(silence, found.since, at=at)
    elif found.standing in _ENDS:
        _end(silence, found, at=at)
    return silence


def _suspend(silence: Silence, found: Outcome, *, at: datetime) -> None:
    """The clock stands still since the notice failed; all are told, so that nobody counts on the old end."""
    period = silence.period
    period.stopped_at, period.stopped_for = found.since, list(found.because)
    period.save(update_fields=["stopped_at", "stopped_for"])
    silence.flow.make(silence, "suspend")
    silence.save(update_fields=["state"])
    record(
        "board.silence_suspended", by=HOUSE, on=silence, at=at, since=found.since, seats=list(found.because)
    )
    _tell("board-silence-suspended", silence, at=at, seats=found.because)


def _end(silence: Silence, found: Outcome, *, at: datetime) -> None:
    """Broken, moved or withdrawn: the proposal goes back to its makers, or on to a meeting; all are told at once."""
    move, event, letter = _ENDS[found.standing]
    silence.flow.make(silence, move)
    silence.ended_at = found.since
    silence.save(update_fields=["state", "ended_at"])
    proposal = Proposal.objects.select_for_update().get(pk=silence.proposal_id)
    if found.standing is Standing.MOVED:
        _onto_the_agenda(proposal, at=at)
    else:
        proposal.flow.make(proposal, "hand_back")
        proposal.save(update_fields=["state"])
    record(event, by=HOUSE, on=silence, at=at, since=found.since, seats=list(found.because))
    _tell(letter, silence, at=at, seats=found.because, reason=silence.reason)
    silence_ended.send(sender=Silence, silence=silence, at=at)
