"""A list as a question to the Board: its proposal in the Board's own register, and what becomes of it (S13, S14)."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import RuleRefused, require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.board import operations as board
from iisg.governance.board.models import Decision, ProposalState, Seat, Subject
from iisg.governance.board.models import Outcome as BoardOutcome
from iisg.governance.membership import rules
from iisg.governance.membership.models import BoardList, Procedure
from iisg.governance.membership.proposed import proposal_of
from iisg.office.documents.models import Version

OPEN = (ProposalState.DRAFT, ProposalState.BEFORE_BOARD)


def _table(on_list: BoardList, paper: Version, working_group: str, *, by: Actor, at: datetime) -> None:
    """Put the list's paper into the Board's register of proposals; a house without seats goes on without one."""
    if not Seat.objects.exists():
        return
    proposal = board.draft_proposal(
        Subject.MEMBERSHIP,
        on_list.title,
        _("To confirm the membership of each body on the list %(ref)s, line by line.") % {"ref": on_list.ref},
        by=by,
        at=at,
        legal_base=_("Methodology for membership, section 2.1, approved on 2 February 2021"),
        about=on_list,
    )
    board.add_kept_text(proposal, paper, by=by, at=at)
    if working_group.strip():
        board.note_not_consulted(proposal, working_group, by=by, at=at)
        if on_list.procedure == Procedure.MEETING:
            board.put_to_meeting(proposal, by=by, at=at)


def _untable(on_list: BoardList, reason: str, *, by: Actor, at: datetime) -> None:
    """The list is taken back or given up: so is its proposal; a procedure that runs has to be withdrawn first."""
    proposal = proposal_of(on_list)
    if proposal is not None and proposal.state in OPEN:
        board.withdraw_proposal(proposal, reason, by=by, at=at)


def _decided_at_meeting(
    on_list: BoardList,
    decided_on: date,
    effective_on: date,
    evidence: Version | None,
    *,
    by: Actor,
    at: datetime,
) -> Decision | None:
    """The Board's decision on a list that a meeting decided line by line, in the register; None without proposal."""
    proposal = proposal_of(on_list)
    if proposal is None or proposal.state not in OPEN:
        return None
    if proposal.state == ProposalState.DRAFT:
        raise RuleRefused(
            [
                rules.error(
                    "not-before-board",
                    _("The proposal %(ref)s is not before the Board yet.") % {"ref": proposal.ref},
                    _("Put it to a meeting on its own page first."),
                )
            ]
        )
    moment = min(timezone.make_aware(datetime.combine(decided_on, time(12))), at)
    return board.decide_at_meeting(
        proposal, BoardOutcome.ADOPTED, moment, effective_on, evidence, by=by, at=at,
        reason=_("Each line by itself, as the list says."),
    )  # fmt: skip


@transaction.atomic
def carry_out_decision(decision: Decision, *, by: Actor, at: datetime) -> None:
    """Carry out what the Board adopted on a list as it was put: each line as the Secretariat recommended.

    The decision stands whatever happens here: where a line cannot be carried out any more, because the body has become
    a member in another way, the list waits for an officer.
    """
    from iisg.governance.membership.operations.listing import record_decision

    require(by, Can.RECORD_DECISIONS)
    app, _colon, ref = decision.proposal.about.partition(":")
    on_list = BoardList.objects.before_the_board().filter(ref=ref).first()
    if app != "membership.boardlist" or on_list is None or decision.outcome != BoardOutcome.ADOPTED:
        return
    said = {"admit": ("admitted", ""), "refuse": ("refused", ""), "defer": ("deferred", "")}
    outcomes = {}
    for line in on_list.lines.select_related("assessment"):
        outcome, reason = said[line.assessment.recommendation]
        outcomes[line.pk] = (outcome, reason if outcome == "admitted" else line.assessment.summary)
    decided_on = timezone.localtime(decision.decided_at).date()
    try:
        with transaction.atomic():
            record_decision(
                on_list,
                outcomes,
                decision.number,
                decided_on,
                decision.effective_on,
                decision.extract,
                by=by,
                at=at,
            )
    except RuleRefused as refused:
        why = str(refused)[:500]
        record("membership.decision_waits", by=by, on=on_list, at=at, number=decision.number, reason=why)
