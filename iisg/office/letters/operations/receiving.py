"""Letters that come in, and how letters end: acknowledged, answered, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file
from iisg.office.letters import rules
from iisg.office.letters.models import Attachment, Direction, Letter, LetterState, Purpose
from iisg.office.letters.models.letter import reference_to
from iisg.office.letters.operations.writing import _next_number
from iisg.office.letters.signals import letter_settled


@transaction.atomic
def register_letter(
    subject: str,
    sender: str,
    received_on: date,
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation | None = None,
    sender_reference: str = "",
    dated_on: date | None = None,
    purpose: Purpose | str = Purpose.INFORMATION,
    summary: str = "",
    answer_due_on: date | None = None,
    in_reply_to: Letter | None = None,
    about: models.Model | None = None,
    files: tuple[tuple[str, bytes], ...] = (),
) -> Letter:
    """Enter a letter that came in; one that answers ours takes over what ours was about and settles it."""
    today = timezone.localtime(at).date()
    require(by, Can.WRITE_LETTERS, rules.may_register(subject, sender, received_on, today))
    letter = Letter.objects.create(
        direction=Direction.IN,
        number=_next_number(Direction.IN, at),
        subject=subject.strip()[:250],
        body=summary,
        sender=sender.strip()[:200],
        organisation=organisation,
        sender_reference=sender_reference.strip()[:100],
        dated_on=dated_on,
        received_on=received_on,
        purpose=purpose,
        answer_due_on=answer_due_on,
        in_reply_to=in_reply_to,
        about=reference_to(about) if about is not None else in_reply_to.about if in_reply_to else "",
        state=LetterState.REGISTERED,
        drafted_by_label=by.label[:200],
        drafted_at=at,
    )
    for name, content in files:
        version = keep_file(name, name, content, Origin.RECEIVED, by=by, at=at)
        Attachment.objects.create(letter=letter, version=version, title=version.file_name)
    record("letters.letter_registered", by=by, on=letter, at=at, number=letter.number)
    _settle_answered(letter, by=by, at=at)
    return letter


@transaction.atomic
def acknowledge_letter(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    """An addressee says that the letter has arrived."""
    letter = _locked(letter)
    require(by, Can.WRITE_LETTERS, rules.may_move(letter, "acknowledge"))
    letter.flow.make(letter, "acknowledge")
    letter.save(update_fields=["state"])
    record("letters.letter_acknowledged", by=by, on=letter, at=at)
    return letter


@transaction.atomic
def assign_letter(letter: Letter, to: User, *, by: Actor, at: datetime) -> Letter:
    """Put a letter on an officer's desk."""
    letter = _locked(letter)
    require(by, Can.WRITE_LETTERS, rules.may_move(letter, "assign"))
    letter.flow.make(letter, "assign")
    letter.assigned_to = to
    letter.save(update_fields=["state", "assigned_to"])
    record("letters.letter_assigned", by=by, on=letter, at=at, to=to.label)
    return letter


@transaction.atomic
def answer_letter(letter: Letter, note: str, *, by: Actor, at: datetime) -> Letter:
    """Say that a letter is answered, and by what."""
    letter = _locked(letter)
    require(by, Can.WRITE_LETTERS, [*rules.may_move(letter, "answer"), *rules.needs_note(note)])
    return _settle(letter, "answer", note, by=by, at=at)


@transaction.atomic
def close_letter(letter: Letter, note: str, *, by: Actor, at: datetime) -> Letter:
    """Put a letter aside without an answer, with the reason."""
    letter = _locked(letter)
    require(by, Can.WRITE_LETTERS, [*rules.may_move(letter, "close"), *rules.needs_note(note)])
    return _settle(letter, "close", note, by=by, at=at)


def _settle(letter: Letter, move: str, note: str, *, by: Actor, at: datetime) -> Letter:
    """End a letter as answered or closed; the verb that calls has asked whether it may."""
    letter.settle(move, note, at)
    letter.save(update_fields=["state", "settled_at", "settled_note"])
    record("letters.letter_settled", by=by, on=letter, at=at, state=letter.state, note=letter.settled_note)
    letter_settled.send(sender=Letter, letter=letter, at=at)
    return letter


def _settle_answered(answer: Letter, *, by: Actor, at: datetime) -> None:
    """End the letter that another one answers, in whichever direction; one that is ended already stays as it is."""
    if answer.in_reply_to_id is None:
        return
    answered = Letter.objects.select_for_update().get(pk=answer.in_reply_to_id)
    if answered.direction != answer.direction and Letter.flow.allows(answered, "answer"):
        _settle(answered, "answer", str(answer), by=by, at=at)


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter.pk)
