"""A person judges, with a reason; history stays, suggestions never count, circles are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.needs.models import NeedState
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.models import Degree, Relation, RelationKind, Response

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_the_newest_judgement_stands_and_the_older_stays_as_history() -> None:
    need, action, officer = make_need(), make_action(), make_person(Role.SECRETARIAT)
    first = operations.judge_response(
        need, action, Degree.FULL, "It delivers what is asked.", by=officer, at=AT
    )
    assert first.follow_up_on == date(2027, 11, 23)
    assert first.judged_by == officer
    later = AT + timedelta(days=1)
    second = operations.judge_response(need, action, Degree.PARTIAL, "Only half of it.", by=officer, at=later)
    first.refresh_from_db()
    assert first.replaced_at == later
    assert list(Response.objects.standing()) == [second]
    assert (
        operations.judge_response(need, action, Degree.PARTIAL, "Only half of it.", by=officer, at=later)
        == second
    )
    assert Event.objects.filter(name="responses.response_judged").count() == 2
    operations.take_back_response(second, by=officer, at=later)
    assert not Response.objects.answering().exists()
    assert Response.objects.count() == 2


def test_only_the_secretariat_judges() -> None:
    reader = make_person(Role.FOCAL_POINT, make_organisation())
    with pytest.raises(PermissionDenied):
        operations.judge_response(make_need(), make_action(), Degree.FULL, "So it is.", by=reader, at=AT)
    assert not Response.objects.exists()


def test_a_judgement_needs_a_reason_and_a_full_answer_its_quantity() -> None:
    need = make_need(quantity=Decimal(66), unit="pieces")
    with pytest.raises(RuleRefused, match="needs its reason"):
        operations.judge_response(need, make_action(), Degree.PARTIAL, "  ", by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="asks for 66 pieces"):
        operations.judge_response(need, make_action(), Degree.FULL, "All of it.", by=CONSOLE, at=AT)
    given = operations.judge_response(
        need, make_action(), Degree.FULL, "All of it.", by=CONSOLE, at=AT, quantity=Decimal(66)
    )
    assert given.quantity == 66


def test_a_draft_need_cannot_be_answered() -> None:
    with pytest.raises(RuleRefused, match="nothing can answer it yet"):
        operations.judge_response(
            make_need(state=NeedState.DRAFT), make_action(), Degree.FULL, "Yes.", by=CONSOLE, at=AT
        )


def test_relations_are_stated_once_and_never_in_a_circle() -> None:
    whole, part, piece = make_action(), make_action(), make_action()
    operations.relate_actions(part, whole, RelationKind.PART_OF, "Named in the contract.", by=CONSOLE, at=AT)
    operations.relate_actions(part, whole, RelationKind.PART_OF, "Named in the contract.", by=CONSOLE, at=AT)
    operations.relate_actions(piece, part, RelationKind.PART_OF, "A delivery of it.", by=CONSOLE, at=AT)
    assert Relation.objects.confirmed().count() == 2
    with pytest.raises(RuleRefused, match="circle"):
        operations.relate_actions(whole, piece, RelationKind.PART_OF, "Wrong way round.", by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="itself"):
        operations.relate_actions(whole, whole, RelationKind.OVERLAPS, "Itself.", by=CONSOLE, at=AT)


def test_judgements_stay_with_members() -> None:
    operations.judge_response(make_need(), make_action(), Degree.FULL, "Yes.", by=CONSOLE, at=AT)
    for role in (Role.APPLICANT, Role.ADMINISTRATOR):
        assert not Response.objects.visible_to(make_person(role)).exists()
    assert Response.objects.visible_to(make_person(Role.MEMBER_READER)).count() == 1
