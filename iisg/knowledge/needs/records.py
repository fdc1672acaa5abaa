"""What a reader makes of a need in a file: a plain record with findings, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from iisg.foundations.core.findings import Finding


@dataclass(frozen=True, slots=True)
class NeedPlace:
    """A place in the framework: the same field, objective and measure under each of the pillars."""

    pillars: tuple[str, ...]
    four_p: str = ""
    objective: str = ""
    measure: str = ""


@dataclass(slots=True)
class NeedRecord:
    """One need as read from a file; several pillars, partners and kinds are tuples, unknown is "" or None.

    Its first place in the framework stands in `pillars`, `four_p`, `objective` and `measure`, others in `more_places`.
    `silent` are the facts of which its file says nothing; they keep what is recorded.
    """

    ref: str
    place: str
    title: str = ""
    title_original: str = ""
    original_language: str = ""
    pillars: tuple[str, ...] = ()
    pillar_basis: str = ""
    partners: tuple[str, ...] = ()
    four_p: str = ""
    four_p_basis: str = ""
    objective: str = ""
    measure: str = ""
    more_places: list[NeedPlace] = field(default_factory=list)
    kinds: tuple[str, ...] = ()
    perspective: str = ""
    priority: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    basis: str = ""
    source_body: str = ""
    source_year: int | None = None
    source_url: str = ""
    notes: str = ""
    body: str = ""
    capability: str = ""
    needed_by: date | None = None
    met_when: str = ""
    references: str = ""
    findings: list[Finding] = field(default_factory=list)
    silent: tuple[str, ...] = field(default=(), compare=False)

    @property
    def places(self) -> list[NeedPlace]:
        """All its places in the framework."""
        return [NeedPlace(self.pillars, self.four_p, self.objective, self.measure), *self.more_places]

    @property
    def refused(self) -> bool:
        """Whether a finding forbids to take this record."""
        return any(finding.refuses for finding in self.findings)
