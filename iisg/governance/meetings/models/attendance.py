"""Who comes to a meeting, in which capacity, and who was there for which item (rules.md 4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings.models.agenda import AgendaItem
from iisg.governance.meetings.models.meeting import Meeting


class Capacity(models.TextChoices):
    """In which capacity somebody takes part; a guest has no access to the database."""

    BOARD_MEMBER = "board_member", _("Board Member")
    ALTERNATE = "alternate", _("alternate")
    DELEGATE = "delegate", _("delegate")
    OBSERVER = "observer", _("observer")
    EXPERT = "expert", _("expert")
    SECRETARIAT = "secretariat", _("Secretariat")
    GUEST = "guest", _("invited guest")


SEATED = (Capacity.BOARD_MEMBER, Capacity.ALTERNATE)
"""Capacities that hold a seat of the Board (S4)."""


class Presence(models.TextChoices):
    """Whether somebody was there."""

    EXPECTED = "expected", _("registered")
    PRESENT = "present", _("present")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class Attendance(models.Model):
    """One person at one meeting. Without an organisation it is a guest or a person who comes for nobody."""

    handling = Handling(Marking.MEMBERS, "as long as its meeting", personal=("name", "office"))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    name = models.CharField(_("name"), max_length=150)
    office = models.CharField(_("office"), max_length=200, blank=True)
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity.choices)
    chairs = models.BooleanField(_("chairs the meeting"), default=False)
    online = models.BooleanField(_("takes part online"), default=False)
    presence = models.CharField(
        _("presence"), max_length=8, choices=Presence.choices, default=Presence.EXPECTED
    )
    registered_at = models.DateTimeField(_("registered at"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("attendance")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(chairs=True), name="one_chair_per_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "organisation", "name"], name="a_person_is_registered_once"
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=(Capacity.GUEST, Capacity.SECRETARIAT, Capacity.EXPERT))
                | Q(organisation__isnull=False),
                name="who_speaks_for_a_body_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ItemPresence(models.Model):
    """Somebody's presence at one item where it differs from the meeting as a whole."""

    handling = Handling(Marking.MEMBERS, "as long as its meeting")

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="at_items")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="presences")
    was_there = models.BooleanField(_("was there"))

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("presence at an item")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attendance", "item"], name="one_presence_per_person_and_item")
        ]

    def __str__(self) -> str:
        return f"{self.attendance}: {self.was_there}"
