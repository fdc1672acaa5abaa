"""From stored records to the engine's plain rows, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from iisg.foundations.core.periods import add_months
from iisg.knowledge.actions.models import Action, ActionQuerySet, PartyRole, Place
from iisg.knowledge.analysis.engine.one_action import Groups, of_actions, one_each
from iisg.knowledge.analysis.engine.rows import ActionRow, FlowRow, NeedRow, Outstanding, ResponseRow
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.cycles.models import Cycle, Return
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation, RelationKind, Response, ResponseQuerySet

BATCH = 500
"""Keys of one query at most: databases bound how many values a query may carry."""
Key = TypeVar("Key")


def batches(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys in lists that fit into a query."""
    waiting = iter(keys)
    while batch := list(islice(waiting, BATCH)):
        yield batch


@dataclass(slots=True)
class Picture:
    """Everything coverage speaks of, as one reader may see it on a day.

    `actions` and `responses` hold each action once, however many reports tell of it; `reported` and `judged` are the
    rows they were made of, by `groups`.
    """

    day: date
    needs: list[NeedRow] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)
    responses: list[ResponseRow] = field(default_factory=list)
    reported: list[ActionRow] = field(default_factory=list)
    judged: list[ResponseRow] = field(default_factory=list)
    groups: Groups = field(default_factory=Groups)
    outstanding: list[Outstanding] = field(default_factory=list)
    cycle: Cycle | None = None
    needs_by_ref: dict[str, Need] = field(default_factory=dict)
    actions_by_ref: dict[str, Action] = field(default_factory=dict)


def need_row(need: Need) -> NeedRow:
    """A need that was fetched `with_facts` as a row."""
    placements = tuple(
        (
            p.objective.pillar_id,
            p.objective.four_p,
            str(p.objective_id),
            p.measure.code if p.measure else "",
        )
        for p in need.placements.all()
    )
    return NeedRow(
        ref=need.ref,
        title=need.title,
        objective=" ".join(dict.fromkeys(p.objective.title for p in need.placements.all())),
        partners=frozenset(p.code or "" for p in need.partners.all()),
        pillars=frozenset(p[0] for p in placements),
        placements=placements,
        kinds=frozenset(need.kinds),
        perspective=need.perspective,
        priority=need.priority,
        quantity=need.quantity,
        unit=need.unit,
    )


def action_row(
    action: Action, parents: frozenset[str] = frozenset(), phases: frozenset[str] = frozenset()
) -> ActionRow:
    """An action that was fetched `for_counting` or `with_facts` as a row, without its money."""
    places = list(action.places.all())
    parties = list(action.parties.all())
    return replace(
        time_row(action),
        title=action.title,
        summary=f"{action.summary} {action.assistance_printed}".strip(),
        named=frozenset(p.partner.code or "" for p in places if p.named),
        regional=frozenset(p.partner.code or "" for p in places if not p.named),
        pillars=frozenset(p.pk for p in action.pillars.all()),
        measures=frozenset(p.measure.code for p in action.placements.all()),
        assistance=frozenset(a.kind for a in action.assistance.all()),
        funders=frozenset(str(p.organisation_id) for p in parties if p.role == PartyRole.FUNDING),
        implementers=frozenset(str(p.organisation_id) for p in parties if p.role == PartyRole.IMPLEMENTING),
        parents=parents,
        phase_of=phases,
    )


def time_row(action: Action) -> ActionRow:
    """An action as a row with nothing but what tells whether it runs."""
    return ActionRow(
        ref=action.ref,
        start=action.start_on,
        end=action.end_on,
        stage=action.stage,
        start_by=_last_possible_start(action),
        told_on=action.changed_at.date(),
    )


