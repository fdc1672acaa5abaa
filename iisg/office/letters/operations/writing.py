"""Drafting a letter and freezing it: until it is approved it has neither number nor paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file
from iisg.office.letters import paper, rules
from iisg.office.letters.addressing import Addressee, without_doubles
from iisg.office.letters.kinds import kind_of
from iisg.office.letters.models import (
    Attachment,
    Direction,
    Letter,
    LetterState,
    Purpose,
    Recipient,
    Series,
)
from iisg.office.letters.models.letter import folded, reference_to


@transaction.atomic
def draft_letter(
    subject: str,
    body: str,
    people: Sequence[Addressee],
    *,
    by: Actor,
    at: datetime,
    kind: str = "free",
    language: str = "en",
    purpose: Purpose | str = "",
    about: models.Model | None = None,
    copies: Sequence[Addressee] = (),
    answer_due_on: date | None = None,
    in_reply_to: Letter | None = None,
    attachments: Sequence[Version] = (),
    files: Sequence[tuple[str, bytes]] = (),
) -> Letter:
    """Begin a letter. The text may name {salutation} and {recipient}, which each addressee's copy fills."""
    require(by, Can.WRITE_LETTERS, rules.may_draft(subject, [*people, *copies]))
    letter = Letter.objects.create(
        direction=Direction.OUT,
        numbered=kind_of(kind).numbered,
        kind=kind,
        language=language,
        subject=subject.strip()[:250],
        body=body,
        about=reference_to(about) if about is not None else "",
        purpose=purpose or kind_of(kind).purpose,
        state=LetterState.DRAFT,
        in_reply_to=in_reply_to,
        answer_due_on=answer_due_on,
        drafted_by_label=by.label[:200],
        drafted_at=at,
    )
    _address(letter, people, copies)
    Attachment.objects.bulk_create(
        Attachment(letter=letter, version=each, title=each.document.title) for each in attachments
    )
    record("letters.letter_drafted", by=by, on=letter, at=at, kind=kind, about=letter.about)
    _attach(letter, files, by=by, at=at)
    return letter


@transaction.atomic
def change_draft(
    letter: Letter,
    subject: str,
    body: str,
    people: Sequence[Addressee],
    *,
    by: Actor,
    at: datetime,
    copies: Sequence[Addressee] = (),
    answer_due_on: date | None = None,
    purpose: Purpose | str = "",
    files: Sequence[tuple[str, bytes]] = (),
) -> Letter:
    """Put a new text and new addressees into a draft."""
    letter = _locked(letter)
    findings = [*rules.may_change(letter), *rules.may_draft(subject, [*people, *copies])]
    require(by, Can.WRITE_LETTERS, findings)
    letter.subject, letter.body, letter.answer_due_on = subject.strip()[:250], body, answer_due_on
    letter.purpose = purpose or letter.purpose
    letter.save()
    letter.recipients.all().delete()
    _address(letter, people, copies)
    record("letters.draft_changed", by=by, on=letter, at=at)
    _attach(letter, files, by=by, at=at)
    return letter


@transaction.atomic
def attach_files(
    letter: Letter, files: Sequence[tuple[str, bytes]], *, by: Actor, at: datetime
) -> list[Attachment]:
    """Put files, (name, bytes) each, to a draft."""
    letter = _locked(letter)
    require(by, Can.WRITE_LETTERS, rules.may_change(letter))
    return _attach(letter, files, by=by, at=at)


@transaction.atomic
def detach_file(attachment: Attachment, *, by: Actor, at: datetime) -> Letter:
    """Take a file away from a draft; the file itself stays kept."""
    letter = _locked(attachment.letter)
    require(by, Can.WRITE_LETTERS, rules.may_change(letter))
    digest = attachment.version.digest
    attachment.delete()
    record("letters.file_detached", by=by, on=letter, at=at, digest=digest)
    return letter


@transaction.atomic
def approve_letter(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    """Freeze the text: the letter gets its number, and its PDF and DOCX are made and kept with their digests."""
    letter = _locked(letter)
    require(by, Can.APPROVE_LETTERS, [*rules.may_approve(letter), *paper.wrong_on_paper(letter, at)])
    letter.flow.make(letter, "approve")
    letter.approved_at, letter.approved_by_label = at, by.label[:200]
    if letter.numbered:
        letter.number = _next_number(Direction.OUT, at)
        pdf = paper.as_pdf(letter, at)
        letter.pdf = keep_file(letter.subject, f"{letter.number}.pdf", pdf, Origin.MADE, by=by, at=at)
        word = paper.as_docx(letter, at)
        letter.docx = keep_file(letter.subject, f"{letter.number}.docx", word, Origin.MADE, by=by, at=at)
    letter.save()
    digest = letter.pdf.digest if letter.pdf else ""
    record("letters.letter_approved", by=by, on=letter, at=at, number=letter.number, digest=digest)
    return letter


@transaction.atomic
def discard_draft(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    """Put a draft aside; it stays readable and never gets a number."""
    letter = _locked(letter)
    require(by, Can.WRITE_LETTERS, rules.may_move(letter, "discard"))
    letter.flow.make(letter, "discard")
    letter.save(update_fields=["state"])
    record("letters.draft_discarded", by=by, on=letter, at=at)
    return letter


def _attach(
    letter: Letter, files: Sequence[tuple[str, bytes]], *, by: Actor, at: datetime
) -> list[Attachment]:
    attached = []
    for name, content in files:
        version = keep_file(name, name, content, Origin.RECEIVED, by=by, at=at)
        attached.append(Attachment.objects.create(letter=letter, version=version, title=version.file_name))
        record(
            "letters.file_attached", by=by, on=letter, at=at, file=version.file_name, digest=version.digest
        )
    return attached


def _address(letter: Letter, people: Sequence[Addressee], copies: Sequence[Addressee]) -> None:
    """Write the addressees; one address is written to once, directly rather than in copy."""
    direct = without_doubles(list(people))
    known = {person.email.lower() for person in direct if person.email}
    in_copy = [person for person in without_doubles(list(copies)) if person.email.lower() not in known]
    Recipient.objects.bulk_create(
        Recipient(
            letter=letter,
            organisation_id=person.organisation_key,
            name=person.name[:200],
            folded=folded(person.name[:200]),
            email=person.email,
            postal=person.postal,
            salutation=person.salutation[:200],
            is_copy=is_copy,
        )
        for group, is_copy in ((direct, False), (in_copy, True))
        for person in group
    )


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter.pk)


def _next_number(direction: Direction, at: datetime) -> str:
    """The next number of a register, "OUT-2026-0001": one series for each year, without a hole and never twice."""
    year = timezone.localtime(at).year
    series, _new = Series.objects.select_for_update().get_or_create(direction=direction, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{direction.upper()}-{year}-{series.last:04d}"
