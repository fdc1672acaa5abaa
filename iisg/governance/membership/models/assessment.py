"""The brief assessment on the three criteria, written by one officer, approved by another (methodology 2; S10, S13)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.governance.membership.models.case import Case
from iisg.office.documents.models import Version


class Criterion(models.TextChoices):
    """What a new member must fulfil, in the methodology's own order (methodology 2)."""

    LIKE_MINDED = "like_minded", _("Like-minded partner")
    REGIONAL = "regional", _("Commitment to regional cooperation in the Western Balkans")
    EU_VALUES = "eu_values", _("Support for EU values, EU policies and the EU perspective of the region")


class Fulfilled(models.TextChoices):
    """What the finding says."""

    YES = "yes", _("fulfilled")
    PARTLY = "partly", _("fulfilled in part")
    NO = "no", _("not fulfilled")
    NOT_KNOWN = "not_known", _("cannot be said")


class Recommendation(models.TextChoices):
    """What the Secretariat recommends; the Board decides apart from it."""

    ADMIT = "admit", _("admit")
    DEFER = "defer", _("defer")
    REFUSE = "refuse", _("refuse")


class AssessmentState(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", _("being written")
    SUBMITTED = "submitted", _("waits for approval")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned to its writer")
    SUPERSEDED = "superseded", _("replaced by a newer version")


class Assessment(models.Model):
    """One version of the assessment of a case; an approved one never changes, a correction is the next version."""

    handling = Handling(
        Marking.INTERNAL, "for ever: the Board decided on it", personal=("written_by", "approved_by")
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=12, choices=AssessmentState.choices, default=AssessmentState.DRAFT
    )
    summary = models.TextField(_("summary"), blank=True)
    recommendation = models.CharField(
        _("recommendation"), max_length=8, choices=Recommendation.choices, blank=True
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assessments_written",
    )
    written_by_label = models.CharField(_("written by"), max_length=200)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assessments_approved",
    )
    approved_by_label = models.CharField(_("approved by"), max_length=200, blank=True)
    written_at = models.DateTimeField(_("written at"))
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    returned_note = models.TextField(_("why it was returned"), blank=True)
    brief = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments_printed"
    )

    flow = Flow(
        "state",
        {
            "submit": ((AssessmentState.DRAFT, AssessmentState.RETURNED), AssessmentState.SUBMITTED),
            "return": ((AssessmentState.SUBMITTED,), AssessmentState.RETURNED),
            "approve": ((AssessmentState.SUBMITTED,), AssessmentState.APPROVED),
            "supersede": ((AssessmentState.APPROVED,), AssessmentState.SUPERSEDED),
        },
    )

    class Meta:
        ordering: ClassVar = ["case", "number"]
        verbose_name = _("assessment")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_assessment_per_version"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=AssessmentState.APPROVED),
                name="one_assessment_in_force_per_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AssessmentState.APPROVED, AssessmentState.SUPERSEDED))
                | Q(approved_at__isnull=False, brief__isnull=False),
                name="an_approved_assessment_has_its_brief",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(written_by__isnull=True)
                | ~Q(approved_by=F("written_by")),
                name="nobody_approves_an_own_assessment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.ref}, {self.number}"


class CriterionFinding(models.Model):
    """What the Secretariat found on one criterion, with its evidence and where that can be read."""

    handling = Handling(Marking.INTERNAL, "as long as its assessment")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    criterion = models.CharField(_("criterion"), max_length=12, choices=Criterion.choices)
    fulfilled = models.CharField(_("finding"), max_length=10, choices=Fulfilled.choices)
    evidence = models.TextField(_("evidence"))
    sources = models.TextField(_("sources, one on each line"), blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("finding on a criterion")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_finding_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.get_fulfilled_display()}"
