"""How many actions run on a day and what they sum to, from the summaries: hardly a record is read (ADR 14)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Sum

from iisg.foundations.core.among import Among, Keys
from iisg.knowledge.actions.models import Action, ActionQuerySet, Flow
from iisg.knowledge.analysis.engine.one_action import Groups, one_each
from iisg.knowledge.analysis.engine.rows import ActionRow, FlowRow, Running
from iisg.knowledge.analysis.engine.totals import STATES, Total, Totals, money_total
from iisg.knowledge.analysis.models import ActionSpan, ActionSpanQuerySet, ActionSum, KeptOfActionsQuerySet
from iisg.knowledge.analysis.reading import rows_of_actions
from iisg.knowledge.responses.models import Relation, RelationKind

Kept = TypeVar("Kept", bound=KeptOfActionsQuerySet)
MANY = 5_000
"""Beyond so many finds it is quicker to walk along a list and ask of each whether it is one of them."""


@dataclass(frozen=True)
class ActionsOfADay:
    """Actions as they stand on a day: of one partner, pillar and time, with a sum or without; blank stands for any.

    `traits` are bits of kind, stage and assistance that all of them have.

    `among` are keys of actions, None for all; those that do not count or that the reader may not see are left out.
    """

    reader: object
    day: date
    among: Keys | None = None
    partner: str = ""
    pillar: str = ""
    time: str = ""
    has_sum: bool | None = None
    traits: int = 0
    groups: Groups = field(default_factory=Groups)

    def actions(self) -> ActionQuerySet:
        """The actions themselves."""
        among = Action.objects.visible_to(self.reader).counted()
        if self.among is not None:
            among = among.filter(self._is_among("pk"))
        if self.groups.second:
            among = among.exclude(ref__in=self.groups.second)
        if not (self.partner or self.pillar or self.time or self.traits or self.has_sum is not None):
            return among
        if self.number > MANY:
            return among.filter(Exists(self._of_day.filter(action=OuterRef("pk"))))
        return among.filter(pk__in=self._of_day.values("action"))

    @property
    def number(self) -> int:
        """How many they are."""
        return self.running().total()

    def running(self) -> Counter[Running]:
        """How many of them run, are planned and so on."""
        found: Counter[Running] = Counter()
        for running, _apart, _has_sum, number in self._tally:
            found[Running(running)] += number
        return found

    def totals(self) -> Totals:
        """What they sum to, a whole and its parts once: sums added by the database, the rest weighed by the engine."""
        plain = [(has_sum, number) for _running, apart, has_sum, number in self._tally if not apart]
        known = sum(number for has_sum, number in plain if has_sum)
        unknown = sum(number for has_sum, number in plain if not has_sum)
        return together(Totals(self._added(), known, unknown, 0), money_total(self._apart()))

    @cached_property
    def _tally(self) -> list[tuple[str, bool, bool, int]]:
        grouped = self._spans.values_list("running", "apart", "has_sum").annotate(Count("pk"))
        return list(grouped.order_by())

    @property
    def _spans(self) -> ActionSpanQuerySet:
        """One row for each of the actions."""
        spans = self._of_day
        return spans if self.among is None else spans.filter(self._is_among("action_id"))

    def _is_among(self, field: str) -> Among:
        keys = self.among or Keys(())
        return Among(field, keys, sought=len(keys) <= MANY)

    @property
    def _of_day(self) -> ActionSpanQuerySet:
        """As `_spans`, whatever `among` says."""
        spans = self._chosen(ActionSpan.objects.visible_to(self.reader).on(self.day))
        if self.has_sum is not None:
            spans = spans.filter(has_sum__in=[self.has_sum])
        return spans.filter(running=self.time) if self.time else spans

    def _chosen(self, kept: Kept) -> Kept:
        if self.traits:
            kept = kept.having(self.traits)
        if self.partner:
            kept = kept.reaching(self.partner)
        return kept.under_pillar(self.pillar) if self.pillar else kept

    def _added(self) -> tuple[Total, ...]:
        if self.has_sum is False:
            return ()
        sums = self._chosen(ActionSum.objects.visible_to(self.reader))
        if self.among is not None:
            sums = sums.filter(self._is_among("action_id"))
        if self.time:
            sums = sums.filter(action__in=self._of_day.standing_apart(False).values("action"))
        grouped = sums.values_list("state", "currency").annotate(Sum("cents"), Count("pk")).order_by()
        return tuple(
            Total(state, coin, Decimal(cents) / 100, number) for state, coin, cents, number in grouped
        )

    def _apart(self) -> list[ActionRow]:
        """Those whose money cannot simply be added: rows with nothing but money and what they are part of."""
        apart = self._spans.standing_apart(True)
        refs = dict(apart.values_list("action_id", "action__ref"))
        several = self.groups.others_of(refs.values())
        refs = {key: ref for key, ref in refs.items() if ref not in several}
        flows: dict[int, list[FlowRow]] = defaultdict(list)
        parents: dict[int, set[str]] = defaultdict(set)
        if refs:
            kept = Among("action_id", Keys(refs), sought=True)
            money = Flow.objects.filter(kept).order_by()
            for key, amount, currency, state in money.values_list("action_id", "amount", "currency", "state"):
                flows[key].append(FlowRow(amount, currency, state))
            upward = Among("source_id", Keys(refs), sought=True)
            part_of = Relation.objects.confirmed().filter(upward, kind=RelationKind.PART_OF).order_by()
            for key, parent in part_of.values_list("source_id", "target__ref"):
                parents[key].add(parent)
        rows = [
            ActionRow(ref, parents=frozenset(parents[key]), flows=tuple(flows[key]))
            for key, ref in refs.items()
        ]
        told = Action.objects.counted().filter(ref__in=several).with_facts() if several else ()
        return one_each([*rows, *rows_of_actions(list(told))], self.groups)


def together(first: Totals, second: Totals) -> Totals:
    """The totals of two sets of actions that share no action and no chain of parts."""
    sums: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for total in (*first.sums, *second.sums):
        amount, number = sums.get((total.state, total.currency), (Decimal(0), 0))
        sums[total.state, total.currency] = (amount + total.amount, number + total.actions)
    return Totals(
        sums=tuple(
            Total(state, currency, *sums[state, currency])
            for state, currency in sorted(sums, key=lambda k: (STATES.index(k[0]), k[1]))
        ),
        known=first.known + second.known,
        unknown=first.unknown + second.unknown,
        inside_parent=first.inside_parent + second.inside_parent,
    )
