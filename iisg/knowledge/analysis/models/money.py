"""All money in parts that a page only adds up: what becomes of each is decided when a record changes (ADR 9, ADR 14).

A part is what a figure opens to: of one flow, on one place, in one year and sector, with what becomes of it. All that
decides into which line of an account it goes, but its year, is its kind. Kinds are few, so that the engine judges them
one by one whatever boundary is drawn, and the database only adds.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.handling import Handling, Marking
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.money.standing import Kind
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.models.summaries import KeptOfActionsQuerySet, codes

LONGEST_NAME = 600
"""Letters of a payer or carrier, who may be several bodies in one line."""


class MoneyName(models.Model):
    """A payer or a carrier in the words of the page; several bodies stand in one line."""

    handling = Handling(Marking.MEMBERS, "as the money that names it; counted anew whenever a record changes")

    name = models.CharField(_("name"), max_length=LONGEST_NAME, unique=True)

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("name in the money")

    def __str__(self) -> str:
        return self.name


class MoneyKind(models.Model):
    """What decides about a part, as the engine's `Kind` has it; `digest` is of all of it."""

    handling = Handling(Marking.MEMBERS, "as the money of its kind; counted anew whenever a record changes")

    digest = models.CharField(max_length=64, unique=True)
    measure = models.CharField(max_length=9)
    fate = models.CharField(max_length=14)
    place = models.CharField(max_length=9)
    sector = models.CharField(max_length=9)
    reaches = models.PositiveSmallIntegerField()
    sectors = models.CharField(max_length=2_000)
    pillars = models.PositiveSmallIntegerField()
    payer = models.CharField(max_length=6)
    estimated = models.BooleanField()

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of money")

    def __str__(self) -> str:
        return f"{self.measure} {self.fate} {self.place}"

    @property
    def kind(self) -> Kind:
        """In the engine's words."""
        return Kind(
            measure=self.measure,
            fate=self.fate,
            place=self.place,
            sector=self.sector,
            reaches=codes(self.reaches, PARTNERS),
            sectors=frozenset(self.sectors.split()),
            pillars=codes(self.pillars, PILLARS),
            payer=self.payer,
            estimated=self.estimated,
        )


class MoneyPart(models.Model):
    """A part of a flow, in hundredths of a euro. `placed` is the action by which it lies on partners and pillars.

    `because` names the actions that take its place, or that it is passed on to.
    """

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    placed = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="+")
    kind = models.ForeignKey(MoneyKind, on_delete=models.CASCADE, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(null=True)
    cents = models.BigIntegerField()
    payer = models.ForeignKey(MoneyName, on_delete=models.CASCADE, related_name="+", db_index=False)
    carrier = models.ForeignKey(MoneyName, on_delete=models.CASCADE, related_name="+", db_index=False)
    because = models.CharField(max_length=250)

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of the money")
        indexes: ClassVar = [
            models.Index(fields=["kind", "year", "cents"], name="money_by_kind_and_year"),
            models.Index(fields=["kind", "payer", "carrier", "cents"], name="money_by_its_way"),
        ]

    def __str__(self) -> str:
        return f"{self.flow_id} {self.year}"


class MoneyReach(models.Model):
    """What a boundary asks of an action: for whom and for what it is, and whether a sum of it is known."""

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="+", primary_key=True)
    reaches = models.PositiveSmallIntegerField()
    pillars = models.PositiveSmallIntegerField()
    sectors = models.CharField(max_length=2_000)
    has_sum = models.BooleanField()

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("reach of the money of an action")
        indexes: ClassVar = [models.Index(fields=["reaches", "pillars", "has_sum"], name="reach_of_money")]

    def __str__(self) -> str:
        return f"{self.action_id}"


class MoneyUnvalued(models.Model):
    """A sum that is stated and has no worth in euro, with the reason: no currency, day or rate, or its size."""

    handling = Handling(Marking.MEMBERS, "as its action; counted anew whenever a record changes")

    reach = models.ForeignKey(MoneyReach, on_delete=models.CASCADE, related_name="+")
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=8)

    objects = KeptOfActionsQuerySet.as_manager()

    class Meta:
        verbose_name = _("sum without a worth in euro")

    def __str__(self) -> str:
        return f"{self.flow_id}: {self.why}"
