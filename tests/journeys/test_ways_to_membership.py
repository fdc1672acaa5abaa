"""The four ways to membership, through the pages of the Secretariat and the Board, with a real mail server."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.factories import make_partner
from iisg.foundations.orgs.models import Membership, Organisation, OrganisationKind
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import PDF, fill, make_body, make_form
from iisg.governance.membership.links import application_of
from iisg.governance.membership.models import Application, BoardList, Case, CaseState, Prospect
from iisg.office.letters.models import Letter
from iisg.office.letters.tests.conftest import mails
from iisg.office.pillars.models import FocalPointRequest
from tests.mailserver import Server
from tests.worker import work_off_the_queue

__all__ = ["mails"]
pytestmark = pytest.mark.django_db


class House:
    """Two officers and a Board Member, each at a browser."""

    def __init__(self) -> None:
        self.officer, self.second = (make_person(Role.SECRETARIAT) for _ in range(2))
        self.board_member = make_person(Role.BOARD_MEMBER, make_partner("AL"))
        self.one, self.other, self.board = map(_browser, (self.officer, self.second, self.board_member))

    def assess(self, case: Case) -> None:
        """One officer writes it page by page, the other approves."""
        address = f"/cases/{case.ref}/assessment/"
        self.one.post(f"{address}do/start/")
        for criterion in ("like_minded", "regional", "eu_values"):
            said = {"fulfilled": "yes", "evidence": "As its charter says.", "sources": "https://example.org"}
            self.one.post(f"{address}{criterion}/", said)
        self.one.post(f"{address}summary/", {"summary": "A fitting partner.", "recommendation": "admit"})
        self.one.post(f"{address}do/submit/")
        self.other.post(f"{address}do/approve/")
        case.refresh_from_db()
        assert case.state == CaseState.ASSESSED

    def list_and_decide(self, case: Case, outcome: str, reason: str = "", number: str = "BD/2026/1") -> None:
        """Put on a list, read by the Board, decided."""
        self.one.post("/lists/", {"title": "Potential members"})
        one = BoardList.objects.latest("pk")
        self.one.post(f"/lists/{one.ref}/do/add/", {"add-cases": [case.ref]})
        assert self.board.get(f"/lists/{one.ref}/").status_code == 404
        self.one.post(f"/lists/{one.ref}/do/put/", {"put-procedure": "meeting"})
        assert case.organisation.name in self.board.get(f"/lists/{one.ref}/").content.decode()
        today, line = timezone.localdate().isoformat(), one.lines.get()
        said = {"decision_number": number, "decided_on": today, "effective_on": today}
        said |= {f"outcome_{line.pk}": outcome, f"reason_{line.pk}": reason}
        file = SimpleUploadedFile("conclusions.pdf", PDF)
        foreseen = self.one.post(f"/lists/{one.ref}/decision/", {**said, "file": file}).content.decode()
        assert "Nothing has happened yet" in foreseen
        self.one.post(f"/lists/{one.ref}/decision/", {**said, "deed": "carry-out"})
        case.refresh_from_db()

    def open_case(self, body: Organisation, **said: str) -> Case:
        """Record a notification or a ground with its paper."""
        facts = {"organisation": body.ref, "basis": "Letter of 20 November 2026", "received_on": "2026-11-20"}
        file = SimpleUploadedFile("letter.pdf", PDF)
        response = self.one.post("/cases/new/", {**facts, **said, "file": file})
        assert response.status_code == 302, response.content.decode()
        return Case.objects.latest("pk")

    def inform(self, case: Case) -> None:
        """Tell the Board."""
        said = {"deed": "inform", "inform-informed_on": timezone.localdate().isoformat()}
        self.one.post(f"/cases/{case.ref}/", said)
        case.refresh_from_db()


def _browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def house(db: None) -> House:
    """The Secretariat and a Board Member."""
    return House()


def mail_to(mails: Server, address: str, subject: str) -> str:
    """The text of the one mail to an address with such a subject; its paper says the same subject."""
    found = [mail for mail in mails.to(address) if subject in str(mail["Subject"])]
    assert len(found) == 1, [str(mail["Subject"]) for mail in mails.to(address)]
    for attached in found[0].iter_attachments():
        content = attached.get_payload(decode=True)
        assert isinstance(content, bytes)
        paper = pdfium.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()
        assert subject in " ".join(paper.split())
    text = found[0].get_body(("plain",))
    assert text is not None
    return str(text.get_content())


def form_by_link(text: str) -> Application:
    """The form to which the link of a letter leads."""
    found = re.search(r"/become-a-member/form/([^/\s]+)/", text)
    assert found is not None
    form = application_of(found[1], timezone.now())
    assert form is not None
    return form


def test_by_invitation_from_the_list_of_possible_partners_to_a_member(house: House, mails: Server) -> None:
    house.one.post("/prospects/new/", {"name": "Police Academy", "kind": "international_organisation"})
    one = Prospect.objects.get()
    contact = {
        "deed": "contact",
        "contact-name": "Office of the Dean",
        "contact-email": "dean@academy.example",
    }
    house.one.post(f"/prospects/{one.pk}/", contact)
    due_on = (timezone.localdate() + timedelta(days=90)).isoformat()
    house.one.post("/prospects/invite/", {"chosen": [one.pk], "answer_due_on": due_on, "deed": "send"})
    work_off_the_queue()
    form = form_by_link(mail_to(mails, "dean@academy.example", "Invitation to become a member"))
    operations.express_interest(
        fill(form, "Police Academy", at=timezone.now()), by=applicant(form), at=timezone.now()
    )
    case = Case.objects.get()
    house.one.post(f"/cases/{case.ref}/do/complete/")
    house.assess(case)
    house.list_and_decide(case, "admitted")
    assert case.state == CaseState.MEMBER
    work_off_the_queue()
    assert "is a member of the IISG from" in mail_to(mails, "dean@academy.example", "is a member of the IISG")
    assert FocalPointRequest.objects.get().organisation == case.organisation
    assert "We are glad to have it among us" in mail_to(
        mails, house.board_member.email, "has joined the IISG"
    )
    for page in ("", "form/", "assessment/", "letters/", "record/"):
        assert house.one.get(f"/cases/{case.ref}/{page}").status_code == 200
    assert "OUT-" in house.one.get(f"/cases/{case.ref}/letters/").content.decode()
    assert first_broken() is None


def test_by_direct_interest_handed_back_deferred_and_admitted_on_the_second_list(
    house: House, mails: Server
) -> None:
    at = timezone.now()
    form = make_form("New Institute", at=at, email="office@institute.example")
    case = operations.express_interest(form, by=applicant(form), at=at)
    work_off_the_queue()
    assert case.ref in mail_to(mails, "office@institute.example", "We have received")
    house.one.post(f"/cases/{case.ref}/form/", {"note-note": "The postal address."})
    work_off_the_queue()
    again = form_by_link(mail_to(mails, "office@institute.example", "Please complete"))
    operations.express_interest(again, by=applicant(again), at=timezone.now())
    body = case.organisation
    said = {"deed": "own", "kind": OrganisationKind.INTERNATIONAL_ORGANISATION.value}
    house.one.post(f"/organisations/{body.ref}/confirm/", said)
    house.one.post(f"/cases/{case.ref}/do/complete/")
    case.refresh_from_db()
    house.assess(case)
    house.list_and_decide(case, "deferred", "Its statutes.")
    assert case.state == CaseState.DEFERRED
    work_off_the_queue()
    assert "Its statutes." in mail_to(mails, "office@institute.example", "The Board asks for more")
    house.assess(case)
    house.list_and_decide(case, "admitted", number="BD/2026/2")
    assert case.state == CaseState.MEMBER
    assert Membership.objects.get(organisation=body).basis == "BD/2026/2, at a Board meeting"
    compared = house.one.get(f"/cases/{case.ref}/assessment/compare/1/2/").content.decode()
    assert "unchanged" in compared


def test_an_agency_by_notification(house: House, mails: Server) -> None:
    agency = make_body(OrganisationKind.EU_JHA_AGENCY, "Agency for Training")
    case = house.open_case(agency, route="notification")
    [letter] = Letter.objects.about(case)
    assert (letter.number or "").startswith("IN-")
    shown = house.one.get(f"/cases/{case.ref}/").content.decode()
    assert "checks that it is one" in shown
    house.inform(case)
    assert case.state == CaseState.NOTIFIED
    house.one.post(f"/cases/{case.ref}/do/check/")
    house.inform(case)
    assert case.state == CaseState.MEMBER
    work_off_the_queue()
    assert "takes effect with this notice" in mail_to(mails, house.board_member.email, "Notice to the Board")
    assert b"%PDF" in b"".join(house.one.post(f"/cases/{case.ref}/files/evidence/").streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("ground", ["former_lead_partner", "host"])
def test_an_automatic_member_by_its_ground(house: House, mails: Server, ground: str) -> None:
    body = make_body(OrganisationKind.EU_MEMBER_STATE, "Founding State")
    case = house.open_case(body, route="automatic", ground=ground)
    house.one.post(f"/cases/{case.ref}/do/confirm/")
    house.inform(case)
    assert case.state == CaseState.MEMBER
    assert Membership.objects.get(organisation=body).ground == ground
    work_off_the_queue()
    mail_to(mails, house.board_member.email, "Notice to the Board")
    page = house.one.get(f"/organisations/{body.ref}/membership/").content.decode()
    assert case.ref in page
