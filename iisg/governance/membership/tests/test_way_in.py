"""The way in: the public page, a link by mail, floods and programs, links that are void."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdfium2 as pdfium
import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from iisg.foundations.audit.models import Event
from iisg.governance.membership.links import address_link, address_of, still_works, works_until
from iisg.governance.membership.models import Application, Case, Knock
from iisg.governance.membership.tests.conftest import ADDRESS, Applicant
from iisg.office.letters.models import Recipient

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
PNG = b"\x89PNG\r\n\x1a\n" + b"scan" * 50


def test_nothing_of_an_address_is_stored_before_the_button_is_pressed(person: Applicant) -> None:
    assert person.ask().status_code == 200
    link = person.link()
    look = Client().get(link)
    assert look.status_code == 200
    assert b"Begin the form" in look.content
    assert not Application.objects.exists()
    assert not Session.objects.exists()
    assert not DBTaskResult.objects.exists()
    kept = [str(event.facts) + event.on + event.by for event in Event.objects.all()]
    kept += [knock.mark for knock in Knock.objects.all()]
    assert kept
    assert not [text for text in kept if "institute" in text or "director" in text]
    assert "director" not in link
    assert person.browser.post(link).status_code == 302
    assert Application.objects.get().email == ADDRESS


def test_the_answer_is_the_same_for_an_address_that_is_known(person: Applicant) -> None:
    strange = person.ask().content.decode()
    person.browser.post(person.link())
    known = Applicant(person.server).ask().content.decode()

    def without_stamp(page: str) -> list[str]:
        return [line for line in page.splitlines() if "csrf" not in line]

    assert without_stamp(known) == without_stamp(strange)


def test_a_link_opens_the_form_again_and_leads_back_to_it_from_elsewhere(person: Applicant) -> None:
    person.begin()
    person.say("organisation", name="Institute for Safety")
    assert "form/" in person.link()
    elsewhere = Client()
    before = elsewhere.session.session_key
    assert elsewhere.get(person.link()).status_code == 302
    assert elsewhere.session.session_key != before
    page = elsewhere.get("/become-a-member/form/")
    assert b"Institute for Safety" in page.content
    assert "no-store" in page.headers["Cache-Control"]
    # a new link by the same address finds the same form
    other = Applicant(person.server)
    other.ask()
    chosen = other.browser.get(other.link())
    assert b"Open this form" in chosen.content
    other.browser.post(f"{other.link()}{Application.objects.get().pk}/")
    assert b"Institute for Safety" in other.browser.get("/become-a-member/form/").content
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"fax": "https://spam.example"}, "as programs do"),
        ({"shown": ""}, "sent within a second"),
        ({"shown": "made up"}, "sent within a second"),
        ({"email": "nobody"}, "name@example.org"),
    ],
)
def test_programs_are_kept_out_without_a_word_to_others(
    person: Applicant, more: dict[str, str], said: str
) -> None:
    page = person.ask(**more)
    assert said in page.content.decode()
    assert not person.server.arrived


def test_a_page_sent_too_quickly_is_asked_for_once_more(person: Applicant, settings: LazySettings) -> None:
    settings.MEMBERSHIP_SLOWNESS = timedelta(seconds=2)
    assert b"sent within a second" in person.ask().content
    assert not person.server.arrived


def test_floods_are_stopped_by_address_and_by_network(person: Applicant, settings: LazySettings) -> None:
    settings.MEMBERSHIP_KNOCKS = {"address": 2, "network": 4, "all": 100}
    answers = [person.ask() for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert b"Look into the mailbox" in answers[-1].content
    others = [Applicant(person.server, f"a{number}@b.example").ask().status_code for number in range(3)]
    assert others == [200, 200, 429]
    assert len(person.server.arrived) == 4
    Knock.objects.update(at=timezone.now() - timedelta(hours=2))
    assert person.ask().status_code == 200


def test_a_mail_server_that_is_down_is_said(person: Applicant, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 1
    answer = person.ask()
    assert answer.status_code == 503
    assert b"could not be sent now" in answer.content


def test_void_links_lead_to_a_page_that_helps(person: Applicant) -> None:
    for path in (
        "/become-a-member/form/", "/become-a-member/form/nonsense/", "/become-a-member/confirm/nonsense/",
        "/become-a-member/answers/check/", "/become-a-member/data/", "/become-a-member/withdraw/",
    ):  # fmt: skip
        page = Client().get(path)
        assert page.status_code == 404
        assert b"Mail me a new link" in page.content
    old = address_link(ADDRESS, timezone.now() - timedelta(hours=49))
    assert address_of(old.rstrip("/").rpartition("/")[2], timezone.now()) is None


def test_a_link_works_until_sixty_days_after_the_end(person: Applicant) -> None:
    person.begin()
    link = person.link()
    person.fill()
    person.sign()
    person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    person.browser.post("/become-a-member/withdraw/", {"reason": "No staff."})
    assert Client().get(link).status_code == 302
    closed_at = datetime(2026, 10, 24, 0, 20, tzinfo=BRUSSELS)  # 60 days on it is winter
    Case.objects.update(closed_at=closed_at)
    form = Application.objects.select_related("case").get()
    last_minute = datetime(2026, 12, 23, 23, 59, tzinfo=BRUSSELS)
    assert works_until(form) == last_minute.date()
    assert still_works(form, last_minute)
    assert not still_works(form, last_minute + timedelta(minutes=1))
    Case.objects.update(closed_at=timezone.now() - timedelta(days=61))
    assert Client().get(link).status_code == 404
    assert person.browser.get("/become-a-member/form/").status_code == 404


def test_another_applicants_things_are_out_of_reach(person: Applicant) -> None:
    person.begin()
    person.fill()
    person.sign()
    person.browser.post("/become-a-member/answers/check/", {"consent": "on"})
    letter = Recipient.objects.get(email=ADDRESS).letter
    other = Applicant(person.server, "other@other.example")
    other.begin()
    assert other.browser.get(f"/become-a-member/letters/{letter.pk}/").status_code == 404
    assert other.browser.get("/become-a-member/paper/handed-over/").status_code == 404
    token = other.server.to("other@other.example")
    assert token
    other.ask()
    theirs = Application.objects.get(email=ADDRESS)
    assert other.browser.post(f"{other.link()}{theirs.pk}/").status_code == 404


def test_the_public_page_and_the_empty_form() -> None:
    page = Client().get("/become-a-member/").content.decode()
    for words in (
        "The four groups of members", "Like-minded partner", "silent written procedure", "core lead partner",
        "EU Justice and Home Affairs agency", "Former lead partner", "operational law",
    ):  # fmt: skip
        assert words in page
    empty = Client().get("/become-a-member/form.pdf")
    assert empty.headers["X-IISG-Marking"] == "TLP:CLEAR"
    content = b"".join(empty.streaming_content)  # type: ignore[attr-defined]
    words = pdfium.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()
    assert "Secure Database" in words
    assert "[ ]" in words
    assert b"TLP:CLEAR" in content
    for public in ("/", "/organisations/", "/about/"):
        assert "/become-a-member/" in Client().get(public).content.decode()
