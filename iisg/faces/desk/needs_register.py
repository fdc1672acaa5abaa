"""The lines of the register of needs: what each need is and how far it is covered on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from iisg.faces.desk.forms import MINE, NOT_STATED, NeedFilters
from iisg.foundations.access.actors import Actor
from iisg.knowledge.analysis.engine.rows import NeedCoverage, NeedRow, State
from iisg.knowledge.analysis.summary import Summary, summary_on
from iisg.knowledge.finding.asked import Asked
from iisg.knowledge.finding.models import Entry
from iisg.knowledge.needs.models import Need, NeedQuerySet
from iisg.knowledge.responses.models import Response

SORTED_BY = ("ref", "title", "priority", "gaps")
PRIORITY_ORDER = {"high": 0, "medium": 1, "low": 2, "": 3}
STATE_ORDER = (State.GAP, State.PARTLY, State.NOT_KNOWN, State.COVERED)
ALL_SIX = _("all six partners")


@dataclass(frozen=True, slots=True)
class Answered:
    """One need, without its texts, with its answer for each of its partners (or for the chosen one only)."""

    row: NeedRow
    coverages: tuple[NeedCoverage, ...]

    @property
    def gaps(self) -> int:
        """For how many partners nothing running answers it."""
        return sum(c.state is State.GAP for c in self.coverages)


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


def answered_needs(filters: NeedFilters, reader: Actor, day: date) -> list[Answered]:
    """All needs that the filters let through, in a constant number of queries that read no record."""
    kept = _kept(filters, Need.objects.visible_to(reader).counted())
    if Asked.read(filters.chosen("words")):
        kept = kept.filter(pk__in=Entry.objects.visible_to(reader).holding(filters.chosen("words")).needs())
    specific, judged = filters.chosen("specific"), filters.chosen("judged")
    if specific:
        vague = to_complete(reader) if specific == MINE else Need.objects.vague()
        kept = (
            kept.exclude(pk__in=vague.values("pk"))
            if specific == "yes"
            else kept.filter(pk__in=vague.values("pk"))
        )
    if judged:
        answered_by = Response.objects.visible_to(reader).standing().values("need")
        kept = kept.exclude(pk__in=answered_by) if judged == "no" else kept.filter(pk__in=answered_by)
    refs = set(kept.values_list("ref", flat=True))
    needs = [
        one for one in answered(summary_on(reader, day), filters.chosen("partner")) if one.row.ref in refs
    ]
    state = filters.chosen("state")
    if state:
        needs = [one for one in needs if any(c.state == state for c in one.coverages)]
    return needs


def to_complete(reader: Actor) -> NeedQuerySet:
    """Needs that count, are not specific enough to be submitted (rules.md 5), and that the reader may complete."""
    return Need.objects.visible_to(reader).counted().vague().spoken_for_by(reader)


def answered(found: Summary, partner: str = "") -> list[Answered]:
    """Each need of a summary with its answers, for one partner or for all."""
    by_need = found.by_need()
    return [
        Answered(row, tuple(c for c in by_need[row.ref] if not partner or c.partner == partner))
        for row in found.needs
    ]


def lines_of(needs: Iterable[Answered], reader: Actor) -> list[NeedLine]:
    """The lines of one page, with everything that is recorded of its needs."""
    wanted = {one.row.ref: one.coverages for one in needs}
    fetched = {need.ref: need for need in Need.objects.visible_to(reader).filter(ref__in=wanted).with_facts()}
    return [NeedLine(fetched[ref], coverages) for ref, coverages in wanted.items() if ref in fetched]


def in_order(needs: Iterable[Answered], sort: str) -> list[Answered]:
    """Sorted by a key of SORTED_BY, "-" before it turns it round; unknown keys mean the reference."""
    key = sort.removeprefix("-")
    keys: dict[str, Callable[[Answered], Any]] = {
        "title": lambda one: (one.row.title.casefold(), one.row.ref),
        "priority": lambda one: (PRIORITY_ORDER[one.row.priority], one.row.ref),
        "gaps": lambda one: (one.gaps, one.row.ref),
    }
    return sorted(needs, key=keys.get(key, lambda one: one.row.ref), reverse=sort.startswith("-"))


def totals(needs: Iterable[Answered]) -> dict[str, int]:
    """How many answers (one per need and partner) stand in each state; how many needs lack a priority."""
    needs = list(needs)
    counts = Counter(str(c.state) for one in needs for c in one.coverages)
    return {
        **{str(state): counts[state] for state in State},
        "answers": counts.total(),
        "no_priority": sum(not one.row.priority for one in needs),
    }


def _kept(filters: NeedFilters, needs: Any) -> QuerySet[Need]:
    """The needs that the stored fields let through."""
    chosen = filters.chosen
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
