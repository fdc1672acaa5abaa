"""Silent written procedures from the notice to the register, with a real mail server (rules.md 3)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2 as pdfium
import pytest
from django.conf import LazySettings
from django.conf import settings as settings_of_django
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections, connection
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.audit.trail import first_broken
from iisg.governance.board import clock, operations
from iisg.governance.board.factories import holder, make_board, make_proposal, make_silence
from iisg.governance.board.log import stands
from iisg.governance.board.models import Decision, Outcome, Position, Seat, Silence
from iisg.governance.board.proving import package
from iisg.governance.board.silence import Standing
from iisg.governance.board.silence_page import shown
from iisg.governance.meetings.models import AgendaItem
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file
from iisg.office.letters.bounces import read_report
from iisg.office.letters.models import Delivery, Letter
from iisg.office.letters.operations import note_bounce
from tests.mailserver import Server, mail_server
from tests.worker import work_off_the_queue

SECOND = timedelta(seconds=1)


@pytest.fixture
def mails(settings: LazySettings) -> Iterator[Server]:
    """A real server, to which the house sends."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.MAIL_BOUNCES, settings.MAIL_DOMAIN = "bounces@iisg.example.org", "iisg.example.org"
        yield server


def fresh(silence: Silence) -> Silence:
    """Everything anew from the database."""
    return Silence.objects.with_log().get(pk=silence.pk)


def say(
    silence: Silence, seat: Seat, value: str, at: datetime, reason: str = "", capacity: str = "representative"
) -> Position:
    """A seat speaks for itself."""
    held, user = holder(seat, capacity)
    return operations.take_position(silence, held, value, reason, silence.digest, by=user, at=at)


def kinds_about(silence: Silence) -> list[str]:
    return list(Letter.objects.about(silence).order_by("pk").values_list("kind", flat=True))


def verified(content: bytes, folder: Path) -> int:
    """The exit code of the verifier that travels with a package, run apart from the house."""
    with ZipFile(BytesIO(content)) as archive:
        archive.extract("verify.py", folder)
    (folder / "package.zip").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "verify.py", "package.zip"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "REFUSED" not in done.stdout, done.stdout
    return done.returncode


@pytest.mark.django_db
def test_silence_that_reached_everybody_is_consent_also_while_the_worker_stands_still(
    mails: Server, tmp_path: Path
) -> None:
    seats, began = make_board(), timezone.now()
    silence = make_silence(began)
    work_off_the_queue()
    assert len(mails.to("representative@albania.example")) == 1
    assert len(mails.to("alternate@serbia.example")) == 1, "an alternate receives everything too"
    notice = mails.to("representative@albania.example")[0]
    assert any(part.get_filename() == "methodology.pdf" for part in notice.iter_attachments())
    say(silence, seats[0], "no_objection", began + timedelta(days=1), "A word on page 2.", "alternate")
    ends = fresh(silence).ends_at
    assert "let" not in shown(fresh(silence), ends - SECOND).word
    assert stands(fresh(silence), ends - SECOND).standing is Standing.OPEN
    late = shown(fresh(silence), ends + timedelta(days=3))
    assert (late.standing, Decision.objects.count()) == ("adopted", 0), (
        "nothing is recorded, the page knows it"
    )
    clock.settle_silences(ends + timedelta(days=3))
    decision = Decision.objects.get()
    assert decision.number == f"MET-{timezone.localtime(ends).year}-001"
    assert decision.decided_at == ends
    assert decision.effective_on == timezone.localtime(ends).date()
    assert decision.digest == silence.digest
    told = {one["seat"]: one["said"] for one in decision.positions}
    assert told["albania"].startswith("no objection")
    assert set(told.values()) == {told["albania"], "silent, deemed agreed"}
    assert decision.extract is not None
    pages = pdfium.PdfDocument(BytesIO(bytes(decision.extract.content)))
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert decision.number in words
    assert "silent, deemed agreed" in words
    assert "Kosovo*" in words
    assert "without prejudice to positions on status" in words
    [item] = AgendaItem.objects.filter(about=f"board.decision:{decision.number}")
    assert item.kind == "information"
    assert verified(package(decision), tmp_path) == 0
    work_off_the_queue()
    result = mails.to("representative@kosovo.example")[-1]
    assert decision.number in str(result["Subject"])
    assert first_broken() is None


