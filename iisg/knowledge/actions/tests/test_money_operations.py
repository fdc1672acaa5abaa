"""Two reports of one sum, rates from files, and what a re-import leaves of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.matching import Directory
from iisg.knowledge.actions.factories import add_flow, make_action
from iisg.knowledge.actions.models import ExchangeRate, Flow, FlowState
from iisg.knowledge.actions.operations import (
    choose_report,
    enter_rates,
    record_action,
    tie_report,
    untie_report,
)
from iisg.knowledge.actions.rate_files import StatedRate
from iisg.knowledge.actions.records import ActionRecord, FlowRecord

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WHY = "Same grant, same day."

pytestmark = pytest.mark.django_db


def pair() -> tuple[Flow, Flow]:
    """A donor's and an implementer's report of one sum."""
    return add_flow(make_action("Donor's"), Decimal(100)), add_flow(
        make_action("Implementer's"), Decimal(101)
    )


def again(flow: Flow) -> Flow:
    """The flow as it is stored now."""
    return Flow.objects.get(pk=flow.pk)


def test_a_second_report_is_tied_chosen_and_untied_again() -> None:
    donors, other = pair()
    tie_report(donors, other, WHY, by=CONSOLE, at=AT)
    assert (again(other).report_of_id, again(other).report_reason) == (donors.pk, WHY)
    choose_report(other, by=CONSOLE, at=AT)
    assert (again(other).report_of_id, again(donors).report_of_id) == (None, other.pk)
    assert again(donors).report_reason == WHY
    untie_report(donors, by=CONSOLE, at=AT)
    assert (again(donors).report_of_id, again(donors).report_reason) == (None, "")
    names = list(Event.objects.order_by("number").values_list("name", flat=True))
    assert names.count("actions.report_tied") == 2, "both records tell it"
    assert names.count("actions.report_chosen") == 2
    assert names.count("actions.report_untied") == 1


def test_tying_choosing_and_untying_twice_changes_nothing() -> None:
    donors, other = pair()
    tie_report(donors, other, WHY, by=CONSOLE, at=AT)
    count = Event.objects.count()
    tie_report(donors, other, WHY, by=CONSOLE, at=AT)
    choose_report(donors, by=CONSOLE, at=AT)
    untie_report(donors, by=CONSOLE, at=AT)
    assert Event.objects.count() == count


def test_reports_of_a_second_report_go_along() -> None:
    donors, other = pair()
    third = add_flow(make_action("A third"), Decimal(99))
    tie_report(other, third, WHY, by=CONSOLE, at=AT)
    tie_report(donors, other, WHY, by=CONSOLE, at=AT)
    assert again(third).report_of_id == donors.pk
    choose_report(third, by=CONSOLE, at=AT)
    assert {again(f).report_of_id for f in (donors, other)} == {third.pk}


@pytest.mark.parametrize(
    ("facts", "reason", "says"),
    [
        ({"state": FlowState.PLEDGE}, WHY, "Only sums of one state"),
        ({}, " ", "No reason"),
    ],
)
def test_sums_that_cannot_be_one_are_refused(facts: dict[str, str], reason: str, says: str) -> None:
    donors = add_flow(make_action(), Decimal(100))
    other = add_flow(make_action(), Decimal(100), **facts)
    with pytest.raises(RuleRefused, match=says):
        tie_report(donors, other, reason, by=CONSOLE, at=AT)


def test_a_sum_is_no_report_of_itself_nor_of_a_second_report_nor_is_what_was_received_chosen() -> None:
    donors, other = pair()
    received = add_flow(make_action(), Decimal(100), state=FlowState.INCOMING)
    with pytest.raises(RuleRefused, match="of itself"):
        tie_report(donors, donors, WHY, by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="never counted"):
        tie_report(received, donors, WHY, by=CONSOLE, at=AT)
    tie_report(donors, other, WHY, by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="itself a second report"):
        tie_report(other, add_flow(make_action(), Decimal(100)), WHY, by=CONSOLE, at=AT)
    tie_report(donors, received, WHY, by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused, match="never counted"):
        choose_report(received, by=CONSOLE, at=AT)
    assert again(received).report_of_id == donors.pk


def test_only_who_may_relate_actions_ties_reports_and_only_the_secretariat_enters_rates() -> None:
    donors, other = pair()
    officer = make_person(Role.FOCAL_POINT, make_partner("AL"))
    for deed in (
        lambda: tie_report(donors, other, WHY, by=officer, at=AT),
        lambda: choose_report(other, by=officer, at=AT),
        lambda: untie_report(other, by=officer, at=AT),
        lambda: enter_rates([], by=officer, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def stated(*flows: FlowRecord) -> ActionRecord:
    """A record of a reporter with these sums."""
    return ActionRecord("X-1", "line 1", title="Cameras", flows=list(flows))


def flow(amount: int, **facts: Any) -> FlowRecord:
    """A disbursement with its value date and the actions at its ends."""
    return FlowRecord(
        "spent", Decimal(amount), "USD", "transaction", happened=read_printed_date("2024-03-05"),
        valued=read_printed_date("2024-02-01"), **facts,
    )  # fmt: skip


def test_value_date_and_ends_are_kept_and_the_same_file_again_changes_nothing() -> None:
    reporter = make_organisation("A reporter")
    record = stated(flow(5, source_activity="XM-1", destination_activity="XM-2"), flow(7))
    action, _ = record_action(record, reporter, Directory(), by=CONSOLE, at=AT)
    first = action.flows.get(order=0)
    assert (first.valued_on, first.source_activity, first.destination_activity) == (
        date(2024, 2, 1), "XM-1", "XM-2",
    )  # fmt: skip
    _, changes = record_action(record, reporter, Directory(), by=CONSOLE, at=AT)
    assert changes == []


def test_a_newer_file_keeps_the_reports_tied_to_sums_that_it_still_states() -> None:
    reporter = make_organisation("A reporter")
    record = stated(flow(5), flow(7), flow(7))
    action, _ = record_action(record, reporter, Directory(), by=CONSOLE, at=AT)
    kept, gone = action.flows.get(order=1), action.flows.get(order=0)
    second, other = (
        add_flow(make_action(), Decimal(7), state="spent"),
        add_flow(make_action(), Decimal(5), state="spent"),
    )
    tie_report(kept, second, WHY, by=CONSOLE, at=AT)
    tie_report(gone, other, WHY, by=CONSOLE, at=AT)
    newer = stated(flow(9), flow(7), flow(7))
    newer.flows.reverse()
    record_action(newer, reporter, Directory(), by=CONSOLE, at=AT)
    amounts = [(f.order, f.amount) for f in action.flows.all()]
    assert amounts == [(0, Decimal(7)), (1, Decimal(7)), (2, Decimal(9))]
    assert again(second).report_of_id == kept.pk
    assert again(other).report_of_id is None, "what it was a report of is gone, so it counts by itself again"


def test_rates_enter_once_and_a_newer_figure_replaces_the_older() -> None:
    rate = StatedRate("ALL", date(2024, 5, 1), Decimal("100.5"), "Bank of Albania")
    assert enter_rates([rate, rate], by=CONSOLE, at=AT) == (1, 0)
    count = Event.objects.count()
    assert enter_rates([rate], by=CONSOLE, at=AT) == (0, 0)
    assert Event.objects.count() == count
    assert enter_rates([replace(rate, per_euro=Decimal(101))], by=CONSOLE, at=AT) == (0, 1)
    assert str(ExchangeRate.objects.get()) == "ALL 101 (Bank of Albania, 2024-05-01)"