def rows_for_coverage(actions: Iterable[Action]) -> list[ActionRow]:
    """Rows with nothing but a title and what coverage asks: days, the partners reached, and confirmed parents."""
    actions = list(actions)
    reached = {named: reached_by([action.pk for action in actions], named) for named in (True, False)}
    parents = _links([action.ref for action in actions], RelationKind.PART_OF)
    return [
        replace(
            time_row(action),
            title=action.title,
            named=frozenset(reached[True][action.pk]),
            regional=frozenset(reached[False][action.pk]),
            parents=frozenset(parents.get(action.ref, ())),
        )
        for action in actions
    ]


def reached_by(keys: Iterable[int], named: bool) -> dict[int, set[str]]:
    """Codes of the partners that actions name, or that they cover as part of the region, by the action's key."""
    found: dict[int, set[str]] = defaultdict(set)
    for batch in batches(keys):
        places = Place.objects.filter(action__in=batch, named=named)
        for key, code in places.values_list("action_id", "partner__code").order_by():
            found[key].add(code or "")
    return found


def _last_possible_start(action: Action) -> date | None:
    """The last day of the month or the year that is printed as its start; None where the day itself is known."""
    if action.start_on is None or action.start_precision not in ("month", "year"):
        return None
    if action.start_precision == "year":
        return date(action.start_on.year, 12, 31)
    return add_months(action.start_on, 1) - timedelta(days=1)


def _links(refs: Iterable[str], *kinds: str) -> dict[str, set[str]]:
    """Confirmed relations of these kinds from `refs`: ref of the one they start from -> those they lead to."""
    found: dict[str, set[str]] = defaultdict(set)
    for batch in batches(refs):
        sources = Action.objects.filter(ref__in=batch).order_by().values("pk")
        pairs = Relation.objects.confirmed().filter(kind__in=kinds, source__in=sources).order_by()
        for source, target in pairs.values_list("source__ref", "target__ref"):
            found[source].add(target)
    return found


def rows_of_actions(actions: list[Action]) -> list[ActionRow]:
    """Rows of actions fetched `with_facts`: with confirmed parents and phases, and with their money."""
    rows = rows_for_counting(actions)
    return [
        replace(row, flows=tuple(FlowRow(f.amount, f.currency, f.state) for f in action.flows.all()))
        for row, action in zip(rows, actions, strict=True)
    ]


def rows_for_counting(actions: list[Action]) -> list[ActionRow]:
    """Rows of actions fetched `for_counting`: with confirmed parents and phases, without money."""
    refs = [action.ref for action in actions]
    parents, phases = _links(refs, RelationKind.PART_OF), _links(refs, RelationKind.NEXT_PHASE_OF)
    return [
        action_row(a, frozenset(parents.get(a.ref, ())), frozenset(phases.get(a.ref, ()))) for a in actions
    ]


def with_wholes(responses: Iterable[ResponseRow], rows: Mapping[str, ActionRow]) -> list[ActionRow]:
    """The actions that were judged, with everything they are part of."""
    found: dict[str, ActionRow] = {}
    waiting = [response.action for response in responses]
    while waiting:
        row = rows.get(waiting.pop())
        if row is not None and row.ref not in found:
            found[row.ref] = row
            waiting += row.parents
    return list(found.values())


def outstanding_on(day: date, cycle: Cycle | None) -> list[Outstanding]:
    """Members that were asked in the round and had not answered by the day."""
    if cycle is None:
        return []
    returns = Return.objects.filter(cycle=cycle).outstanding_on(day).select_related("organisation")
    return [Outstanding(r.organisation.shown, r.pillar_id, r.organisation.code or "") for r in returns]


def picture(reader: object, day: date) -> Picture:
    """The whole of what the engine speaks of, for a reader and a day; the round is the newest that had begun.

    Actions are fetched `for_counting`, without names and money; a page fetches the few it shows `with_facts`. A page
    that needs less takes one of the smaller pictures below: this one grows with every file.
    """
    actions = list(Action.objects.visible_to(reader).counted().for_counting())
    return _picture(reader, day, rows_for_counting, actions, read_groups())


