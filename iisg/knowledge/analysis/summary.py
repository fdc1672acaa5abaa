"""How far every need is covered on a day, read from the summary instead of counted: one query for any day (ADR 14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iisg.knowledge.analysis.engine.coverage import coverage, not_answered
from iisg.knowledge.analysis.engine.rows import PARTNERS, NeedCoverage, NeedRow, Outstanding, State
from iisg.knowledge.analysis.models import CoverageSpan
from iisg.knowledge.analysis.reading import outstanding_on, picture_about
from iisg.knowledge.cycles.models import Cycle
from iisg.knowledge.needs.models import Need, NeedQuerySet, Placement

KINDS = ("legislative", "institutional", "operational")


@dataclass(frozen=True, slots=True)
class Summary:
    """The counted needs that a reader may see, with their titles only, and the answer for each of their partners.

    An answer holds its states and whose silence leaves it open; what else led to it is in `picture_about`, for the
    few needs of a page. `stages` are the needs' own states (compiled, submitted, adopted) by reference.
    """

    day: date
    needs: list[NeedRow]
    answers: list[NeedCoverage]
    stages: dict[str, str]
    outstanding: list[Outstanding]
    cycle: Cycle | None

    def by_need(self) -> dict[str, list[NeedCoverage]]:
        """Answers by the need's reference."""
        found: dict[str, list[NeedCoverage]] = defaultdict(list)
        for answer in self.answers:
            found[answer.need].append(answer)
        return found


def summary_on(reader: object, day: date) -> Summary:
    """Everything on a day in a constant number of queries; the round is the newest that had begun.

    A need whose summary is missing or speaks of other partners is counted on the spot.
    """
    visible = Need.objects.visible_to(reader).counted()
    cycle = Cycle.objects.visible_to(reader).asking_on(day).first()
    outstanding = outstanding_on(day, cycle)
    needs, kept = need_rows(visible), _kept(reader, day)
    behind = {row.ref for key, row in needs.items() if row.partners != kept[key].keys()}
    silent = _Silent(outstanding)
    answers = [
        _answer(row, partner, kept[key][partner], silent.about(row, partner))
        for key, row in needs.items()
        if row.ref not in behind
        for partner in PARTNERS
        if partner in row.partners
    ]
    if behind:
        found = picture_about(reader, day, behind)
        answers += coverage(found.needs, found.actions, found.responses, outstanding, day)
    return Summary(
        day=day,
        needs=list(needs.values()),
        answers=answers,
        stages=dict(visible.values_list("ref", "state")),
        outstanding=outstanding,
        cycle=cycle,
    )


class _Silent:
    """Whose silence leaves a need open; needs of the same pillars share the answer."""

    def __init__(self, outstanding: Iterable[Outstanding]) -> None:
        self._outstanding = sorted(set(outstanding), key=lambda o: (o.organisation, o.pillar, o.partner))
        self._known: dict[tuple[frozenset[str], str], tuple[str, ...]] = {}

    def about(self, need: NeedRow, partner: str) -> tuple[str, ...]:
        key = (need.pillars, partner)
        if key not in self._known:
            self._known[key] = not_answered(need, partner, self._outstanding)
        return self._known[key]


def _answer(need: NeedRow, partner: str, states: tuple[str, ...], silent: tuple[str, ...]) -> NeedCoverage:
    state, named = states[2:] if silent else states[:2]
    return NeedCoverage(need.ref, partner, State(state), State(named), outstanding=silent)


def _kept(reader: object, day: date) -> dict[int, dict[str, tuple[str, ...]]]:
    """By need and partner, the states of the day."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    spans = CoverageSpan.objects.visible_to(reader).on(day)
    for need, partner, *states in spans.values_list(
        "need_id", "partner", "state", "state_named", "silent_state", "silent_named"
    ):
        found[need][partner] = tuple(states)
    return found


def need_rows(needs: NeedQuerySet) -> dict[int, NeedRow]:
    """Needs by key with what lists filter, sort and group by: three queries and no records."""
    partners: dict[int, list[str]] = defaultdict(list)
    links = Need.partners.through.objects.filter(need__in=needs.order_by().values("pk"))
    for need, code in links.values_list("need_id", "organisation__code"):
        partners[need].append(code or "")
    places: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    placements = Placement.objects.filter(need__in=needs.order_by().values("pk"))
    for need, pillar, four_p, objective, measure in placements.values_list(
        "need_id", "objective__pillar_id", "objective__four_p", "objective_id", "measure__code"
    ):
        places[need].append((pillar, four_p, str(objective), measure or ""))
    return {
        key: NeedRow(
            ref=ref,
            title=title,
            priority=priority,
            partners=frozenset(partners[key]),
            pillars=frozenset(place[0] for place in places[key]),
            placements=tuple(places[key]),
            kinds=frozenset(kind for kind, holds in zip(KINDS, kinds, strict=True) if holds),
        )
        for key, ref, title, priority, *kinds in needs.order_by("ref").values_list(
            "pk", "ref", "title", "priority", *(f"is_{kind}" for kind in KINDS)
        )
    }
