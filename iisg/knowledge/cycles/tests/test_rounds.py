"""A round asks members about their pillars; whoever has not answered is outstanding until the day of the answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.core.flow import MoveRefused
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.cycles import operations
from iisg.knowledge.cycles.models import Cycle, CycleKind, CycleState, Return
from iisg.office.pillars.models import Pillar

AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def opened() -> Cycle:
    return operations.open_cycle(
        "r-2026", "Round", CycleKind.RESPONSES, date(2026, 9, 1), date(2026, 10, 15), by=CONSOLE, at=AT
    )


def test_a_member_is_outstanding_from_the_question_to_the_answer() -> None:
    member, pillar = make_organisation(), Pillar.objects.get(pk="WBBSi")
    asked = operations.ask_member(opened(), member, pillar, date(2026, 9, 1), by=CONSOLE, at=AT)
    assert operations.ask_member(opened(), member, pillar, date(2026, 9, 2), by=CONSOLE, at=AT) == asked
    operations.note_answer(asked, date(2026, 9, 20), "Letter 5", by=CONSOLE, at=LATER)
    for day, outstanding in (("2026-08-31", 0), ("2026-09-01", 1), ("2026-09-19", 1), ("2026-09-20", 0)):
        assert Return.objects.outstanding_on(date.fromisoformat(day)).count() == outstanding, day
    assert Cycle.objects.asking_on(date(2026, 8, 31)).first() is None
    assert Cycle.objects.asking_on(date(2026, 9, 1)).first() == opened()


def test_what_cannot_be_is_refused() -> None:
    cycle, pillar = opened(), Pillar.objects.get(pk="WBBSi")
    asked = operations.ask_member(cycle, make_organisation(), pillar, date(2026, 9, 1), by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="before the question"):
        operations.note_answer(asked, date(2026, 8, 1), "Letter 5", by=CONSOLE, at=LATER)
    with pytest.raises(RuleRefused, match="before the round opens"):
        operations.open_cycle(
            "bad", "Bad", CycleKind.NEEDS, date(2026, 9, 1), date(2026, 8, 1), by=CONSOLE, at=AT
        )
    Cycle.flow.make(cycle, "close")
    cycle.closed_on = date(2026, 12, 1)
    assert (cycle.state, Cycle.flow.allows(cycle, "close")) == (CycleState.CLOSED, False)
    with pytest.raises(MoveRefused):
        Cycle.flow.make(cycle, "close")
    with pytest.raises(RuleRefused, match="closed"):
        operations.ask_member(cycle, make_organisation(), pillar, date(2026, 9, 1), by=CONSOLE, at=AT)
    with pytest.raises(PermissionDenied):
        operations.ask_member(
            opened(), make_organisation(), pillar, date(2026, 9, 1), by=make_person(Role.MEMBER_READER), at=AT
        )