def picture_of_answers(reader: object, day: date) -> Picture:
    """As `picture`, with only the actions that were judged to answer a need, and what they are part of.

    Enough for coverage, whose figures it never changes; of the actions only what coverage asks for is read.
    """
    groups = read_groups()
    judged = _answering(_standing(reader))
    actions = _with_all_above(reader, judged, groups, RelationKind.PART_OF, fetched=_days)
    return _picture(reader, day, rows_for_coverage, actions, groups)


def picture_about(
    reader: object, day: date, needs: Collection[str], weighed: Collection[str] = ()
) -> Picture:
    """As `picture_of_answers`, of these needs only, with every action that was judged for them: what one page shows.

    `weighed` are further actions, which somebody thinks of judging.
    """
    groups = read_groups()
    standing = _standing(reader).filter(need__ref__in=needs)
    judged = {*standing.values_list("action__ref", flat=True), *weighed}
    actions = _with_all_above(reader, judged, groups, RelationKind.PART_OF, fetched=_days)
    return _picture(reader, day, rows_for_coverage, actions, groups, needs)


def picture_of_overlaps(reader: object, day: date) -> Picture:
    """As `picture`, with only the actions that can overlap: under a measure, or judged to answer a need.

    What they are part of and their earlier phases are there too, for those never overlap with them.
    """
    placed = Action.objects.visible_to(reader).counted().filter(placements__isnull=False)
    refs = {*placed.values_list("ref", flat=True), *_answering(_standing(reader))}
    kinds = (RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF)
    groups = read_groups()
    actions = _with_all_above(reader, refs, groups, *kinds, fetched=ActionQuerySet.for_counting)
    return _picture(reader, day, rows_for_counting, actions, groups)


def _standing(reader: object) -> ResponseQuerySet:
    return Response.objects.visible_to(reader).standing().counted()


def _answering(standing: ResponseQuerySet) -> set[str]:
    """Actions that a standing judgement says yes to."""
    return set(standing.answering().values_list("action__ref", flat=True))


def _days(actions: ActionQuerySet) -> ActionQuerySet:
    """What coverage asks of an action and what is said of it in words."""
    days = [f"{side}_{fact}" for side in ("start", "end") for fact in ("on", "precision", "printed")]
    return actions.only("ref", "title", "stage", "changed_at", "end_derived", *days)


def _with_all_above(
    reader: object,
    refs: set[str],
    groups: Groups,
    *kinds: str,
    fetched: Callable[[ActionQuerySet], ActionQuerySet],
) -> list[Action]:
    """The actions with all other reports of them, and all that confirmed relations of these kinds lead up to."""
    found, fresh = set(refs), set(refs)
    while fresh:
        near = {target for targets in _links(fresh, *kinds).values() for target in targets}
        fresh = (near | groups.others_of(fresh)) - found
        found |= fresh
    visible = Action.objects.visible_to(reader).counted()
    return [a for batch in batches(sorted(found)) for a in fetched(visible.filter(ref__in=batch))]


def _picture(
    reader: object,
    day: date,
    rows_of: Callable[[list[Action]], list[ActionRow]],
    actions: list[Action],
    groups: Groups,
    only: Collection[str] | None = None,
) -> Picture:
    counted, responses = Need.objects.visible_to(reader).counted(), _standing(reader)
    if only is not None:
        counted, responses = counted.filter(ref__in=only), responses.filter(need__ref__in=only)
    needs = list(counted.with_facts())
    cycle = Cycle.objects.visible_to(reader).asking_on(day).first()
    reported = rows_of(actions)
    judged = [
        ResponseRow(need, action, degree, quantity)
        for need, action, degree, quantity in responses.values_list(
            "need__ref", "action__ref", "degree", "quantity"
        )
    ]
    return Picture(
        day=day,
        needs=[need_row(need) for need in needs],
        actions=one_each(reported, groups),
        responses=of_actions(judged, groups),
        reported=reported,
        judged=judged,
        groups=groups,
        outstanding=outstanding_on(day, cycle),
        cycle=cycle,
        needs_by_ref={need.ref: need for need in needs},
        actions_by_ref={action.ref: action for action in actions},
    )
