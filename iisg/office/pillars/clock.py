"""What time does to requests for focal points: reminders, each once. Terms are dated, so their ends need nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.utils import timezone

from iisg.foundations.access.actors import CLOCK
from iisg.foundations.access.permits import RuleRefused
from iisg.office.pillars import operations
from iisg.office.pillars.correspondence import addressees_of
from iisg.office.pillars.models import FocalPointRequest
from iisg.office.pillars.rules import reminder_due


def remind_of_requests(at: datetime) -> None:
    """Remind members three days before the day, on the day after it, then every seven days (rules: reminder_due)."""
    today = timezone.localtime(at).date()
    for asked in FocalPointRequest.objects.open().select_related("organisation", "letter"):
        if not reminder_due(asked, today):
            continue
        people = addressees_of(asked, today)
        if people:
            with suppress(RuleRefused):  # answered, closed or reminded by hand in this very moment
                operations.remind_of_request(asked, people, by=CLOCK, at=at)


DUE = (remind_of_requests,)
