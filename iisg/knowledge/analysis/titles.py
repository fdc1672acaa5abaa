"""Names of the partners and titles of the framework, by the keys that the engine counts with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.needs.models import Measure, Objective


@dataclass(frozen=True, slots=True)
class Titles:
    """Partners by code, alphabetically; objectives by key; measures by objective and code, or by code."""

    partners: Mapping[str, str]
    objectives: Mapping[str, Objective]
    placed: Mapping[tuple[str, str], Measure]
    measures: Mapping[str, Measure]

    def named(self, codes: Iterable[str]) -> list[str]:
        """Names of partners in alphabetical order, never ranked (rules.md 8)."""
        wanted = set(codes)
        return [name for code, name in self.partners.items() if code in wanted]


def read_titles() -> Titles:
    """All of them in three queries."""
    known = {partner.code: partner.name for partner in Organisation.objects.partners()}
    objectives = list(Objective.objects.select_related("pillar").prefetch_related("measures"))
    placed = {(str(o.pk), measure.code): measure for o in objectives for measure in o.measures.all()}
    return Titles(
        partners={code: known.get(code, code) for code in PARTNERS},
        objectives={str(o.pk): o for o in objectives},
        placed=placed,
        measures={code: measure for (_objective, code), measure in placed.items()},
    )
