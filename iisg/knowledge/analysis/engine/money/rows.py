"""The plain rows that money is counted with; unknown is None or "", never a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from iisg.knowledge.analysis.engine.money.rates import Converted, Exchange
from iisg.knowledge.analysis.engine.money.splits import place_weights, sector_weights

INCOMING = "incoming"
"""State of a flow that its reporter received: the mirror of another's outgoing, used by the factor only."""


@dataclass(frozen=True, slots=True)
class Where:
    """Whom money is for: `partners` named, with their printed shares, `regional` covered only as part of the region.

    Beside them may stand countries and regions outside the six, the Western Balkans as a region (`region_itself`), and
    regions that hold the six among others (`regions_around`).
    """

    partners: Mapping[str, Decimal | None] = field(default_factory=dict)
    regional: frozenset[str] = frozenset()
    countries_elsewhere: bool = False
    regions_elsewhere: bool = False
    region_itself: bool = False
    regions_around: bool = False

    @property
    def weights(self) -> dict[str, Decimal]:
        """How money lies on partners; see `place_weights`."""
        if self.partners or not self.regional:
            return place_weights(
                self.partners,
                countries_elsewhere=self.countries_elsewhere,
                regions_elsewhere=self.regions_elsewhere,
                region_itself=self.region_itself,
                regions_around=self.regions_around,
            )
        silent: dict[str, Decimal | None] = dict.fromkeys(self.regional)
        return place_weights(silent, countries_elsewhere=self.countries_elsewhere)

    @property
    def reaches(self) -> frozenset[str]:
        """Every partner named, or covered as part of the region."""
        return self.regional | frozenset(self.partners)


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """One sum as reported.

    `day` is the day of its value; `first` and `last` the days that it is for (both None: its day). `dated_by_action`
    says that the flow has no day of its own and those of its action stand in. `source` is who pays ("" not known);
    `source_stated` is False where the action tells it and not the flow, `source_partner` a partner's code where a
    partner or a body below it pays. `budget` is a budget rather than a commitment, `promised` an incoming commitment.
    `second_of` is the key of the chosen report of the same flow. `sectors` and `where` are its own, {} and None where
    those of its action stand for it.
    """

    key: int
    state: str
    amount: Decimal | None
    currency: str = ""
    day: date | None = None
    first: date | None = None
    last: date | None = None
    dated_by_action: bool = False
    source: str = ""
    source_partner: str = ""
    source_stated: bool = True
    receiver: str = ""
    budget: bool = False
    promised: bool = False
    second_of: int | None = None
    sectors: Mapping[str, Decimal | None] = field(default_factory=dict)
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class MoneyAction:
    """An action as far as money needs it.

    From `partners` to `regions_around` as in `Where`. `sectors` are codes of one list with their shares.
    `second_hand`: its reporter repeats another's work. `parents`, `same_as` and `funded_by` are references by confirmed
    relations.
    """

    ref: str
    flows: tuple[MoneyFlow, ...] = ()
    partners: Mapping[str, Decimal | None] = field(default_factory=dict)
    regional: frozenset[str] = frozenset()
    countries_elsewhere: bool = False
    regions_elsewhere: bool = False
    region_itself: bool = False
    regions_around: bool = False
    pillars: frozenset[str] = frozenset()
    sectors: Mapping[str, Decimal | None] = field(default_factory=dict)
    second_hand: bool = False
    implementer: str = ""
    parents: frozenset[str] = frozenset()
    same_as: frozenset[str] = frozenset()
    funded_by: frozenset[str] = frozenset()

    @property
    def where(self) -> Where:
        """Whom it is for, and with it each of its sums that does not say so itself."""
        return Where(
            self.partners,
            self.regional,
            self.countries_elsewhere,
            self.regions_elsewhere,
            self.region_itself,
            self.regions_around,
        )

    @property
    def weights(self) -> dict[str, Decimal]:
        """How its money lies on partners; see `place_weights`."""
        return self.where.weights

    @property
    def sector_weights(self) -> dict[str, Decimal]:
        """How its money lies on sectors; see `sector_weights`."""
        return sector_weights(self.sectors)

    @property
    def reaches(self) -> frozenset[str]:
        """Every partner named, or covered as part of the region."""
        return self.regional | frozenset(self.partners)

    @property
    def money_reaches(self) -> frozenset[str]:
        """Every partner that it or one of its sums is for."""
        return self.reaches.union(*(flow.where.reaches for flow in self.flows if flow.where))

    @property
    def money_sectors(self) -> frozenset[str]:
        """Every sector that it or one of its sums names."""
        return frozenset(self.sectors).union(*(flow.sectors for flow in self.flows))


@dataclass(frozen=True, slots=True)
class Valued:
    """A flow with its worth in euro."""

    action: MoneyAction
    flow: MoneyFlow
    converted: Converted

    @property
    def eur(self) -> Decimal:
        """Its worth; only to be asked where it is known."""
        if self.converted.eur is None:
            raise ValueError(f"flow {self.flow.key} has no value in euro: {self.converted.why}")
        return self.converted.eur

    @property
    def is_estimate(self) -> bool:
        """Whether its value rests on a day that is not its own, or on a rate of an earlier time."""
        rate = self.converted.rate
        by_day = self.flow.dated_by_action and rate is not None and rate.day is not None
        return by_day or (rate is not None and rate.late)


def valued(action: MoneyAction, exchange: Exchange) -> list[Valued]:
    """Its flows in euro, in the order of their keys."""
    return [
        Valued(action, flow, exchange.to_eur(flow.amount, flow.currency, flow.day))
        for flow in sorted(action.flows, key=lambda flow: flow.key)
    ]
