"""Whether the summaries say what the records say: each is counted afresh beside what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis import keeping, money_keeping
from iisg.knowledge.analysis.models import ActionSpan, ActionSum, CoverageSpan, Recount
from iisg.knowledge.analysis.money_reading import counted_with
from iisg.knowledge.analysis.reading import batches
from iisg.knowledge.needs.models import Need

Facts = tuple[Any, ...]


def is_of_these_rules() -> bool:
    """Whether everything was last counted by the rules that this house has now."""
    return Recount.objects.filter(rules=keeping.rules()).exists()


def differences() -> Iterator[str]:
    """References of needs and actions whose summary is not what the engine says, in order; nothing is written."""
    for batch in batches(Need.objects.order_by("pk").values_list("pk", flat=True)):
        refs = dict(Need.objects.filter(pk__in=batch).values_list("pk", "ref"))
        kept = CoverageSpan.objects.filter(need__in=batch)
        yield from _astray(refs, kept, keeping.summaries_of_needs(batch), "need_id")
    for batch in batches(Action.objects.order_by("pk").values_list("pk", flat=True)):
        refs = dict(Action.objects.filter(pk__in=batch).values_list("pk", "ref"))
        spans, sums = keeping.summaries_of_actions(batch)
        astray = {
            *_astray(refs, ActionSpan.objects.filter(action__in=batch), spans, "action_id"),
            *_astray(refs, ActionSum.objects.filter(action__in=batch), sums, "action_id"),
        }
        yield from sorted(astray)
    yield from _money_astray()


def _money_astray() -> Iterator[str]:
    """References of actions of whose money something else is kept than the engine decides."""
    for batch in batches(Action.objects.order_by("pk").values_list("pk", flat=True)):
        kept = money_keeping.kept_parts(batch)
        fresh = money_keeping.parts_of(counted_with(batch))
        astray = {key for key, _facts in kept.reaches.items() ^ fresh.reaches.items()}
        for rows, others in ((kept.parts, fresh.parts), (kept.unvalued, fresh.unvalued)):
            told, counted = Counter(rows), Counter(others)
            astray |= {row[0] for row in (*(told - counted), *(counted - told))}
        astray &= set(batch)
        yield from Action.objects.filter(pk__in=astray).order_by("ref").values_list("ref", flat=True)


def _astray(
    refs: dict[int, str], kept: Iterable[models.Model], counted: Iterable[models.Model], owner: str
) -> list[str]:
    """References of those for which one side has a row that the other has not."""
    apart = {_facts(row) for row in kept} ^ {_facts(row) for row in counted}
    return sorted({refs[dict(facts)[owner]] for facts in apart})


def _facts(row: models.Model) -> Facts:
    return tuple((f.attname, getattr(row, f.attname)) for f in row._meta.concrete_fields if not f.primary_key)
