"""What a reader makes of a need in a file: a plain record with findings, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from iisg.foundations.core.findings import Finding


@dataclass(slots=True)
class NeedRecord:
    """One need as read from a sheet; several pillars, partners and kinds are tuples, unknown is "" or None."""

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
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether a finding forbids to take this record."""
        return any(finding.refuses for finding in self.findings)
