"""Pages of the Board as its readers meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.freshness import OWN
from iisg.governance.board import operations
from iisg.governance.board.factories import holder, make_board, make_seats, make_silence
from iisg.governance.board.models import Decision, Position, Proposal, Seat, Silence

pytestmark = pytest.mark.django_db


def as_holder(seat: Seat, fresh: bool = True) -> Client:
    """A browser in which somebody who speaks for the seat has signed in, just now or long ago."""
    client = Client()
    client.force_login(holder(seat)[1])
    session = client.session
    session[OWN] = timezone.now().timestamp() - (0 if fresh else 3600)
    session.save()
    return client


def as_officer() -> Client:
    """A browser of the Secretariat."""
    client = Client()
    client.force_login(make_person(Role.SECRETARIAT))
    return client


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_position_is_taken_in_one_step_after_a_fresh_sign_in() -> None:
    seats = make_board()
    silence = make_silence(timezone.now())
    client, address = as_holder(seats[0]), f"/board/silence/{silence.pk}/position/"
    assert "Take a position" in words(client, "/desk/")
    page = words(client, address)
    assert "What is the position of Albania?" in page
    said = {"value": "no_objection", "reason": "A word.", "digest": silence.digest}
    assert client.post(address, {**said, "value": "objection", "reason": ""}).status_code == 200
    assert client.post(address, {**said, "digest": "0" * 64}).status_code == 200
    assert not Position.objects.exists()
    answer = client.post(address, said, follow=True)
    assert "Your position is recorded" in answer.content.decode()
    position = Position.objects.get()
    assert (position.value, position.capacity) == ("no_objection", "representative")
    assert "Take a position" not in words(client, "/desk/")
    stale = as_holder(seats[1], fresh=False)
    assert "Please sign in again" in words(stale, address)
    assert "Please sign in again" in stale.post(address, said).content.decode()
    back = stale.post(address, {"deed": "sign-in-again"})
    assert back.status_code == 302
    assert "/accounts/login/" in back.headers["Location"]
    assert Position.objects.count() == 1


def test_what_comes_after_the_end_is_told_as_late(settings: LazySettings) -> None:
    seats = make_board()
    silence = make_silence(timezone.now() - timedelta(days=40))
    for seat in seats:
        operations.record_proof(silence, seat, "Note", by=CONSOLE, at=silence.opened_at + timedelta(hours=1))
    address = f"/board/silence/{silence.pk}/"
    assert "No seat objected" in words(as_officer(), address), "without a worker"
    said = {"value": "objection", "reason": "No.", "digest": silence.digest}
    answer = as_holder(seats[2]).post(f"{address}position/", said, follow=True)
    assert "kept as late" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_an_officer_drafts_consults_opens_and_looks_after_a_procedure() -> None:
    seats, officer = make_board(), as_officer()
    paper = SimpleUploadedFile("report.pdf", b"%PDF-1.7\nreport\n%%EOF")
    form = {"subject": "report", "title": "Mapping report", "asks": "To adopt the report.", "file": paper}
    address = officer.post("/board/proposals/", form).headers["Location"]
    proposal = Proposal.objects.get()
    assert "Working Group" in words(officer, f"{address}silence/"), "not yet, and why"
    officer.post(f"{address}do/ask/", {"ask-due_on": (timezone.localdate() + timedelta(days=9)).isoformat()})
    partner = as_holder(seats[3])
    partner.post(f"{address}comment/", {"text": "A clearer title, please."})
    assert "A clearer title, please." in words(officer, address)
    officer.post(f"{address}do/close/", {"reason": "One remark, taken over."})
    assert "If it is opened now: until" in words(officer, f"{address}silence/")
    opened = officer.post(f"{address}silence/", {"urgent": "on", "urgency": ""})
    assert "Why it is urgent is missing" in opened.content.decode()
    where = officer.post(f"{address}silence/", {"urgency": ""}).headers["Location"]
    silence = Silence.objects.get()
    assert words(officer, where).count("proven") >= 7
    late = (timezone.localtime(silence.ends_at) + timedelta(days=3)).date().isoformat()
    officer.post(f"{where}do/extend/", {"extend-day": late, "extend-reason": "Holidays."})
    behalf = {
        "behalf-seat": seats[0].pk,
        "behalf-speaker": "Note 7",
        "behalf-value": "agree",
        "behalf-reason": "",
        "behalf-digest": silence.digest,
    }
    officer.post(f"{where}do/behalf/", behalf)
    officer.post(f"{where}do/prove/", {"proof-seat": seats[1].pk, "proof-note": "A call."})
    page = words(officer, where)
    assert "Holidays." in page
    assert "typed by" in page
    officer.post(f"{where}do/move/", {"reason": "The chair wishes it."})
    proposal.refresh_from_db()
    assert proposal.state == "before_board"
    day = timezone.localdate().isoformat()
    conclusions = SimpleUploadedFile("c.pdf", b"%PDF-1.7\nc\n%%EOF")
    said = {"outcome": "adopted", "decided_on": day, "effective_on": day, "file": conclusions}
    where = officer.post(f"{address}decision/", said).headers["Location"]
    assert "adopted" in words(officer, where)
    assert "Mapping report" in words(officer, "/board/decisions/?words=mapping")
    assert officer.post(f"{where}extract/").status_code == 200
    assert officer.post(f"{where}package/").status_code == 200
    assert officer.post("/board/decisions/file/xlsx/").status_code == 200


def test_seats_and_rules_are_kept_by_the_secretariat() -> None:
    seats, officer = make_seats(), as_officer()
    form = {
        "seat": seats[0].pk,
        "capacity": "representative",
        "name": "Ana",
        "email": "ana@albania.example",
        "named_by": "Note",
        "valid_from": "2021-02-01",
    }
    officer.post("/board/seats/", form)
    officer.post(
        "/board/seats/", {**form, "name": "Besa", "email": "besa@albania.example", "valid_from": "2026-01-01"}
    )
    assert "Ana" in words(officer, "/board/seats/?on=2021-02-02").partition("Former holders")[0]
    assert "Besa" in words(officer, "/board/seats/").partition("Former holders")[0]
    officer.post(
        "/board/seats/do/chair/",
        {"chair-name": "The chair", "chair-named_by": "Note", "chair-valid_from": "2026-01-01"},
    )
    assert "Chair: The chair" in words(officer, "/board/seats/")
    rules = {
        "working_days": 8,
        "urgent_days": 4,
        "ends_at": "12:00",
        "subjects": ["report"],
        "note": "Rules of 2027",
    }
    officer.post("/board/rules/", rules)
    assert "Rules of 2027" in words(officer, "/board/rules/")
