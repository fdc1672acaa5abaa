"""What a calendar holds, as plain values: a meeting, or a deadline that another app adds to feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.governance.meetings.models import Form, Meeting, MeetingState

TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar.

    `key` names it for ever (calendars know it again by it); `starts_at` and `ends_at` carry the zone in which they are
    shown, `ends_at` None for a moment such as a deadline; `sequence` rises with each change; `alarms` come before the
    beginning.
    """

    key: str
    title: str
    starts_at: datetime
    changed_at: datetime
    ends_at: datetime | None = None
    sequence: int = 0
    status: str = CONFIRMED
    place: str = ""
    description: str = ""
    link: str = ""
    categories: Sequence[str] = ()
    alarms: Sequence[timedelta] = ()


Source = Callable[[Actor, datetime], Iterable[Entry]]
"""Finds entries for a reader at a moment; it gives only what the reader may see."""

_SOURCES: dict[str, Source] = {}


def make_source_known(name: str, source: Source) -> None:
    """Add a source of entries to every personal feed; a name made known twice keeps its last source."""
    _SOURCES[name] = source


def entries_for(reader: Actor, at: datetime) -> list[Entry]:
    """Everything that a reader's feed holds: the meetings it may see, and what other apps add, by their beginning."""
    found = [entry_of(meeting) for meeting in Meeting.objects.visible_to(reader)]
    for name in sorted(_SOURCES):
        found.extend(_SOURCES[name](reader, at))
    return sorted(found, key=lambda entry: (entry.starts_at, entry.key))


def entry_of(meeting: Meeting) -> Entry:
    """A meeting as an entry; a planned one is tentative, a cancelled one stays as cancelled."""
    status = {MeetingState.PLANNED.value: TENTATIVE, MeetingState.CANCELLED.value: CANCELLED}.get(
        meeting.state, CONFIRMED
    )
    return Entry(
        key=meeting.ref,
        title=_("Cancelled: %(title)s") % {"title": meeting.title} if status == CANCELLED else meeting.title,
        starts_at=meeting.starts_there,
        ends_at=meeting.ends_there,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        status=status,
        place=where_of(meeting),
        description="\n".join(
            line for line in (meeting.body_shown, meeting.note, meeting.cancelled_reason) if line
        ),
        link=link_to(meeting),
        categories=["IISG", meeting.body_shown],
        alarms=() if status == CANCELLED else settings.MEETING_ALARMS,
    )


def where_of(meeting: Meeting) -> str:
    """Place and way to join, as far as they are said."""
    place = meeting.place if meeting.form != Form.ONLINE else ""
    joining = meeting.online_at if meeting.form != Form.IN_PERSON else ""
    return "; ".join(part for part in (place, joining) if part)


def link_to(meeting: Meeting) -> str:
    """The address of its page."""
    try:
        return settings.HOUSE_ADDRESS + reverse("meeting", args=[meeting.ref])
    except NoReverseMatch:
        return ""
