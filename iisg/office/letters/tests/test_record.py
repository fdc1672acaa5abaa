"""The page of one letter: what it says, what may be done, what is refused and why."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.models import Event
from iisg.office.letters import operations
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.models import Delivery, DeliveryState, Letter, LetterState
from iisg.office.letters.tests.made_up import ANA, EMBASSY, NOW, approved, draft, incoming, sent

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a scan"


def page(client: Client, letter: Letter) -> str:
    """The page in words."""
    return client.get(f"/letters/{letter.pk}/").content.decode()


def do(client: Client, letter: Letter, deed: str, **said: object) -> str:
    """Do something on the page and read what comes back."""
    named = {f"{deed}-{name}": str(value) for name, value in said.items()}
    return client.post(f"/letters/{letter.pk}/do/{deed}/", named, follow=True).content.decode()


def way(client: Client, letter: Letter, deed: str, **said: object) -> str:
    """Do something about its only addressee."""
    person = letter.recipients.get()
    named = {f"{deed}-{person.pk}-{name}": str(value) for name, value in said.items()}
    address = f"/letters/{letter.pk}/to/{person.pk}/{deed}/"
    return client.post(address, named, follow=True).content.decode()


def test_a_draft_is_approved_and_sent_by_its_buttons(secretariat: Client) -> None:
    letter = draft(EMBASSY)
    said = page(secretariat, letter)
    assert "the Secretariat, to approve it" in said
    assert "Dear Sir or Madam," in said
    assert "to/" not in said
    assert "It is noted" in do(secretariat, letter, "approve")
    said = do(secretariat, letter, "send")
    letter.refresh_from_db()
    assert (letter.number, letter.state) == ("OUT-2026-0001", LetterState.SENT)
    assert "waits to be posted" in said
    assert letter.pdf is not None
    assert letter.pdf.digest in said
    assert "Approved; text and number are final" in said


def test_what_a_rule_refuses_stands_on_the_page_with_what_was_typed(secretariat: Client) -> None:
    letter = draft(body="Dear {nobody}")
    said = do(secretariat, letter, "approve")
    assert "A letter of this kind knows no “nobody”" in said
    came = incoming()
    assert "Nothing says how it ended" in do(secretariat, came, "close", note=" ")
    operations.close_letter(came, "Taken note of.", by=CONSOLE, at=NOW)
    said = do(secretariat, came, "answer", note="A long note that took a while")
    assert "so this cannot be done now" in said
    assert "A long note that took a while" in said
    out = sent(EMBASSY)
    said = way(secretariat, out, "again", address="not an address")
    assert "is no e-mail address" in said
    assert 'value="not an address"' in said
    assert "An attempt is under way" in way(secretariat, out, "again", address="")
    assert "has not left the house" in way(secretariat, out, "received", proof="A stamp of the registry")


def test_the_key_of_a_personal_link_stands_in_the_letter_itself_only(
    secretariat: Client, settings: LazySettings
) -> None:
    key = "WzEsIjlmIl0:1vNZ8C:" + "a1B2" * 12
    link, plain = (
        f"{settings.HOUSE_ADDRESS}{path}" for path in (f"/form/{key}/", "/how-to-become-a-member/")
    )
    letter = draft(ANA, body=f"{{salutation}},\n\nyour page:\n{link}\n\nmore:\n{plain}")
    assert key not in page(secretariat, letter)
    letter = operations.send_letter(operations.approve_letter(letter, by=CONSOLE, at=NOW), by=CONSOLE, at=NOW)
    shown = page(secretariat, letter)
    assert key not in shown
    assert "the key stands in the letter itself only" in shown
    assert plain in shown
    assert letter.pdf is not None
    said = pdfium.PdfDocument(BytesIO(bytes(letter.pdf.content)))[0].get_textpage().get_text_range()
    assert key[-20:] in "".join(said.split())


def test_signs_that_cannot_be_set_are_told_before_approval(secretariat: Client) -> None:
    letter = draft(body="We write 你好")
    assert "cannot be set on paper" in do(secretariat, letter, "approve")
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT
    answer = secretariat.post(f"/letters/{letter.pk}/preview/", follow=True)
    assert "cannot be set on paper" in answer.content.decode()


def test_a_letter_on_paper_is_posted_and_received(secretariat: Client) -> None:
    letter = sent(EMBASSY)
    assert "Nothing says how it left" in way(secretariat, letter, "posted", how="")
    way(secretariat, letter, "posted", how="Courier, 25 November")
    assert "“Courier, 25 November”" in page(secretariat, letter)
    way(secretariat, letter, "received", proof="Signed by the porter")
    said = page(secretariat, letter)
    assert "received, with proof" in said
    assert "Signed by the porter" in said


def test_what_came_back_is_sent_to_a_corrected_address_and_both_attempts_stay_readable(
    secretariat: Client,
) -> None:
    letter = sent(Addressee("Ministry", "old@ministry.example"))
    Delivery.objects.update(state=DeliveryState.BOUNCED, answer="550 5.1.1 unknown")
    assert "did not arrive: 1 of 1" in page(secretariat, letter)
    way(secretariat, letter, "again", address="new@ministry.example")
    said = page(secretariat, letter)
    assert "Earlier attempts" in said
    assert "550 5.1.1 unknown" in said
    assert "new@ministry.example" in said
    assert letter.recipients.get().newest_delivery.address == "new@ministry.example"  # type: ignore[union-attr]


def test_what_waits_to_be_posted_may_go_by_mail_instead(secretariat: Client) -> None:
    letter = sent(EMBASSY)
    first = Delivery.objects.get()
    way(secretariat, letter, "again", address="office@embassy.example")
    assert list(Letter.objects.to_be_posted()) == []
    with pytest.raises(ValueError, match="Nothing waits to be posted"):
        operations.note_posted(first, "Courier", by=CONSOLE, at=NOW)


def test_a_letter_that_was_not_sent_cannot_be_sent_again() -> None:
    letter = approved(ANA)
    with pytest.raises(ValueError, match="has not been sent yet"):
        operations.send_again(letter.recipients.get(), "a@b.example", by=CONSOLE, at=NOW)
    assert not Delivery.objects.exists()


def test_a_letter_in_is_assigned_to_an_officer_and_answered_by_a_letter(secretariat: Client) -> None:
    officer = make_person(Role.SECRETARIAT)
    came = incoming(answer_due_on=date(2026, 12, 1), sender_reference="12/4")
    assert "the Secretariat, to assign or answer it" in page(secretariat, came)
    said = do(secretariat, came, "assign", to=officer.pk)
    assert f"whose turn: {officer}" in said
    answer = secretariat.get(f"/letters/new/?answers={came.pk}")
    assert answer.context["form"].initial["subject"] == "Re: An answer"
    assert answer.context["form"].initial["people"] == "Ministry of Security"
    reply = sent(EMBASSY, in_reply_to=came)
    came.refresh_from_db()
    assert (came.state, came.settled_note) == (LetterState.ANSWERED, reply.number)
    said = page(secretariat, came)
    assert f"{reply.number}: A question" in said
    assert f"{came.number}: An answer" in page(secretariat, reply)


def test_only_officers_of_the_secretariat_get_letters_on_their_desk(secretariat: Client) -> None:
    outsider, came = make_person(Role.MEMBER_READER), incoming()
    assert "not one of the available choices" in do(secretariat, came, "assign", to=outsider.pk)
    came.refresh_from_db()
    assert came.assigned_to is None


def test_papers_and_files_leave_marked_and_noted(secretariat: Client) -> None:
    letter = draft(EMBASSY, files=[("annex.pdf", PDF)])
    attached = letter.attachments.get()
    answer = secretariat.post(f"/letters/{letter.pk}/preview/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    text = pdfium.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()
    assert "draft, not approved" in text
    assert "annex.pdf" in text
    letter = operations.approve_letter(letter, by=CONSOLE, at=NOW)
    for address, digest in (
        ("paper/pdf/", letter.pdf and letter.pdf.digest),
        ("paper/docx/", letter.docx and letter.docx.digest),
        (f"files/{attached.pk}/", hashlib.sha256(PDF).hexdigest()),
    ):
        answer = secretariat.post(f"/letters/{letter.pk}/{address}")
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer.headers["X-IISG-Marking"] == "TLP:GREEN"
        assert hashlib.sha256(content).hexdigest() == digest
    assert Event.objects.filter(name="letters.paper_taken").count() == 3
    assert Event.objects.filter(name="letters.preview_taken").count() == 1
    assert secretariat.post(f"/letters/{letter.pk}/paper/odt/").status_code == 404
    assert secretariat.post(f"/letters/{letter.pk + 1}/paper/pdf/").status_code == 404


def test_a_file_of_another_letter_is_not_found(secretariat: Client) -> None:
    other = draft(EMBASSY, files=[("annex.pdf", PDF)]).attachments.get()
    letter = draft(EMBASSY)
    assert secretariat.post(f"/letters/{letter.pk}/files/{other.pk}/").status_code == 404
    assert secretariat.post(f"/letters/{letter.pk}/files/{other.pk}/detach/").status_code == 404
    person = other.letter.recipients.get()
    assert secretariat.post(f"/letters/{letter.pk}/to/{person.pk}/posted/").status_code == 404


def test_a_file_is_taken_away_from_a_draft_but_from_no_letter(secretariat: Client) -> None:
    letter = draft(EMBASSY, files=[("annex.pdf", PDF), ("second.pdf", PDF)])
    first, second = letter.attachments.all()
    secretariat.post(f"/letters/{letter.pk}/files/{first.pk}/detach/")
    assert list(letter.attachments.all()) == [second]
    operations.approve_letter(letter, by=CONSOLE, at=NOW)
    answer = secretariat.post(f"/letters/{letter.pk}/files/{second.pk}/detach/", follow=True)
    assert "does not change any more" in answer.content.decode()
    assert letter.attachments.count() == 1


def test_the_page_asks_as_often_for_fifty_addressees_as_for_one(secretariat: Client) -> None:
    def asked(letter: Letter) -> int:
        with CaptureQueriesContext(connection) as found:
            page(secretariat, letter)
        return len(found)

    def full(number: int) -> Letter:
        people = [Addressee(f"Office {n}", f"office{n}@example.org") for n in range(number)]
        letter = sent(*people, files=[(f"{n}.pdf", PDF) for n in range(number)])
        for _each in range(number):
            incoming(in_reply_to=letter)
        for person in letter.recipients.all():
            Delivery.objects.filter(recipient=person).update(state=DeliveryState.BOUNCED)
            operations.send_again(person, "again@example.org", by=CONSOLE, at=NOW)
        return letter

    page(secretariat, full(1))
    assert asked(full(1)) == asked(full(50))
