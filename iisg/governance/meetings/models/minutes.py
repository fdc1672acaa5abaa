"""The minutes as they were circulated and approved, and what somebody promised to do (action points)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings.models.agenda import AgendaItem
from iisg.governance.meetings.models.meeting import Meeting
from iisg.office.documents.models import Version
from iisg.office.letters.models import Letter


class MinutesEdition(models.Model):
    """The minutes as a frozen paper: each that was circulated, and the approved one at the end."""

    handling = Handling(Marking.MEMBERS, "for ever")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    paper = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="minutes_printed")
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="minutes_sent"
    )
    changed = models.CharField(_("what was amended"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made at"))
    approved = models.BooleanField(_("approved"), default=False)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("edition of the minutes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_edition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.meeting.ref}, {self.number}"


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    """Questions about action points."""

    def visible_to(self, reader: object) -> Self:
        """With their meeting."""
        return self.filter(meeting__in=Meeting.objects.visible_to(reader))

    def open(self) -> Self:
        """Not done yet, the most urgent first."""
        return self.filter(done_on__isnull=True).order_by("due_on", "pk")

    def late(self, day: date) -> Self:
        """Open beyond their day."""
        return self.open().filter(due_on__lt=day)

    def owed_by(self, actor: Actor) -> Self:
        """Owed by the person or by a body that it speaks for."""
        own = Q(organisation__in=actor.organisation_keys)
        return self.filter(own | Q(person=getattr(actor, "pk", None)) if hasattr(actor, "pk") else own)


class ActionPoint(models.Model):
    """Something to be done after a meeting: by whom, by when. The owner is a body, a person, or both."""

    handling = Handling(Marking.MEMBERS, "as long as its meeting", personal=("person",))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="action_points")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="action_points"
    )
    what = models.CharField(_("what is to be done"), max_length=500)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="action_points"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_points",
    )
    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_note = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        verbose_name = _("action point")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                name="an_action_point_has_an_owner",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def owner(self) -> str:
        """Who owes it, in words."""
        return ", ".join(str(each) for each in (self.organisation, self.person) if each is not None)

    def is_late(self, day: date) -> bool:
        """Whether it should have been done before that day."""
        return self.done_on is None and self.due_on < day
