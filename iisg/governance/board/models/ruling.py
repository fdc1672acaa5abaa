"""The rules of procedure that are not public, as settings with a version; days off that no calendar has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking


class RuleSet(models.Model):
    """One version of the settings of the silent written procedure; a procedure keeps the one it was opened under."""

    handling = Handling(Marking.INTERNAL, "for ever")

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    working_days = models.PositiveSmallIntegerField(_("working days of a period"), default=10)
    urgent_days = models.PositiveSmallIntegerField(_("working days if urgent"), default=5)
    least_hours = models.PositiveSmallIntegerField(_("hours that a period never goes below"), default=72)
    ends_at = models.TimeField(_("hour at which a period ends"))
    breaks_at_once = models.BooleanField(
        _("an objection ends the procedure at once"),
        default=True,
        help_text=_("Else it can be taken back until the end."),
    )
    subjects: models.JSONField[list[str], list[str]] = models.JSONField(_("allowed by silence"), default=list)
    note = models.TextField(_("where these come from"))
    set_at = models.DateTimeField(_("set at"))
    set_by_label = models.CharField(_("set by"), max_length=200)

    class Meta:
        ordering: ClassVar = ["-version"]
        verbose_name = _("rules of the silent written procedure")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(working_days__gte=1, urgent_days__gte=1, least_hours__gte=72),
                name="a_silence_is_never_under_72_hours",
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class DayOff(models.Model):
    """A day that counts otherwise than the calendars say: a day off, or a day on which people work after all."""

    handling = Handling(Marking.PUBLIC, "for ever")

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    works = models.BooleanField(_("people work after all"), default=False)

    objects = models.Manager()

    class Meta:
        ordering: ClassVar = ["day"]
        verbose_name = _("day off")
        verbose_name_plural = _("days off")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
