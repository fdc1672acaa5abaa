"""Letters that the house words itself: by kind and language, to one circle or to all who are told of an occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.office.documents.models import Version
from iisg.office.letters import rules
from iisg.office.letters.addressing import Addressee, circle, occasion, without_doubles
from iisg.office.letters.decided import lines_of, worded_with
from iisg.office.letters.languages import shared_language
from iisg.office.letters.models import KindWording, Letter, Told
from iisg.office.letters.operations.sending import send_letter
from iisg.office.letters.operations.writing import approve_letter, draft_letter


@transaction.atomic
def issue_letter(
    kind: str,
    facts: Mapping[str, Any],
    people: Sequence[Addressee],
    *,
    by: Actor,
    at: datetime,
    about: models.Model | None = None,
    copies: Sequence[Addressee] = (),
    language: str = "",
    answer_due_on: date | None = None,
    attachments: Sequence[Version] = (),
) -> Letter:
    """Write, approve and send a letter of a kind in one deed; KeyError where a fact of its wording is missing.

    Without a `language` it is written in the one that those it goes to share, else in English.
    """
    require(by, Can.SEND_LETTERS)
    wanted = language or shared_language([*people, *copies], timezone.localtime(at).date())
    worded = worded_with(kind, wanted, facts, people)
    letter = draft_letter(
        worded.subject,
        worded.body,
        people,
        by=by,
        at=at,
        kind=kind,
        language=worded.language,
        about=about,
        copies=copies,
        answer_due_on=answer_due_on,
        attachments=attachments,
    )
    record("letters.letter_issued", by=by, on=letter, at=at, kind=kind)
    return send_letter(approve_letter(letter, by=by, at=at), by=by, at=at)


@transaction.atomic
def tell(
    of: str,
    subject: models.Model,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    told_by: str = "",
) -> Letter | None:
    """Tell the circles that are told of an occasion about its record; None where nobody is to be told or found.

    Whom another occasion, `told_by`, tells of the same in the same deed is not told twice.
    """
    require(by, Can.SEND_LETTERS)
    what = occasion(of)
    direct: list[Addressee] = []
    copied: list[Addressee] = []
    told = {line.circle for line in lines_of(told_by) if line.active} if told_by else set()
    for line in lines_of(of):
        if line.active and line.circle not in told:
            (copied if line.as_copy else direct).extend(circle(line.circle).members(subject))
    if not direct and not copied:
        record("letters.nobody_told", by=by, on=subject, at=at, occasion=of)
        return None
    if not direct:
        direct, copied = copied, []
    return issue_letter(
        what.kind, facts, without_doubles(direct), by=by, at=at, about=subject, copies=without_doubles(copied)
    )


@transaction.atomic
def word_kind(
    kind: str, language: str, subject: str, body: str, *, by: Actor, at: datetime
) -> KindWording | None:
    """Word a kind of letter anew in a language; with both texts empty the house's own wording holds again."""
    emptied = not subject.strip() and not body.strip()
    require(by, Can.WORD_LETTERS, [] if emptied else rules.may_word(kind, subject, body))
    known = KindWording.objects.select_for_update().filter(kind=kind, language=language)
    if emptied:
        known.delete()
        record("letters.wording_taken_back", by=by, on=f"letters.wording:{kind}.{language}", at=at)
        return None
    worded = known.first() or KindWording(kind=kind, language=language)
    before = {"subject": worded.subject, "body": worded.body}
    worded.subject, worded.body = subject.strip()[:250], body.strip()
    worded.changed_at, worded.changed_by_label = at, by.label[:200]
    worded.save()
    record("letters.kind_worded", by=by, on=f"letters.wording:{kind}.{language}", at=at, before=before)
    return worded


@transaction.atomic
def set_told(of: str, circle_slug: str, active: bool, as_copy: bool, *, by: Actor, at: datetime) -> Told:
    """Decide whether a circle is told of an occasion, and whether in copy."""
    require(by, Can.WORD_LETTERS, rules.may_tell(occasion(of), circle_slug))
    line, _new = Told.objects.update_or_create(
        occasion=of,
        circle=circle_slug,
        defaults={
            "active": active,
            "as_copy": as_copy,
            "changed_at": at,
            "changed_by_label": by.label[:200],
        },
    )
    record(
        "letters.told_decided",
        by=by,
        on=f"letters.occasion:{of}",
        at=at,
        circle=circle_slug,
        active=active,
        as_copy=as_copy,
    )
    return line
