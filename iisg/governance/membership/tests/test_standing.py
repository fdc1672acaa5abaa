"""One sentence and whose turn it is, in every state that a case can be in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.models import Ground, OrganisationKind
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import (
    NOW,
    assess,
    make_body,
    make_evidence,
    make_form,
    make_officer,
)
from iisg.governance.membership.models import Case, CaseState, Criterion
from iisg.governance.membership.standing import Turn, standing

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def said(case: Case) -> tuple[str, str, Turn]:
    """State, sentence and turn of a case as it is stored."""
    stored = Case.objects.with_facts().get(pk=case.pk)
    sentence, turn = standing(stored)
    return stored.state, sentence, turn


def expressed(name: str = "") -> Case:
    """A case whose form is handed over."""
    form = make_form(name)
    return operations.express_interest(form, by=applicant(form), at=NOW)


def completed() -> Case:
    """A complete case."""
    case = expressed()
    case.organisation.confirmed, case.organisation.kind = True, OrganisationKind.INTERNATIONAL_ORGANISATION
    case.organisation.save()
    return operations.complete_case(case, by=CONSOLE, at=NOW)


def invited() -> Case:
    """An invitation that waits."""
    prospect = operations.enter_prospect("Academy", "international_organisation", by=CONSOLE, at=NOW)
    contact = operations.add_contact(prospect, "Office", email="o@academy.example", by=CONSOLE, at=NOW)
    return operations.invite(prospect, contact, TODAY + timedelta(days=90), by=CONSOLE, at=NOW)


def test_from_invitation_to_lapse() -> None:
    case = invited()
    assert said(case) == (
        CaseState.INVITED,
        "It is invited; an answer is expected by 23 February 2027.",
        Turn.APPLICANT,
    )
    operations.lapse_invitation(case, by=CONSOLE, at=NOW + timedelta(days=100))
    state, sentence, turn = said(case)
    assert (state, turn) == (CaseState.LAPSED, Turn.NOBODY)
    assert "no answer came by 23 February 2027" in sentence


def test_from_the_form_to_the_boards_decision() -> None:
    case = expressed()
    assert said(case)[2] is Turn.SECRETARIAT
    assert "checks whether the form is complete" in said(case)[1]
    operations.hand_back(case, "The statutes.", by=CONSOLE, at=NOW)
    assert (said(case)[0], said(case)[2]) == (CaseState.EXPRESSED, Turn.APPLICANT)
    assert "handed back" in said(case)[1]

    case = completed()
    assert said(case)[::2] == (CaseState.COMPLETE, Turn.SECRETARIAT)
    assess(case, make_officer(), make_officer())
    assert said(case)[::2] == (CaseState.ASSESSED, Turn.SECRETARIAT)
    drawn = operations.draw_up_list("Potential members", by=CONSOLE, at=NOW)
    line = operations.list_case(drawn, case, by=CONSOLE, at=NOW)
    assert said(case)[::2] == (CaseState.LISTED, Turn.SECRETARIAT)
    assert "drawing up" in said(case)[1]
    operations.put_list(drawn, "silence", by=CONSOLE, at=NOW)
    assert said(case)[1:] == ("It is before the Board, by silent written procedure.", Turn.BOARD)
    operations.take_back_list(drawn, "One more.", by=CONSOLE, at=NOW)
    operations.put_list(drawn, "meeting", by=CONSOLE, at=NOW)
    assert said(case)[1:] == ("It is before the Board, for one of its meetings.", Turn.BOARD)
    decide(drawn, line.pk, "deferred", "Its statutes.")
    assert said(case) == (
        CaseState.DEFERRED,
        "The Board has put its decision off and asks for more: Its statutes.",
        Turn.APPLICANT,
    )


def decide(drawn: Any, line: int, outcome: str, reason: str) -> None:
    """The Board's decision on a list of one."""
    operations.record_decision(
        drawn, {line: (outcome, reason)}, "BD/2026/3", TODAY, TODAY, make_evidence(), by=CONSOLE, at=NOW
    )


@pytest.mark.parametrize(
    ("outcome", "reason", "state", "sentence"),
    [
        ("admitted", "", CaseState.MEMBER, "It is a member from 25 November 2026."),
        (
            "refused",
            "No work in the region.",
            CaseState.REFUSED,
            "The Board has not confirmed the membership: No work in the region.",
        ),
    ],
)
def test_at_its_end(outcome: str, reason: str, state: str, sentence: str) -> None:
    case = completed()
    assess(case, make_officer(), make_officer())
    drawn = operations.draw_up_list("Potential members", by=CONSOLE, at=NOW)
    line = operations.list_case(drawn, case, by=CONSOLE, at=NOW)
    operations.put_list(drawn, "meeting", by=CONSOLE, at=NOW)
    decide(drawn, line.pk, outcome, reason)
    assert said(case) == (state, sentence, Turn.NOBODY)


def test_withdrawn() -> None:
    case = expressed()
    operations.withdraw_case(case, "No staff.", by=applicant(case.application), at=NOW)
    assert said(case) == (CaseState.WITHDRAWN, "It was withdrawn: No staff.", Turn.NOBODY)


def test_of_an_agency_and_of_an_automatic_member() -> None:
    agency = make_body(OrganisationKind.EU_JHA_AGENCY)
    case = operations.record_notification(agency, "Letter", make_evidence(), by=CONSOLE, at=NOW)
    assert said(case)[::2] == (CaseState.NOTIFIED, Turn.SECRETARIAT)
    operations.check_agency(case, by=CONSOLE, at=NOW)
    assert said(case)[::2] == (CaseState.CHECKED, Turn.SECRETARIAT)
    body = make_body(OrganisationKind.EU_MEMBER_STATE)
    case = operations.record_ground(body, Ground.HOST, "Treaty", make_evidence(), by=CONSOLE, at=NOW)
    assert said(case)[::2] == (CaseState.GROUND_RECORDED, Turn.SECRETARIAT)
    operations.confirm_ground(case, by=CONSOLE, at=NOW)
    assert said(case)[::2] == (CaseState.CONFIRMED, Turn.SECRETARIAT)


def test_every_state_has_its_sentence() -> None:
    from iisg.governance.membership.standing import _SAID

    assert set(_SAID) == set(CaseState)


def test_many_cases_cost_as_many_questions_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        expressed(f"Institute {number}")
    with django_assert_num_queries(3):
        assert len([standing(case) for case in Case.objects.with_facts()]) == 3


def test_a_written_assessment_waits_for_the_second_officer() -> None:
    case, writer = completed(), make_officer()
    assessment = operations.start_assessment(case, by=writer, at=NOW)
    for criterion in Criterion:
        operations.find_criterion(assessment, criterion, "yes", "Seen.", "", by=writer, at=NOW)
    operations.write_summary(assessment, "Fits.", "admit", by=writer, at=NOW)
    assert said(case)[1].endswith("the Secretariat writes its brief assessment.")
    operations.submit_assessment(assessment, by=writer, at=NOW)
    assert said(case)[1].endswith("is written and waits for a second officer to approve it.")
    operations.return_assessment(assessment, "More sources.", by=make_officer(), at=NOW)
    assert said(case)[1].endswith("went back to its writer, to be changed.")
