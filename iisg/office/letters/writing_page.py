"""How the pages on which letters are written begin, and what was said on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.models import Organisation
from iisg.office.documents.several_files import contents
from iisg.office.letters.addressees import as_line, as_lines, organisation_called, reached_at
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.decided import Worded, worded_with, wording_of
from iisg.office.letters.forms.writing import ANSWERED, BODIES, AddressedForm, FactsForm, LetterForm
from iisg.office.letters.kinds import Kind, kind_of
from iisg.office.letters.models import Direction, Letter, LetterState

AT_FIELD = {
    "letters.no-subject": "subject",
    "letters.no-sender": "sender",
    "letters.future": "received_on",
    "letters.no-name": "people",
    "letters.bad-address": "people",
}
"""Findings that belong to one field of a page."""


def asked_kind(slug: str) -> Kind:
    """The kind that an address names; a letter in free words where it names none; Http404 for an unknown one."""
    try:
        return kind_of(slug or "free")
    except KeyError as unknown:
        raise Http404 from unknown


def replied_to(key: str, reader: object) -> Letter | None:
    """The letter in that is answered, by its key in the address."""
    if not key.isdecimal():
        return None
    return Letter.objects.visible_to(reader).filter(direction=Direction.IN, pk=int(key)).first()


def started(
    request: HttpRequest, kind: Kind, language: str, replied: Letter | None, day: date
) -> AddressedForm:
    """The form of a new letter: as sent, with an organisation added, or as it begins."""
    begun: dict[str, Any] = {"purpose": kind.purpose}
    if replied is not None:
        theirs = replied.organisation
        person = reached_at(theirs, day) if theirs else Addressee(replied.sender)
        begun |= {"people": as_line(person), "purpose": "response", "subject": f"Re: {replied.subject}"[:250]}
    if kind.facts:
        form: AddressedForm = FactsForm(kind=kind, **_given(request, begun, day))
        return form
    wording = wording_of(kind.slug, language)
    begun = {"subject": wording.subject, "body": wording.body} | begun
    return LetterForm(**_given(request, begun, day))


def changing(request: HttpRequest, letter: Letter, day: date) -> LetterForm:
    """The form of a draft."""
    people = list(letter.recipients.all())
    begun = {
        "subject": letter.subject,
        "body": letter.body,
        "people": as_lines(person for person in people if not person.is_copy),
        "copies": as_lines(person for person in people if person.is_copy),
        "purpose": letter.purpose,
        "answer_due_on": letter.answer_due_on,
    }
    return LetterForm(**_given(request, begun, day))


def _given(request: HttpRequest, begun: dict[str, Any], day: date) -> dict[str, Any]:
    """What a form is made with; where an organisation is to be added, it is not yet sent but begun anew with it."""
    if request.method != "POST":
        return {"initial": begun}
    wanted, into = request.POST.get("organisation", "").strip(), request.POST.get("add", "")
    if not wanted or into not in ("people", "copies"):
        return {"data": request.POST, "files": request.FILES, "initial": begun}
    typed: dict[str, Any] = request.POST.dict()
    body = organisation_called(wanted)
    line = as_line(reached_at(body, day) if body else Addressee(wanted))
    typed[into] = "\n".join(filter(None, (typed.get(into, "").rstrip(), line)))
    return {"initial": begun | typed | {"organisation": ""}}


def is_to_be_kept(request: HttpRequest, form: forms.Form) -> bool:
    """Whether the form was sent to be kept, and can be read."""
    return request.method == "POST" and form.is_bound and form.is_valid()


def texts(form: AddressedForm, kind: Kind, language: str) -> Worded:
    """Subject and text: as typed, or from the wording with the facts that were said, in English if it is in English."""
    if isinstance(form, FactsForm):
        return worded_with(kind.slug, language, form.facts, form.addressees("people"))
    return Worded(language, form.cleaned_data["subject"], form.cleaned_data["body"])


def expected(form: AddressedForm) -> dict[str, Any]:
    """What is expected of the addressees, and the files."""
    said = form.cleaned_data
    return {
        "purpose": said["purpose"],
        "answer_due_on": said["answer_due_on"],
        "files": contents(said["attached"]),
    }


def tell(form: forms.Form, refused: RuleRefused) -> None:
    """Put each finding to its field, else to the form."""
    for finding in refused.findings:
        field = AT_FIELD.get(finding.code)
        if finding.code.startswith("documents."):
            field = "attached"
        form.add_error(field if field in form.fields else None, f"{finding.message} {finding.cure}".strip())


def open_letters(reader: object) -> list[str]:
    """Numbers of our letters that may still be answered, the newest first."""
    waiting = Letter.objects.visible_to(reader).filter(
        state__in=(LetterState.SENT, LetterState.ACKNOWLEDGED), number__isnull=False
    )
    return [number or "" for number in waiting.order_by("-pk").values_list("number", flat=True)[:200]]


def suggestions() -> dict[str, Any]:
    """Names that the browser offers while one types."""
    bodies = Organisation.objects.confirmed().order_by("name").values_list("name", flat=True)
    return {"bodies": list(bodies), "bodies_id": BODIES, "answered_id": ANSWERED}
