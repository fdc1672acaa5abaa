"""Where a meeting stands in one sentence, and what the Secretariat does next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.governance.meetings.models import Meeting, MeetingState


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: words for the button, where it leads, and whether that is a deed (POST) at once."""

    words: str
    href: str
    is_deed: bool = False


def sentence(meeting: Meeting, at: datetime) -> str:
    """Where it stands, for everybody."""
    state = MeetingState(meeting.state)
    if meeting.is_ahead and meeting.ends_at < at:
        return _("Its time has passed; nobody has recorded yet whether it was held.")
    if state == MeetingState.CANCELLED:
        return _("It does not take place: %(reason)s") % {"reason": meeting.cancelled_reason}
    if state == MeetingState.CIRCULATED and meeting.minutes_due_on:
        day = date_format(meeting.minutes_due_on, "j F Y")
        said = _("It was held. The draft minutes are before those who took part; comments until %(day)s.")
        return said % {"day": day}
    if state in (MeetingState.APPROVED, MeetingState.CLOSED) and meeting.approved_on:
        words = {"day": date_format(meeting.approved_on, "j F Y"), "how": meeting.get_approved_by_display()}
        return _("It was held; its minutes were approved on %(day)s %(how)s.") % words
    return {
        MeetingState.PLANNED: _("It is planned. Invitations have not gone out yet."),
        MeetingState.CONVENED: _(
            "Invitations have gone out; the agenda is a draft until the meeting adopts it."
        ),
        MeetingState.AGENDA_ADOPTED: _("The agenda is adopted; what comes now is a late item."),
        MeetingState.HELD: _("It was held. The minutes are to be drafted."),
    }.get(state, _("It was held. The Secretariat drafts the minutes."))


def next_step(meeting: Meeting, at: datetime) -> Step | None:
    """What the Secretariat does next; None where nothing is left."""

    def to(route: str, *more: str) -> str:
        return reverse(route, args=[meeting.ref, *more])

    if meeting.state in (MeetingState.CONVENED, MeetingState.AGENDA_ADOPTED) and meeting.starts_at > at:
        return Step(_("Enter who comes"), to("meeting_attendance"))
    return {
        MeetingState.PLANNED.value: Step(_("Send the invitations"), to("meeting_convene")),
        MeetingState.CONVENED.value: Step(
            _("The agenda is adopted"), to("meeting_deed", "adopt-agenda"), True
        ),
        MeetingState.AGENDA_ADOPTED.value: Step(_("The meeting was held"), to("meeting_deed", "hold"), True),
        MeetingState.HELD.value: Step(_("Draft the minutes"), to("meeting_deed", "draft"), True),
        MeetingState.DRAFTED.value: Step(_("Write the minutes"), to("meeting_minutes")),
        MeetingState.CIRCULATED.value: Step(_("Enter the approval"), to("minutes_step", "approve")),
        MeetingState.APPROVED.value: Step(_("Close the meeting"), to("meeting_deed", "close"), True),
    }.get(meeting.state)
