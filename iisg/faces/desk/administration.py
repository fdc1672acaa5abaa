"""What an administrator looks after: people, their offices, and the record of deeds; never the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from iisg.faces.desk.history import Happening, in_words
from iisg.foundations.accounts.models import Appointment, User
from iisg.foundations.audit.models import Event

SOON = timedelta(days=60)
MOST = 10


@dataclass(frozen=True, slots=True)
class Administration:
    """How many people may sign in and hold an office, whose office ends soon, and the newest events."""

    people: int
    with_office: int
    ending: list[Appointment]
    events: int
    newest: list[Happening]


def administration(day: date) -> Administration:
    """In a constant number of queries; nothing of the register is read."""
    held = Appointment.objects.on(day)
    ending = held.filter(valid_to__lte=day + SOON).select_related("user", "organisation").order_by("valid_to")
    return Administration(
        people=User.objects.filter(is_active=True).count(),
        with_office=held.filter(user__is_active=True).values("user").distinct().count(),
        ending=list(ending[:MOST]),
        events=Event.objects.count(),
        newest=[_without_facts(in_words(event)) for event in Event.objects.order_by("-number")[:MOST]],
    )


def _without_facts(told: Happening) -> Happening:
    """Needs and analysis stay with members: an administrator sees that a deed was done, not what it says."""
    return Happening(told.title, told.by, told.at, "")
