"""The register of the Board's decisions: number of its own series, what was decided, how, who said what."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.core.handling import Handling, Marking
from iisg.governance.board.models.procedure import Silence
from iisg.governance.board.models.proposal import Proposal, ProposalText, Subject
from iisg.office.documents.models import Version


class Procedure(models.TextChoices):
    """How the Board decided (methodology 2.1)."""

    MEETING = "meeting", _("at a Board meeting")
    SILENCE = "silence", _("by silent written procedure")


class Outcome(models.TextChoices):
    """What the Board decided."""

    ADOPTED = "adopted", _("adopted")
    NOT_ADOPTED = "not_adopted", _("not adopted")


class DecisionSeries(models.Model):
    """The last number given in one series in one year; a number is given once and never again."""

    handling = Handling(Marking.INTERNAL, "for ever")

    subject = models.CharField(max_length=12, choices=Subject.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = _("series of decisions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "year"], name="one_series_of_decisions_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.year}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Questions about decisions."""

    def visible_to(self, reader: object) -> Self:
        """To readers of the Board's papers."""
        return self if sees(reader, Can.READ_LISTS) else self.none()

    def matching(self, words: str) -> Self:
        """Found by number, title, what was asked or who spoke, letters folded."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found


class Decision(models.Model):
    """One decision; it never changes."""

    handling = Handling(Marking.MEMBERS, "for ever", personal=("positions",))

    number = models.CharField(_("number"), max_length=20, unique=True)
    subject = models.CharField(_("kind"), max_length=12, choices=Subject.choices)
    title = models.CharField(_("title"), max_length=200)
    folded = models.TextField(editable=False, default="")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    text = models.ForeignKey(ProposalText, on_delete=models.PROTECT, related_name="decisions")
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    procedure = models.CharField(_("procedure"), max_length=8, choices=Procedure.choices)
    silence = models.OneToOneField(
        Silence, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    effective_on = models.DateField(_("in force from"))
    positions: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        _("what each seat said"), default=list
    )
    evidence = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="evidences_decisions"
    )
    extract = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="extracts_decisions"
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by_label = models.CharField(_("recorded by"), max_length=200)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-decided_at", "-pk"]
        verbose_name = _("decision")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(procedure=Procedure.SILENCE, silence__isnull=False, outcome=Outcome.ADOPTED)
                | (Q(procedure=Procedure.MEETING, silence__isnull=True)),
                name="silence_only_ever_adopts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.title}"
