"""The list of potential members that the Secretariat puts to the Board, each line decided by itself (S13, S14)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.governance.membership.models.assessment import Assessment
from iisg.governance.membership.models.case import Case
from iisg.office.documents.models import Version


class ListState(models.TextChoices):
    """Where a list stands."""

    DRAWN_UP = "drawn_up", _("being drawn up")
    PUT = "put", _("put to the Board")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Procedure(models.TextChoices):
    """How the Board decides (methodology 2.1)."""

    MEETING = "meeting", _("at a Board meeting")
    SILENCE = "silence", _("by silent written procedure")


class Outcome(models.TextChoices):
    """What the Board decided of one line."""

    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")
    DEFERRED = "deferred", _("deferred")


class BoardListQuerySet(models.QuerySet["BoardList"]):
    """Questions about lists."""

    def visible_to(self, reader: object) -> Self:
        """All to the Secretariat; to readers of the Board's papers, what was put to the Board."""
        if sees(reader, Can.READ_CASES):
            return self
        if sees(reader, Can.READ_LISTS):
            return self.filter(state__in=(ListState.PUT, ListState.DECIDED))
        return self.none()

    def before_the_board(self) -> Self:
        """Put to the Board and not decided."""
        return self.filter(state=ListState.PUT)

    def being_drawn_up(self) -> Self:
        """Not before the Board yet."""
        return self.filter(state=ListState.DRAWN_UP)

    def with_counts(self) -> Self:
        """With the number of lines."""
        return self.annotate(line_count=models.Count("lines"))


class BoardList(models.Model):
    """One list with the decision on it: by which procedure, on which day, from which day on, with what evidence."""

    handling = Handling(Marking.MEMBERS, "for ever")

    ref = models.SlugField(_("reference"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=ListState.choices)
    procedure = models.CharField(_("procedure"), max_length=8, choices=Procedure.choices, blank=True)
    drawn_up_at = models.DateTimeField(_("drawn up at"))
    put_at = models.DateTimeField(_("put to the Board at"), null=True, blank=True)
    paper = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="lists_printed"
    )
    decision_number = models.CharField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    evidence = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="lists_evidenced"
    )

    objects = BoardListQuerySet.as_manager()

    flow = Flow(
        "state",
        {
            "put": ((ListState.DRAWN_UP,), ListState.PUT),
            "take_back": ((ListState.PUT,), ListState.DRAWN_UP),
            "decide": ((ListState.PUT,), ListState.DECIDED),
            "withdraw": ((ListState.DRAWN_UP, ListState.PUT), ListState.WITHDRAWN),
        },
    )

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("list to the Board")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=(ListState.PUT, ListState.DECIDED))
                | (Q(put_at__isnull=False, paper__isnull=False) & ~Q(procedure="")),
                name="a_list_before_the_board_has_its_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.DECIDED)
                | (
                    Q(decided_on__isnull=False, effective_on__isnull=False, evidence__isnull=False)
                    & ~Q(decision_number="")
                ),
                name="a_decision_has_number_days_and_evidence",
            ),
            models.UniqueConstraint(
                fields=["decision_number"], condition=~Q(decision_number=""), name="one_list_per_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref}, {self.title}"


class ListLine(models.Model):
    """One case on a list, with the assessment that the Board reads and what it decided."""

    handling = Handling(Marking.MEMBERS, "for ever")

    on_list = models.ForeignKey(BoardList, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lines")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("place on the list"), default=0)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason, or what is asked"), blank=True)

    class Meta:
        ordering: ClassVar = ["position", "case__organisation__name", "pk"]
        verbose_name = _("line of a list")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["on_list", "case"], name="a_case_stands_once_on_a_list"),
            models.CheckConstraint(
                condition=~Q(outcome__in=(Outcome.REFUSED, Outcome.DEFERRED)) | ~Q(reason=""),
                name="who_is_not_admitted_is_told_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_list.ref}: {self.case}"
