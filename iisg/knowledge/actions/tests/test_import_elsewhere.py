"""A file about another part of the world is not taken in by one click; the region is no other part of the world."""

from __future__ import annotations

import pytest
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.factories import make_partners
from iisg.knowledge.actions.models import Action, Import, ImportState
from iisg.knowledge.actions.tests.uploads import apply, send, work_off_the_queue, workbook

pytestmark = pytest.mark.django_db

HEADERS = ("ref", "title", "implementer", "beneficiaries", "other_beneficiaries", "source_url")


@pytest.fixture
def secretariat(client: Client) -> Client:
    """The Secretariat, signed in."""
    make_partners()
    client.force_login(make_person(Role.SECRETARIAT))
    return client


def row(ref: str, partner: str, others: str, body: str = "A charity") -> list[str]:
    return [ref, f"Action {ref}", body, partner, others, "https://example.org/"]


def sent(client: Client, *rows: list[str]) -> Import:
    return send(client, workbook(rows, HEADERS))


def said(client: Client, imported: Import, **answer: str) -> Import:
    client.post(f"/imports/{imported.pk}/elsewhere/", answer)
    work_off_the_queue()
    imported.refresh_from_db()
    return imported


@pytest.mark.parametrize(
    "others",
    [
        "Western Balkans (seven prosecution beneficiaries at the time)",
        "Western Balkans (not itemised)",
        "South-East Europe",
        "Ministry of the Interior of Serbia",
        "Kosovo* and its neighbours",
    ],
)
def test_the_region_and_the_six_are_not_elsewhere(others: str, secretariat: Client) -> None:
    imported = sent(secretariat, row("B-1", "", others))
    assert (imported.created, imported.left_out, imported.warnings) == (1, 0, 0)


def test_most_records_for_none_of_the_six_are_left_out_unless_somebody_wants_them(
    secretariat: Client,
) -> None:
    rows = [row("B-1", "AL", ""), row("B-2", "", "Peru"), row("B-3", "", "Peru; Bolivia")]
    imported = sent(secretariat, *rows)
    assert (imported.created, imported.left_out) == (1, 2)
    page = " ".join(secretariat.get(f"/imports/{imported.pk}/").content.decode().split())
    assert "2 new records say for whom they are and name none of the six partners" in page
    assert "These 2 records name none of the six partners; take them in nevertheless" in page
    assert "2 records for none of the six are left out." in page
    assert said(secretariat, imported).left_out == 2
    apply(secretariat, imported)
    assert list(Action.objects.values_list("ref", flat=True)) == ["B-1"]
    assert (imported.created, imported.left_out) == (1, 2)


def test_they_are_taken_in_once_that_is_said_and_left_out_once_it_is_taken_back(secretariat: Client) -> None:
    imported = sent(secretariat, row("B-2", "", "Peru"), row("B-3", "", "Peru"))
    assert "What is left out aside" in secretariat.get(f"/imports/{imported.pk}/").content.decode()
    assert said(secretariat, imported, takes="on").created == 2
    assert said(secretariat, imported, leave="1").left_out == 2
    assert said(secretariat, imported, takes="on").state == ImportState.EXAMINED
    apply(secretariat, imported)
    assert Action.objects.count() == 2


def test_few_of_them_are_warned_of_and_taken(secretariat: Client) -> None:
    imported = sent(secretariat, row("B-1", "AL", ""), row("B-2", "", "Peru"))
    assert (imported.created, imported.left_out, imported.warnings) == (2, 0, 1)


def test_names_that_only_left_out_records_print_need_no_decision(secretariat: Client) -> None:
    imported = sent(secretariat, row("B-2", "", "Peru", "Charity of Lima"))
    assert imported.new_organisations == []
    assert len(said(secretariat, imported, takes="on").new_organisations) == 1
