"""The smaller pictures count exactly as the whole one, in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE, PUBLIC
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.actions.factories import AT, add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.analysis.comparing import actions_to_compare
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.overlaps import overlaps
from iisg.knowledge.analysis.reading import (
    Picture,
    picture,
    picture_of_answers,
    picture_of_overlaps,
    rows_of_actions,
)
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_measure, make_need
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import RelationKind
from tests.growing import growing

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
PICTURES = [picture, picture_of_answers, picture_of_overlaps]


def fill(rounds: int) -> None:
    """Answered, partly answered, unanswered and unknown needs; pairs that overlap and pairs that may not."""
    for number in range(rounds):
        measure = make_measure(f"BS-PRO-{number}")
        need = make_need(partners=("AL", "ME"), measures=[measure], quantity=Decimal(10), unit="cars")
        make_need(partners=("RS",), measures=[measure])
        whole = make_action(named=(), regional=("AL", "ME"))
        part = make_action(measures=[measure])
        earlier = make_action(measures=[measure], end_on=date(2025, 1, 1), end_printed="2025-01-01")
        make_action()
        make_relation(part, whole)
        make_relation(part, earlier, RelationKind.NEXT_PHASE_OF)
        make_response(need, whole, quantity=Decimal(10))
        make_response(need, part, "partial", quantity=Decimal(4))
        for action in (whole, part, earlier):
            add_party(action, make_organisation(), PartyRole.FUNDING)
            add_flow(action, Decimal(5))
    make_return(make_cycle(), make_organisation("A member that is silent"))


def counted(found: Picture) -> object:
    return coverage(found.needs, found.actions, found.responses, found.outstanding, DAY)


def test_the_smaller_pictures_count_as_the_whole() -> None:
    fill(3)
    whole = picture(CONSOLE, DAY)
    assert counted(picture_of_answers(CONSOLE, DAY)) == counted(whole)
    assert counted(picture_of_overlaps(CONSOLE, DAY)) == counted(whole)
    small = picture_of_overlaps(CONSOLE, DAY)
    assert overlaps(small.actions, small.responses) == overlaps(whole.actions, whole.responses)
    assert len(whole.actions) == 12
    assert len(picture_of_answers(CONSOLE, DAY).actions) == 6
    assert len(small.actions) == 9


@pytest.mark.parametrize("on", [None, DAY, date(2010, 6, 1)])
def test_actions_are_compared_without_their_records_as_with_them(on: date | None) -> None:
    fill(3)
    make_relation(make_action(measures=[make_measure("BS-PRO-1")]), make_action(), RelationKind.SAME_AS)
    make_action(measures=[make_measure("BS-PRO-1")], stage="cancelled")
    make_action(measures=[make_measure("BS-PRO-1")], withdrawn_at=AT)
    found, compared = picture_of_overlaps(CONSOLE, DAY), actions_to_compare(CONSOLE, on)
    told = overlaps(found.actions, found.responses, on=on, needs=found.needs)
    assert overlaps(compared.actions, compared.responses, needs=compared.needs) == told
    assert bool(told) is (on != date(2010, 6, 1))
    assert compared.any_at_all


def test_the_public_compares_nothing() -> None:
    fill(1)
    compared = actions_to_compare(PUBLIC, DAY)
    assert [*compared.actions, *compared.responses, *compared.needs] == []
    assert not compared.any_at_all


@pytest.mark.parametrize("reading", PICTURES)
def test_a_picture_asks_as_many_questions_at_1_as_at_50(reading: Callable[[object, date], Picture]) -> None:
    fill(1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        reading(CONSOLE, DAY)
    with growing():
        fill(49)
    with CaptureQueriesContext(connection) as many:
        reading(CONSOLE, DAY)
    assert len(many) == len(few)


@pytest.mark.parametrize("reading", PICTURES)
def test_the_public_gets_an_empty_picture(reading: Callable[[object, date], Picture]) -> None:
    fill(1)
    found = reading(PUBLIC, DAY)
    assert not found.needs
    assert not found.actions
    assert not found.responses
    assert found.cycle is None


def test_money_comes_with_rows_of_actions_only() -> None:
    fill(1)
    assert not any(row.flows for row in picture(CONSOLE, DAY).actions)
    rows = rows_of_actions(list(Action.objects.visible_to(CONSOLE).with_facts()))
    assert sum(len(row.flows) for row in rows) == 3
