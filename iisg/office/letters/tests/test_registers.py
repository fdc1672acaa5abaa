"""The two registers: what a line says, which letters a filter lets through, what is taken out."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.audit.models import Event
from iisg.office.letters import operations
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.models import Delivery, DeliveryState, Letter
from iisg.office.letters.tests.made_up import ANA, EMBASSY, NOW, draft, incoming, sent

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str = "") -> list[str]:
    """Letters on the list, as they are called."""
    return [str(line.letter) for line in client.get(f"/letters/?{query}").context["lines"]]


def page(client: Client, query: str = "") -> str:
    """The page in words."""
    return client.get(f"/letters/?{query}").content.decode()


def test_an_empty_register_says_what_it_is_for(secretariat: Client) -> None:
    said = page(secretariat)
    assert "No letter yet" in said
    assert "/letters/new/" in said
    draft()
    assert "No letter fits" in page(secretariat, "words=nothing-like-this")


def test_a_line_says_number_day_whom_state_deadline_and_delivery(secretariat: Client) -> None:
    sent(ANA, EMBASSY, answer_due_on=date(2020, 1, 1), copies=[Addressee("Office", "a@office.example")])
    said = page(secretariat)
    for words in (
        "OUT-2026-0001",
        "25 November 2026",
        "Ministry of Security",
        "Embassy",
        "1 in copy",
        "sent",
        "overdue",
        "1 January 2020",
        "to be posted: 1 of 3",
    ):
        assert words in said


def test_each_filter_lets_through_exactly_its_letters(secretariat: Client) -> None:
    lost, posted = sent(ANA, subject="Lost"), sent(EMBASSY, subject="On paper")
    Delivery.objects.filter(recipient__letter=lost).update(state=DeliveryState.BOUNCED)
    begun = draft(subject="Begun")
    came = incoming(answer_due_on=date(2026, 1, 1), sender="Министарство Шћепан")
    assert set(listed(secretariat)) == {str(each) for each in (lost, posted, begun, came)}
    assert listed(secretariat, "direction=in") == ["IN-2026-0001"]
    assert listed(secretariat, "state=draft") == [f"draft {begun.pk}"]
    assert listed(secretariat, "arrival=not_arrived") == ["OUT-2026-0001"]
    assert listed(secretariat, "arrival=to_post") == ["OUT-2026-0002"]
    assert listed(secretariat, "overdue=on") == ["IN-2026-0001"]
    assert len(listed(secretariat, "year=2026")) == 4
    assert len(listed(secretariat, "kind=free&direction=out")) == 3
    assert listed(secretariat, "words=on+PAPER+embassy") == ["OUT-2026-0002"]
    assert listed(secretariat, "words=out-2026-0001") == ["OUT-2026-0001"]
    assert listed(secretariat, "words=ШЋЕПАН") == ["IN-2026-0001"]
    assert listed(secretariat, "sort=number") == [
        "IN-2026-0001",
        "OUT-2026-0001",
        "OUT-2026-0002",
        f"draft {begun.pk}",
    ]


def test_a_filter_that_cannot_be_read_is_told_and_does_not_filter(secretariat: Client) -> None:
    draft()
    assert "not one of the available choices" in page(secretariat, "year=1999")
    assert len(listed(secretariat, "year=1999&state=nothing&page=-7")) == 1


def test_what_is_put_aside_is_not_missed_any_more(secretariat: Client) -> None:
    lost = sent(ANA)
    Delivery.objects.update(state=DeliveryState.REFUSED)
    operations.close_letter(lost, "The office was dissolved.", by=CONSOLE, at=NOW)
    assert listed(secretariat, "arrival=not_arrived") == []


def test_the_list_asks_as_often_for_fifty_letters_as_for_one(secretariat: Client) -> None:
    def grow() -> None:
        ours = sent(ANA, EMBASSY, answer_due_on=date(2026, 1, 1))
        incoming(in_reply_to=ours)

    grow()
    page(secretariat)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(secretariat)
    for _each in range(25):
        grow()
    with CaptureQueriesContext(connection) as many:
        assert len(listed(secretariat)) == 50
    assert len(few) == len(many)


def test_the_registers_are_taken_out_without_formulas_and_that_is_noted(secretariat: Client) -> None:
    sent(Addressee("=HYPERLINK(1)", "a@b.example"), subject="=1+1")
    draft(subject="Not chosen")
    answer = secretariat.post("/letters/export/?direction=out&words=1%2B1", {"format": "csv"})
    assert answer.headers["X-IISG-Marking"] == "TLP:GREEN"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["number"], row["subject"], row["addressees"]) == ("OUT-2026-0001", "'=1+1", "'=HYPERLINK(1)")
    assert "TLP:GREEN" in row["info_marking"]
    answer = secretariat.post("/letters/export/", {"format": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(io.BytesIO(content))["Letters"]
    assert [cell.data_type for cell in sheet["E"]] == ["s", "s", "s"]
    taken = Event.objects.filter(name="letters.register_taken").order_by("number")
    assert [(event.facts["records"], event.facts["form"]) for event in taken] == [(1, "csv"), (2, "xlsx")]
    assert "Words: 1+1" in taken[0].facts["chosen"]  # type: ignore[operator]


def test_nothing_is_no_file(secretariat: Client) -> None:
    answer = secretariat.post("/letters/export/", {"format": "csv"}, follow=True)
    assert "There is nothing to export" in answer.content.decode()
    assert not Letter.objects.exists()
