"""Made-up members and requests for tests of the house, made by the house's own verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.factories import make_organisation
from iisg.foundations.orgs.models import Ground, Organisation
from iisg.foundations.orgs.operations import enter_membership
from iisg.office.letters.addressing import Addressee
from iisg.office.pillars import operations
from iisg.office.pillars.models import FocalPoint, FocalPointRequest
from iisg.office.pillars.nominees import Nominee

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_member(name: str = "", valid_from: date | None = date(2025, 1, 1)) -> Organisation:
    """A body that is a member since a day."""
    body = make_organisation(name)
    enter_membership(body, Ground.BOARD_APPROVAL, by=CONSOLE, at=NOW, valid_from=valid_from)
    return body


def make_request(
    member: Organisation, *purposes: str, due_on: date = date(2026, 12, 16), at: datetime = NOW
) -> FocalPointRequest:
    """A request by letter to the member's office."""
    people = [Addressee("Office of the Director", f"office@{member.ref}.example")]
    wanted = purposes or ("letters", "WBBSi")
    return operations.request_focal_points(member, wanted, due_on, people, by=CONSOLE, at=at)


def make_nominee(purpose: str = "letters", name: str = "", is_deputy: bool = False) -> Nominee:
    """Somebody whom no one else names."""
    number = next(_numbers)
    return Nominee(
        purpose,
        name or f"Person {number}",
        f"focal-{number}@member.example",
        "Unit 3",
        "+355 1",
        is_deputy=is_deputy,
    )


def make_focal_point(
    member: Organisation,
    purpose: str = "letters",
    name: str = "",
    valid_from: date = date(2026, 1, 1),
    is_deputy: bool = False,
) -> FocalPoint:
    """Somebody in office, named by letter."""
    nominee = make_nominee(purpose, name, is_deputy)
    [point] = operations.nominate_focal_points(
        member, [nominee], "IN-2026-0001", valid_from, by=CONSOLE, at=NOW
    )
    return point
