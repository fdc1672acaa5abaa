"""A list that is a proposal in the Board's register: adopted by silence, or decided line by line at a meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.models import Membership
from iisg.governance.board import clock
from iisg.governance.board import operations as board
from iisg.governance.board.factories import make_board
from iisg.governance.board.models import Decision, Seat, Silence
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import assess, make_body, make_evidence, make_form, make_officer
from iisg.governance.membership.models import BoardList
from iisg.governance.membership.proposed import proposal_of

pytestmark = pytest.mark.django_db


def put(procedure: str, *recommendations: str) -> BoardList:
    """A list with one line for each recommendation, before the Board."""
    at = timezone.now()
    make_board(at)
    drawn = operations.draw_up_list("Potential members", by=CONSOLE, at=at)
    for recommendation in recommendations:
        form = make_form(make_body().name, at=at)
        case = operations.express_interest(form, by=applicant(form), at=at)
        operations.complete_case(case, by=CONSOLE, at=at)
        assess(case, make_officer(), make_officer(), at=at, recommendation=recommendation)
        operations.list_case(drawn, case, by=CONSOLE, at=at)
    return operations.put_list(drawn, procedure, by=CONSOLE, at=at, working_group="It had no remarks.")


def test_adopted_by_silence_each_line_is_carried_out_as_recommended() -> None:
    on_list = put("silence", "admit", "defer")
    proposal = proposal_of(on_list)
    assert proposal is not None
    at = timezone.now()
    silence = board.open_silence(proposal, by=CONSOLE, at=at)
    with pytest.raises(RuleRefused, match="Withdraw that first"):
        operations.take_back_list(on_list, "One more.", by=CONSOLE, at=at)
    for seat in Seat.objects.all():
        board.record_proof(silence, seat, "Receipt", by=CONSOLE, at=at)
    ends = Silence.objects.get().ends_at
    clock.settle_silences(ends + timedelta(minutes=1))
    decision = Decision.objects.get()
    on_list.refresh_from_db()
    assert on_list.state == "decided"
    assert on_list.decision_number == decision.number
    assert [line.outcome for line in on_list.lines.all()] == ["admitted", "deferred"]
    membership = Membership.objects.get(organisation=on_list.lines.first().case.organisation)  # type: ignore[union-attr]
    assert membership.valid_from == decision.effective_on == timezone.localtime(ends).date()


def test_a_line_that_cannot_be_carried_out_does_not_undo_the_decision() -> None:
    on_list = put("silence", "admit")
    at = timezone.now()
    silence = board.open_silence(proposal_of(on_list), by=CONSOLE, at=at)  # type: ignore[arg-type]
    for seat in Seat.objects.all():
        board.record_proof(silence, seat, "Receipt", by=CONSOLE, at=at)
    body = on_list.lines.get().case.organisation
    Membership.objects.create(organisation=body, ground="partner", valid_from=at.date())
    clock.settle_silences(Silence.objects.get().ends_at)
    assert Decision.objects.count() == 1
    on_list.refresh_from_db()
    assert on_list.state in ("put", "decided")


def test_a_meeting_decides_line_by_line_with_a_number_of_the_register() -> None:
    on_list = put("meeting", "admit", "admit")
    at = timezone.now()
    first, second = on_list.lines.all()
    said = {first.pk: ("admitted", ""), second.pk: ("refused", "Not now.")}
    day = timezone.localtime(at).date()
    operations.record_decision(on_list, said, "as typed", day, day, make_evidence(at), by=CONSOLE, at=at)
    on_list.refresh_from_db()
    decision = Decision.objects.get()
    assert on_list.decision_number == decision.number
    assert decision.number.startswith("MEM-")
    assert [line.outcome for line in on_list.lines.all()] == ["admitted", "refused"]
    assert proposal_of(on_list).state == "adopted"  # type: ignore[union-attr]


def test_a_list_that_is_taken_back_takes_its_proposal_back() -> None:
    on_list = put("meeting", "admit")
    operations.take_back_list(on_list, "One more.", by=CONSOLE, at=timezone.now())
    assert proposal_of(on_list).state == "withdrawn"  # type: ignore[union-attr]
