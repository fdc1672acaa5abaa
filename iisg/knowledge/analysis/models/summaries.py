"""Summaries kept in step with the records, so that a page counts nothing that was counted before (ADR 14); large files.

No summary is a source: every row follows from records by the engine, and `iisg recount` writes them all anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.rows import PARTNERS, Running
from iisg.knowledge.needs.models import Need


class KeptQuerySet(models.QuerySet[Any]):
    """Questions about summaries."""

    power: ClassVar[Can] = Can.READ_ANALYSIS

    def visible_to(self, reader: object) -> Self:
        """Who may read what was summed up may read the summary (rules.md 7)."""
        return self if sees(reader, self.power) else self.none()

    def on(self, day: date) -> Self:
        """What holds on a day."""
        return self.filter(since__lte=day, until__gt=day)


class KeptOfActionsQuerySet(KeptQuerySet):
    """Questions about summaries of actions."""

    power = Can.READ_ACTIONS

    def reaching(self, partner: str) -> Self:
        """Of actions that reach the partner, named or as part of the region."""
        return self._with_bits("reaches", 1 << PARTNERS.index(partner))

    def reaching_any(self, partners: int) -> Self:
        """Of actions that reach one of the partners (as `bits`), or of which nobody knows whom they reach."""
        return self.alias(reached=F("reaches").bitand(partners)).filter(Q(reached__gt=0) | Q(reaches=0))

    def under_pillar(self, pillar: str) -> Self:
        """Of actions of the pillar."""
        return self._with_bits("pillars", 1 << PILLARS.index(pillar))

    def having(self, traits: int) -> Self:
        """Of actions that have all of these traits (as `traits`)."""
        return self.alias(traits_shared=F("traits").bitand(traits)).filter(traits_shared=traits)

    def _with_bits(self, field: str, wanted: int) -> Self:
        return self.alias(**{f"{field}_shared": F(field).bitand(wanted)}).filter(**{f"{field}_shared__gt": 0})


def bits(codes: Iterable[str], order: Sequence[str]) -> int:
    """Codes as bits in their order; one that has no place there has no bit."""
    return sum(1 << order.index(code) for code in set(codes) if code in order)


def codes(mask: int, order: Sequence[str]) -> frozenset[str]:
    """Bits as the codes in their order."""
    return frozenset(code for place, code in enumerate(order) if mask & 1 << place)


class ActionSpanQuerySet(KeptOfActionsQuerySet):
    """Questions about spans of actions."""

    def on(self, day: date) -> Self:
        """What holds on a day; every value of what stands before the day in the index is named, to leap to the day."""
        either = (False, True)
        return super().on(day).filter(running__in=Running, apart__in=either, has_sum__in=either)

    def standing_apart(self, apart: bool) -> Self:
        """Of actions whose money cannot simply be added, or can (a list of one, for SQLite seeks no bare boolean)."""
        return self.filter(apart__in=[apart])


class CoverageSpan(models.Model):
    """How far a need is covered for one partner from one day to another, [since, until).

    `state` and `state_named` hold while all members asked have answered, `silent_…` while one of them is silent.
    """

    handling = Handling(Marking.MEMBERS, "as its need; counted anew whenever a record changes")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    partner = models.CharField(_("partner code"), max_length=2)
    since = models.DateField(_("from"))
    until = models.DateField(_("to, not included"))
    state = models.CharField(max_length=9)
    state_named = models.CharField(max_length=9)
    silent_state = models.CharField(max_length=9)
    silent_named = models.CharField(max_length=9)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("span of coverage")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "partner", "since"], name="one_answer_on_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["until", "since"], name="coverage_on_a_day")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.partner} from {self.since}: {self.state}"


class ActionSpan(models.Model):
    """Whether an action runs from one day to another, with what lists filter and count by.

    `reaches` and `pillars` are bits in the engine's order of partners and pillars, `traits` those of kind, stage and
    assistance that one of its reports states; `has_sum`: at least one flow has an amount; `apart`: its money cannot
    simply be added, see `ActionSum`.
    """

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    since = models.DateField(_("from"))
    until = models.DateField(_("to, not included"))
    running = models.CharField(max_length=8)
    reaches = models.PositiveSmallIntegerField()
    pillars = models.PositiveSmallIntegerField()
    traits = models.PositiveIntegerField()
    apart = models.BooleanField()
    has_sum = models.BooleanField()

    objects = ActionSpanQuerySet.as_manager()

    class Meta:
        verbose_name = _("span of an action")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "since"], name="one_time_on_a_day"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=[
                    "running",
                    "apart",
                    "has_sum",
                    "until",
                    "since",
                    "reaches",
                    "pillars",
                    "traits",
                    "action",
                ],
                name="actions_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} from {self.since}: {self.running}"


class ActionSum(models.Model):
    """What an action's flows of one state and currency sum to, in hundredths, so that sums of sums are exact.

    Only for actions whose money can simply be added. Where a whole and its part both have a sum in one state, or where
    a sum is too large for sums of sums, the actions stand apart: the engine weighs them flow by flow.
    """

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    cents = models.BigIntegerField()
    reaches = models.PositiveSmallIntegerField()
    pillars = models.PositiveSmallIntegerField()
    traits = models.PositiveIntegerField()

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("sum of an action")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "state", "currency"], name="one_sum_per_currency"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "currency", "reaches", "pillars", "traits", "cents", "action"],
                name="sums_of_actions",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.state} {self.currency}"


class Recount(models.Model):
    """When everything was last counted anew, and by which rules: the fingerprint of the engine's own lines."""

    handling = Handling(Marking.INTERNAL, "until the next recount")

    rules = models.CharField(_("fingerprint of the rules"), max_length=64)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("recount")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
