"""Letters about meetings: invitation, new date, cancellation, minutes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iisg.governance.meetings.inviting import INVITATION
from iisg.governance.meetings.wordings import translations_of
from iisg.office.letters.kinds import Fact, FactType, Kind, Wording, make_known

MOVED, CANCELLED, MINUTES = "meeting-moved", "meeting-cancelled", "meeting-minutes"

_MEETING = Fact("meeting", _("Title of the meeting"))
_NUMBER = Fact("number", _("Reference of the meeting"))
_DAY = Fact("day", _("Day of the meeting"), FactType.DAY)
_HOURS = Fact("hours", _("From when to when, with the zone"))
_PLACE = Fact("place", _("Place, and how to join online"))
_ITEMS = Fact("items", _("Items of the agenda"), FactType.LIST)
_LINK = Fact("link", _("Address of the meeting's page"), FactType.LINK)
_REASON = Fact("reason", _("Reason"), FactType.PARAGRAPHS)
_FORMER = Fact("former", _("Day that was announced before"), FactType.DAY)
_DUE = Fact("due_on", _("Comments are taken until"), FactType.DAY)

make_known(
    Kind(
        INVITATION,
        _("Invitation to a meeting"),
        "action",
        (_MEETING, _NUMBER, _DAY, _HOURS, _PLACE, _ITEMS, _LINK),
        Wording(
            "Invitation: {meeting}",
            "{salutation},\n\nWe kindly invite you to: {meeting} ({number}).\n\nDay: {day}\nTime: {hours}\nPlace: "
            "{place}\n\nDraft agenda:\n{items}\n\nPlease tell us who takes part, and in which capacity. The papers "
            "stand on the page of the meeting; the file attached puts it into your calendar:\n{link}\n\n"
            "Yours sincerely,",
        ),
        translations=translations_of(INVITATION),
    ),
    Kind(
        MOVED,
        _("A meeting has another date"),
        "information",
        (_MEETING, _NUMBER, _FORMER, _DAY, _HOURS, _PLACE, _REASON, _LINK),
        Wording(
            "New date: {meeting}",
            "{salutation},\n\nThis meeting was announced for {former} and has another date: {meeting} ({number}).\n\n"
            "Day: {day}\nTime: {hours}\nPlace: {place}\n\nThe reason is:\n\n{reason}\n\nThe file attached corrects the "
            "entry in your calendar:\n{link}\n\nYours sincerely,",
        ),
        translations=translations_of(MOVED),
    ),
    Kind(
        CANCELLED,
        _("A meeting is cancelled"),
        "information",
        (_MEETING, _NUMBER, _DAY, _REASON),
        Wording(
            "Cancelled: {meeting}",
            "{salutation},\n\nThis meeting, announced for {day}, does not take place: {meeting} ({number}).\n\nThe "
            "reason is:\n\n{reason}\n\nThe file attached takes it out of your calendar.\n\nYours sincerely,",
        ),
        translations=translations_of(CANCELLED),
    ),
    Kind(
        MINUTES,
        _("Minutes of a meeting"),
        "comment",
        (_MEETING, _NUMBER, _DAY, _DUE, _LINK),
        Wording(
            "Draft minutes: {meeting}",
            "{salutation},\n\nAttached are the draft minutes of this meeting, held on {day}: {meeting} ({number}).\n\n"
            "Please send comments by {due_on}. The minutes are then approved at the next meeting or by silence.\n\n"
            "They stand here too:\n{link}\n\nYours sincerely,",
        ),
        translations=translations_of(MINUTES),
    ),
)
