"""Whom the Secretariat invites is nobody else's business before it is a member."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import assess, fill, make_evidence, make_officer
from iisg.governance.membership.models import Case

pytestmark = pytest.mark.django_db
NAME = "Quiet Academy"


def test_the_public_register_and_search_tell_of_it_once_it_is_a_member(secretariat: Client) -> None:
    at, public = timezone.now(), Client()

    def told() -> bool:
        pages = ("/organisations/", f"/organisations/?words={NAME}", f"/search/?q={NAME}")
        shown = [public.get(page).content.decode() for page in pages]
        return any(f">{NAME}" in page for page in shown)

    one = operations.enter_prospect(NAME, "international_organisation", by=CONSOLE, at=at)
    contact = operations.add_contact(one, "Office", email="o@quiet.example", by=CONSOLE, at=at)
    case = operations.invite(one, contact, timezone.localdate().replace(year=2099), by=CONSOLE, at=at)
    assert not told()
    assert public.get(f"/organisations/{case.organisation.ref}/").status_code == 404
    assert NAME not in secretariat.get("/organisations/unconfirmed/").content.decode()
    operations.express_interest(fill(case.application, NAME, at=at), by=applicant(case.application), at=at)
    operations.complete_case(case, by=CONSOLE, at=at)
    assess(Case.objects.get(), make_officer(), make_officer(), at)
    drawn = operations.draw_up_list("A list", by=CONSOLE, at=at)
    line = operations.list_case(drawn, Case.objects.get(), by=CONSOLE, at=at)
    operations.put_list(drawn, "meeting", by=CONSOLE, at=at)
    assert not told()
    today = timezone.localtime(at).date()
    operations.record_decision(
        drawn, {line.pk: ("admitted", "")}, "BD/1", today, today, make_evidence(at), by=CONSOLE, at=at
    )
    assert told()
