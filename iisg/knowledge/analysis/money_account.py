"""The account of a boundary from the kept parts: the database adds, the engine says into which line (ADR 9)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Abs

from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.money.account import Account, asks_about
from iisg.knowledge.analysis.engine.money.rows import MoneyAction
from iisg.knowledge.analysis.engine.money.rules import Measure
from iisg.knowledge.analysis.engine.money.series import Ways, YearSum
from iisg.knowledge.analysis.engine.money.standing import NET, Kind, Scope, lines_of
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.models import (
    MoneyKind,
    MoneyName,
    MoneyPart,
    MoneyReach,
    MoneyUnvalued,
    codes,
)

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class UnvaluedSum:
    """Sums of one currency that have no worth in euro for one reason."""

    currency: str
    why: str
    amount: Decimal
    flows: int


@dataclass
class KeptMoney:
    """What a reader may see of the money of a boundary, in a constant number of queries."""

    reader: object
    scope: Scope

    @cached_property
    def account(self) -> Account:
        """Its lines with their sums; the cells themselves are asked for with `parts`."""
        account = Account(self.scope)
        sums = self._parts.values_list("kind", "year" if self._by_year else F("kind"))
        for key, year, cents, number in sums.annotate(Sum("cents"), Count("pk")).order_by():
            account.take(self._kinds[key], year if self._by_year else None, cents / HUNDRED, number)
        return account

    @cached_property
    def _kinds(self) -> dict[int, Kind]:
        return {row.pk: row.kind for row in MoneyKind.objects.visible_to(self.reader)}

    @property
    def _by_year(self) -> bool:
        return self.scope.year is not None

    @property
    def _parts(self) -> QuerySet[MoneyPart]:
        """Parts that may lie in one of the lines."""
        parts = MoneyPart.objects.visible_to(self.reader)
        if self._by_year:
            parts = parts.filter(Q(year__range=self.scope.years) | Q(year=None))
        if self.scope.actions is not None:
            parts = parts.filter(Q(action__in=self._chosen) | Q(placed__in=self._chosen))
        return parts

    @cached_property
    def _chosen(self) -> list[int]:
        """Keys of the actions that the boundary names and asks about."""
        reaches = MoneyReach.objects.visible_to(self.reader).filter(action__ref__in=self.scope.actions or ())
        rows = reaches.values_list("action_id", "reaches", "pillars", "sectors")
        return [key for key, *facts in rows if self._asks(*facts)]

    def _asks(self, reaches: int, pillars: int, sectors: str) -> bool:
        """The engine's answer for actions of this reach; which of them are named is left to the caller."""
        action = MoneyAction(
            "",
            regional=codes(reaches, PARTNERS),
            pillars=codes(pillars, PILLARS),
            sectors=dict.fromkeys(sectors.split()),
        )
        return asks_about(action, Scope(self.scope.partner, self.scope.pillar, sector=self.scope.sector))

    def parts(
        self, measure: Measure, lines: Collection[str], place: str = "", sector: str = ""
    ) -> QuerySet[MoneyPart]:
        """The parts that these lines add up, the largest first; of one place or sector where one is named."""
        found = Q()
        years = [(self.scope.year, Q(year__range=self.scope.years)), (None, Q(year=None))]
        for year, of_year in years if self._by_year else [(None, Q())]:
            kinds = [
                key
                for key, kind in self._kinds.items()
                if kind.measure == measure
                and place in ("", kind.place)
                and sector in ("", kind.sector)
                and not set(lines).isdisjoint(lines_of(kind, year, self.scope))
            ]
            found |= Q(of_year, kind__in=kinds)
        return self._parts.filter(found).order_by(Abs("cents").desc(), "flow", "pk")

    @cached_property
    def _reached(self) -> Counter[bool]:
        """How many actions the boundary asks about, by whether a sum of them is known."""
        reaches = MoneyReach.objects.visible_to(self.reader)
        if self.scope.actions is not None:
            reaches = reaches.filter(action__in=self._chosen)
        asked = self._sectors("sectors")
        rows = reaches.values_list("reaches", "pillars", "has_sum", asked).annotate(Count("pk")).order_by()
        found: Counter[bool] = Counter()
        for reach, pillars, has_sum, sectors, number in rows:
            if self._asks(reach, pillars, sectors if self.scope.sector else ""):
                found[has_sum] += number
        return found

    def _sectors(self, column: str) -> str:
        """The column of sectors where the boundary asks for one; else one that groups nothing further."""
        return column if self.scope.sector else column.replace("sectors", "pillars")

    @property
    def known(self) -> int:
        """Actions of which a sum is known."""
        return self._reached[True]

    @property
    def unknown(self) -> int:
        """Actions of which none is."""
        return self._reached[False]

    def unvalued(self) -> list[UnvaluedSum]:
        """Sums that are in no line, by currency and reason."""
        sums = MoneyUnvalued.objects.visible_to(self.reader)
        if self.scope.actions is not None:
            sums = sums.filter(reach__in=self._chosen)
        found: dict[tuple[str, str], tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
        asked = ("reach__reaches", "reach__pillars", self._sectors("reach__sectors"))
        grouped = sums.values_list(*asked, "flow__currency", "why")
        for reach, pillars, sectors, currency, why, amount, number in (
            grouped.annotate(Sum("flow__amount"), Count("pk")).order_by()
        ):  # fmt: skip
            if self._asks(reach, pillars, sectors if self.scope.sector else ""):
                before = found[currency, why]
                found[currency, why] = (before[0] + amount, before[1] + number)
        return [UnvaluedSum(*key, *found[key]) for key in sorted(found)]

    # ---- what pictures show of the net figures

    def _net(self, measure: Measure) -> QuerySet[MoneyPart]:
        return self.parts(measure, [NET]).order_by()

    def ways(self, measure: Measure) -> Ways:
        """As `series.ways`."""
        net = self._net(measure)
        found: Ways = defaultdict(int)
        for payer, carrier, cents in net.values_list("payer", "carrier").annotate(Sum("cents")):
            found[0, self._names[payer], self._names[carrier]] += cents
        for carrier, place, cents in net.values_list("carrier", "kind__place").annotate(Sum("cents")):
            found[1, self._names[carrier], place] += cents
        return found

    def years(self) -> Iterator[tuple[YearSum, dict[Measure, bool]]]:
        """As `series.by_year`, each with whether what is committed and spent rests on an estimate."""
        sums: dict[int | None, dict[Measure, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        estimated: dict[int | None, dict[Measure, bool]] = defaultdict(lambda: defaultdict(bool))
        for measure in (Measure.COMMITTED, Measure.SPENT):
            grouped = self._net(measure).values_list("year", "kind").annotate(Sum("cents"))
            for year, kind, cents in grouped:
                sums[year][measure] += cents / HUNDRED
                estimated[year][measure] |= self._kinds[kind].estimated
        for year in sorted(sums, key=lambda year: (year is None, year or 0)):
            of = sums[year]
            yield YearSum(year, of[Measure.COMMITTED], of[Measure.SPENT]), estimated[year]

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(MoneyName.objects.visible_to(self.reader).values_list("pk", "name"))


def sectors_in_use(reader: object) -> list[str]:
    """Codes of sectors that some money lies on, in order."""
    kinds = MoneyKind.objects.visible_to(reader).values_list("sector", flat=True).distinct()
    return sorted(code for code in kinds.order_by() if code.isdigit())
