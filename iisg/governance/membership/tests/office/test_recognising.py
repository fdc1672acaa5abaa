"""An applicant that writes its name otherwise is recognised as a body of the register, with case and letters."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.models import Organisation
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import make_body, make_form
from iisg.governance.membership.models import Case
from iisg.governance.membership.tests.office.test_case_pages import expressed, page
from iisg.office.letters.models import Recipient

pytestmark = pytest.mark.django_db


def applied(name: str) -> Case:
    """A form that was handed over under a name that the register does not know."""
    at = timezone.now()
    form = make_form(name, at=at)
    case = operations.express_interest(form, by=applicant(form), at=at)
    assert not case.organisation.confirmed
    return case


def said_the_same(client: Client, case: Case, known: Organisation) -> str:
    """Say on the page of unconfirmed bodies that the applicant is a known one."""
    answer = client.post(
        f"/organisations/{case.organisation.ref}/confirm/?q={known.name}",
        {"deed": "same", "known": known.ref},
        follow=True,
    )
    return answer.content.decode()


def test_the_case_its_letters_and_its_form_go_on_as_the_known_bodys(secretariat: Client) -> None:
    known = make_body(name="Centre for Border Safety")
    case = applied("Border Safety Centre (Centre)")
    was = case.organisation.ref
    assert "all that named it leads there now" in said_the_same(secretariat, case, known)
    case.refresh_from_db()
    assert case.organisation == known
    assert not Organisation.objects.filter(ref=was).exists()
    assert not Recipient.objects.filter(organisation__ref=was).exists()
    shown = page(secretariat, f"/cases/{case.ref}/")
    assert known.name in shown
    assert "Border Safety Centre (Centre)" in page(secretariat, f"/cases/{case.ref}/form/")
    assert "was recognised as a body of the register" in page(secretariat, f"/cases/{case.ref}/record/")
    operations.complete_case(case, by=CONSOLE, at=timezone.now())
    again = applied_name_leads_to(known, "Border Safety Centre (Centre)")
    assert again == known


def applied_name_leads_to(known: Organisation, name: str) -> Organisation | None:
    """To whom the applicant's own name leads from now on."""
    alias = known.aliases.filter(name=name).first()
    return alias.organisation if alias else None


def test_a_body_with_an_open_case_or_of_a_kind_that_does_not_apply_is_not_meant(secretariat: Client) -> None:
    busy = expressed("Busy Body").organisation
    case = applied("Bussy Boddy")
    assert "has an open case" in said_the_same(secretariat, case, busy)
    agency = make_body("eu_jha_agency", "Agency for Doors")
    assert "becomes a member upon" in said_the_same(secretariat, case, agency)
    case.refresh_from_db()
    assert case.organisation.name == "Bussy Boddy", "nothing half-done"


def test_the_register_of_cases_says_since_when_each_waits(secretariat: Client) -> None:
    case = expressed("Waiting Body")
    assert f"since {timezone.localdate():%-d %B %Y}" in page(secretariat, "/cases/")
    operations.withdraw_case(case, "No interest.", by=CONSOLE, at=timezone.now())
    assert "since " not in page(secretariat, "/cases/").split("<tbody")[1]
