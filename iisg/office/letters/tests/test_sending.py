"""Letters that leave the house: by a real mail server, and what is known of each afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from docx import Document as WordFile

from iisg.foundations.access.actors import CONSOLE, HOUSE, PUBLIC
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.office.letters import operations
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.bounces import read_report
from iisg.office.letters.clock import carry_what_is_left
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import Delivery, DeliveryState, Letter, LetterState
from tests.mailserver import Server
from tests.worker import work_off_the_queue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ANA = Addressee("Ministry of Security", "ana@ministry.example", "Dear Ms Hoxha", "Rruga 1\nTirana")
BEN = Addressee("Agency for Borders", "ben@agency.example")


def letter(
    *people: Addressee, body: str = "{salutation},\n\nwe write to Kosovo* and Шћепан.\n\n- one\n- two"
) -> Letter:
    """An approved and sent letter."""
    draft = operations.draft_letter("An invitation", body, people or (ANA,), by=CONSOLE, at=NOW)
    return operations.send_letter(operations.approve_letter(draft, by=CONSOLE, at=NOW), by=CONSOLE, at=NOW)


def only(sent: Letter) -> Delivery:
    """The newest delivery of a letter to one."""
    return Delivery.objects.filter(recipient__letter=sent).latest("pk")


def test_a_letter_arrives_with_its_pdf_and_says_who_it_is_for(mails: Server) -> None:
    sent = letter()
    work_off_the_queue()
    [mail] = mails.to("ana@ministry.example")
    assert mail["Subject"] == "An invitation [OUT-2026-0001]"
    text = mail.get_body(("plain",))
    assert text is not None
    assert "Dear Ms Hoxha," in text.get_content()
    [pdf] = list(mail.iter_attachments())
    assert pdf.get_filename() == "OUT-2026-0001.pdf"
    content = pdf.get_payload(decode=True)
    assert isinstance(content, bytes)
    page = pdfium.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()
    for words in (
        "OUT-2026-0001",
        "25 November 2026",
        "Dear Ms Hoxha",
        "Шћепан",
        "UNSCR 1244/1999",
        "Tirana",
    ):
        assert words in page
    assert only(sent).state == DeliveryState.HANDED_OVER


def test_the_paper_is_frozen_with_its_digest_and_is_the_same_in_word(mails: Server) -> None:
    sent = letter()
    assert sent.pdf is not None
    assert sent.docx is not None
    event = Event.objects.get(name="letters.letter_approved")
    assert event.facts["digest"] == sent.pdf.digest
    word = "\n".join(each.text for each in WordFile(BytesIO(bytes(sent.docx.content))).paragraphs)
    for words in ("OUT-2026-0001", "Dear Ms Hoxha", "Шћепан", "one", "UNSCR 1244/1999"):
        assert words in word
    assert "{{" not in word
    assert "{%" not in word
    assert b"pdfuaid" in bytes(sent.pdf.content)
    with pytest.raises(RuleRefused, match="does not change"):
        operations.change_draft(sent, "Other", "text", [ANA], by=CONSOLE, at=NOW)


def test_each_addressee_has_a_copy_and_an_outcome_of_its_own(mails: Server) -> None:
    mails.refusing.add("ben@agency.example")
    sent = letter(ANA, BEN)
    work_off_the_queue()
    states = {each.name: each.newest_delivery.state for each in sent.recipients.all() if each.newest_delivery}
    assert states == {ANA.name: DeliveryState.HANDED_OVER, BEN.name: DeliveryState.REFUSED}
    assert list(Letter.objects.not_arrived()) == [sent]


def test_a_real_bounce_says_that_the_letter_did_not_arrive(mails: Server) -> None:
    mails.bouncing.add("ana@ministry.example")
    sent = letter()
    work_off_the_queue()
    assert only(sent).state == DeliveryState.HANDED_OVER
    [raw] = mails.reports
    report = read_report(raw)
    assert report is not None
    assert report.failed
    operations.note_bounce(Delivery.objects.get(token=report.token), report.said, by=HOUSE, at=NOW)
    assert only(sent).state == DeliveryState.BOUNCED
    assert "550 5.1.1 mailbox unavailable" in only(sent).answer
    assert list(Letter.objects.not_arrived()) == [sent]
    # a corrected address, and it has arrived
    again = operations.send_again(sent.recipients.get(), "hoxha@ministry.example", by=CONSOLE, at=NOW)
    work_off_the_queue()
    again.refresh_from_db()
    assert again.state == DeliveryState.HANDED_OVER
    assert len(mails.to("hoxha@ministry.example")) == 1
    assert not Letter.objects.not_arrived().exists()


def test_what_the_server_puts_off_is_tried_again_and_at_last_given_up(mails: Server) -> None:
    mails.busy.add("ana@ministry.example")
    sent = letter()
    work_off_the_queue()
    delivery = only(sent)
    assert delivery.state == DeliveryState.POSTPONED
    assert delivery.next_at is not None
    at = NOW
    for _attempt in range(9):
        delivery.refresh_from_db()
        if delivery.is_settled:
            break
        at += timedelta(days=2)
        assert operations.take_up_delivery(delivery, by=HOUSE, at=at)
        from iisg.office.letters.effects import post_letter

        operations.note_outcome(delivery, post_letter(delivery.pk), by=HOUSE, at=at)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.GIVEN_UP, 6)
    assert "451" in delivery.answer


def test_a_server_that_is_down_loses_nothing(settings: LazySettings, mails: Server) -> None:
    settings.EMAIL_PORT = 1
    sent = letter()
    work_off_the_queue()
    assert only(sent).state == DeliveryState.POSTPONED
    settings.EMAIL_PORT = mails.port
    past = timezone.now() - timedelta(hours=1)
    Delivery.objects.update(next_at=past)
    carry_what_is_left(timezone.now())
    carry_what_is_left(timezone.now())  # once more changes nothing: the job waits already
    assert DBTaskResult.objects.ready().count() == 1
    work_off_the_queue()
    assert only(sent).state == DeliveryState.HANDED_OVER
    assert len(mails.to("ana@ministry.example")) == 1


def test_a_delivery_is_carried_by_one_worker_at_a_time(mails: Server) -> None:
    delivery = only(letter())
    assert operations.take_up_delivery(delivery, by=HOUSE, at=NOW)
    assert not operations.take_up_delivery(delivery, by=HOUSE, at=NOW)
    # a worker that died is relieved after a quarter of an hour
    assert operations.take_up_delivery(delivery, by=HOUSE, at=NOW + timedelta(minutes=16))


def test_without_an_address_a_letter_goes_by_hand_and_waits_for_that(mails: Server) -> None:
    sent = letter(Addressee("Embassy", postal="Street 2\nSkopje"))
    work_off_the_queue()
    delivery = only(sent)
    assert (delivery.channel, delivery.state) == ("by_hand", DeliveryState.QUEUED)
    operations.note_posted(delivery, "Diplomatic courier of 25 November", by=CONSOLE, at=NOW)
    operations.note_receipt(delivery, "Signed by the porter", by=CONSOLE, at=NOW)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RECEIVED


def test_numbers_follow_each_other_by_year_and_drafts_take_none(mails: Server) -> None:
    draft = operations.draft_letter("A thought", "text", [ANA], by=CONSOLE, at=NOW)
    operations.discard_draft(draft, by=CONSOLE, at=NOW)
    assert [letter().number, letter().number] == ["OUT-2026-0001", "OUT-2026-0002"]
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Brussels
    draft = operations.draft_letter("A thought", "text", [ANA], by=CONSOLE, at=new_year)
    assert operations.approve_letter(draft, by=CONSOLE, at=new_year).number == "OUT-2027-0001"


def test_an_answer_that_comes_in_settles_ours(mails: Server) -> None:
    sent = letter()
    answer = operations.register_letter(
        "Our answer", "Ministry", NOW.date(), by=CONSOLE, at=NOW, in_reply_to=sent, sender_reference="12/4"
    )
    sent.refresh_from_db()
    assert (answer.number, sent.state) == ("IN-2026-0001", LetterState.ANSWERED)
    reply = operations.draft_letter("Thanks", "text", [ANA], by=CONSOLE, at=NOW, in_reply_to=answer)
    reply = operations.approve_letter(reply, by=CONSOLE, at=NOW)
    assert reply.pdf is not None
    page = pdfium.PdfDocument(BytesIO(bytes(reply.pdf.content)))[0].get_textpage().get_text_range()
    assert "IN-2026-0001 (12/4)" in page


@pytest.mark.parametrize(
    ("subject", "body", "people", "said"),
    [
        ("", "text", [ANA], "no subject"),
        ("A", "", [ANA], "no text"),
        ("A", "text", [], "goes to nobody"),
        ("A", "Dear {name}", [ANA], "not filled"),
        ("A", "text", [Addressee("X", "not an address")], "no e-mail address"),
        ("A", "text", [Addressee("X", "a@b.example\nBcc: c@d.example")], "no e-mail address"),
    ],
)
def test_a_letter_that_cannot_go_out_says_why(
    subject: str, body: str, people: list[Addressee], said: str
) -> None:
    def write() -> None:
        draft = operations.draft_letter(subject, body, people, by=CONSOLE, at=NOW)
        operations.approve_letter(draft, by=CONSOLE, at=NOW)

    with pytest.raises(RuleRefused, match=said):
        write()


def test_who_may_not_write_letters_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        operations.draft_letter("A", "text", [ANA], by=PUBLIC, at=NOW)
    assert not Letter.objects.exists()


def test_every_step_is_sealed(mails: Server) -> None:
    letter()
    work_off_the_queue()
    assert first_broken() is None
    names = list(Event.objects.filter(name__startswith="letters.").values_list("name", flat=True))
    assert names == [
        "letters.letter_drafted",
        "letters.letter_approved",
        "letters.letter_sent",
        "letters.delivery_taken_up",
        "letters.delivery_answered",
    ]


def test_a_fault_of_the_house_is_tried_again_and_refuses_no_addressee(
    mails: Server, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "nobody", "wrong"
    letter()
    work_off_the_queue()
    first = Delivery.objects.latest("pk")
    assert first.state == DeliveryState.POSTPONED
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""

    def broken(*args: object) -> str:
        raise LookupError("nothing there")

    monkeypatch.setattr("iisg.office.letters.effects.text_for", broken)
    letter()
    work_off_the_queue()
    second = Delivery.objects.latest("pk")
    assert (second.state, second.answer) == (DeliveryState.POSTPONED, "LookupError: nothing there")


def test_a_report_that_is_quicker_than_our_own_note_keeps_the_last_word(mails: Server) -> None:
    delivery = only(letter())
    operations.take_up_delivery(delivery, by=HOUSE, at=NOW)
    operations.note_bounce(delivery, "550 5.1.1 unknown", by=HOUSE, at=NOW)
    operations.note_outcome(delivery, Posted(Fate.TAKEN), by=HOUSE, at=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.BOUNCED, "550 5.1.1 unknown")


def test_a_list_of_letters_reads_no_file(mails: Server) -> None:
    draft = operations.draft_letter("A", "b", [ANA], by=CONSOLE, at=NOW, files=[("a.pdf", b"%PDF-1.7")])
    operations.approve_letter(draft, by=CONSOLE, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        [found] = Letter.objects.with_facts()
        assert [each.version.digest for each in found.attachments.all()]
    assert not [query for query in asked if '"content"' in query["sql"]]
