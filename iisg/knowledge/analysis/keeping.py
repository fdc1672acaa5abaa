"""Keeping the summaries in step: what changed is counted anew by the engine, in the transaction of the change (ADR 14).

No deed of its own and no source of anything, so no operation: receivers call it when operations have spoken.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.models import Q

from iisg.foundations.access.actors import HOUSE
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.analysis import reading
from iisg.knowledge.analysis.engine.chains import Chains
from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.one_action import Groups, one_each
from iisg.knowledge.analysis.engine.rows import PARTNERS, ActionRow
from iisg.knowledge.analysis.engine.spans import coverage_spans, running_spans
from iisg.knowledge.analysis.models import ActionSpan, ActionSum, CoverageSpan, bits
from iisg.knowledge.analysis.money_keeping import keep_all_money, keep_money
from iisg.knowledge.analysis.reading import batches
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.analysis.traits import TRAITS, traits
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation, RelationKind, Response

LARGEST = 9 * 10**12
"""Hundredths: a million sums of this size still fit into the whole numbers that every database adds exactly."""

TOGETHER = (RelationKind.PART_OF, RelationKind.SAME_AS)
"""Relations through which one action's record changes what is counted of another."""

Money = dict[tuple[str, str], int]
"""Hundredths by state and currency."""


@cache
def rules() -> str:
    """Fingerprint of all that the summaries follow from; it moves when a line of it or the ECB's rates change."""
    here = Path(__file__).resolve().parent
    engine = [*sorted((here / "engine").glob("*.py")), *sorted((here / "engine" / "money").glob("*.py"))]
    beside = [here / f"{name}.py" for name in ("reading", "money_reading", "money_keeping", "traits")]
    lines = [path.read_bytes() for path in [*engine, *beside, Path(__file__)]]
    beyond = (repr(TRAITS).encode(), version("currencyconverter").encode())
    return hashlib.sha256(b"".join([*lines, *beyond])).hexdigest()


def keep_actions(keys: Iterable[int]) -> None:
    """Count anew when these actions run and what their money sums to, and so of those counted together with them."""
    for batch in batches(sorted(counted_together(keys))):
        ActionSpan.objects.filter(action__in=batch).delete()
        ActionSum.objects.filter(action__in=batch).delete()
        spans, sums = summaries_of_actions(batch)
        ActionSpan.objects.bulk_create(spans, batch_size=1_000)
        ActionSum.objects.bulk_create(sums, batch_size=1_000)


def keep_needs(keys: Iterable[int]) -> None:
    """Count anew how far these needs are covered, on every day there is."""
    for batch in batches(sorted(set(keys))):
        CoverageSpan.objects.filter(need__in=batch).delete()
        CoverageSpan.objects.bulk_create(summaries_of_needs(batch), batch_size=1_000)


def keep_actions_and_concerned(keys: Iterable[int]) -> None:
    """Count anew these actions, and the needs that they or others counted together with them were judged to answer."""
    keys = list(keys)
    keep_actions(keys)
    keep_money(keys)
    keep_needs(needs_concerned(keys))


def keep_everything() -> None:
    """Count everything anew."""
    for model in (ActionSpan, ActionSum, CoverageSpan):
        model.objects.all().delete()
    keep_all_money()
    keep_actions(Action.objects.values_list("pk", flat=True))
    keep_needs(Need.objects.counted().values_list("pk", flat=True))


def needs_concerned(actions: Iterable[int]) -> set[int]:
    """Needs whose coverage may follow from one of these actions."""
    standing = Response.objects.answering()
    return {
        need
        for batch in batches(sorted(counted_together(actions)))
        for need in standing.filter(action__in=batch).values_list("need_id", flat=True)
    }


def counted_together(actions: Iterable[int]) -> set[int]:
    """The actions, their wholes and parts and other reports of them, however far."""
    found = set(actions)
    fresh = set(found)
    relations = Relation.objects.confirmed().filter(kind__in=TOGETHER)
    while fresh:
        near: set[int] = set()
        for batch in batches(sorted(fresh)):
            touching = relations.filter(Q(source__in=batch) | Q(target__in=batch))
            near.update(key for pair in touching.values_list("source_id", "target_id") for key in pair)
        fresh = near - found
        found |= fresh
    return found


def summaries_of_needs(keys: list[int]) -> list[CoverageSpan]:
    """The rows that these needs should have; none for one that is not counted."""
    refs = list(Need.objects.counted().filter(pk__in=keys).values_list("ref", flat=True))
    found = reading.picture_about(HOUSE, date.min, refs)
    actions = {row.ref: row for row in found.actions}
    judged = defaultdict(list)
    for response in found.responses:
        judged[response.need].append(response)
    return [
        CoverageSpan(
            need=found.needs_by_ref[need.ref],
            partner=span.answer.partner,
            since=span.since,
            until=span.until,
            state=span.answer.state.value,
            state_named=span.answer.state_named.value,
            silent_state=span.answer.silent_state.value,
            silent_named=span.answer.silent_named.value,
        )
        for need in found.needs
        for span in coverage_spans(need, reading.with_wholes(judged[need.ref], actions), judged[need.ref])
    ]


