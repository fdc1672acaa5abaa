"""The three pillars under the Support Group and the members that take part in them (methodology 1; S6)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation


class Pillar(models.Model):
    """One of WBCTi, WBCSCi, WBBSi; the rows are made by the migration."""

    handling = Handling(Marking.PUBLIC, "for ever")

    code = models.CharField(_("code"), max_length=8, primary_key=True, choices=PillarCode.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name = _("pillar")

    def __str__(self) -> str:
        return f"{self.code}: {self.get_code_display()}"


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Questions about who sits in a pillar."""

    def on(self, day: date) -> Self:
        """In force on a day; an unknown first day is taken as earlier."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class Participation(models.Model):
    """A member's seat in a pillar's formation of the Support Group."""

    handling = Handling(Marking.PUBLIC, "for ever")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="participations")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pillar__order", "organisation__name"]
        verbose_name = _("participation in a pillar")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "pillar"],
                condition=Q(valid_to__isnull=True),
                name="one_open_seat_per_pillar",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.pillar_id}"
