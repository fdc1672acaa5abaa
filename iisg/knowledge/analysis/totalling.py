"""How many actions run on a day and what they sum to, from the summaries: hardly a record is read (ADR 14)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Sum

from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.analysis.engine.rows import ActionRow, FlowRow, Running
from iisg.knowledge.analysis.engine.totals import STATES, Total, Totals, money_total
from iisg.knowledge.analysis.models import ActionSpan, ActionSum, KeptOfActionsQuerySet
from iisg.knowledge.responses.models import Relation, RelationKind


@dataclass(frozen=True)
class ActionsOfADay:
    """Actions as they stand on a day: those of one partner, pillar and time, and `among` some; blank and None: any."""

    reader: object
    day: date
    among: QuerySet[Action] | None = None
    partner: str = ""
    pillar: str = ""
    time: str = ""

    @property
    def is_limited(self) -> bool:
        """Whether anything is left out."""
        return self.among is not None or bool(self.partner or self.pillar or self.time)

    def keys(self) -> QuerySet[Any]:
        """Keys of the actions, for a query on actions."""
        return self.spans.values("action")

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
        grouped = self.spans.values_list("running", "apart", "has_sum").annotate(Count("pk"))
        return list(grouped.order_by())

    @property
    def spans(self) -> KeptOfActionsQuerySet:
        """One row for each of the actions."""
        spans = self._of_partner_and_pillar(ActionSpan.objects.visible_to(self.reader).on(self.day))
        if self.time:
            spans = spans.filter(running=self.time)
        return spans if self.among is None else spans.filter(action__in=self.among.order_by().values("pk"))

    def _of_partner_and_pillar(self, kept: KeptOfActionsQuerySet) -> KeptOfActionsQuerySet:
        if self.partner:
            kept = kept.reaching(self.partner)
        return kept.under_pillar(self.pillar) if self.pillar else kept

    def _added(self) -> tuple[Total, ...]:
        sums = self._of_partner_and_pillar(ActionSum.objects.visible_to(self.reader))
        if self.time or self.among is not None:
            sums = sums.filter(action__in=self.keys())
        grouped = sums.values_list("state", "currency").annotate(Sum("cents"), Count("pk")).order_by()
        return tuple(
            Total(state, coin, Decimal(cents) / 100, number) for state, coin, cents, number in grouped
        )

    def _apart(self) -> list[ActionRow]:
        """Those whose money cannot simply be added: rows with nothing but money and what they are part of."""
        apart = self.spans.filter(apart=True)
        keys = apart.values("action")
        flows: dict[int, list[FlowRow]] = defaultdict(list)
        money = Flow.objects.filter(action__in=keys).order_by("pk")
        for key, amount, currency, state in money.values_list("action_id", "amount", "currency", "state"):
            flows[key].append(FlowRow(amount, currency, state))
        parents: dict[int, set[str]] = defaultdict(set)
        part_of = Relation.objects.confirmed().filter(kind=RelationKind.PART_OF, source__in=keys)
        for key, parent in part_of.order_by().values_list("source_id", "target__ref"):
            parents[key].add(parent)
        return [
            ActionRow(ref, parents=frozenset(parents[key]), flows=tuple(flows[key]))
            for key, ref in apart.values_list("action_id", "action__ref")
        ]


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
