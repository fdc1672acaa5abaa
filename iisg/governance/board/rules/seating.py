"""Who may sit on the Board (methodology 1; S4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.models import Organisation
from iisg.governance.board.models import Capacity, Seat, SeatHolder
from iisg.governance.board.rules.proposing import error

SEATS = 7


def may_open_seats(partners: Sequence[Organisation], commission: Organisation | None) -> Iterator[Finding]:
    """One seat for each of the six Western Balkans partners and one for the Commission."""
    if Seat.objects.exists():
        yield error("seated", _("The seats of the Board are set up already."))
    if len(partners) != SEATS - 1:
        yield error(
            "partners",
            _("The register has %(count)d Western Balkans partners; the Board has six (methodology 1).")
            % {"count": len(partners)},
            _("Enter the partners first."),
        )
    if commission is None:
        yield error(
            "commission", _("The register does not know the European Commission."), _("Enter it first.")
        )


def may_name(
    seat: Seat, capacity: str, name: str, email: str, named_by: str, valid_from: date
) -> Iterator[Finding]:
    """A holder has a name and a paper that names it; a person speaks for one seat only."""
    if capacity not in Capacity.values:
        yield error("no-capacity", _("Say whether it is the representative or an alternate."))
    if not name.strip():
        yield error("no-name", _("The name is missing."))
    if not named_by.strip():
        yield error(
            "no-paper", _("The paper that names the person is missing."), _("Give its number or its date.")
        )
    later = seat.holders.filter(capacity=Capacity.REPRESENTATIVE, valid_from__gt=valid_from)
    if capacity == Capacity.REPRESENTATIVE and later.exists():
        yield error(
            "later-one",
            _("Somebody represents the seat from a later day on already."),
            _("End that term first, or choose a later day."),
        )
    at_once = SeatHolder.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from))
    if email and at_once.exclude(seat=seat).filter(email__iexact=email.strip()).exists():
        yield error("other-seat", _("This address speaks for another seat already."))
    if email and at_once.filter(seat=seat, email__iexact=email.strip()).exists():
        yield error("held", _("This address holds the seat on that day already."))
