"""Which of several reports of one action speaks for a field, chosen by a person (rules.md 5)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models import Action


class SpokenField(models.TextChoices):
    """What a report can speak for; facts that only make sense together stay together."""

    TITLE = "title", _("Title and summary")
    TIME = "time", _("When it runs: start, end and stage")
    PLACES = "places", _("Partners")
    PILLARS = "pillars", _("Pillars")
    ASSISTANCE = "assistance", _("Kinds of assistance")
    FUNDERS = "funders", _("Funders")
    IMPLEMENTERS = "implementers", _("Implementers")
    MONEY = "money", _("Money")


class SpeakingReportQuerySet(models.QuerySet["SpeakingReport"]):
    """Questions about choices."""

    def visible_to(self, reader: object) -> Self:
        """Members see every choice, as they see the actions."""
        return self if sees(reader, Can.READ_ACTIONS) else self.none()

    def standing(self) -> Self:
        """Those that hold; replaced ones stay as history."""
        return self.filter(replaced_at__isnull=True)


class SpeakingReport(models.Model):
    """For a field of an action that several reports tell of, this report speaks; reversible, kept as history."""

    handling = Handling(Marking.MEMBERS, "for ever; replaced choices stay as history")

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="speaks")
    field = models.CharField(_("field"), max_length=16, choices=SpokenField.choices)
    reason = models.TextField(_("reason"), blank=True)
    chosen_by = models.CharField(_("chosen by"), max_length=200)
    chosen_at = models.DateTimeField(_("chosen at"))
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)

    objects = SpeakingReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-chosen_at", "-pk"]
        verbose_name = _("report that speaks")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action", "field"],
                condition=Q(replaced_at__isnull=True),
                name="a_report_is_chosen_once_per_field",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} speaks for {self.field}"
