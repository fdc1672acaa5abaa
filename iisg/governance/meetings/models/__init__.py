"""Meetings, their agendas, who came, what was concluded and promised."""

from iisg.governance.meetings.models.agenda import (
    AgendaItem,
    Consulted,
    ItemKind,
    ItemPaper,
    Outcome,
    PaperMarking,
    Statement,
    StatementKind,
)
from iisg.governance.meetings.models.attendance import SEATED, Attendance, Capacity, ItemPresence, Presence
from iisg.governance.meetings.models.meeting import (
    AHEAD,
    PAST,
    TO_BE_PLACED_ON,
    ZONES,
    AnnouncedDate,
    ApprovedBy,
    Body,
    CalendarKey,
    Form,
    Meeting,
    MeetingState,
)
from iisg.governance.meetings.models.minutes import ActionPoint, MinutesEdition

__all__ = [
    "AHEAD", "PAST", "SEATED", "TO_BE_PLACED_ON", "ZONES", "ActionPoint", "AgendaItem", "AnnouncedDate", "ApprovedBy",
    "Attendance", "Body", "CalendarKey", "Capacity", "Consulted", "Form", "ItemKind", "ItemPaper", "ItemPresence",
    "Meeting", "MeetingState", "MinutesEdition", "Outcome", "PaperMarking", "Presence", "Statement", "StatementKind",
]  # fmt: skip
