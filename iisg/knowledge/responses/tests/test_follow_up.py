"""One year on, a standing judgement is looked at again: met, partly, not (rules.md 5)."""

from __future__ import annotations

from datetime import UTC, date, datetime

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
from iisg.knowledge.responses.factories import make_response
from iisg.knowledge.responses.models import Degree, FollowUp, Response
from iisg.knowledge.responses.operations import judge_response, note_follow_up

DUE = date(2027, 2, 2)
AT = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
EARLY = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_the_outcome_is_noted_with_who_and_when() -> None:
    response, officer = make_response(make_need(), make_action()), make_person(Role.SECRETARIAT)
    assert list(Response.objects.due_on(DUE)) == [response]
    assert response.is_due(DUE)
    assert not response.is_due(EARLY.date())
    noted = note_follow_up(response, FollowUp.PARTLY, by=officer, at=AT, note=" Half came. ")
    assert (noted.follow_up, noted.follow_up_note) == ("partly", "Half came.")
    assert (noted.followed_up_at, noted.followed_up_by_label) == (AT, officer.label)
    assert not Response.objects.due_on(DUE).exists()
    assert not noted.is_due(DUE)
    event = Event.objects.get(name="responses.follow_up_noted")
    assert event.on == f"needs.need:{response.need.ref}"
    assert event.facts == {
        "action": response.action.ref,
        "outcome": "partly",
        "note": "Half came.",
        "before": None,
    }


def test_the_same_again_changes_nothing_and_a_correction_tells_what_stood_before() -> None:
    response = make_response(make_need(), make_action())
    for _again in range(2):
        note_follow_up(response, "met", by=CONSOLE, at=AT)
    assert Event.objects.filter(name="responses.follow_up_noted").count() == 1
    note_follow_up(response, "not_met", by=CONSOLE, at=AT)
    assert Event.objects.order_by("number").last().facts["before"] == "met"  # type: ignore[union-attr]


def test_not_before_its_day() -> None:
    response = make_response(make_need(), make_action())
    with pytest.raises(RuleRefused, match="again on 2 February 2027, not before"):
        note_follow_up(response, FollowUp.MET, by=CONSOLE, at=EARLY)


def test_only_a_standing_judgement_that_answers() -> None:
    need, action = make_need(), make_action()
    old = make_response(need, action)
    judge_response(need, action, Degree.NONE, "Looked closer.", by=CONSOLE, at=EARLY)
    with pytest.raises(RuleRefused, match="no longer stands"):
        note_follow_up(old, FollowUp.MET, by=CONSOLE, at=AT)
    none = Response.objects.standing().get()
    with pytest.raises(RuleRefused, match="nothing to follow up"):
        note_follow_up(none, FollowUp.MET, by=CONSOLE, at=AT)
    assert not Response.objects.due_on(DUE).exists()


def test_an_outcome_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="nearly"):
        note_follow_up(make_response(make_need(), make_action()), "nearly", by=CONSOLE, at=AT)


def test_only_the_secretariat_notes_it() -> None:
    response = make_response(make_need(), make_action())
    with pytest.raises(PermissionDenied):
        note_follow_up(response, FollowUp.MET, by=make_person(Role.FOCAL_POINT, make_organisation()), at=AT)
