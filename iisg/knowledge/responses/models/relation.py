"""How two recorded actions stand to each other: proposed, decided by a person, reversible (rules.md 5)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.flow import Flow
from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models import Action


class RelationKind(models.TextChoices):
    """How two actions relate; direction: from = child, later or implementer's record."""

    SAME_AS = "same_as", _("another report of the same action")
    FUNDED_BY = "funded_by", _("funded by")
    PART_OF = "part_of", _("part of")
    NEXT_PHASE_OF = "next_phase_of", _("next phase of")
    CO_FUNDED_WITH = "co_funded_with", _("co-funded with")
    OVERLAPS = "overlaps", _("overlaps")
    COMPLEMENTS = "complements", _("complements")


IDENTITY = (
    RelationKind.SAME_AS,
    RelationKind.FUNDED_BY,
    RelationKind.PART_OF,
    RelationKind.NEXT_PHASE_OF,
)
"""Kinds that say what one record is to the other: of these at most one stands between the same two."""

DIRECTED = (RelationKind.FUNDED_BY, RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF)
"""Kinds that lead from one to the other; the rest are the same both ways and are kept lower reference first."""


class RelationState(models.TextChoices):
    """Nothing is merged in silence: a relation is proposed, then confirmed or rejected by a person."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("no longer proposed")


class Origin(models.TextChoices):
    """Where a proposal came from."""

    ENGINE = "engine", _("found by comparing records")
    PERSON = "person", _("a person")
    FILE = "file", _("stated in a file")


class Outcome(models.TextChoices):
    """What was done with a relation, one after the other; every one stays readable."""

    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    REVERSED = "reversed", _("decision taken back")
    WITHDRAWN = "withdrawn", _("no longer proposed")
    PROPOSED_AGAIN = "proposed_again", _("proposed again")


class RelationQuerySet(models.QuerySet["Relation"]):
    """Questions about relations."""

    def visible_to(self, reader: object) -> Self:
        """Analysis stays with members (rules.md 7)."""
        return self if sees(reader, Can.READ_ANALYSIS) else self.none()

    def confirmed(self) -> Self:
        """Those that count."""
        return self.filter(state=RelationState.CONFIRMED)

    def proposed(self) -> Self:
        """Those that wait for a person."""
        return self.filter(state=RelationState.PROPOSED)

    def between(self, one: Action | int, other: Action | int) -> Self:
        """Those of a pair, whichever leads to which."""
        return self.filter(Q(source=one, target=other) | Q(source=other, target=one))

    def of(self, action: Action) -> Self:
        """Those that an action has on either side."""
        return self.filter(Q(source=action) | Q(target=action))

    def with_sides(self) -> Self:
        """With both actions and all that a line about them needs, in a constant number of queries."""
        sides = [
            f"{side}__{part}"
            for side in ("source", "target")
            for part in ("parties__organisation", "places__partner", "pillars")
        ]
        return self.select_related("source__reporter", "target__reporter").prefetch_related(*sides)


class Relation(models.Model):
    """One typed relation with its proposer, evidence, score, decision and date.

    `reasons` are the engine's (code, values), `evidence` the same in words or what a person said. `seen_at` is when
    the engine last found it. `gives_way_to` is the confirmed relation that stands in its place.
    """

    handling = Handling(Marking.MEMBERS, "for ever")

    source = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="relations_out", verbose_name=_("from")
    )
    target = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="relations_in", verbose_name=_("to")
    )
    kind = models.CharField(_("relation"), max_length=16, choices=RelationKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=RelationState.choices, default=RelationState.PROPOSED
    )
    origin = models.CharField(
        _("where it came from"), max_length=8, choices=Origin.choices, default=Origin.PERSON
    )
    evidence = models.TextField(_("evidence"))
    reasons: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=4, null=True, blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=200)
    proposed_at = models.DateTimeField(_("proposed at"))
    seen_at = models.DateTimeField(_("last found at"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason of the decision"), blank=True)
    gives_way_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="stands_for"
    )

    flow = Flow(
        "state",
        {
            "confirm": (
                (RelationState.PROPOSED, RelationState.REJECTED, RelationState.WITHDRAWN),
                RelationState.CONFIRMED,
            ),
            "reject": ((RelationState.PROPOSED, RelationState.WITHDRAWN), RelationState.REJECTED),
            "reverse": ((RelationState.CONFIRMED, RelationState.REJECTED), RelationState.PROPOSED),
            "withdraw": ((RelationState.PROPOSED, RelationState.CONFIRMED), RelationState.WITHDRAWN),
            "propose_again": ((RelationState.WITHDRAWN, RelationState.REJECTED), RelationState.PROPOSED),
        },
    )

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["source__ref", "target__ref", "kind"]
        verbose_name = _("relation")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="a_relation_once_per_pair_and_kind"
            ),
            models.UniqueConstraint(
                Least("source", "target"),
                Greatest("source", "target"),
                condition=Q(state=RelationState.CONFIRMED, kind__in=IDENTITY),
                name="a_record_is_one_thing_to_another",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="no_action_relates_to_itself"),
            models.CheckConstraint(
                condition=Q(state__in=(RelationState.PROPOSED, RelationState.WITHDRAWN))
                | Q(decided_at__isnull=False),
                name="a_decision_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(RelationState.PROPOSED, RelationState.WITHDRAWN)) | ~Q(reason=""),
                name="a_decision_on_a_relation_has_its_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind", "-score"], name="the_queue_of_relations"),
            models.Index(fields=["state", "kind", "source", "target"], name="relations_from_an_action"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"

    @property
    def is_decided(self) -> bool:
        """Whether a person's decision stands."""
        return self.state in (RelationState.CONFIRMED, RelationState.REJECTED)


class RelationDecision(models.Model):
    """One thing that was done with a relation, by whom, when and why; kept for ever."""

    handling = Handling(Marking.MEMBERS, "for ever, with its relation")

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    decided_by = models.CharField(_("by"), max_length=200)
    decided_at = models.DateTimeField(_("at"))

    class Meta:
        ordering: ClassVar = ["-decided_at", "-pk"]
        verbose_name = _("decision on a relation")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="each_step_of_a_relation_has_its_reason")
        ]

    def __str__(self) -> str:
        return f"{self.relation_id}: {self.outcome}"


class RelationSearch(models.Model):
    """One look for related records over all that is recorded: asked, done or given up, and what it brought."""

    handling = Handling(Marking.INTERNAL, "for ever")

    asked_by = models.CharField(_("asked by"), max_length=200)
    asked_at = models.DateTimeField(_("asked at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    records = models.PositiveIntegerField(_("records compared"), default=0)
    found = models.PositiveIntegerField(_("found"), default=0)
    new = models.PositiveIntegerField(_("new proposals"), default=0)
    withdrawn = models.PositiveIntegerField(_("withdrawn"), default=0)
    fault = models.CharField(_("why it was given up"), max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        verbose_name = _("search for relations")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}: {self.new}"
