"""Which seats of the Board were held at a meeting, and for one item, from the attendance."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.governance.meetings.models import (
    SEATED,
    AgendaItem,
    Attendance,
    Body,
    Capacity,
    Meeting,
    Presence,
    Statement,
    StatementKind,
)
from iisg.governance.meetings.quorum import Quorum, Said, Seat, objecting, quorum_of


def seats_held(attendance: Iterable[Attendance]) -> list[Seat]:
    """The seats of Board Members and alternates; nobody else holds one, but the chair counts as such."""
    return [
        Seat(
            one.organisation.name if one.organisation else one.name,
            one.capacity in SEATED and has_partners_seat(one.organisation),
            one.chairs,
        )
        for one in attendance
        if one.capacity in SEATED or one.chairs
    ]


def has_partners_seat(organisation: Organisation | None) -> bool:
    """Whether a body is one of the six."""
    return organisation is not None and organisation.kind == OrganisationKind.WB_PARTNER


def has_seat(organisation: Organisation) -> bool:
    """Whether a body has a seat of the Board: the six partners and the Commission (methodology 1; S4)."""
    return organisation.kind in (OrganisationKind.WB_PARTNER, OrganisationKind.EU_INSTITUTION)


def by_capacity(people: Iterable[Attendance]) -> list[Attendance]:
    """As lists show them: by capacity, then by organisation and name; who comes for nobody stands last in each."""
    order = list(Capacity.values)
    return sorted(
        people,
        key=lambda one: (
            order.index(one.capacity),
            one.organisation is None,
            one.organisation.name if one.organisation else "",
            one.name,
        ),
    )


def present_at(meeting: Meeting, item: AgendaItem | None = None) -> list[Attendance]:
    """Who was there, for one item where it is given: the meeting's own attendance but for what differs there."""
    found = list(meeting.attendance.select_related("organisation"))
    differs = dict(item.presences.values_list("attendance_id", "was_there")) if item else {}
    return [one for one in found if differs.get(one.pk, one.presence == Presence.PRESENT)]


def quorum_at(meeting: Meeting, item: AgendaItem | None = None) -> Quorum | None:
    """The Board's quorum at a meeting or one of its items; other bodies have none."""
    if meeting.body != Body.BOARD:
        return None
    return quorum_of(seats_held(present_at(meeting, item)), settings.BOARD_QUORUM)


def objectors(statements: Iterable[Statement]) -> list[str]:
    """The seats whose objection stands."""
    return objecting(
        Said(
            str(one.organisation),
            one.kind == StatementKind.OBJECTION,
            one.from_a_seat,
            one.taken_back_at is None,
        )
        for one in statements
    )
