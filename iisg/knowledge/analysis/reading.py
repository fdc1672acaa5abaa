"""From stored records to the engine's plain rows, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from iisg.foundations.core.periods import add_months
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.analysis.engine.one_action import Groups, of_actions, one_each
from iisg.knowledge.analysis.engine.rows import ActionRow, FlowRow, NeedRow, Outstanding, ResponseRow
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.cycles.models import Cycle, Return
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation, RelationKind, Response


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
    return ActionRow(
        ref=action.ref,
        title=action.title,
        summary=f"{action.summary} {action.assistance_printed}".strip(),
        start=action.start_on,
        end=action.end_on,
        stage=action.stage,
        named=frozenset(p.partner.code or "" for p in places if p.named),
        regional=frozenset(p.partner.code or "" for p in places if not p.named),
        pillars=frozenset(p.pk for p in action.pillars.all()),
        measures=frozenset(p.measure.code for p in action.placements.all()),
        assistance=frozenset(a.kind for a in action.assistance.all()),
        funders=frozenset(str(p.organisation_id) for p in parties if p.role == PartyRole.FUNDING),
        implementers=frozenset(str(p.organisation_id) for p in parties if p.role == PartyRole.IMPLEMENTING),
        parents=parents,
        phase_of=phases,
        start_by=_last_possible_start(action),
        told_on=action.changed_at.date(),
    )


def _last_possible_start(action: Action) -> date | None:
    """The last day of the month or the year that is printed as its start; None where the day itself is known."""
    if action.start_on is None or action.start_precision not in ("month", "year"):
        return None
    if action.start_precision == "year":
        return date(action.start_on.year, 12, 31)
    return add_months(action.start_on, 1) - timedelta(days=1)


def _links(kind: str) -> dict[str, set[str]]:
    """Confirmed relations of a kind: ref of the one they start from -> refs of those they lead to."""
    found: dict[str, set[str]] = defaultdict(set)
    pairs = Relation.objects.confirmed().filter(kind=kind).values_list("source__ref", "target__ref")
    for source, target in pairs:
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
    parents, phases = _links(RelationKind.PART_OF), _links(RelationKind.NEXT_PHASE_OF)
    return [
        action_row(a, frozenset(parents.get(a.ref, ())), frozenset(phases.get(a.ref, ()))) for a in actions
    ]


def outstanding_on(day: date, cycle: Cycle | None) -> list[Outstanding]:
    """Members that were asked in the round and had not answered by the day."""
    if cycle is None:
        return []
    returns = Return.objects.filter(cycle=cycle).outstanding_on(day).select_related("organisation")
    return [Outstanding(r.organisation.shown, r.pillar_id, r.organisation.code or "") for r in returns]


def picture(reader: object, day: date) -> Picture:
    """The whole of what the engine speaks of, for a reader and a day; the round is the newest that had begun.

    Actions are fetched `for_counting`, without names and money; a page fetches the few it shows `with_facts`.
    """
    return _picture(reader, day, list(Action.objects.visible_to(reader).for_counting()), read_groups())


def picture_of_answers(reader: object, day: date) -> Picture:
    """As `picture`, with only the actions that were judged to answer a need, and what they are part of.

    Enough for coverage, whose figures it never changes, and quick where thousands of actions are recorded.
    """
    groups = read_groups()
    above = _with_all_above(reader, _answering(reader), groups, RelationKind.PART_OF)
    return _picture(reader, day, above, groups)


def picture_of_overlaps(reader: object, day: date) -> Picture:
    """As `picture`, with only the actions that can overlap: under a measure, or judged to answer a need.

    What they are part of and their earlier phases are there too, for those never overlap with them.
    """
    placed = Action.objects.visible_to(reader).filter(placements__isnull=False).values_list("ref", flat=True)
    refs = {*placed, *_answering(reader)}
    kinds = (RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF)
    groups = read_groups()
    return _picture(reader, day, _with_all_above(reader, refs, groups, *kinds), groups)


def _answering(reader: object) -> set[str]:
    """Actions that a standing judgement says yes to."""
    return set(Response.objects.visible_to(reader).answering().values_list("action__ref", flat=True))


def _with_all_above(reader: object, refs: set[str], groups: Groups, *kinds: str) -> list[Action]:
    """The actions with all other reports of them, and all that confirmed relations of these kinds lead up to."""
    above: dict[str, set[str]] = defaultdict(set)
    for ref, head in groups.heads.items():
        above[ref].add(head)
        above[head].add(ref)
    for kind in kinds:
        for ref, targets in _links(kind).items():
            above[ref] |= targets
    found, waiting = set(refs), list(refs)
    while waiting:
        fresh = above[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return list(Action.objects.visible_to(reader).filter(ref__in=found).for_counting())


def _picture(reader: object, day: date, actions: list[Action], groups: Groups) -> Picture:
    needs = list(Need.objects.visible_to(reader).counted().with_facts())
    cycle = Cycle.objects.visible_to(reader).asking_on(day).first()
    responses = Response.objects.visible_to(reader).standing()
    reported = rows_for_counting(actions)
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
