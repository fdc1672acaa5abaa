"""A record that the newer file of its source no longer holds: never deleted, decided by a person, reversible."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models.action import Action
from iisg.knowledge.actions.models.imports import Import
from iisg.knowledge.needs.models import Need


class Fate(models.TextChoices):
    """What a person says of a record that vanished from its source; blank means: nobody has decided."""

    ENDED = "ended", _("it has ended")
    KEPT = "kept", _("it is still true")
    WITHDRAWN = "withdrawn", _("its source has withdrawn it")


FATES_OF_NEEDS = (Fate.KEPT, Fate.WITHDRAWN)
"""What can be said of a need: it has no stage that ends, it stands or it is withdrawn (rules.md 5)."""


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about absences."""

    def visible_to(self, reader: object) -> Self:
        """As the records they are of."""
        actions, needs = Action.objects.visible_to(reader), Need.objects.visible_to(reader)
        return self.filter(Q(action__in=actions) | Q(need__in=needs))

    def standing(self) -> Self:
        """Records that have not come back since."""
        return self.filter(returned_at=None)

    def undecided(self) -> Self:
        """Standing ones of which nobody has said what they mean."""
        return self.standing().filter(fate="")

    def with_facts(self) -> Self:
        """With the record and the files that a page names."""
        return self.select_related("action__reporter", "need", "missing_from", "returned_in").defer(
            "missing_from__content", "returned_in__content"
        )


class Absence(models.Model):
    """One action, or one need, that stood in an earlier file of its source and not in the newer one."""

    handling = Handling(Marking.MEMBERS, "as its record", personal=("decided_by_label",))

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="absences"
    )
    need = models.ForeignKey(Need, on_delete=models.CASCADE, null=True, blank=True, related_name="absences")
    missing_from = models.ForeignKey(
        Import, on_delete=models.SET_NULL, null=True, related_name="absences", verbose_name=_("missing from")
    )
    file_name = models.CharField(_("file"), max_length=250)
    noticed_at = models.DateTimeField(_("noticed at"))
    fate = models.CharField(_("decided"), max_length=12, choices=Fate.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by_label = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    before: models.JSONField[Any, Any] = models.JSONField(
        _("what the decision changed"), default=dict, blank=True
    )
    returned_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    returned_in = models.ForeignKey(
        Import, on_delete=models.SET_NULL, null=True, blank=True, related_name="returns"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["need__ref", "action__ref", "pk"]
        verbose_name = _("absence")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(returned_at=None), name="one_standing_absence_per_action"
            ),
            models.UniqueConstraint(
                fields=["need"], condition=Q(returned_at=None), name="one_standing_absence_per_need"
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True, need__isnull=False)
                | Q(action__isnull=False, need__isnull=True),
                name="an_absence_is_of_one_record",
            ),
            models.CheckConstraint(
                condition=Q(need__isnull=True) | Q(fate__in=["", *FATES_OF_NEEDS]),
                name="a_need_does_not_end",
            ),
            models.CheckConstraint(
                condition=Q(fate="") | Q(decided_at__isnull=False), name="a_fate_was_decided_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} not in {self.file_name}"

    @property
    def record(self) -> Action | Need:
        """The record that is missing."""
        return self.need if self.need is not None else self.action  # type: ignore[return-value]

    @property
    def fates(self) -> tuple[Fate, ...]:
        """What a person can say of it."""
        return tuple(Fate) if self.need_id is None else FATES_OF_NEEDS
