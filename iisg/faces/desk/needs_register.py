"""The lines of the register of needs: what each need is and how far it is covered on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from iisg.faces.desk.forms import NOT_STATED, NeedFilters
from iisg.foundations.access.actors import Actor
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.rows import NeedCoverage, State
from iisg.knowledge.analysis.reading import Picture, picture_of_answers
from iisg.knowledge.needs.models import Need

SORTED_BY = ("ref", "title", "priority", "gaps")
PRIORITY_ORDER = {"high": 0, "medium": 1, "low": 2, "": 3}
STATE_ORDER = (State.GAP, State.PARTLY, State.NOT_KNOWN, State.COVERED)
ALL_SIX = _("all six partners")


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need with its answer for each of its partners (or for the chosen one only)."""

    need: Need
    coverages: tuple[NeedCoverage, ...]

    @property
    def states(self) -> list[tuple[State, int]]:
        """How many partners stand in each state, the least covered first."""
        counts = Counter(c.state for c in self.coverages)
        return [(state, counts[state]) for state in STATE_ORDER if counts[state]]

    @property
    def state(self) -> State | None:
        """The one state where all partners stand in the same, else None."""
        states = self.states
        return states[0][0] if len(states) == 1 else None

    @property
    def partners(self) -> str:
        """The partners' names, in alphabetical order."""
        names = sorted(p.shown for p in self.need.partners.all())
        return str(ALL_SIX) if len(names) == 6 else ", ".join(names)

    @property
    def placements(self) -> list[Any]:
        """Where it stands in the framework, from what is already fetched."""
        return list(self.need.placements.all())


def need_lines(filters: NeedFilters, reader: Actor, day: date) -> list[NeedLine]:
    """All lines that the filters let through, in the asked order, in a constant number of queries."""
    refs = set(_kept(filters, Need.objects.visible_to(reader).counted()).values_list("ref", flat=True))
    found = picture_of_answers(reader, day)
    lines = lines_of(found, refs, filters.chosen("partner"))
    state = filters.chosen("state")
    if state:
        lines = [line for line in lines if any(c.state == state for c in line.coverages)]
    return lines


def lines_of(found: Picture, refs: set[str], partner: str = "") -> list[NeedLine]:
    """Lines of the needs of that reference, with the answer for one partner or for all."""
    rows = [row for row in found.needs if row.ref in refs]
    by_need: dict[str, list[NeedCoverage]] = defaultdict(list)
    for one in coverage(rows, found.actions, found.responses, found.outstanding, found.day):
        if not partner or one.partner == partner:
            by_need[one.need].append(one)
    return [NeedLine(found.needs_by_ref[row.ref], tuple(by_need[row.ref])) for row in rows]


def in_order(lines: Iterable[NeedLine], sort: str) -> list[NeedLine]:
    """Sorted by a key of SORTED_BY, "-" before it turns it round; unknown keys mean the reference."""
    key = sort.removeprefix("-")
    keys: dict[str, Callable[[NeedLine], Any]] = {
        "title": lambda line: (line.need.title.casefold(), line.need.ref),
        "priority": lambda line: (PRIORITY_ORDER[line.need.priority], line.need.ref),
        "gaps": lambda line: (sum(c.state is State.GAP for c in line.coverages), line.need.ref),
    }
    return sorted(lines, key=keys.get(key, lambda line: line.need.ref), reverse=sort.startswith("-"))


def totals(lines: Iterable[NeedLine]) -> dict[str, int]:
    """How many answers (one per need and partner) stand in each state; how many needs lack a priority."""
    lines = list(lines)
    counts = Counter(str(c.state) for line in lines for c in line.coverages)
    return {
        **{str(state): counts[state] for state in State},
        "answers": counts.total(),
        "no_priority": sum(not line.need.priority for line in lines),
    }


def _kept(filters: NeedFilters, needs: Any) -> QuerySet[Need]:
    """The needs that the stored fields let through."""
    chosen = filters.chosen
    if chosen("words"):
        needs = needs.matching(chosen("words"))
    if chosen("partner"):
        needs = needs.of_partner(chosen("partner"))
    if chosen("pillar"):
        needs = needs.under_pillar(chosen("pillar"))
    if chosen("four_p"):
        needs = needs.filter(placements__objective__four_p=chosen("four_p"))
    if chosen("objective"):
        needs = needs.filter(placements__objective=chosen("objective"))
    if chosen("measure"):
        needs = needs.filter(placements__measure__code=chosen("measure"))
    if chosen("kind"):
        needs = needs.filter(**{f"is_{chosen('kind')}": True})
    if chosen("perspective"):
        needs = needs.filter(perspective=chosen("perspective"))
    if chosen("priority"):
        needs = needs.filter(priority=chosen("priority").replace(NOT_STATED, ""))
    kept: QuerySet[Need] = needs.distinct()
    return kept
