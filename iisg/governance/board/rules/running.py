"""What a silent written procedure demands (rules.md 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding
from iisg.governance.board.log import stands
from iisg.governance.board.models import (
    RUNNING,
    Outcome,
    Proposal,
    ProposalState,
    RuleSet,
    Seat,
    Silence,
    SilenceState,
)
from iisg.governance.board.rules.proposing import error, may_change, needs_reason
from iisg.governance.board.rules.seating import SEATS
from iisg.governance.board.silence import BREAKING, ENDED, Standing, Value
from iisg.office.documents.models import Version


def may_open(
    proposal: Proposal, rules: RuleSet, urgent: bool, urgency: str, at: datetime
) -> Iterator[Finding]:
    """A text, seven seats that can be told, a subject that silence may decide, the Working Group asked or why not."""
    yield from may_change(proposal)
    yield from may_reach_board(proposal)
    if proposal.subject not in rules.subjects:
        yield error(
            "subject",
            _(
                "Silence decides only on a closed list of subjects, and this is not on it (rules, version %(number)d)."
            )
            % {"number": rules.version},
            _("Put it to a meeting."),
        )
    if urgent and not urgency.strip():
        yield error("no-urgency", _("Why it is urgent is missing."), _("Write it in a sentence."))
    yield from _seats_can_be_told(at)


def may_reach_board(proposal: Proposal) -> Iterator[Finding]:
    """What goes to the Board has its text, and the Working Group was asked before, or it is written why not (S5)."""
    if proposal.text is None:
        yield error("no-text", _("There is no text to adopt."), _("Add the text first."))
    if proposal.consultations.filter(closed_at__isnull=True).exists():
        yield error("consulting", _("The partners' Working Group is still being asked (methodology 1)."))
    if not proposal.consultations.exists() and not proposal.not_consulted.strip():
        yield error(
            "not-consulted",
            _(
                "The partners' Working Group gives its view before a product reaches the Board (methodology 1)."
            ),
            _("Ask it, or write down why it was not asked."),
        )


def _seats_can_be_told(at: datetime) -> Iterator[Finding]:
    seats = list(Seat.objects.with_holders(timezone.localtime(at).date()))
    if len(seats) != SEATS:
        yield error("seats", _("The seven seats of the Board are not set up."), _("Set them up first."))
    for seat in seats:
        if not seat.held:
            yield error(
                "nobody",
                _("Nobody holds the seat of %(seat)s; silence counts only where a notice arrives.")
                % {"seat": seat},
                _("Name a representative or an alternate first."),
            )


def may_extend(silence: Silence, ends_at: datetime, reason: str, at: datetime) -> Iterator[Finding]:
    """Only the end may move, only later, once, before it has come, for all equally, with a reason (rules.md 3.2)."""
    if silence.state != SilenceState.OPEN or stands(silence, at).standing is not Standing.OPEN:
        yield error("not-open", _("The procedure is not open."))
    if silence.extended_at is not None:
        yield error("extended", _("The period was extended already; it is extended once only."))
    if ends_at <= silence.ends_at:
        yield error("not-later", _("The end may only move to a later moment."), _("Choose a later day."))
    if ends_at > silence.ends_at + timedelta(days=120):
        yield error("too-late", _("The end would move by more than 120 days."), _("Choose an earlier day."))
    if not reason.strip():
        yield error("no-reason", _("The reason is missing."), _("Write it in a sentence."))


def may_resume(silence: Silence, reason: str) -> Iterator[Finding]:
    """After a failed notice a new full period follows, for all equally."""
    if silence.state != SilenceState.SUSPENDED:
        yield error("not-suspended", _("The clock does not stand still."))
    if not reason.strip():
        yield error(
            "no-reason", _("How the notice reaches everybody now is missing."), _("Write it in a sentence.")
        )


def may_stop(silence: Silence, reason: str, at: datetime) -> Iterator[Finding]:
    """Withdrawn or moved to a meeting while it runs, with a reason."""
    if not silence.is_running or stands(silence, at).standing in ENDED:
        yield error("ended", _("The procedure has ended."))
    if not reason.strip():
        yield error("no-reason", _("The reason is missing."), _("Write it in a sentence."))


def may_say(value: str, reason: str, digest: str, silence: Silence) -> Iterator[Finding]:
    """A position is one of the list; what stops the others has its reason; it is about the text that was frozen."""
    if value not in list(Value):
        yield error("no-value", _("Choose a position."))
    elif Value(value) in BREAKING and not reason.strip():
        yield error(
            "no-reason",
            _("An objection or an amendment needs its reason."),
            _("Write what stands against the text, or how it should read."),
        )
    if digest != silence.digest:
        yield error("other-text", _("This position is about another text."), _("Open the page anew."))


def may_decide(
    proposal: Proposal,
    outcome: str,
    decided_on: datetime,
    effective_on: date,
    evidence: Version | None,
    reason: str,
    against: Mapping[int, str],
    at: datetime,
) -> Iterator[Finding]:
    """A meeting adopts by consensus, which is that no seat objects; signed conclusions show it (rules.md 4)."""
    if proposal.state != ProposalState.BEFORE_BOARD:
        yield error("not-before", _("The proposal is not before the Board."))
    if proposal.silences.filter(state__in=RUNNING).exists():
        yield error("running", _("A silent written procedure runs on it."))
    if outcome not in Outcome.values:
        yield error("no-outcome", _("Say what was decided."))
    if outcome == Outcome.ADOPTED and against:
        yield error("no-consensus", _("A seat objected: the Board adopts by consensus, no seat objecting."))
    if outcome == Outcome.NOT_ADOPTED:
        yield from needs_reason(reason)
    if decided_on > at:
        yield error("future", _("The meeting has not taken place yet."))
    if effective_on < timezone.localtime(decided_on).date():
        yield error("before-decision", _("It cannot be in force before it was decided."))
    if evidence is None:
        yield error("no-evidence", _("The signed conclusions are missing."))
    if not proposal.texts.exists():
        yield error("no-text", _("There is no text to decide on."))
