"""Focal points of a member: for official correspondence, and for each pillar's technical meetings (2.1; S15, S17)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can, PillarCode
from iisg.foundations.access.seeing import sees
from iisg.foundations.accounts.models import Appointment
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.office.letters.models import Letter
from iisg.office.pillars.models.seats import Pillar

CORRESPONDENCE = "letters"


class Purpose(models.TextChoices):
    """What a focal point is for (methodology 2.1, last indent)."""

    LETTERS = CORRESPONDENCE, _("official correspondence")
    TERRORISM = PillarCode.TERRORISM.value, "WBCTi"
    CRIME = PillarCode.CRIME.value, "WBCSCi"
    BORDERS = PillarCode.BORDERS.value, "WBBSi"

    @property
    def in_full(self) -> str:
        """For whom the abbreviations mean nothing: "technical meetings of WBCTi (Counter-terrorism)"."""
        if self == Purpose.LETTERS:
            return str(self.label)
        words = {"pillar": self.value, "name": PillarCode(self.value).label}
        return _("technical meetings of %(pillar)s (%(name)s)") % words


class FocalPointRequestQuerySet(models.QuerySet["FocalPointRequest"]):
    """Questions about requests."""

    def open(self) -> Self:
        """Not answered and not closed."""
        return self.filter(answered_at__isnull=True, closed_at__isnull=True)

    def overdue(self, day: date) -> Self:
        """Open beyond their day."""
        return self.open().filter(due_on__lt=day)


class FocalPointRequest(models.Model):
    """The Secretariat asks a member to name focal points by a day; `nonce` is part of the link to answer by."""

    handling = Handling(Marking.INTERNAL, "two years after it is answered", personal=("suggested",))

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="focal_point_requests"
    )
    purposes: models.JSONField[Any, Any] = models.JSONField(_("for"), default=list)
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("by"))
    nonce = models.CharField(max_length=32, unique=True)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="focal_point_requests"
    )
    suggested: models.JSONField[Any, Any] = models.JSONField(
        _("persons whom the member has named before, by purpose"), default=dict, blank=True
    )
    reminded_on: models.JSONField[Any, Any] = models.JSONField(_("reminded on"), default=list, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = FocalPointRequestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("request for focal points")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="one_open_request_per_member",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.due_on}"

    @property
    def asked_on(self) -> date:
        """The day on which it was asked."""
        return timezone.localtime(self.asked_at).date()


class FocalPointQuerySet(models.QuerySet["FocalPoint"]):
    """Questions about focal points."""

    def visible_to(self, reader: object) -> Self:
        """To all members, so that they find each other; a person outside of them sees none."""
        return self if sees(reader, Can.READ_NEEDS) else self.none()

    def on(self, day: date) -> Self:
        """In office on a day, half-open."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def for_purpose(self, purpose: str) -> Self:
        """For one purpose, the focal point before the deputies."""
        return self.filter(purpose=purpose).order_by("organisation__name", "is_deputy", "pk")


class FocalPoint(models.Model):
    """A person whom a member has nominated, from one day to another; only a nomination opens an account."""

    handling = Handling(
        Marking.MEMBERS, "two years after the term", personal=("name", "office", "email", "phone")
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="focal_points")
    purpose = models.CharField(_("for"), max_length=8, choices=Purpose.choices)
    name = models.CharField(_("name"), max_length=150)
    office = models.CharField(_("office"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    basis = models.CharField(_("nominated by"), max_length=300)
    request = models.ForeignKey(
        FocalPointRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="named"
    )
    appointment = models.ForeignKey(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="focal_points"
    )

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name", "purpose", "is_deputy", "pk"]
        verbose_name = _("focal point")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "purpose"],
                condition=Q(valid_to__isnull=True, is_deputy=False),
                name="one_focal_point_per_purpose",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="a_term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


class LeadPartner(models.Model):
    """A member steers a pillar with the Secretariat for a term: core lead partner (methodology 2.2; S17).

    Not to be confused with the former lead partners of the mechanism's first years, which is a ground of membership.
    """

    handling = Handling(Marking.PUBLIC, "for ever")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="leads")
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="lead_partners")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300)

    class Meta:
        ordering: ClassVar = ["pillar__order", "valid_from"]
        verbose_name = _("core lead partner")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "pillar"],
                condition=Q(valid_to__isnull=True),
                name="one_open_lead_per_member_and_pillar",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="a_lead_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.pillar_id}"
