"""Who works in the Secretariat on a day."""

from __future__ import annotations

from datetime import date

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment, User


def officers_on(day: date) -> list[User]:
    """Officers in office on the day, by name."""
    held = Appointment.objects.on(day).filter(role=Role.SECRETARIAT, user__is_active=True)
    people = {each.user_id: each.user for each in held.select_related("user")}
    return sorted(people.values(), key=str)
