"""After admission: suspended, resumed, ended, renamed, readdressed, leading a pillar; words that are kept apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.foundations.orgs.models import Membership, Organisation, Suspension
from iisg.governance.membership import operations
from iisg.governance.membership.models import Case
from iisg.governance.membership.tests.office.test_case_pages import page
from iisg.office.letters.models import Letter
from iisg.office.pillars import operations as pillars
from iisg.office.pillars.models import FocalPoint, Participation, Pillar
from iisg.office.pillars.nominees import Nominee

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Organisation:
    """A member since 2024, with an address."""
    body = make_organisation("Old Member", ref="old-member")
    Membership.objects.create(organisation=body, ground="former_lead_partner", valid_from=date(2024, 1, 1))
    body.contacts.create(name="Old Office", email="old@member.example", valid_from=date(2024, 1, 1))
    return body


def done(client: Client, member: Organisation, deed: str, **said: object) -> str:
    """Send one of the page's forms; what the page says afterwards."""
    sent = {"deed": deed, **{f"{deed}-{name}": value for name, value in said.items()}}
    return client.post(f"/organisations/{member.ref}/membership/", sent, follow=True).content.decode()


def test_a_membership_rests_holds_again_and_ends_each_with_a_letter(
    secretariat: Client, member: Organisation
) -> None:
    today = timezone.localdate()
    shown = done(secretariat, member, "suspend", day=today, reason="It asked for a pause.")
    assert "The membership is suspended." in shown
    assert "Let the membership hold again" in shown
    assert "It asked for a pause." in shown
    early = done(secretariat, member, "resume", day=today - timedelta(days=3))
    assert "lies before the suspension" in early
    done(secretariat, member, "resume", day=today + timedelta(days=3))
    shown = done(secretariat, member, "end", day=today + timedelta(days=9), reason="It asked to leave.")
    assert "The end of the membership is on record." in shown
    assert "End the membership</span>" not in shown
    kinds = list(Letter.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["membership-suspended", "membership-resumed", "membership-ended"]
    assert Membership.objects.get().valid_to == today + timedelta(days=9)


def test_a_suspension_by_mistake_is_undone_on_its_own_day_and_the_page_says_who_is_told(
    secretariat: Client, member: Organisation
) -> None:
    today, address = timezone.localdate(), f"/organisations/{member.ref}/membership/"
    assert "A letter with it goes to Old Office (old@member.example)." in page(secretariat, address)
    shown = done(secretariat, member, "suspend", day=today, reason="The wrong member.")
    assert "It is a member whose membership rests since" in shown
    shown = done(secretariat, member, "resume", day=today)
    assert "It is a member." in shown
    assert not Suspension.objects.exists()
    long_ago = date(2023, 6, 1)
    Membership.objects.update(valid_from=date(2022, 1, 1))
    done(secretariat, member, "suspend", day=long_ago, reason="Found out late.")
    assert Letter.objects.filter(kind="membership-suspended").count() == 2, (
        "written to at its address of today"
    )
    member.contacts.all().delete()
    assert "No address of it is on record, so no letter goes out" in page(secretariat, address)


def named(member: Organisation, since: date) -> FocalPoint:
    """A focal point of the member, with an account."""
    nominee = Nominee("letters", "A Person", "person@member.example")
    (point,) = pillars.nominate_focal_points(
        member, [nominee], "Letter 3", since, by=CONSOLE, at=timezone.now()
    )
    return point


def test_while_the_membership_rests_its_focal_points_stay_named_without_access(
    secretariat: Client, member: Organisation, settings: Any
) -> None:
    today = timezone.localdate()
    point = named(member, today - timedelta(days=30))
    client = Client()
    assert point.appointment is not None
    client.force_login(point.appointment.user)
    assert client.get("/needs/").status_code == 200
    done(secretariat, member, "suspend", day=today + timedelta(days=2), reason="A pause to come.")
    assert client.get("/needs/").status_code == 200, "it rests from its day only"
    Suspension.objects.update(valid_from=today)
    assert client.get("/needs/").status_code == 403
    assert "A Person" in page(secretariat, f"/organisations/{member.ref}/membership/")
    settings.SUSPENDED_MEMBERS_KEEP_ACCESS = True
    assert client.get("/needs/").status_code == 200
    settings.SUSPENDED_MEMBERS_KEEP_ACCESS = False
    Suspension.objects.update(valid_from=today - timedelta(days=1))
    done(secretariat, member, "resume", day=today)
    assert client.get("/needs/").status_code == 200


def test_with_the_membership_end_its_seats_its_leads_and_the_access_of_its_people(
    secretariat: Client, member: Organisation
) -> None:
    today = timezone.localdate()
    last = today + timedelta(days=9)
    point = named(member, today - timedelta(days=30))
    terrorism, crime = Pillar.objects.get(pk="WBCTi"), Pillar.objects.get(pk="WBCSCi")
    for pillar in (terrorism, crime):
        pillars.seat_participant(member, pillar, by=CONSOLE, at=timezone.now())
    pillars.begin_lead(member, terrorism, date(2026, 1, 1), "Board of May", by=CONSOLE, at=timezone.now())
    pillars.begin_lead(member, crime, last, "Board of May", by=CONSOLE, at=timezone.now())
    assert "its terms as core lead partner end" in page(
        secretariat, f"/organisations/{member.ref}/membership/"
    )
    done(secretariat, member, "end", day=last, reason="It asked to leave.")
    ended = Participation.objects.filter(organisation=member).values_list("valid_to", flat=True)
    assert list(ended) == [last, last]
    assert list(member.leads.values_list("pillar", "valid_to")) == [("WBCTi", last)], "one never began"
    point.refresh_from_db()
    assert point.valid_to == last
    assert Participation.objects.on(today).filter(organisation=member).count() == 2, "until its day it sits"


def test_what_was_entered_wrongly_is_put_right_with_its_reason(
    secretariat: Client, member: Organisation
) -> None:
    address = f"/organisations/{member.ref}/membership/"
    stands = {"ground": "former_lead_partner", "valid_from": "2024-01-01", "reason": "Misread."}
    assert "Nothing changes." in done(secretariat, member, "correct", **stands)
    unfit = done(secretariat, member, "correct", **{**stands, "ground": "partner"})
    assert "is no ground of membership for" in unfit
    named(member, date(2024, 3, 1))
    late = done(secretariat, member, "correct", **{**stands, "valid_from": "2024-05-01"})
    assert "is in office from 2024-03-01" in late
    early = done(secretariat, member, "correct", **{**stands, "decided_on": "2024-01-09"})
    assert "It cannot begin before it was decided" in early
    right = {**stands, "valid_from": "2024-02-01", "basis": "Conclusions of 12 January 2024"}
    shown = done(secretariat, member, "correct", **right)
    assert "The correction is on record." in shown
    assert "1 February 2024" in shown
    assert "1 January 2024 became 1 February 2024" in shown
    assert "Conclusions of 12 January 2024" in page(secretariat, address)
    event = Event.objects.get(name="orgs.membership_corrected")
    assert event.facts["before"] == {"valid_from": "2024-01-01", "basis": ""}
    assert event.facts["reason"] == "Misread."
    assert not Letter.objects.filter(kind__startswith="membership").exists()


def test_a_ground_that_a_case_has_proven_is_not_corrected(secretariat: Client, member: Organisation) -> None:
    membership = member.memberships.get()
    Case.objects.create(
        ref="M-2026-900", organisation=member, route="automatic", ground="former_lead_partner", state="member",
        membership=membership, opened_at=timezone.now(), closed_at=timezone.now(), board_informed_on=date(2024, 1, 1),
    )  # fmt: skip
    shown = page(secretariat, f"/organisations/{member.ref}/membership/")
    assert 'name="correct-basis"' in shown
    for name, wrong in (
        ("ground", "host"),
        ("valid_from", date(2024, 1, 2)),
        ("decided_on", date(2024, 1, 2)),
    ):
        assert f'name="correct-{name}"' not in shown
        with pytest.raises(RuleRefused, match="proven"):
            operations.correct_member(membership, "Misread.", by=CONSOLE, at=timezone.now(), **{name: wrong})
    assert "The correction is on record." in done(
        secretariat, member, "correct", basis="BD/2024/1", reason="Misread."
    )


def test_another_name_and_kind_from_a_day_and_the_former_stay_readable(
    secretariat: Client, member: Organisation
) -> None:
    shown = done(
        secretariat,
        member,
        "facts",
        changed_on="2026-06-01",
        name="New Member",
        kind="international_actor",
        basis="Law 3",
    )
    member.refresh_from_db()
    assert (member.name, member.kind) == ("New Member", "international_actor")
    assert "Old Member" in shown
    assert "until 1 June 2026" in shown
    assert "Nothing changes." in done(secretariat, member, "facts", changed_on="2026-07-01", basis="Law 4")


def test_letters_go_to_the_new_address_from_its_day(secretariat: Client, member: Organisation) -> None:
    today = timezone.localdate()
    assert "Nothing says where letters go." in done(
        secretariat, member, "address", valid_from=today, name="New Office"
    )
    done(secretariat, member, "address", valid_from=today, name="New Office", email="new@member.example")
    done(secretariat, member, "suspend", day=today, reason="A pause.")
    assert Letter.objects.get().recipients.get().email == "new@member.example"
    assert "Old Office" in page(secretariat, f"/organisations/{member.ref}/membership/")


def test_core_lead_partner_and_former_lead_partner_are_two_things(
    secretariat: Client, member: Organisation
) -> None:
    shown = done(
        secretariat, member, "lead", pillar="WBCTi", valid_from="2026-01-01", basis="Board of May 2026"
    )
    assert "The term as core lead partner is on record." in shown
    assert "Not to be confused with a core lead partner" in shown
    assert "It is an office and no ground of membership" in shown
    twice = done(secretariat, member, "lead", pillar="WBCTi", valid_from="2026-02-01", basis="Again")
    assert "There is a problem" in twice or "already" in twice
    lead = member.leads.get()
    done(secretariat, member, "endlead", lead=lead.pk, ended_on="2026-12-01")
    lead.refresh_from_db()
    assert lead.valid_to == date(2026, 12, 1)


def test_the_page_of_the_organisation_leads_there_for_the_secretariat_only(
    secretariat: Client, board_member: Client, member: Organisation
) -> None:
    address = f"/organisations/{member.ref}/membership/"
    assert address in page(secretariat, f"/organisations/{member.ref}/")
    assert address not in page(board_member, f"/organisations/{member.ref}/")
    assert board_member.get(address).status_code == 403
    assert secretariat.get("/organisations/nobody/membership/").status_code == 404


def test_fifty_cost_as_many_queries_as_one(secretariat: Client, member: Organisation) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(secretariat, f"/organisations/{member.ref}/membership/")
        return len(counted)

    def grow(number: int) -> None:
        member.contacts.create(name=f"Office {number}", email="o@member.example", valid_from=date(2020, 1, 1))
        operations.take_paper(f"paper-{number}.pdf", member, by=CONSOLE, at=timezone.now())

    grow(1)
    asked()
    one = asked()
    for number in range(2, 51):
        grow(number)
    assert asked() == one
