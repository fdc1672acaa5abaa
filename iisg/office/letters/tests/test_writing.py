"""Writing a letter, changing a draft, entering a letter that came in."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.factories import make_organisation
from iisg.foundations.orgs.models import Alias
from iisg.office.letters import operations
from iisg.office.letters.addressees import as_lines, read_addressees
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.models import Letter, LetterState
from iisg.office.letters.tests.made_up import (
    ANA,
    NOW,
    draft,
    incoming,
    known_here,
    nothing_known_but_free_words,
    sent,
)

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 a scan"


def scan(name: str = "scan.pdf", content: bytes = SCAN) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def said(**more: object) -> dict[str, object]:
    """A letter as it is sent from the page."""
    facts: dict[str, object] = {
        "subject": "A question",
        "body": "{salutation},\n\nwe ask.",
        "people": "Ministry of Security; office@ministry.example; Dear Sir; Rruga 1, Tirana",
        "copies": "",
        "purpose": "action",
        "answer_due_on": "2026-12-24",
    }
    return facts | more


def test_a_letter_in_free_words_is_kept_as_a_draft(secretariat: Client) -> None:
    with nothing_known_but_free_words():
        page = secretariat.get("/letters/new/").content.decode()
        assert "{salutation}," in page
        assert "letters in free words only so far" in page
    answer = secretariat.post(
        "/letters/new/?language=sq",
        said(copies="Agency <a@agency.example>", attached=[scan(), scan("b.pdf")]),
    )
    letter = Letter.objects.get()
    assert answer.headers["Location"] == f"/letters/{letter.pk}/"
    assert (letter.state, letter.language, letter.answer_due_on) == (
        LetterState.DRAFT,
        "sq",
        date(2026, 12, 24),
    )
    direct, copy = letter.recipients.all()
    assert (direct.name, direct.email, direct.salutation, direct.postal) == (
        "Ministry of Security",
        "office@ministry.example",
        "Dear Sir",
        "Rruga 1\nTirana",
    )
    assert (copy.name, copy.email, copy.is_copy) == ("Agency", "a@agency.example", True)
    assert [each.title for each in letter.attachments.all()] == ["scan.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"subject": " "}, "subject", "The letter has no subject"),
        ({"people": "Ministry; no address"}, "people", "is no e-mail address"),
        ({"people": "; a@b.example"}, "people", "An addressee has no name"),
        ({"attached": scan("macro.docm")}, "attached", "is of a sort that is not taken"),
        ({"attached": scan("scan.pdf", b"MZ")}, "attached", "does not hold what its name says"),
    ],
)
def test_what_is_refused_is_told_at_its_field_and_nothing_typed_is_lost(
    wrong: dict[str, object], field: str, words: str, secretariat: Client
) -> None:
    answer = secretariat.post("/letters/new/", said(body="A long text that took a while", **wrong))
    form = answer.context["form"]
    assert words in " ".join(form.errors[field])
    assert "A long text that took a while" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_kind_asks_for_its_facts_by_their_types(secretariat: Client) -> None:
    facts = {
        "fact-meeting": "Support {Group}",
        "fact-day": "2026-12-24",
        "fact-items": "Cameras\n\nPatrols",
        "fact-place": "https://meeting.example.org",
        "fact-reasons": "Because.",
    }
    with known_here():
        page = secretariat.get("/letters/new/?kind=invitation").content.decode()
        assert 'type="date"' in page
        assert 'name="subject"' not in page
        answer = secretariat.post("/letters/new/?kind=invitation", said(**facts | {"fact-day": "soon"}))
        assert "Enter a valid date" in answer.content.decode()
        secretariat.post("/letters/new/?kind=invitation&language=sq", said(**facts))
        letter = Letter.objects.get()
        assert (letter.kind, letter.subject) == ("invitation", "Invitation: Support {Group}")
        assert letter.language == "en", "it is worded in English only"
        assert "on 24 December 2026 we meet." in letter.body
        assert "- Cameras\n- Patrols" in letter.body
        letter = operations.approve_letter(letter, by=CONSOLE, at=NOW)
        assert "Support {Group}" in secretariat.get(f"/letters/{letter.pk}/").content.decode()
    assert secretariat.get("/letters/new/?kind=invitation").status_code == 404


def test_a_fact_with_braces_names_nothing(secretariat: Client) -> None:
    with known_here():
        letter = operations.issue_letter(
            "invitation",
            {
                "meeting": "x",
                "day": date(2026, 12, 24),
                "items": ["{a}", "b}"],
                "place": "https://x.example",
                "reasons": "{recipient} {{",
            },
            [ANA],
            by=CONSOLE,
            at=NOW,
        )
        shown = secretariat.get(f"/letters/{letter.pk}/").content.decode()
    for words in ("{a}", "b}", "{recipient} {{"):
        assert words in shown


def test_an_organisation_is_added_with_the_address_that_reached_it_last(secretariat: Client) -> None:
    body = make_organisation("Border Centre")
    Alias.objects.create(organisation=body, name="BC", folded="bc")
    made = {"people": "First; first@example.org", "organisation": "bc", "add": "people"}
    form = secretariat.post("/letters/new/", said(**made)).context["form"]
    assert form.initial["people"] == "First; first@example.org\nBorder Centre"
    assert form.initial["subject"] == "A question"
    assert not Letter.objects.exists()
    sent(Addressee("Border Centre", "office@bc.example", "Dear Madam", organisation_key=body.pk))
    form = secretariat.post("/letters/new/", said(**made | {"add": "copies"})).context["form"]
    assert form.initial["copies"] == "Border Centre; office@bc.example; Dear Madam"
    secretariat.post("/letters/new/", said(people=form.initial["copies"]))
    assert Letter.objects.latest("pk").recipients.get().organisation == body


def test_addressees_are_read_as_they_are_written() -> None:
    people = [
        Addressee("Ministry", "a@b.example", "Dear Sir", "Street 1\n1000 Town"),
        Addressee("Embassy", postal="Street 2\nSkopje"),
        Addressee("Agency", "c@d.example"),
        Addressee("Registry"),
    ]
    assert read_addressees(as_lines(people)) == people
    assert read_addressees(" \nAgency <c@d.example>; Dear all\n") == [
        Addressee("Agency", "c@d.example", "Dear all")
    ]


def test_a_draft_is_changed_and_a_letter_is_not(secretariat: Client) -> None:
    letter = draft(ANA)
    form = secretariat.get(f"/letters/{letter.pk}/change/").context["form"]
    assert (
        form.initial["people"] == "Ministry of Security; office@ministry.example; Dear Sir; Rruga 1, Tirana"
    )
    secretariat.post(f"/letters/{letter.pk}/change/", said(subject="Another", attached=[scan()]))
    letter.refresh_from_db()
    assert (letter.subject, letter.recipients.count(), letter.attachments.count()) == ("Another", 1, 1)
    operations.approve_letter(letter, by=CONSOLE, at=NOW)
    answer = secretariat.post(
        f"/letters/{letter.pk}/change/", said(subject="A third", body="Typed at length")
    )
    assert "does not change any more" in answer.content.decode()
    assert "Typed at length" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.subject == "Another"


def test_a_letter_that_came_in_is_entered_with_its_files_and_answers_ours(secretariat: Client) -> None:
    ours, body = sent(ANA), make_organisation("Ministry of Security")
    page = secretariat.get("/letters/register/?answers=OUT-2026-0001")
    assert page.context["form"].initial["answers"] == "OUT-2026-0001"
    assert '<option value="OUT-2026-0001">' in page.content.decode()
    came = {
        "subject": "Our answer",
        "sender": "ministry of security",
        "received_on": "2026-11-24",
        "answers": "out-2026-0001",
        "purpose": "response",
        "attached": [scan()],
    }
    secretariat.post("/letters/register/", came)
    letter = Letter.objects.get(direction="in")
    ours.refresh_from_db()
    assert (letter.number, letter.in_reply_to, letter.organisation) == ("IN-2026-0001", ours, body)
    assert (ours.state, ours.settled_note) == (LetterState.ANSWERED, "IN-2026-0001")
    assert letter.attachments.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"subject": ""}, "subject", "The letter has no subject"),
        ({"sender": ""}, "sender", "The letter has no sender"),
        ({"received_on": "2999-01-01"}, "received_on", "still to come"),
        ({"answers": "OUT-1999-0001"}, "answers", "There is no letter OUT-1999-0001"),
        ({"attached": scan("scan.pdf", b"MZ")}, "attached", "does not hold what its name says"),
    ],
)
def test_what_cannot_be_entered_takes_no_number(
    wrong: dict[str, object], field: str, words: str, secretariat: Client
) -> None:
    came = {
        "subject": "A",
        "sender": "B",
        "received_on": "2026-11-24",
        "purpose": "action",
        "summary": "Typed",
    }
    answer = secretariat.post("/letters/register/", came | wrong)
    assert words in " ".join(answer.context["form"].errors[field])
    assert "Typed" in answer.content.decode()
    assert not Letter.objects.exists()
    assert incoming().number == "IN-2026-0001"


@pytest.mark.parametrize("address", ["/letters/new/", "/letters/register/", "change"])
def test_the_pages_ask_as_often_for_fifty_as_for_one(address: str, secretariat: Client) -> None:
    def asked(number: int) -> int:
        for n in range(number):
            make_organisation()
            sent(Addressee(f"Office {n}"))
        people = [Addressee(f"Office {n}") for n in range(number)]
        where = f"/letters/{draft(*people).pk}/change/" if address == "change" else address
        with CaptureQueriesContext(connection) as found:
            assert secretariat.get(where).status_code == 200
        return len(found)

    asked(1)
    assert asked(1) == asked(50)
