"""Ends of silent written procedures in the calendars of those who read the Board's papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.governance.board.models import Silence
from iisg.governance.meetings.entries import Entry, make_source_known

ALARMS = (timedelta(days=2), timedelta(days=1))


def ends_of_silences(reader: Actor, at: datetime) -> Iterator[Entry]:
    """One entry for each procedure that runs; a moved end is the same entry with a higher sequence."""
    running = (
        Silence.objects.visible_to(reader).running().select_related("proposal").prefetch_related("periods")
    )
    for one in running:
        period = one.period
        yield Entry(
            key=f"board-silence-{one.pk}",
            title=_("Silence ends: %(title)s (%(ref)s)")
            % {"title": one.proposal.title, "ref": one.proposal.ref},
            starts_at=period.ends_at.astimezone(ZoneInfo(settings.TIME_ZONE)),
            changed_at=one.extended_at or period.began_at,
            sequence=period.number - 1 + (one.extended_at is not None),
            description=one.proposal.asks,
            link=settings.HOUSE_ADDRESS + reverse("silence", args=[one.pk]),
            categories=(_("Silent written procedure"),),
            alarms=ALARMS,
        )


make_source_known("board", ends_of_silences)
