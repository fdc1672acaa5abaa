"""A made-up Board for tests of the house: seven seats, their people, a paper to decide on."""

from __future__ import annotations

from datetime import UTC, date, datetime

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.governance.board import operations
from iisg.governance.board.models import Capacity, Proposal, Seat, SeatHolder, Silence, Subject

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)
TEXT = b"%PDF-1.7\nA methodology\n%%EOF"


def make_seats(at: datetime = NOW) -> list[Seat]:
    """The seven seats, nobody on them."""
    make_partners()
    if not Organisation.objects.filter(ref="european-commission").exists():
        make_organisation(
            "European Commission", ref="european-commission", kind=OrganisationKind.EU_INSTITUTION
        )
    return operations.open_seats(by=CONSOLE, at=at)


def make_board(at: datetime = NOW) -> list[Seat]:
    """The seven seats, each with a representative and an alternate."""
    seats = make_seats(at)
    for seat in seats:
        for capacity in Capacity:
            operations.name_holder(
                seat,
                capacity,
                f"{capacity.label} of {seat}",
                "Note of 1 January",
                SINCE,
                by=CONSOLE,
                at=at,
                email=f"{capacity}@{seat.ref}.example",
            )
    return seats


def holder(seat: Seat, capacity: str = Capacity.REPRESENTATIVE) -> tuple[SeatHolder, User]:
    """Whoever holds a seat in a capacity, with the account."""
    found = SeatHolder.objects.get(seat=seat, capacity=capacity, valid_to__isnull=True)
    return found, User.objects.get(email=found.email)


def make_proposal(subject: str = Subject.METHODOLOGY, at: datetime = NOW, content: bytes = TEXT) -> Proposal:
    """A draft with its text; the Working Group was not asked, for a reason."""
    proposal = operations.draft_proposal(
        subject, "Methodology of mapping", "To adopt the methodology.", by=CONSOLE, at=at
    )
    operations.add_text(proposal, "methodology.pdf", content, by=CONSOLE, at=at)
    return operations.note_not_consulted(proposal, "A change of one word.", by=CONSOLE, at=at)


def make_silence(at: datetime = NOW, **more: str | bool) -> Silence:
    """A procedure that has just been opened."""
    return operations.open_silence(make_proposal(at=at), by=CONSOLE, at=at, **more)  # type: ignore[arg-type]