@pytest.mark.django_db
def test_one_second_before_the_end_an_objection_breaks_and_at_the_end_it_is_late(mails: Server) -> None:
    seats, began = make_board(), timezone.now()
    silence, other = make_silence(began), make_silence(began)
    work_off_the_queue()
    ends = fresh(silence).ends_at
    said = say(silence, seats[1], "objection", ends - SECOND, "Article 3 goes too far.")
    assert not said.late
    assert fresh(silence).state == "broken"
    assert fresh(silence).ended_at == ends - SECOND
    assert fresh(silence).proposal.state == "draft", "a new text is a new procedure"
    assert kinds_about(silence)[-1] == "board-silence-broken"
    work_off_the_queue()
    body = mails.to("alternate@serbia.example")[-1].get_body(("plain",))
    assert body is not None
    assert "Article 3 goes too far." in body.get_content()
    late = say(other, seats[1], "objection", ends, "Article 3 goes too far.")
    assert late.late
    assert fresh(other).state == "adopted"
    assert [one.pk for one in shown(fresh(other), ends + SECOND).late] == [late.pk]
    after = say(silence, seats[1], "agree", ends + SECOND)
    assert after.late
    assert fresh(silence).state == "broken", "a word after the end takes nothing back"


@pytest.mark.django_db
def test_a_real_bounce_stops_the_clock_and_a_new_full_period_follows(mails: Server) -> None:
    make_board()
    mails.bouncing |= {"representative@montenegro.example", "alternate@montenegro.example"}
    silence = make_silence(timezone.now())
    work_off_the_queue()
    assert fresh(silence).state == "open"
    for number, raw in enumerate(list(mails.reports), start=1):
        report = read_report(raw)
        assert report is not None
        note_bounce(Delivery.objects.get(token=report.token), report.said, by=HOUSE, at=timezone.now())
        assert fresh(silence).state == ("open" if number == 1 else "suspended"), (
            "the alternate had it until then"
        )
    page = shown(fresh(silence), timezone.now())
    assert "Montenegro" in page.missing
    assert kinds_about(silence)[-1] == "board-silence-suspended"
    old_end = fresh(silence).ends_at
    assert stands(fresh(silence), old_end + timedelta(days=30)).standing is Standing.SUSPENDED
    mails.bouncing.clear()
    with pytest.raises(RuleRefused, match="missing"):
        operations.resume_silence(silence, "", by=CONSOLE, at=timezone.now())
    again = timezone.now() + timedelta(days=2)
    operations.resume_silence(silence, "The mission gave a new address.", by=CONSOLE, at=again)
    assert fresh(silence).ends_at > old_end
    assert fresh(silence).periods.count() == 2
    for seat in Seat.objects.all():
        operations.record_proof(silence, seat, "Note verbale", by=CONSOLE, at=again + SECOND)
    clock.settle_silences(fresh(silence).ends_at)
    assert fresh(silence).state == "adopted"


@pytest.mark.django_db
def test_without_proof_of_notice_silence_adopts_nothing(mails: Server) -> None:
    make_board()
    mails.busy |= {"representative@montenegro.example", "alternate@montenegro.example"}
    silence = make_silence(timezone.now())
    work_off_the_queue()
    clock.settle_silences(fresh(silence).ends_at)
    assert fresh(silence).state == "suspended"
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_the_end_moves_once_and_only_to_a_later_moment(mails: Server) -> None:
    make_board()
    began = timezone.now()
    silence = make_silence(began)
    ends = fresh(silence).ends_at
    with pytest.raises(RuleRefused, match="later"):
        operations.extend_silence(silence, ends - SECOND, "Holidays", by=CONSOLE, at=began)
    operations.extend_silence(silence, ends + timedelta(days=5), "Holidays", by=CONSOLE, at=began)
    with pytest.raises(RuleRefused, match="once"):
        operations.extend_silence(silence, ends + timedelta(days=9), "More", by=CONSOLE, at=began)
    with pytest.raises(RuleRefused):
        operations.add_text(silence.proposal, "x.pdf", b"%PDF-1.7\n1\n%%EOF", by=CONSOLE, at=began)
    work_off_the_queue()
    assert len(mails.to("alternate@albania.example")) == 2


