"""A letter from its draft to its answer, over a real mail server, by the pages and the commands alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client

from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.trail import first_broken
from iisg.office.letters.models import Letter, LetterState
from tests.mailserver import Server, mail_server
from tests.worker import work_off_the_queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Server]:
    """The world outside."""
    with mail_server() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.MAIL_BOUNCES, settings.MAIL_DOMAIN = "bounces@iisg.example.org", "iisg.example.org"
        yield found


@pytest.fixture
def officer() -> Client:
    """The Secretariat's browser."""
    client = Client()
    client.force_login(make_person(Role.SECRETARIAT))
    return client


def press(officer: Client, page: str, button: str, **said: object) -> str:
    """Find the form of a button on a page and send it with what is said; the page that follows."""
    html = officer.get(page).content.decode()
    forms = re.findall(
        r'<form method="post"(?: enctype="[^"]*")?(?: action="([^"]*)")?(.*?)</form>', html, re.DOTALL
    )
    [(address, fields)] = [found for found in forms if re.search(rf"<button[^>]*>{button}<", found[1])]
    typed = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', fields))
    names = re.findall(r'name="([^"]+)"', fields)
    for name, value in said.items():
        [whole] = [each for each in names if each == name or each.endswith(f"-{name}")]
        typed[whole] = str(value)
    answer = officer.post(address or page, {k: v for k, v in typed.items() if k != "add"}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_letter_comes_back_is_corrected_arrives_and_is_answered(
    server: Server, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.bouncing.add("old@ministry.example")
    facts = {
        "subject": "What runs this year?",
        "body": "{salutation},\n\nwe ask what runs.",
        "people": "Ministry of Security; old@ministry.example; Dear Sir\nEmbassy",
        "purpose": "action",
        "answer_due_on": "2026-12-24",
    }
    press(officer, "/letters/new/", "Keep the draft", **facts)
    page = f"/letters/{Letter.objects.get().pk}/"
    assert "1 draft waits for approval" in officer.get("/desk/").content.decode()
    press(officer, page, "Approve")
    press(officer, page, "Send")
    work_off_the_queue()
    letter = Letter.objects.get()
    assert "1 letter waits to be posted" in officer.get("/desk/").content.decode()
    press(officer, page, "Note that it is posted", how="Courier, today")

    [report] = server.reports
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report)))
    with pytest.raises(SystemExit) as ended:
        call_command("mail", "take")
    assert ended.value.code == 0
    desk = officer.get("/desk/").content.decode()
    assert "1 letter did not arrive" in desk
    assert "waits to be posted" not in desk
    assert str(letter.number) in officer.get("/letters/?arrival=not_arrived").content.decode()
    assert "550 5.1.1 mailbox unavailable" in officer.get(page).content.decode()

    person = letter.recipients.get(name="Ministry of Security")
    again = {f"again-{person.pk}-address": "new@ministry.example"}
    officer.post(f"{page}to/{person.pk}/again/", again)
    work_off_the_queue()
    [mail] = server.to("new@ministry.example")
    assert mail["Subject"] == f"What runs this year? [{letter.number}]"
    assert "did not arrive" not in officer.get("/desk/").content.decode()

    answer = {
        "subject": "Two actions run",
        "sender": "Ministry of Security",
        "received_on": "2026-11-25",
        "purpose": "response",
    }
    press(officer, f"/letters/register/?answers={letter.number}", "Enter the letter", **answer)
    letter.refresh_from_db()
    assert (letter.state, letter.settled_note) == (LetterState.ANSWERED, "IN-2026-0001")
    assert "IN-2026-0001: Two actions run" in officer.get(page).content.decode()
    assert first_broken() is None