def summaries_of_actions(keys: list[int]) -> tuple[list[ActionSpan], list[ActionSum]]:
    """The rows that these actions should have; of several reports of one action the one that stands for it has them."""
    groups = read_groups()
    by_ref = (
        dict(Action.objects.filter(ref__in=groups.heads).values_list("ref", "pk")) if groups.heads else {}
    )
    heads = {by_ref[ref]: by_ref[head] for ref, head in groups.heads.items()}
    spans, sums = _of_single_reports([key for key in keys if key not in heads], heads.keys())
    return [*spans, *_of_several_reports(heads, set(keys), groups)], sums


def _of_several_reports(heads: Mapping[int, int], wanted: set[int], groups: Groups) -> Iterator[ActionSpan]:
    """The spans of actions that several reports tell of, taken together; their money is weighed flow by flow."""
    keys = [key for key, head in heads.items() if head in wanted]
    if not keys:
        return
    reports = list(Action.objects.counted().filter(pk__in=keys).with_facts())
    by_ref = {groups.head(report.ref): heads[report.pk] for report in reports}
    stated: dict[int, int] = defaultdict(int)
    for report in reports:
        stated[heads[report.pk]] |= _traits(report)
    for row in one_each(reading.rows_of_actions(reports), groups):
        has_sum = any(flow.amount is not None for flow in row.flows)
        mask = {"reaches": bits(row.partners, PARTNERS), "pillars": bits(row.pillars, PILLARS)}
        key = by_ref[row.ref]
        yield from _spans(key, row, apart=True, has_sum=has_sum, traits=stated[key], **mask)


def _of_single_reports(keys: list[int], grouped: Collection[int]) -> tuple[list[ActionSpan], list[ActionSum]]:
    """The rows of actions that one report tells of; `grouped` are reports of actions that several tell of."""
    actions = Action.objects.counted().filter(pk__in=keys).prefetch_related("pillars", "assistance")
    named, regional = (reading.reached_by(keys, named) for named in (True, False))
    money = _money(keys)
    apart = _weighed(keys, grouped)
    spans, sums = list[ActionSpan](), list[ActionSum]()
    for action in actions.defer("summary", "folded").order_by("pk"):
        key, counted = action.pk, money.get(action.pk, {})
        mask = {
            "reaches": bits(named[key] | regional[key], PARTNERS),
            "pillars": bits((p.pk for p in action.pillars.all()), PILLARS),
            "traits": _traits(action),
        }
        alone = key in apart or any(abs(cents) > LARGEST for cents in counted.values())
        spans += _spans(key, reading.time_row(action), apart=alone, has_sum=bool(counted), **mask)
        if not alone:
            sums += [
                ActionSum(action_id=key, state=state, currency=currency, cents=cents, **mask)
                for (state, currency), cents in sorted(counted.items())
            ]
    return spans, sums


def _spans(key: int, row: ActionRow, **facts: Any) -> list[ActionSpan]:
    return [
        ActionSpan(action_id=key, since=span.since, until=span.until, running=span.answer.value, **facts)
        for span in running_spans(row)
    ]


def _traits(action: Action) -> int:
    """Those of one report, from what is fetched already."""
    given = [one.kind for one in action.assistance.all()]
    return traits(kind=action.kind, stage=action.stage, assistance=given)


def _weighed(keys: list[int], grouped: Collection[int]) -> set[int]:
    """Of these, the actions of which a whole or a part has a sum in the same state: never are both added.

    So are those with a whole that several reports tell of, for its sum is not that of one report.
    """
    family = sorted(counted_together(keys) - set(keys)) if _parts_of(keys) else []
    parents = _parts_of([*keys, *family])
    if not parents:
        return set()
    chains = Chains({str(part): frozenset(map(str, wholes)) for part, wholes in parents.items()})
    states = {str(key): {state for state, _ in sums} for key, sums in _money([*keys, *family]).items()}
    found: set[int] = set()
    for lower, told in states.items():
        above = chains.above(lower)
        shared = any(told & states.get(upper, set()) for upper in above - {lower})
        if shared or any(int(upper) in grouped for upper in above):
            found.update(
                map(int, {lower, *above})
            )  # those between them too, for they hold the chain together
    return found & set(keys)


def _parts_of(keys: list[int]) -> dict[int, set[int]]:
    """Confirmed wholes by part, of the chains that these actions stand in."""
    found: dict[int, set[int]] = defaultdict(set)
    for batch in batches(keys):
        touching = Relation.objects.confirmed().filter(kind=RelationKind.PART_OF)
        touching = touching.filter(Q(source__in=batch) | Q(target__in=batch))
        for part, whole in touching.values_list("source_id", "target_id"):
            found[part].add(whole)
    return found


def _money(keys: list[int]) -> dict[int, Money]:
    """Known amounts in hundredths; an action without one has no entry."""
    found: dict[int, Money] = defaultdict(lambda: defaultdict(int))
    for batch in batches(keys):
        flows = Flow.objects.filter(action__in=batch, amount__isnull=False)
        for key, state, currency, amount in flows.values_list("action_id", "state", "currency", "amount"):
            found[key][state, currency] += int((amount or Decimal(0)) * 100)
    return found
