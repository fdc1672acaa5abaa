"""Which records are worth comparing for a suggestion: all of a few, the likeliest of many (ADR 14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from iisg.knowledge.actions.models import Action, ActionQuerySet
from iisg.knowledge.analysis.engine.rows import PARTNERS, ActionRow, NeedRow, Running
from iisg.knowledge.analysis.engine.suggest import Engine, Suggestion, telling_words
from iisg.knowledge.analysis.models import ActionSpan, KeptOfActionsQuerySet, bits
from iisg.knowledge.needs.models import Need, NeedQuerySet

FEW = 300
"""Up to so many records are all compared; of more, this many that share the most words or a measure."""

UNREAD = (
    "folded", "origins", "confirmed", "other_beneficiaries", "date_note", "money_note", "sectors",
    "source_url", "second_source_url",
)  # fmt: skip
"""What a record says that no suggestion asks for."""

NOT_OVER = (Running.RUNNING, Running.PLANNED, Running.UNKNOWN)
WORDS = 6
"""So many words of a text are looked for, the longest first: they say more than short ones."""


def actions_for(need: NeedRow, reader: object, day: date) -> list[Action]:
    """Actions that may answer a need, fetched `for_counting`; of many only those that are not over."""
    visible = Action.objects.visible_to(reader).counted()
    if visible.count() > FEW:
        going = ActionSpan.objects.visible_to(reader).on(day).filter(running__in=NOT_OVER)
        going = going.reaching_any(bits(need.partners, PARTNERS))
        same = Q(placements__measure__code__in=need.measures)
        under = visible.filter(_in(going)).filter(same).distinct().order_by("ref")
        keys = [
            *under.values_list("pk", flat=True)[: FEW // 3],
            *_sharing(visible.filter(pk__in=going.values("action")), f"{need.title} {need.objective}"),
        ]
        visible = visible.filter(pk__in=keys[:FEW])
    return list(visible.for_counting().defer(*UNREAD))


def actions_under_way(needs: Iterable[Need], reader: object, day: date) -> list[Action]:
    """Actions that run or are to come, for needs fetched `with_facts`; of many those under a measure of the needs."""
    spans = (
        ActionSpan.objects.visible_to(reader).on(day).filter(running__in=(Running.RUNNING, Running.PLANNED))
    )
    going = Action.objects.visible_to(reader).counted().filter(_in(spans))
    if spans[FEW : FEW + 1].exists():
        measures = {p.measure_id for need in needs for p in need.placements.all() if p.measure_id}
        under = going.filter(placements__measure__in=measures).distinct()
        going = going.filter(
            pk__in=list(under.order_by("-changed_at", "ref").values_list("pk", flat=True)[:FEW])
        )
    return list(going.for_counting().defer(*UNREAD))


def needs_for(action: ActionRow, reader: object) -> list[Need]:
    """Needs that an action may answer, fetched `with_facts`."""
    counted = Need.objects.visible_to(reader).counted()
    if counted.count() > FEW:
        same = counted.filter(placements__measure__code__in=action.measures)
        keys = [
            *same.distinct().order_by("ref").values_list("pk", flat=True)[: FEW // 3],
            *_sharing(counted, f"{action.title} {action.summary}"),
        ]
        counted = counted.filter(pk__in=keys[:FEW])
    return list(counted.with_facts())


def _in(spans: KeptOfActionsQuerySet) -> Exists:
    """Whether an action is one of those; asked of each, which is quick where something else leaves few."""
    return Exists(spans.filter(action=OuterRef("pk")))


def _sharing(records: ActionQuerySet | NeedQuerySet, text: str) -> Iterable[int]:
    """Keys of those that share the most telling words with the text."""
    words = sorted(telling_words(text), key=lambda word: (-len(word), word))[:WORDS]
    return records.sharing(words).values_list("pk", flat=True)[:FEW] if words else []


@lru_cache(maxsize=32)
def suggested(
    needs: tuple[NeedRow, ...], actions: tuple[ActionRow, ...], day: date, top: int
) -> tuple[Suggestion, ...]:
    """The engine's suggestions for each need; remembered, for they follow from nothing but what is given here."""
    engine = Engine(needs, actions)
    return tuple(found for need in engine.needs for found in engine.for_need(need.ref, day, top))


@lru_cache(maxsize=32)
def suggested_for_action(
    action: ActionRow, needs: tuple[NeedRow, ...], day: date, top: int
) -> tuple[Suggestion, ...]:
    """As `suggested`, the needs for one action."""
    return tuple(Engine(needs, [action]).for_action(action.ref, day, top))
