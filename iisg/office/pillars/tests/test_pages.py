"""The list of focal points and the Secretariat's pages: who sees what, what each button does."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_partner
from iisg.foundations.orgs.operations import set_contact
from iisg.office.letters.models import Letter
from iisg.office.pillars import operations
from iisg.office.pillars.factories import make_focal_point, make_member, make_request
from iisg.office.pillars.models import FocalPoint, FocalPointRequest, Participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(make_person(Role.SECRETARIAT))
    return client


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(make_person(Role.MEMBER_READER, make_partner("AL")))
    return client


def shown(client: Client, **query: str) -> list[str]:
    page = client.get("/focal-points/", query).context["page"]
    return [place.point.name if place.point else f"nobody for {place.purpose}" for place in page]


def test_members_see_focal_points_the_secretariat_deputies_and_gaps_too(
    office: Client, member: Client
) -> None:
    body, empty = make_member("A House"), make_member("B House")
    Participation.objects.create(organisation=empty, pillar_id="WBBSi")
    make_focal_point(body, name="Šćepan First")
    make_focal_point(body, name="Second", is_deputy=True)
    ending = make_focal_point(body, "WBBSi", "Ending")
    operations.end_focal_point(
        ending, timezone.localdate() + timedelta(days=59), by=CONSOLE, at=timezone.now()
    )
    assert shown(member) == ["Šćepan First", "Ending"]
    assert shown(office) == ["Šćepan First", "Second", "Ending"]
    assert shown(member, words="Шћепан") == ["Šćepan First"]
    assert shown(member, purpose="WBBSi") == ["Ending"]
    assert shown(office, show="deputies") == ["Second"]
    assert shown(office, show="ending") == ["Ending"]
    assert shown(office, show="missing", member=empty.ref) == ["nobody for letters", "nobody for WBBSi"]
    assert shown(member, show="missing") == ["Šćepan First", "Ending"]
    assert "until" not in member.get("/focal-points/").content.decode().split("<main")[1]


def test_the_list_as_a_file_is_harmless_marked_and_noted(member: Client) -> None:
    make_focal_point(make_member("A House"), name="=cmd()")
    make_focal_point(make_member("B House"), name="Deputy", is_deputy=True)
    answer = member.post("/focal-points/export/?purpose=letters", {"format": "csv"})
    text = b"".join(answer).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["name"] == "'=cmd()"
    assert "deputy" not in row
    assert answer.headers["X-IISG-Marking"] == "TLP:GREEN"
    event = Event.objects.get(name="exports.file_taken")
    assert (event.facts["records"], event.facts["chosen"]) == (1, "For: official correspondence")
    assert b"".join(member.post("/focal-points/export/", {"format": "xlsx"}))[:2] == b"PK"
    assert member.post("/focal-points/export/", {"format": "exe"}).status_code == 404


def test_requests_are_sent_to_several_members_at_once_and_only_where_an_address_is_known(
    office: Client,
) -> None:
    known, unknown = make_member("Known House"), make_member("Unknown House")
    today = timezone.localdate()
    set_contact(known, today, by=CONSOLE, at=timezone.now(), name="Office", email="office@known.example")
    said = {"members": [known.ref, unknown.ref], "purposes": ["letters", "WBCTi"]}
    due = (today + timedelta(days=14)).isoformat()
    refused = office.post("/focal-points/requests/new/", said | {"due_on": due})
    assert "No address is known of: Unknown House" in refused.content.decode()
    past = office.post(
        "/focal-points/requests/new/", said | {"members": [known.ref], "due_on": today.isoformat()}
    )
    assert "Give a day to come" in past.content.decode()
    assert not FocalPointRequest.objects.exists()
    office.post("/focal-points/requests/new/", said | {"members": [known.ref], "due_on": due})
    asked = FocalPointRequest.objects.get()
    assert (asked.organisation, asked.purposes) == (known, ["letters", "WBCTi"])
    assert Letter.objects.get(kind="focal-points-requested").recipients.get().email == "office@known.example"


def test_overdue_requests_are_shown_reminded_of_and_closed(office: Client) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    body = make_member("Late House")
    asked = make_request(body, due_on=timezone.localdate() - timedelta(days=12), at=long_ago)
    make_request(
        make_member("Early House"), due_on=timezone.localdate() + timedelta(days=5), at=timezone.now()
    )
    words = office.get("/focal-points/requests/?show=overdue").content.decode()
    assert "12 days late" in words
    assert "Early House" not in words
    once = office.post(f"/focal-points/requests/{asked.pk}/remind/", follow=True).content.decode()
    assert "is reminded by letter" in once
    twice = office.post(f"/focal-points/requests/{asked.pk}/remind/", follow=True).content.decode()
    assert "was reminded today" in twice
    assert Letter.objects.filter(kind="focal-points-reminder").count() == 1
    office.post(f"/focal-points/requests/{asked.pk}/close/")
    assert "Late House" in office.get("/focal-points/requests/?show=closed").content.decode()


def test_names_from_a_letter_replace_who_was_there_and_answer_the_request(office: Client) -> None:
    body = make_member()
    before = make_focal_point(body, name="Before")
    asked = make_request(body, "letters", at=timezone.now(), due_on=timezone.localdate() + timedelta(days=5))
    today = timezone.localdate().isoformat()
    said = {"letters_name": "After", "letters_email": "after@house.example", "valid_from": today}
    refused = office.post(f"/focal-points/enter/{body.ref}/", said)
    assert "by which letter" in refused.content.decode()
    office.post(f"/focal-points/enter/{body.ref}/?for=letters", said | {"basis": "IN-2026-0004"})
    point = FocalPoint.objects.get(name="After")
    assert (point.basis, point.request) == ("IN-2026-0004", asked)
    before.refresh_from_db()
    assert before.valid_to == timezone.localdate()
    asked.refresh_from_db()
    assert asked.answered_at is not None
    answered = office.get("/focal-points/requests/?show=answered").content.decode()
    assert body.name in answered


def test_the_letter_itself_is_entered_answers_ours_and_is_the_basis(office: Client) -> None:
    body = make_member()
    asked = make_request(body, "letters", at=timezone.now(), due_on=timezone.localdate() + timedelta(days=5))
    today = timezone.localdate().isoformat()
    said = {"letters_name": "After", "letters_email": "after@house.example", "valid_from": today}
    address = f"/focal-points/enter/{body.ref}/?for=letters"
    broken = office.post(address, said | {"letter": SimpleUploadedFile("named.exe", b"MZ")})
    assert "can be kept" in broken.content.decode() or "PDF" in broken.content.decode()
    assert not Letter.objects.filter(direction="in").exists(), "nothing half-done"
    office.post(address, said | {"letter": SimpleUploadedFile("named.pdf", b"%PDF-1.7\nnamed\n%%EOF")})
    letter = Letter.objects.get(direction="in")
    assert (letter.organisation, letter.in_reply_to, letter.attachments.count()) == (body, asked.letter, 1)
    assert FocalPoint.objects.get(name="After").basis == letter.number
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert asked.letter is not None
    asked.letter.refresh_from_db()
    assert asked.letter.state == "answered"


def test_a_term_ends_on_the_day_given(office: Client, member: Client) -> None:
    point = make_focal_point(make_member(), name="Leaving")
    early = office.post(f"/focal-points/{point.pk}/end/", {"ended_on": "2025-12-01"})
    assert "The term begins later" in early.content.decode()
    office.post(f"/focal-points/{point.pk}/end/", {"ended_on": timezone.localdate().isoformat()})
    assert shown(member) == []
    assert member.get(f"/focal-points/{point.pk}/end/").status_code == 403


def test_the_desk_leads_to_exactly_those_lists(office: Client) -> None:
    make_member("Silent House")
    late = make_member("Late House")
    make_request(
        late, due_on=timezone.localdate() - timedelta(days=2), at=timezone.now() - timedelta(days=30)
    )
    desk = office.get("/desk/").content.decode()
    assert "1 request for focal points is overdue" in desk
    assert "/focal-points/requests/?show=overdue" in desk
    assert "2 members have no focal point for correspondence" in desk
    assert shown(office, show="missing", purpose="letters") == ["nobody for letters"] * 2
