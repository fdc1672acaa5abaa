"""Which reminders of an invitation are due on a day (rules.md 2: an invitation lapses, with reminders before)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from iisg.governance.membership.models import Case
from iisg.governance.membership.periods import reminder_days


def due_reminders(case: Case, day: date) -> set[int]:
    """Reminders that are due on a day and not sent, each by its days before the answer is due.

    A reminder that would have been due before the invitation went out is none.
    """
    if case.answer_due_on is None or day > case.answer_due_on:
        return set()
    opened_on = timezone.localtime(case.opened_at).date()
    return {
        days
        for days in reminder_days()
        if days not in case.reminded_before and opened_on < case.answer_due_on - timedelta(days=days) <= day
    }
