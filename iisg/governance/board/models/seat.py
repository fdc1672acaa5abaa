"""The seven seats of the Board, who holds each from when to when, and who presides (methodology 1; S4)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation


class Capacity(models.TextChoices):
    """In which capacity somebody holds a seat."""

    REPRESENTATIVE = "representative", _("representative")
    ALTERNATE = "alternate", _("alternate")


class SeatQuerySet(models.QuerySet["Seat"]):
    """Questions about seats."""

    def visible_to(self, reader: object) -> Self:
        """To readers of the Board's papers."""
        return self if sees(reader, Can.READ_LISTS) else self.none()

    def with_holders(self, day: date) -> Self:
        """With whoever holds each on a day, representatives first."""
        held = SeatHolder.objects.on(day).order_by("-capacity", "valid_from", "pk")
        return self.select_related("organisation").prefetch_related(
            models.Prefetch("holders", held, to_attr="held")
        )

    def spoken_for_by(self, address: str, day: date) -> Self:
        """Those that somebody with this address holds on a day, as representative or alternate."""
        return self.filter(
            models.Exists(
                SeatHolder.objects.on(day).filter(seat=models.OuterRef("pk"), email__iexact=address or "-")
            )
        )


class Seat(models.Model):
    """One of the seven: a Western Balkans partner's or the Commission's; one voice, whoever speaks."""

    handling = Handling(Marking.MEMBERS, "for ever")

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="seat")
    calendar = models.CharField(
        _("calendar of public holidays"),
        max_length=2,
        help_text=_("Country code of the calendar that counts for its working days."),
    )

    objects = SeatQuerySet.as_manager()
    held: list[SeatHolder]

    class Meta:
        ordering: ClassVar = ["organisation__name"]
        verbose_name = _("seat")

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def ref(self) -> str:
        """The seat goes by the reference of its body."""
        return self.organisation.ref


class HolderQuerySet(models.QuerySet["SeatHolder"]):
    """Questions about who holds seats."""

    def on(self, day: date) -> Self:
        """In office on a day, half-open [from, to)."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class SeatHolder(models.Model):
    """A person who holds a seat as representative or alternate, from one day to another."""

    handling = Handling(
        Marking.INTERNAL, "for ever; who decided is part of the record", personal=("name", "email")
    )

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holders")
    capacity = models.CharField(_("capacity"), max_length=14, choices=Capacity.choices)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    named_by = models.CharField(_("named by"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    appointment = models.ForeignKey(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats"
    )

    objects = HolderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-valid_from", "pk"]
        verbose_name = _("holder of a seat")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="a_term_on_the_board_ends_later",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(capacity=Capacity.REPRESENTATIVE, valid_to__isnull=True),
                name="one_representative_for_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_capacity_display()} of {self.seat}"


class Chair(models.Model):
    """Who presides over the Board, from one day to another; the methodology does not say who it is."""

    handling = Handling(Marking.INTERNAL, "for ever", personal=("name",))

    name = models.CharField(_("name or office"), max_length=150)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="chaired")
    named_by = models.CharField(_("named by"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = models.Manager()

    class Meta:
        ordering: ClassVar = ["-valid_from", "-pk"]
        verbose_name = _("chair")
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(valid_to__isnull=True), name="one_chair_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name
