"""The way of an applicant on the site: form, signature, hand-over, hand-back, case, own data."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.factories import make_organisation
from iisg.foundations.orgs.matching import folded_name
from iisg.foundations.orgs.models import Alias, Ground, Membership
from iisg.governance.membership import clock, operations
from iisg.governance.membership.models import Application, Case, CaseState
from iisg.governance.membership.tests.conftest import ADDRESS, Applicant
from iisg.governance.membership.tests.issuing import Authority
from iisg.office.documents.models import Document
from iisg.office.letters.models import Letter
from tests.mailserver import Server
from tests.worker import work_off_the_queue

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"scan" * 50


def test_half_filled_fields_are_kept_and_said(person: Applicant) -> None:
    person.begin()
    page = person.say("organisation", name="", kind="", website="not an address", work="Training")
    assert page.status_code == 200
    assert b"Write the name." in page.content
    assert b"is saved as it is" in page.content
    form = Application.objects.get()
    assert (form.work, form.website) == ("Training", "not an address")
    assert person.say("organisation", name="A" * 300, later="yes").status_code == 302
    form.refresh_from_db()
    assert form.name == "A" * 250
    person.say("focal-points", **{"WBCTi-name": "Ana"})
    form.refresh_from_db()
    assert form.focal_points == {"WBCTi": {"name": "Ana"}}
    page = person.say("signature", signature="", signatory="A. Director", signed_on="soon")
    assert b"Choose how you sign." in page.content
    form.refresh_from_db()
    assert (form.signatory, form.signed_on) == ("A. Director", None)


@pytest.mark.parametrize(
    ("kind", "quoted"),
    [
        ("eu_jha_agency", "fourth indent"),
        ("wb_partner", "first indent"),
        ("eu_institution", "third indent"),
        ("civil_society", "second indent"),
        ("institution", "applies in the name of its state"),
    ],
)
def test_a_kind_that_takes_another_way_is_told_with_the_rule(
    person: Applicant, kind: str, quoted: str
) -> None:
    person.begin()
    page = person.say("organisation", name="Body", kind=kind)
    assert page.status_code == 200
    assert "Methodology 1" in page.content.decode()
    assert quoted in page.content.decode()


def test_from_the_address_to_the_decision_of_the_secretariat(person: Applicant) -> None:
    person.begin()
    assert b"0 of 8" in person.browser.get("/become-a-member/form/").content
    missing = person.browser.get("/become-a-member/answers/check/").content
    assert b"Still missing" in missing
    assert b"Hand the form over</button>" not in missing
    person.fill()
    assert person.sign().headers["Location"] == "/become-a-member/answers/check/"
    page = person.browser.get("/become-a-member/answers/check/")
    for words in (
        "Institute for Safety",
        "ana@institute.example",
        "named later",
        "A. Director",
        "two years after",
    ):
        assert words in page.content.decode()
    assert b"cannot be handed over" in person.browser.post("/become-a-member/answers/check/").content
    done = person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    assert done.headers["Location"] == "/become-a-member/handed-over/"
    case = Case.objects.get()
    panel = person.browser.get("/become-a-member/handed-over/").content
    assert case.ref.encode() in panel
    work_off_the_queue()
    assert "We have received" in str(person.server.to(ADDRESS)[-1]["Subject"])
    shown = person.browser.get("/become-a-member/form/").content.decode()
    assert "checks whether the form is complete" in shown
    assert "the Secretariat" in shown
    assert "Interest was expressed" in shown
    # nothing of it changes any more
    assert person.say("organisation", name="Other").headers["Location"] == "/become-a-member/form/"
    assert Application.objects.get().name == "Institute for Safety"
    # the letter, and no letter to anybody else
    letters = Letter.objects.filter(kind="membership-received")
    got = person.browser.get(f"/become-a-member/letters/{letters.get().pk}/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    others = Letter.objects.exclude(recipients__email=ADDRESS).first()
    assert others is not None
    assert person.browser.get(f"/become-a-member/letters/{others.pk}/").status_code == 404
    # handed back, completed, handed over once more: the first paper stays as its first version
    operations.hand_back(case, "The statutes of the institute.", by=CONSOLE, at=timezone.now())
    shown = person.browser.get("/become-a-member/form/").content.decode()
    assert "The statutes of the institute." in shown
    assert "Institute for Safety" in shown
    person.say(
        "organisation", name="Institute for Safety", kind="international_organisation", work="See statutes"
    )
    person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    case.refresh_from_db()
    pdf = case.application.pdf
    assert pdf is not None
    assert pdf.number == 2
    assert Case.objects.count() == 1
    # withdrawn by the applicant
    person.browser.post("/become-a-member/withdraw/", {"reason": "No staff."})
    case.refresh_from_db()
    assert (case.state, case.outcome_reason) == (CaseState.WITHDRAWN, "No staff.")


def test_signed_on_paper_and_sent_as_a_scan(person: Applicant) -> None:
    person.begin()
    person.fill()
    assert person.sign("scan").headers["Location"] == "/become-a-member/answers/signed-paper/"
    assert person.browser.post("/become-a-member/paper/").status_code == 302
    paper = person.browser.get("/become-a-member/paper/to-sign/")
    text = pdfium.PdfDocument(BytesIO(b"".join(paper.streaming_content)))  # type: ignore[attr-defined]
    words = " ".join(page.get_textpage().get_text_range() for page in text)
    assert "Institute for Safety" in words
    assert "[x]" in words
    refused = _send(person, "scan.exe", b"MZ")
    assert b"Send it as PDF" in refused.content
    refused = _send(person, "scan.png", b"no picture")
    assert b"does not hold what its name says" in refused.content
    assert _send(person, "scan.png", PNG).status_code == 302
    assert b"scan.png" in person.browser.get("/become-a-member/answers/signed-paper/").content
    done = person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    assert done.headers["Location"] == "/become-a-member/handed-over/"


def test_signed_electronically_broken_foreign_and_at_last_right(
    person: Applicant, settings: LazySettings, tmp_path: pytest.TempPathFactory
) -> None:
    authority = Authority("Test Trust Services", timezone.now())
    settings.TRUST_LIST = None
    person.begin()
    person.fill()
    person.sign("qualified")
    assert (
        b"No electronic signature can be confirmed today"
        in person.browser.get("/become-a-member/answers/signed-paper/").content
    )
    (tmp_path / "issuers.pem").write_bytes(authority.pem)  # type: ignore[operator]
    settings.TRUST_LIST = tmp_path
    person.browser.post("/become-a-member/paper/")
    answer = person.browser.get("/become-a-member/paper/to-sign/")
    paper = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    signed = bytearray(authority.sign(paper))
    signed[len(paper) // 2] ^= 1
    assert b"There is a problem" in _send(person, "form.pdf", bytes(signed)).content
    assert b"no electronic signature in this file" in _send(person, "form.pdf", paper).content
    stranger = Authority("Nobody", timezone.now()).sign(paper)
    assert b"not on the Secretariat&#x27;s list" in _send(person, "form.pdf", stranger).content
    empty = b"".join(Client().get("/become-a-member/form.pdf").streaming_content)  # type: ignore[attr-defined]
    assert b"not the paper that was printed here" in _send(person, "form.pdf", authority.sign(empty)).content
    assert Application.objects.get().signed_file is None
    assert _send(person, "form.pdf", authority.sign(paper)).status_code == 302
    form = Application.objects.get()
    assert form.signature_check["valid"] is True
    page = person.browser.get("/become-a-member/answers/signed-paper/").content.decode()
    assert "Intact, and its issuer is trusted" in page
    assert "A. Director" in page
    # an answer changes: the signature is void, and that is said
    person.say("organisation", name="Institute for Security", kind="international_organisation")
    assert b"that signature is void" in person.browser.get("/become-a-member/answers/check/").content


def _send(person: Applicant, name: str, content: bytes) -> Any:
    return person.browser.post(
        "/become-a-member/answers/signed-paper/", {"file": SimpleUploadedFile(name, content)}
    )


def test_own_data_are_taken_along_and_a_draft_is_deleted_at_once(person: Applicant) -> None:
    person.begin()
    person.fill()
    person.sign("scan")
    person.browser.post("/become-a-member/paper/")
    _send(person, "scan.png", PNG)
    answer = person.browser.get("/become-a-member/data/")
    data = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert data["form"]["contact_name"] == "Office of the Director"
    assert data["files"]["signed"]["name"] == "scan.png"
    assert len(data["statements"]) == 4
    assert b"cannot be undone" in person.browser.get("/become-a-member/erase/").content
    link = person.link()
    person.browser.post("/become-a-member/erase/")
    assert not Application.objects.exists()
    assert not Document.objects.exists()
    assert Client().get(link).status_code == 404


def test_personal_data_of_a_closed_case_are_erased_when_the_applicant_asks(person: Applicant) -> None:
    person.begin()
    person.fill()
    person.sign()
    person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    assert person.browser.post("/become-a-member/erase/").headers["Location"] == "/become-a-member/form/"
    person.browser.post("/become-a-member/withdraw/", {"reason": "No staff."})
    assert b"Have the personal data erased" in person.browser.get("/become-a-member/form/").content
    link = person.link()
    person.browser.post("/become-a-member/erase/")
    form = Application.objects.get()
    assert (form.state, form.contact_name, form.pdf) == ("erased", "", None)
    assert ADDRESS not in str(form.__dict__)
    assert Client().get(link).status_code == 404
    assert Event.objects.filter(name="membership.erasure_asked").exists()


def test_time_takes_forgotten_drafts_and_personal_data_of_old_cases(person: Applicant) -> None:
    person.begin()
    person.fill()
    person.sign()
    person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    person.browser.post("/become-a-member/withdraw/", {"reason": "No staff."})
    draft = Applicant(person.server, "draft@other.example")
    draft.begin()
    draft.say("organisation", name="Half a body")
    now = timezone.now()
    for due in clock.DUE:
        due(now + timedelta(days=59))
    assert Application.objects.count() == 2
    for due in clock.DUE:
        due(now + timedelta(days=61))
    assert [form.state for form in Application.objects.all()] == ["withdrawn"]
    for due in clock.DUE:
        due(now + timedelta(days=731))
    assert [(form.state, form.contact_name) for form in Application.objects.all()] == [("erased", "")]
    assert first_broken() is None


def test_a_member_is_told_on_the_first_page_that_it_needs_no_form(person: Applicant) -> None:
    body = make_organisation("Institute for Safety")
    Alias.objects.create(organisation=body, name=body.name, folded=folded_name(body.name))
    Membership.objects.create(organisation=body, ground=Ground.BOARD_APPROVAL, valid_from="2020-01-01")
    person.begin()
    page = person.say("organisation", name="Institute for Safety", kind="international_organisation")
    assert "Institute for Safety is a member already; it needs no form." in page.content.decode()
    assert "is saved as it is" in page.content.decode()
    assert Application.objects.get().name == "Institute for Safety"
    assert person.say("organisation", name="Other", kind="international_organisation").status_code == 302


def test_each_page_says_which_one_it_is_and_errors_name_their_pillar(person: Applicant) -> None:
    person.begin()
    page = person.browser.get("/become-a-member/answers/contact/").content.decode()
    assert "Page 2 of 8" in page
    page = person.say("focal-points", **{"WBCTi-choice": "person", "WBBSi-choice": "none"}).content.decode()
    assert "Write the name for WBCTi." in page
    assert "Say for WBCSCi whether there will be a focal point." in page


def test_an_invited_body_finds_its_form_and_may_decline(mails: Server) -> None:
    now = timezone.now()
    prospect = operations.enter_prospect("Academy", "international_organisation", by=CONSOLE, at=now)
    contact = operations.add_contact(prospect, "Office", email="o@academy.example", by=CONSOLE, at=now)
    operations.invite(prospect, contact, (now + timedelta(days=90)).date(), by=CONSOLE, at=now)
    work_off_the_queue()
    invited = Applicant(mails, "o@academy.example")
    invited.browser.get(invited.link())
    page = invited.browser.get("/become-a-member/form/").content.decode()
    assert "Academy" in page
    assert "Decline the invitation" in page
    assert "Delete this draft" not in page
    invited.browser.post("/become-a-member/withdraw/", {"reason": "Not now."})
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert "It was withdrawn: Not now." in invited.browser.get("/become-a-member/form/").content.decode()


def test_a_second_form_for_the_same_body_is_told_nothing_of_the_first(person: Applicant) -> None:
    person.begin()
    person.fill()
    person.sign()
    person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    other = Applicant(person.server, "other@other.example")
    other.begin()
    other.fill()
    other.sign()
    page = other.browser.post("/become-a-member/answers/check/", {"consent": "on"}, follow=True)
    assert "knows this body already" in page.content.decode()
    assert Case.objects.get().ref not in page.content.decode()