@pytest.mark.django_db
def test_who_has_no_seat_has_no_voice_and_who_types_for_a_seat_is_shown() -> None:
    seats, at = make_board(), timezone.now()
    silence = make_silence(at)
    observer, officer = make_person(Role.OBSERVER, seats[0].organisation), make_person(Role.SECRETARIAT)
    held, _user = holder(seats[0])
    for by in (observer, officer, holder(seats[1])[1]):
        with pytest.raises(PermissionDenied):
            operations.take_position(silence, held, "objection", "No.", silence.digest, by=by, at=at)
    said = operations.take_position_on_behalf(
        silence, seats[0], "agree", "", silence.digest, "Note verbale 7", by=officer, at=at
    )
    assert (said.capacity, said.speaker, said.typed_by_label) == (
        "on_behalf",
        "Note verbale 7",
        officer.label,
    )
    line = next(one for one in shown(fresh(silence), at).lines if one.ref == seats[0].ref)
    assert line.told, "who has spoken has the notice"


@pytest.mark.django_db
def test_the_silent_are_reminded_three_times_and_nobody_else() -> None:
    seats, began = make_board(), timezone.now()
    silence = make_silence(began)
    say(silence, seats[0], "agree", began + SECOND)
    ends = fresh(silence).ends_at
    hours = int((ends - began).total_seconds() // 3600)
    for hour in range(hours):
        clock.remind_of_silences(began + timedelta(hours=hour))
    letters = Letter.objects.about(silence).filter(kind="board-silence-reminder")
    assert letters.count() == 3
    for letter in letters:
        bodies = set(letter.recipients.values_list("organisation_id", flat=True))
        assert bodies == {seat.organisation_id for seat in seats[1:]}


@pytest.mark.django_db
def test_a_seat_that_asks_for_a_meeting_gets_one_and_the_meeting_decides_by_consensus() -> None:
    seats, at = make_board(), timezone.now()
    silence = make_silence(at)
    say(silence, seats[2], "ask_for_meeting", at + SECOND)
    assert fresh(silence).state == "moved_to_meeting"
    proposal = fresh(silence).proposal
    assert proposal.state == "before_board"
    paper = keep_file("Conclusions", "c.pdf", b"%PDF-1.7\n%%EOF", Origin.RECEIVED, by=CONSOLE, at=at)
    day = timezone.localtime(at).date()

    def decide(outcome: Outcome, **more: object) -> Decision:
        return operations.decide_at_meeting(proposal, outcome, at, day, paper, by=CONSOLE, at=at, **more)  # type: ignore[arg-type]

    with pytest.raises(RuleRefused, match="consensus"):
        decide(Outcome.ADOPTED, objections={seats[0].pk: "No."})
    decision = decide(Outcome.NOT_ADOPTED, reason="No consensus.", objections={seats[0].pk: "No."})
    assert decision.positions == [{"seat": "albania", "name": "Albania", "said": "objects", "reason": "No."}]


@pytest.mark.django_db
def test_silence_decides_only_on_what_is_on_the_list_and_after_the_working_group() -> None:
    make_board()
    at = timezone.now()
    with pytest.raises(RuleRefused, match="closed list"):
        operations.open_silence(make_proposal("other", at), by=CONSOLE, at=at)
    asked = make_proposal("report", at)
    consultation = operations.ask_working_group(asked, (at + timedelta(days=9)).date(), by=CONSOLE, at=at)
    with pytest.raises(RuleRefused, match="still being asked"):
        operations.open_silence(asked, by=CONSOLE, at=at)
    operations.close_consultation(consultation, "Two partners propose a clearer title.", by=CONSOLE, at=at)
    assert operations.open_silence(asked, by=CONSOLE, at=at).state == "open"


WRITERS, ROUNDS = int(os.environ.get("IISG_WRITERS", "8")), int(os.environ.get("IISG_ROUNDS", "4"))


@pytest.mark.skipif(
    not settings_of_django.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="a database in memory has one writer at a time",
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("as_migrated")
def test_many_writers_of_one_position_write_one_row() -> None:
    seats, at = make_board(), timezone.now()
    silence = make_silence(at)
    held, user = holder(seats[0])

    def write(turn: int) -> None:
        try:
            value = ("agree", "recuse")[turn % 2]
            moment = at + timedelta(seconds=turn)
            operations.take_position(silence, held, value, "", silence.digest, by=user, at=moment)
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        for turn in range(ROUNDS):
            list(writers.map(write, [turn] * WRITERS))
    rows = list(Position.objects.filter(silence=silence).order_by("pk").values_list("value", flat=True))
    assert rows == [("agree", "recuse")[turn % 2] for turn in range(ROUNDS)]
