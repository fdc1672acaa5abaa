"""A person's judgement that an action answers a need (rules.md 5)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models import Action
from iisg.knowledge.needs.models import Need


class Degree(models.TextChoices):
    """How far an action answers a need."""

    FULL = "full", _("answers it fully")
    PARTIAL = "partial", _("answers it in part")
    NONE = "none", _("does not answer it")


class FollowUp(models.TextChoices):
    """What became of it one year on."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")


class ResponseQuerySet(models.QuerySet["Response"]):
    """Questions about judgements."""

    def visible_to(self, reader: object) -> Self:
        """Analysis stays with members (rules.md 7)."""
        return self if sees(reader, Can.READ_ANALYSIS) else self.none()

    def standing(self) -> Self:
        """The newest judgement of each pair; replaced ones stay as history."""
        return self.filter(replaced_at__isnull=True)

    def answering(self) -> Self:
        """Those that say yes, fully or in part."""
        return self.standing().exclude(degree=Degree.NONE)

    def counted(self) -> Self:
        """Of actions that count: none that its source has withdrawn."""
        return self.filter(action__withdrawn_at=None)

    def due_on(self, day: date) -> Self:
        """Those to be looked at again by the day, which nobody has done yet (rules.md 5)."""
        return self.standing().filter(follow_up_on__lte=day, follow_up="")


class Response(models.Model):
    """Full, partial or none, with reason and date, by a person; suggestions are never stored here."""

    handling = Handling(
        Marking.MEMBERS, "for ever; replaced judgements stay as history", personal=("judged_by",)
    )

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="responses")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="responses")
    degree = models.CharField(_("judgement"), max_length=8, choices=Degree.choices)
    quantity = models.DecimalField(
        _("quantity provided"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    reason = models.TextField(_("reason"))
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="judgements"
    )
    judged_by_label = models.CharField(_("judged by"), max_length=200)
    judged_at = models.DateTimeField(_("judged at"))
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    follow_up_on = models.DateField(_("look again on"), null=True, blank=True)
    follow_up = models.CharField(_("one year on"), max_length=8, choices=FollowUp.choices, blank=True)
    followed_up_at = models.DateTimeField(_("followed up at"), null=True, blank=True)
    followed_up_by_label = models.CharField(_("followed up by"), max_length=200, blank=True)
    follow_up_note = models.TextField(_("what became of it"), blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["need__ref", "action__ref", "-judged_at"]
        verbose_name = _("response")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "action"],
                condition=Q(replaced_at__isnull=True),
                name="one_standing_judgement_per_pair",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_judgement_has_its_reason"),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0), name="no_negative_quantity"
            ),
            models.CheckConstraint(
                condition=Q(follow_up="") | Q(followed_up_at__isnull=False), name="a_follow_up_has_its_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-judged_at", "-id"], name="responses_by_judgement")]

    def __str__(self) -> str:
        return f"{self.need_id} by {self.action_id}: {self.degree}"

    def is_due(self, day: date) -> bool:
        """Whether it is to be looked at again by the day, which nobody has done yet."""
        waits = self.replaced_at is None and not self.follow_up
        return waits and self.follow_up_on is not None and self.follow_up_on <= day
