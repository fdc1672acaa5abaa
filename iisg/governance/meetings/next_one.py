"""Which meeting of a body comes next."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from iisg.governance.meetings.models import Meeting


def next_meeting(body: str, day: date, pillar: str = "") -> Meeting | None:
    """The next meeting of a body that ends on that day or later and was not cancelled; None where none is planned."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    return Meeting.objects.of(body, pillar).ahead().filter(ends_at__gte=begins).first()


def meeting_to_take_items(body: str, at: datetime, pillar: str = "") -> Meeting | None:
    """The next meeting of a body whose agenda is still open; None where an item has to wait."""
    return Meeting.objects.of(body, pillar).taking_items(at).first()
