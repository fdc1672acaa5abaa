"""Rounds of the Biennial Needs Mapping and the Annual Response Mapping: who is asked, who has answered (S7)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.foundations.orgs.models import Organisation
from iisg.office.pillars.models import Pillar


class CycleKind(models.TextChoices):
    """The two mappings of the methodology."""

    NEEDS = "needs", _("Biennial Needs Mapping")
    RESPONSES = "responses", _("Annual Response Mapping")


class CycleState(models.TextChoices):
    """A round as far as this house runs it now: it collects answers, then it is closed."""

    OPEN = "open", _("collecting answers")
    CLOSED = "closed", _("closed")


class CycleQuerySet(models.QuerySet["Cycle"]):
    """Questions about rounds."""

    def visible_to(self, reader: object) -> Self:
        """Rounds are the members' business."""
        return self if sees(reader, Can.READ_ROUNDS) else self.none()

    def asking_on(self, day: date) -> Self:
        """Response rounds that had begun by a day, the newest first."""
        return self.filter(kind=CycleKind.RESPONSES, opened_on__lte=day).order_by("-opened_on", "-pk")

    def with_answers_on(self, day: date) -> Self:
        """Each with how many `members` it had asked by a day, how many answers it `asked` for and has (`answered`)."""
        asked = Q(returns__asked_on__lte=day)
        return self.annotate(
            members=Count("returns__organisation", filter=asked, distinct=True),
            asked=Count("returns", filter=asked, distinct=True),
            answered=Count("returns", filter=asked & Q(returns__answered_on__lte=day), distinct=True),
        )


class Cycle(models.Model):
    """One round, with the years it speaks of and the day by which answers are due."""

    handling = Handling(Marking.MEMBERS, "for ever")
    flow = Flow("state", {"close": ((CycleState.OPEN,), CycleState.CLOSED)})

    ref = models.SlugField(_("reference"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=CycleKind.choices)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=CycleState.choices, default=CycleState.OPEN)
    opened_on = models.DateField(_("opened on"))
    due_on = models.DateField(_("answers due on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("demonstration round"), default=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_on"]
        verbose_name = _("round")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("opened_on")), name="answers_due_after_opening"),
            models.CheckConstraint(
                condition=Q(state=CycleState.CLOSED, closed_on__isnull=False)
                | Q(state=CycleState.OPEN, closed_on__isnull=True),
                name="a_closed_round_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReturnQuerySet(models.QuerySet["Return"]):
    """Questions about answers."""

    def visible_to(self, reader: object) -> Self:
        """As the round they belong to."""
        return self.filter(cycle__in=Cycle.objects.visible_to(reader))

    def outstanding_on(self, day: date) -> Self:
        """Asked by the day and not answered by the end of it."""
        return self.filter(Q(asked_on__lte=day), Q(answered_on__isnull=True) | Q(answered_on__gt=day))


class Return(models.Model):
    """One member asked about one pillar, and the day it answered; no day means: has not answered.

    An answer is that the member has told all it does, or that it has nothing to report; what it sends in is none by
    itself. `basis` is the letter or mail that a noted answer rests on, "" where the member said it here itself.
    """

    handling = Handling(Marking.MEMBERS, "for ever", personal=("noted_by_label", "basis"))

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="returns")
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    nothing_to_report = models.BooleanField(_("has nothing to report"), default=False)
    stated_by_member = models.BooleanField(_("said by the member itself"), default=False)
    basis = models.CharField(_("letter or mail"), max_length=300, blank=True)
    noted_by_label = models.CharField(_("noted by"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("noted at"), null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["organisation__name", "pillar__order"]
        verbose_name = _("return")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "organisation", "pillar"], name="asked_once_per_round_and_pillar"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="answered_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=False)
                | Q(nothing_to_report=False, stated_by_member=False, basis="", noted_by_label=""),
                name="only_an_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.ref}: {self.organisation}, {self.pillar_id}"

    def forget_answer(self) -> None:
        """As before the answer."""
        self.answered_on, self.noted_at = None, None
        self.nothing_to_report = self.stated_by_member = False
        self.basis = self.noted_by_label = ""
