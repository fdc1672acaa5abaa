"""Verbs on seats: set the seven up, say who holds them and who presides (methodology 1; S4)."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can, Role
from iisg.foundations.accounts.operations import appoint, end_appointment
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.governance.board import rules
from iisg.governance.board.models import Capacity, Chair, DayOff, Seat, SeatHolder

COMMISSION = "european-commission"
_ROLES = {Capacity.REPRESENTATIVE: Role.BOARD_MEMBER, Capacity.ALTERNATE: Role.ALTERNATE}


@transaction.atomic
def open_seats(*, by: Actor, at: datetime) -> list[Seat]:
    """Set up the seven seats: one for each Western Balkans partner and one for the Commission."""
    partners = list(Organisation.objects.partners())
    commission = Organisation.objects.filter(ref=COMMISSION).first()
    require(by, Can.KEEP_SEATS, rules.may_open_seats(partners, commission))
    seats = [Seat.objects.create(organisation=each, calendar=each.code or "") for each in partners]
    if commission is not None:
        seats.append(
            Seat.objects.create(organisation=commission, calendar=settings.BOARD_CALENDAR_OF_COMMISSION)
        )
    record("board.seats_opened", by=by, on="board.seat", at=at, seats=[seat.ref for seat in seats])
    return seats


@transaction.atomic
def name_holder(
    seat: Seat,
    capacity: Capacity | str,
    name: str,
    named_by: str,
    valid_from: date,
    *,
    by: Actor,
    at: datetime,
    email: str = "",
) -> SeatHolder:
    """Somebody represents a seat, or stands in for its representative; a new representative follows the former one.

    With an address comes an account that may take positions; without one, letters go by post or hand.
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=seat.pk)
    require(by, Can.KEEP_SEATS, rules.may_name(seat, capacity, name, email, named_by, valid_from))
    if capacity == Capacity.REPRESENTATIVE:
        for former in seat.holders.on(valid_from).filter(capacity=capacity):
            _end(former, valid_from, by=by, at=at)
    holder = SeatHolder.objects.create(
        seat=seat,
        capacity=capacity,
        name=name.strip()[:150],
        email=email.strip().lower(),
        named_by=named_by.strip()[:200],
        valid_from=valid_from,
    )
    if holder.email:
        role = _ROLES[Capacity(capacity)]
        body = seat.organisation
        holder.appointment = appoint(
            holder.email, holder.name, role, body, by=HOUSE, at=at, valid_from=valid_from
        )
        holder.save(update_fields=["appointment"])
    record("board.holder_named", by=by, on=seat, at=at, capacity=str(capacity), named_by=holder.named_by)
    return holder


@transaction.atomic
def end_holder(holder: SeatHolder, ended_on: date, *, by: Actor, at: datetime) -> None:
    """A term on the Board ends on a day; one that had not begun is taken out."""
    holder = SeatHolder.objects.select_for_update(of=("self",)).select_related("seat").get(pk=holder.pk)
    findings = []
    if holder.valid_to is not None and holder.valid_to <= ended_on:
        findings.append(rules.error("ended", _("The term has ended already.")))
    require(by, Can.KEEP_SEATS, findings)
    _end(holder, ended_on, by=by, at=at)


def _end(holder: SeatHolder, ended_on: date, *, by: Actor, at: datetime) -> None:
    appointment = holder.appointment
    record("board.holder_left", by=by, on=holder.seat, at=at, holder=holder.pk, ended_on=ended_on)
    if holder.valid_from >= ended_on:
        holder.delete()
    else:
        holder.valid_to = ended_on
        holder.save(update_fields=["valid_to"])
    others = SeatHolder.objects.filter(appointment=appointment, valid_to__isnull=True)
    if appointment is not None and not others.exists():
        end_appointment(appointment, ended_on, by=HOUSE, at=at)


@transaction.atomic
def name_chair(
    name: str, named_by: str, valid_from: date, *, by: Actor, at: datetime, seat: Seat | None = None
) -> Chair:
    """Somebody presides over the Board from a day on; the former chair's term ends."""
    findings = [*rules.needs_reason(named_by)]
    if not name.strip():
        findings.append(rules.error("no-name", _("The name is missing.")))
    require(by, Can.KEEP_SEATS, findings)
    for former in Chair.objects.select_for_update().filter(valid_to__isnull=True):
        if former.valid_from >= valid_from:
            former.delete()
        else:
            former.valid_to = valid_from
            former.save(update_fields=["valid_to"])
    chair = Chair.objects.create(
        name=name.strip()[:150], seat=seat, named_by=named_by.strip()[:200], valid_from=valid_from
    )
    record("board.chair_named", by=by, on="board.chair", at=at, seat=seat.ref if seat else "")
    return chair


@transaction.atomic
def set_day_off(day: date, name: str, works: bool, *, by: Actor, at: datetime) -> DayOff:
    """A day counts otherwise than the calendars say; periods that run already keep their end."""
    findings = [] if name.strip() else [rules.error("no-name", _("Say what day it is."))]
    require(by, Can.KEEP_SEATS, findings)
    off, _new = DayOff.objects.update_or_create(
        day=day, defaults={"name": name.strip()[:150], "works": works}
    )
    record("board.day_off_set", by=by, on=f"board.dayoff:{day}", at=at, works=works)
    return off
