"""The list of possible partners and its pages: filters, board, entry, contacts, invitations to many."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.accounts.models import User
from iisg.governance.membership import operations
from iisg.governance.membership.factories import make_body
from iisg.governance.membership.models import Case, CaseState, Prospect, ProspectState
from iisg.office.letters.models import Letter
from tests.mailserver import Server
from tests.worker import work_off_the_queue

pytestmark = pytest.mark.django_db


def entered(name: str, email: str = "", **facts: Any) -> Prospect:
    """A possible partner, with a contact where an address is given."""
    at = timezone.now()
    one = operations.enter_prospect(name, "other_state", by=CONSOLE, at=at, **facts)
    if email:
        operations.add_contact(one, f"Office of {name}", email=email, by=CONSOLE, at=at)
    return one


def page(client: Client, address: str) -> str:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_an_entry_is_made_changed_spoken_with_dropped_and_taken_up(
    secretariat: Client, officer: User
) -> None:
    said = {
        "name": "Greece",
        "kind": "eu_member_state",
        "why": "Neighbour",
        "pillars": ["WBBSi"],
        "country": "GR",
    }
    secretariat.post("/prospects/new/", {**said, "followed_up_by": officer.pk, "follow_up_on": "2026-12-01"})
    one = Prospect.objects.get()
    assert (one.why, one.followed_up_by, one.follow_up_on) == ("Neighbour", officer, date(2026, 12, 1))
    again = secretariat.post("/prospects/new/", said).content.decode()
    assert "is on the list already" in again

    secretariat.post(f"/prospects/{one.pk}/edit/", {**said, "why": "Attends meetings", "pillars": ["WBCTi"]})
    address = f"/prospects/{one.pk}/"
    wrong = {"deed": "contact", "contact-name": "Office", "contact-email": "no address"}
    assert "valid email address" in secretariat.post(address, wrong).content.decode()
    secretariat.post(address, {**wrong, "contact-email": "office@greece.example"})
    talk = {"approach-on": "2026-11-20", "approach-how": "Call", "approach-what": "Will think about it."}
    secretariat.post(address, {"deed": "approach", **talk, "approach-follow_up_on": "2027-01-15"})
    shown = page(secretariat, address)
    for words in (
        "Attends meetings",
        "WBCTi",
        "office@greece.example",
        "Will think about it.",
        "15 January 2027",
    ):
        assert words in shown
    secretariat.post(address, {"deed": "drop", "reason": "Not now."})
    one.refresh_from_db()
    assert one.state == ProspectState.DROPPED
    secretariat.post(f"{address}take-up/")
    one.refresh_from_db()
    assert one.state == ProspectState.IDENTIFIED
    assert "Not now" in page(secretariat, address)


def test_filters_show_exactly_what_they_say(secretariat: Client, officer: User) -> None:
    today = timezone.localdate()
    entered("Due State", follow_up_on=today, followed_up_by=officer, pillars=["WBCTi"])
    entered("Later State", follow_up_on=today + timedelta(days=3))
    soon = entered("Silent State", "o@silent.example", follow_up_on=None)
    operations.invite(soon, soon.contacts.get(), today + timedelta(days=10), by=CONSOLE, at=timezone.now())
    for query, names in {
        "due=now": {"Due State"},
        "due=lapsing": {"Silent State"},
        f"officer={officer.pk}": {"Due State"},
        "officer=nobody": {"Later State", "Silent State"},
        "pillar=WBCTi": {"Due State"},
        "state=invited": {"Silent State"},
        "words=later": {"Later State"},
        "words=Office": {"Silent State"},
    }.items():
        for view in ("", "&view=board"):
            shown = page(secretariat, f"/prospects/?{query}{view}")
            found = {name for name in ("Due State", "Later State", "Silent State") if f">{name}</a>" in shown}
            assert found == names, query
    assert "No possible partner fits" in page(secretariat, "/prospects/?words=nothing")


def test_many_are_invited_at_once_each_with_a_letter_of_its_own_or_the_reason(
    secretariat: Client, mails: Server
) -> None:
    first, second = entered("First State", "a@first.example"), entered("Second State", "b@second.example")
    nobody, member = entered("Nameless State"), entered("Member State", "m@member.example")
    body = make_body("other_state", "Member State")
    body.memberships.create(ground="board_approval", valid_from=date(2024, 1, 1))
    operations.change_prospect(member, organisation=body, by=CONSOLE, at=timezone.now())
    chosen = [first.pk, second.pk, nobody.pk, member.pk]
    due_on = timezone.localdate() + timedelta(days=60)

    before = page(secretariat, "/prospects/invite/?" + "&".join(f"chosen={key}" for key in chosen))
    assert "Send 2 official invitations?" in before
    assert "Invitation to become a member of the IISG" in before
    assert "There is nobody to write to." in before
    assert "Member State is a member." in before
    assert not Case.objects.exists()

    said = {"chosen": chosen, "answer_due_on": due_on.isoformat(), "deed": "send"}
    after = secretariat.post("/prospects/invite/", said).content.decode()
    assert "2 invitations are on their way" in after
    assert "There is nobody to write to." in after
    work_off_the_queue()
    letters = Letter.objects.filter(kind="membership-invitation").order_by("pk")
    assert [letter.number for letter in letters] == ["OUT-2026-0001", "OUT-2026-0002"] or len(letters) == 2
    links = set()
    for address, name in (("a@first.example", "First State"), ("b@second.example", "Second State")):
        [mail] = mails.to(address)
        [pdf] = list(mail.iter_attachments())
        content = pdf.get_payload(decode=True)
        assert isinstance(content, bytes)
        text = " ".join(pdfium.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range().split())
        assert name in text
        plain = mail.get_body(("plain",))
        assert plain is not None
        links.add(next(line for line in plain.get_content().splitlines() if "/become-a-member/" in line))
    assert len(links) == 2
    assert all(letter.docx_id for letter in letters)
    # the same again sends nothing
    secretariat.post("/prospects/invite/", said)
    assert Letter.objects.filter(kind="membership-invitation").count() == 2


def test_a_day_that_is_past_and_a_kind_that_is_not_invited_are_refused(secretariat: Client) -> None:
    one = entered("Early State", "a@early.example")
    said = {"chosen": [one.pk], "answer_due_on": "2020-01-01", "deed": "send"}
    shown = secretariat.post("/prospects/invite/", said).content.decode()
    assert "The day of the answer is not to come." in shown
    agency = make_body("eu_jha_agency", "Agency")
    operations.change_prospect(one, organisation=agency, by=CONSOLE, at=timezone.now())
    shown = page(secretariat, f"/prospects/invite/?chosen={one.pk}")
    assert "Methodology 1, fourth indent" in shown
    assert secretariat.get("/prospects/invite/?chosen=x").status_code == 302


def test_one_with_several_contacts_asks_which(secretariat: Client) -> None:
    one = entered("Large State", "a@large.example")
    other = operations.add_contact(
        one, "The minister", email="m@large.example", by=CONSOLE, at=timezone.now()
    )
    assert "To whom the letter to Large State goes" in page(
        secretariat, f"/prospects/invite/?chosen={one.pk}"
    )
    due_on = (timezone.localdate() + timedelta(days=60)).isoformat()
    said = {"chosen": [one.pk], "answer_due_on": due_on, f"to_{one.pk}": other.pk, "deed": "send"}
    secretariat.post("/prospects/invite/", said)
    assert Letter.objects.get().recipients.get().email == "m@large.example"


def test_an_invitation_is_withdrawn_before_its_prospect_is_dropped(secretariat: Client) -> None:
    one = entered("Wavering State", "a@wavering.example")
    case = operations.invite(
        one, one.contacts.get(), timezone.localdate() + timedelta(days=30), by=CONSOLE, at=timezone.now()
    )
    refused = secretariat.post(f"/prospects/{one.pk}/", {"deed": "drop", "reason": "No."}).content.decode()
    assert "Withdraw the case first" in refused
    secretariat.post(f"/cases/{case.ref}/", {"deed": "withdraw", "withdraw-reason": "Sent in error."})
    one.refresh_from_db()
    case.refresh_from_db()
    assert (one.state, case.state) == (ProspectState.LAPSED, CaseState.WITHDRAWN)


@pytest.mark.parametrize("address", ["/prospects/", "/prospects/?view=board", "one", "invite"])
def test_fifty_cost_as_many_queries_as_one(address: str, secretariat: Client, officer: User) -> None:
    first = entered("State 0", "o@state.example", followed_up_by=officer, pillars=["WBCTi"])

    def asked() -> int:
        keys = "&".join(f"chosen={key}" for key in Prospect.objects.values_list("pk", flat=True))
        known = {"one": f"/prospects/{first.pk}/", "invite": f"/prospects/invite/?{keys}"}
        with CaptureQueriesContext(connection) as counted:
            page(secretariat, known.get(address, address))
        return len(counted)

    def grow(number: int) -> None:
        at = timezone.now()
        entered(f"State {number}", f"o{number}@state.example", followed_up_by=officer, pillars=["WBBSi"])
        operations.add_contact(first, f"Office {number}", email=f"x{number}@state.example", by=CONSOLE, at=at)
        operations.note_approach(first, at.date(), "Call", "Hello.", by=CONSOLE, at=at)

    grow(1)
    asked()
    one = asked()
    for number in range(2, 51):
        grow(number)
    assert asked() == one
