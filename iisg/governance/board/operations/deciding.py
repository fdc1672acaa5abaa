"""The Board has decided: number, register, extract, result letter, effects in one transaction (rules.md 3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.checkpoints import checkpoint
from iisg.foundations.audit.trail import record
from iisg.foundations.core.folding import fold
from iisg.governance.board import extract, rules
from iisg.governance.board.models import (
    SERIES,
    Decision,
    DecisionSeries,
    Outcome,
    Procedure,
    Proposal,
    Seat,
    Silence,
    Subject,
)
from iisg.governance.board.operations.telling import _tell
from iisg.governance.board.proving import sealed
from iisg.governance.board.signals import decision_taken
from iisg.governance.board.spoken import said_by_seats
from iisg.governance.meetings.models import Body, ItemKind
from iisg.governance.meetings.operations import put_on_agenda
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file


def _adopt_by_silence(silence: Silence, ended_at: datetime, *, at: datetime) -> Decision:
    """Adopted at the end of the period; silence is told as silence, never as a vote."""
    silence.flow.make(silence, "adopt")
    silence.ended_at = ended_at
    silence.save(update_fields=["state", "ended_at"])
    proposal = Proposal.objects.select_for_update().get(pk=silence.proposal_id)
    proposal.flow.make(proposal, "adopt")
    proposal.save(update_fields=["state"])
    effective_on = timezone.localtime(ended_at).date()
    decision = Decision(
        proposal=proposal,
        text=silence.text,
        procedure=Procedure.SILENCE,
        silence=silence,
        outcome=Outcome.ADOPTED,
        decided_at=ended_at,
        effective_on=effective_on,
        positions=said_by_seats(silence, ended_at),
    )
    _register(decision, by=HOUSE, at=at, silence=silence)
    put_on_agenda(
        Body.BOARD,
        _("Decided between meetings: %(title)s") % {"title": decision.title},
        ItemKind.INFORMATION,
        f"board.decision:{decision.number}",
        by=HOUSE,
        at=at,
    )
    return decision


@transaction.atomic
def decide_at_meeting(
    proposal: Proposal,
    outcome: Outcome | str,
    decided_on: datetime,
    effective_on: date,
    evidence: Version | None,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    objections: Mapping[int, str] | None = None,
) -> Decision:
    """Record what a meeting decided on a proposal before the Board; a seat's objection stands in the way of adoption.

    `objections` gives for the key of a seat what it said against; adoption is by consensus (rules.md 4).
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    against = {key: said.strip() for key, said in (objections or {}).items()}
    findings = rules.may_decide(proposal, outcome, decided_on, effective_on, evidence, reason, against, at)
    require(by, Can.RECORD_DECISIONS, findings)
    text = proposal.texts.latest("number")
    proposal.flow.make(proposal, "adopt" if outcome == Outcome.ADOPTED else "reject")
    proposal.save(update_fields=["state"])
    seats = Seat.objects.select_related("organisation")
    decision = Decision(
        proposal=proposal,
        text=text,
        procedure=Procedure.MEETING,
        outcome=outcome,
        reason=reason.strip(),
        decided_at=decided_on,
        effective_on=effective_on,
        evidence=evidence,
        positions=[
            {"seat": seat.ref, "name": str(seat), "said": "objects", "reason": against[seat.pk]}
            for seat in seats
            if seat.pk in against
        ],
    )
    return _register(decision, by=by, at=at)


def _register(decision: Decision, *, by: Actor, at: datetime, silence: Silence | None = None) -> Decision:
    """Give the number, keep the certified extract, tell everybody, announce it."""
    proposal = decision.proposal
    decision.subject, decision.title = proposal.subject, proposal.title
    decision.digest = decision.text.digest
    decision.number = _next_number(Subject(proposal.subject), decision.decided_at)
    decision.recorded_at, decision.recorded_by_label = at, by.label[:200]
    decision.folded = fold(f"{decision.number} {decision.title} {proposal.asks} {proposal.ref}")
    decision.save()
    pdf = extract.as_pdf(decision, at)
    title = f"{decision.number}: certified extract"
    decision.extract = keep_file(title, f"{decision.number}.pdf", pdf, Origin.MADE, by=HOUSE, at=at)
    decision.save(update_fields=["extract"])
    record(
        "board.decision_taken",
        by=by,
        on=f"board.decision:{decision.number}",
        at=at,
        proposal=proposal.ref,
        procedure=decision.procedure,
        outcome=decision.outcome,
        decided_at=decision.decided_at,
        effective_on=decision.effective_on,
        digest=decision.digest,
        extract=decision.extract.digest,
        package=sealed(decision),
    )
    checkpoint(by=HOUSE, at=at)
    if silence is not None:
        _tell("board-silence-adopted", silence, at=at, decision=decision)
    decision_taken.send(sender=Decision, decision=decision, at=at)
    return decision


def _next_number(subject: Subject, decided_at: datetime) -> str:
    year = timezone.localtime(decided_at).year
    series, _new = DecisionSeries.objects.select_for_update().get_or_create(subject=subject, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{SERIES[subject]}-{year}-{series.last:03d}"
