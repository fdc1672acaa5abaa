"""What time does to invitations and forms: reminders, each once; invitations, drafts and old data end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from iisg.foundations.access.actors import CLOCK
from iisg.foundations.access.permits import RuleRefused
from iisg.governance.membership import operations
from iisg.governance.membership.models import Case
from iisg.governance.membership.reminders import due_reminders


def remind_of_invitations(at: datetime) -> None:
    """One reminder to each invited body for which one is due, however many were missed while the clock stood still."""
    day = timezone.localtime(at).date()
    for case in Case.objects.invited().filter(answer_due_on__gte=day).order_by("pk"):
        if due_reminders(case, day):
            _unless_it_moved_on(operations.remind_when_due, case, at)


def let_invitations_lapse(at: datetime) -> None:
    """Invitations whose day has passed in the house's own zone end without an answer."""
    for case in Case.objects.lapsing(timezone.localtime(at).date()).order_by("pk"):
        _unless_it_moved_on(operations.lapse_invitation, case, at)


def forget_drafts(at: datetime) -> None:
    """Drafts that nobody has touched for long and that no case holds."""
    operations.erase_forgotten(by=CLOCK, at=at)


def forget_outlived(at: datetime) -> None:
    """Personal data of cases that were closed long ago."""
    operations.erase_outlived(by=CLOCK, at=at)


def _unless_it_moved_on(deed: Callable[..., Case], case: Case, at: datetime) -> None:
    """Do it; a case that was answered or withdrawn a moment ago needs it no more."""
    try:
        deed(case, by=CLOCK, at=at)
    except RuleRefused:
        return


DUE = (remind_of_invitations, let_invitations_lapse, forget_drafts, forget_outlived)
