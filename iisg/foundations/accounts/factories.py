"""Made-up people, one office each, for tests of the house."""

from __future__ import annotations

from datetime import date
from itertools import count

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import Appointment, User
from iisg.foundations.orgs.models import Organisation

_numbers = count(1)


def make_person(
    role: Role | str | None = Role.MEMBER_READER, organisation: Organisation | None = None
) -> User:
    """Somebody who holds the office since 2020; None for somebody who holds none."""
    number = next(_numbers)
    person = User.objects.create_user(f"person-{number}@example.invalid", name=f"Person {number}")
    if role is not None:
        Appointment.objects.create(
            user=person, role=role, organisation=organisation, valid_from=date(2020, 1, 1)
        )
    return person
