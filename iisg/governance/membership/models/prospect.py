"""The Secretariat's in-house list of possible partners (methodology 2.1, first indent; S11)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.governance.membership.models.case import Case
from iisg.office.pillars.models import Pillar


class ProspectState(models.TextChoices):
    """How far the Secretariat has come with a possible partner."""

    IDENTIFIED = "identified", _("identified")
    INVITED = "invited", _("invited")
    ANSWERED = "answered", _("interest expressed")
    LAPSED = "lapsed", _("did not answer")
    DROPPED = "dropped", _("not followed up")


class ProspectQuerySet(models.QuerySet["Prospect"]):
    """Questions about possible partners."""

    def visible_to(self, reader: object) -> Self:
        """The list is the Secretariat's own."""
        return self if sees(reader, Can.READ_CASES) else self.none()

    def followed_up(self) -> Self:
        """Those with whom something is still to happen."""
        return self.exclude(state__in=(ProspectState.DROPPED, ProspectState.ANSWERED))

    def due(self, day: date) -> Self:
        """To be followed up on that day or before."""
        return self.followed_up().filter(follow_up_on__lte=day)

    def with_facts(self) -> Self:
        """With all that a line of the list tells, in a constant number of questions."""
        return self.select_related("followed_up_by", "organisation", "case").prefetch_related(
            "pillars", "contacts"
        )


class Prospect(models.Model):
    """A possible partner that the Secretariat has identified; nobody outside of the Secretariat sees the list."""

    handling = Handling(Marking.INTERNAL, "two years after the last contact", personal=("followed_up_by",))

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="prospects"
    )
    name = models.CharField(_("name"), max_length=250, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    country = models.CharField(_("country code"), max_length=2, blank=True)
    why = models.TextField(_("why it may be interested"), blank=True)
    pillars = models.ManyToManyField(Pillar, blank=True, related_name="prospects", verbose_name=_("pillars"))
    state = models.CharField(
        _("state"), max_length=12, choices=ProspectState.choices, default=ProspectState.IDENTIFIED
    )
    followed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="prospects"
    )
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="prospects")
    entered_at = models.DateTimeField(_("entered at"))

    objects = ProspectQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "invite": (
                (ProspectState.IDENTIFIED, ProspectState.LAPSED, ProspectState.DROPPED),
                ProspectState.INVITED,
            ),
            "answer": ((ProspectState.INVITED, ProspectState.IDENTIFIED), ProspectState.ANSWERED),
            "lapse": ((ProspectState.INVITED,), ProspectState.LAPSED),
            "drop": (
                (ProspectState.IDENTIFIED, ProspectState.INVITED, ProspectState.LAPSED),
                ProspectState.DROPPED,
            ),
            "take_up": (
                (ProspectState.DROPPED, ProspectState.LAPSED, ProspectState.ANSWERED),
                ProspectState.IDENTIFIED,
            ),
        },
    )

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("prospect")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=(ProspectState.INVITED, ProspectState.ANSWERED))
                | Q(case__isnull=False),
                name="an_invited_prospect_has_its_case",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProspectContact(models.Model):
    """A person or office at a prospect."""

    handling = Handling(Marking.INTERNAL, "as long as its prospect", personal=("name", "email", "postal"))

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name or office"), max_length=200)
    salutation = models.CharField(_("salutation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    postal = models.TextField(_("postal address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("contact")

    def __str__(self) -> str:
        return self.name


class Approach(models.Model):
    """One contact with a prospect: when, how, what was said."""

    handling = Handling(Marking.INTERNAL, "as long as its prospect", personal=("noted_by_label", "what"))

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="approaches")
    on = models.DateField(_("day"))
    how = models.CharField(_("how"), max_length=100)
    what = models.TextField(_("what was said"))
    noted_at = models.DateTimeField(_("noted at"))
    noted_by_label = models.CharField(_("noted by"), max_length=200)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        verbose_name = _("contact with a prospect")

    def __str__(self) -> str:
        return f"{self.on}: {self.how}"
