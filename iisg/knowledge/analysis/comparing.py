"""The actions that can overlap, read with nothing but what is compared: no record, a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from iisg.foundations.core.among import Among, Keys
from iisg.knowledge.actions.models import Action, Assistance, Party, PartyRole, Place
from iisg.knowledge.analysis.engine.one_action import Groups, of_actions, one_each
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, ResponseRow, Running
from iisg.knowledge.analysis.models import ActionSpan
from iisg.knowledge.analysis.reading import rows_for_counting
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.analysis.summary import need_rows
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation, RelationKind, Response

MANY = 20_000
"""Beyond so many actions their facts are quicker found by walking along than by looking each of them up."""
Sets = dict[int, set[str]]
Links = dict[str, dict[int, set[int]]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Actions, each once however many reports tell of it, with the needs they may answer and the judgements of that.

    `any_at_all` tells whether there are any on some day.
    """

    actions: list[ActionRow]
    responses: list[ResponseRow]
    needs: list[NeedRow]
    any_at_all: bool

    @property
    def needs_by_ref(self) -> dict[str, NeedRow]:
        """The needs by reference."""
        return {need.ref: need for need in self.needs}


def actions_to_compare(reader: object, on: date | None) -> Compared:
    """Those under a measure or judged to answer a need, that may run on the day (None: whatever the day).

    What they are part of and their earlier phases are there too, for those never overlap with them.
    """
    groups = read_groups()
    visible = Action.objects.visible_to(reader).counted()
    measures: Sets = defaultdict(set)
    placed = visible.filter(placements__isnull=False).order_by()
    for key, code in placed.values_list("pk", "placements__measure__code"):
        measures[key].add(code)
    needs = need_rows(Need.objects.visible_to(reader).counted())
    standing = Response.objects.visible_to(reader).answering().order_by()
    judged = list(standing.values_list("need_id", "action_id", "degree"))
    above = _above()
    answering = {action for _need, action, _degree in judged}
    found = _with_all_above({*measures, *answering}, above, _reports(groups))
    keys = found if on is None else _may_run(reader, found, on, groups)
    rows, refs = _rows(reader, keys, measures, above, groups)
    responses = (
        ResponseRow(needs[need].ref, refs[action], degree)
        for need, action, degree in judged
        if need in needs and action in refs
    )
    return Compared(
        actions=rows,
        responses=of_actions(responses, groups),
        needs=list(needs.values()),
        any_at_all=bool(rows) or visible.filter(_among("pk", found)).exists(),
    )


def _above() -> Links:
    """Keys of confirmed wholes and of earlier phases by the key of the action that they lead from."""
    found: Links = {kind: defaultdict(set) for kind in (RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF)}
    pairs = Relation.objects.confirmed().filter(kind__in=found).order_by()
    for kind, source, target in pairs.values_list("kind", "source_id", "target_id"):
        found[kind][source].add(target)
    return found


def _reports(groups: Groups) -> dict[int, frozenset[int]]:
    """Keys of all reports of an action that several tell of, by the key of each."""
    if not groups.heads:
        return {}
    keys = dict(Action.objects.filter(ref__in=groups.heads).order_by().values_list("ref", "pk"))
    members: dict[str, set[int]] = defaultdict(set)
    for ref, key in keys.items():
        members[groups.head(ref)].add(key)
    return {key: frozenset(members[groups.head(ref)]) for ref, key in keys.items()}


def _with_all_above(keys: set[int], above: Links, reports: dict[int, frozenset[int]]) -> set[int]:
    """The actions with all other reports of them and everything that they lead up to, however far."""
    found, waiting = set(keys), list(keys)
    while waiting:
        key = waiting.pop()
        near = {*reports.get(key, ()), *(upper for links in above.values() for upper in links.get(key, ()))}
        waiting += near - found
        found |= near
    return found


def _may_run(reader: object, keys: set[int], on: date, groups: Groups) -> set[int]:
    """Of these those that run on the day or may do so; of several reports all, where their action does."""
    spans = (
        ActionSpan.objects.visible_to(reader).on(on).filter(running__in=(Running.RUNNING, Running.UNKNOWN))
    )
    going = set(spans.filter(_among("action_id", keys)).values_list("action_id", flat=True))
    return {key for head in going for key in _reports(groups).get(head, (head,))} if groups.heads else going


def _among(field: str, keys: Collection[int]) -> Among:
    return Among(field, Keys(keys), sought=len(keys) < MANY)


def _rows(
    reader: object, keys: set[int], measures: Sets, above: Links, groups: Groups
) -> tuple[list[ActionRow], dict[int, str]]:
    """Rows of single reports from columns, of several from their records, taken together by the engine; and refs.

    The references are by key. Only what the reader may see and what counts is there.
    """
    visible = Action.objects.visible_to(reader).counted().order_by()
    told = list(visible.filter(ref__in=groups.heads).for_counting()) if groups.heads else []
    told = [action for action in told if action.pk in keys]
    alone = keys - {action.pk for action in told}
    uppers = {upper for links in above.values() for key in keys for upper in links.get(key, ())}
    refs = dict(visible.filter(_among("pk", uppers)).values_list("pk", "ref"))
    named, regional = _places(alone)
    kinds, funders = _assistance(alone), _funders(alone)

    def led_to(kind: str, key: int) -> frozenset[str]:
        found = above[kind].get(key)
        return frozenset(refs[upper] for upper in found if upper in refs) if found else frozenset()

    facts = visible.filter(_among("pk", alone)).values_list("pk", "ref", "start_on", "end_on", "stage")
    rows = {
        key: ActionRow(
            ref=ref,
            start=start,
            end=end,
            stage=stage,
            named=_frozen(named, key),
            regional=_frozen(regional, key),
            measures=_frozen(measures, key),
            assistance=_frozen(kinds, key),
            funders=_frozen(funders, key),
            parents=led_to(RelationKind.PART_OF, key),
            phase_of=led_to(RelationKind.NEXT_PHASE_OF, key),
        )
        for key, ref, start, end, stage in facts
    }
    own = {key: row.ref for key, row in rows.items()} | {action.pk: action.ref for action in told}
    return one_each([*rows.values(), *rows_for_counting(told)], groups), own


def _frozen(sets: Sets, key: int) -> frozenset[str]:
    return frozenset(sets[key]) if key in sets else frozenset()


def _places(keys: Collection[int]) -> tuple[Sets, Sets]:
    """Codes of the partners that actions name, and that they cover as part of the region."""
    named, regional = Sets(), Sets()
    places = Place.objects.filter(_among("action_id", keys)).order_by()
    for key, code, by_name in places.values_list("action_id", "partner__code", "named"):
        (named if by_name else regional).setdefault(key, set()).add(code or "")
    return named, regional


def _assistance(keys: Collection[int]) -> Sets:
    return _sets(
        Assistance.objects.filter(_among("action_id", keys)).order_by().values_list("action_id", "kind")
    )


def _funders(keys: Collection[int]) -> Sets:
    funding = Party.objects.filter(_among("action_id", keys), role=PartyRole.FUNDING)
    return _sets(
        (key, str(body)) for key, body in funding.order_by().values_list("action_id", "organisation_id")
    )


def _sets(pairs: Iterable[tuple[int, str]]) -> Sets:
    found = Sets()
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
