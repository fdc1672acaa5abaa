"""What a proposal needs before the Board sees it (methodology 1 and 2.1; S5, S13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.governance.board.models import Consultation, Proposal, ProposalState


def error(code: str, message: str, cure: str = "") -> Finding:
    """A refusing finding about the Board."""
    return Finding(Grade.ERROR, f"board.{code}", message, cure=cure)


def warning(code: str, message: str, cure: str = "") -> Finding:
    """Something to look at."""
    return Finding(Grade.WARNING, f"board.{code}", message, cure=cure)


def needs_reason(reason: str) -> Iterator[Finding]:
    """A deed that others have to understand later has its reason."""
    if not reason.strip():
        yield error("no-reason", _("The reason is missing."), _("Write it in a sentence."))


def may_change(proposal: Proposal) -> Iterator[Finding]:
    """Texts are added while nothing is before the Board: opening freezes (rules.md 3.2)."""
    if proposal.state != ProposalState.DRAFT:
        yield error(
            "not-draft",
            _("The proposal is: %(state)s.") % {"state": proposal.get_state_display()},
            _("A new text is a new procedure: end the present one first."),
        )


def may_ask_working_group(proposal: Proposal, due_on: date, today: date) -> Iterator[Finding]:
    """The partners' Working Group is asked before the Board is, with a day until which it can answer (S5)."""
    yield from may_change(proposal)
    if proposal.text is None:
        yield error("no-text", _("There is no text to comment on."), _("Add the text first."))
    if due_on <= today:
        yield error("due-past", _("The day for comments is not in the future."), _("Choose a later day."))
    if proposal.consultations.filter(closed_at__isnull=True).exists():
        yield error("consulting", _("The Working Group is being asked already."))


def may_close_consultation(consultation: Consultation, result: str) -> Iterator[Finding]:
    """A consultation ends once, with what came of it."""
    if consultation.closed_at is not None:
        yield error("closed", _("The consultation is closed."))
    if not result.strip():
        yield error("no-result", _("What the Working Group said is missing."), _("Write it in a sentence."))
