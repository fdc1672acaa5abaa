"""Made-up actions with their bodies, places and money for tests of the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from iisg.foundations.orgs.factories import make_partner
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import (
    Action,
    ActionPlacement,
    Assistance,
    Flow,
    FlowState,
    Party,
    Place,
    Stage,
)
from iisg.knowledge.actions.signals import actions_changed
from iisg.knowledge.needs.models import Measure
from iisg.office.pillars.models import Pillar

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_action(
    title: str = "",
    named: Iterable[str] = ("AL",),
    regional: Iterable[str] = (),
    pillars: Iterable[str] = ("WBBSi",),
    assistance: Iterable[str] = ("equipment",),
    measures: Iterable[Measure] = (),
    **facts: Any,
) -> Action:
    """An action of 2024 to 2028 that is under way, for the partners, without bodies or money."""
    number = next(_numbers)
    wanted: dict[str, Any] = {
        "ref": f"A-{number:04}",
        "title": title or f"Action number {number}",
        "stage": Stage.IMPLEMENTATION,
        "start_on": date(2024, 1, 1),
        "start_printed": "2024-01-01",
        "start_precision": "day",
        "end_on": date(2028, 12, 31),
        "end_printed": "2028-12-31",
        "end_precision": "day",
        "is_public": True,
        "recorded_at": AT,
        "changed_at": AT,
    }
    action = Action.objects.create(**(wanted | facts))
    action.pillars.set(Pillar.objects.filter(pk__in=pillars))
    for code in named:
        Place.objects.create(action=action, partner=make_partner(code), named=True)
    for code in regional:
        Place.objects.create(action=action, partner=make_partner(code), named=False)
    for kind in assistance:
        Assistance.objects.create(action=action, kind=kind)
    for measure in measures:
        ActionPlacement.objects.create(action=action, measure=measure, reason="made up")
    actions_changed.send(Action, keys=[action.pk])
    return action


def add_party(action: Action, organisation: Organisation, role: str, share: Decimal | None = None) -> Party:
    """A body in a role, after those that are there."""
    return Party.objects.create(
        action=action, organisation=organisation, role=role, share=share, order=action.parties.count()
    )


def add_flow(action: Action, amount: Decimal | None, currency: str = "EUR", **facts: Any) -> Flow:
    """A committed sum, or one that is not known."""
    wanted: dict[str, Any] = {"state": FlowState.COMMITTED, "order": action.flows.count()}
    flow = Flow.objects.create(action=action, amount=amount, currency=currency, **(wanted | facts))
    actions_changed.send(Action, keys=[action.pk])
    return flow
