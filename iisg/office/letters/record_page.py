"""What the page of one letter says: whose turn it is, what may be done, whom it reached and how, what it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from iisg.office.letters.forms.deeds import (
    AgainForm,
    AssignForm,
    NoteForm,
    NothingForm,
    PostedForm,
    ReceivedForm,
)
from iisg.office.letters.history import happenings
from iisg.office.letters.languages import language_name
from iisg.office.letters.models import Delivery, Letter, LetterState, Recipient
from iisg.office.letters.paper import paragraphs, read_on_screen
from iisg.office.letters.registers import line_of

Given = Mapping[str, Any] | None
DEEDS = ("approve", "send", "acknowledge", "assign", "answer", "close", "discard")
WAY_DEEDS = ("again", "posted", "received")


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed that may be done now, with what it asks for."""

    name: str
    title: str
    says: str
    form: forms.Form
    kind: str = "secondary"

    @property
    def asks(self) -> bool:
        """Whether something is to be said with it."""
        return bool(self.form.fields)


@dataclass(frozen=True, slots=True)
class Way:
    """One addressee: the newest attempt, those before it, and what may be noted."""

    person: Recipient
    newest: Delivery | None
    earlier: list[Delivery]
    deeds: list[Deed]
    colour: str


def deed_form(name: str, day: date, given: Given = None) -> forms.Form:
    """The form of a deed of the letter."""
    if name == "assign":
        return AssignForm(given, prefix=name, day=day)
    kind = NoteForm if name in ("answer", "close") else NothingForm
    return kind(given, prefix=name)


def way_form(name: str, person: Recipient, given: Given = None) -> forms.Form:
    """The form of a deed about one addressee."""
    prefix = f"{name}-{person.pk}"
    if name == "again":
        return AgainForm(given, prefix=prefix, initial={"address": person.email})
    kind = PostedForm if name == "posted" else ReceivedForm
    return kind(given, prefix=prefix)


def about(letter: Letter, reader: object, day: date, refused: forms.Form | None = None) -> dict[str, Any]:
    """The page; a form that a rule has refused stands where it was filled in."""
    return {
        "letter": letter,
        "line": line_of(letter, day),
        "turn": whose_turn(letter),
        "language": language_name(letter.language),
        "paragraphs": paragraphs(read_on_screen(letter)),
        "ways": ways(letter, refused),
        "deeds": deeds(letter, day, refused),
        "refused": refused,
        "replies": letter.replies.visible_to(reader).order_by("pk"),
        "happenings": happenings(letter, reader),
    }


def whose_turn(letter: Letter) -> str:
    """Who has to do something now."""
    if letter.state == LetterState.ASSIGNED and letter.assigned_to:
        return str(letter.assigned_to)
    words = {
        LetterState.DRAFT: _("the Secretariat, to approve it"),
        LetterState.APPROVED: _("the Secretariat, to send it"),
        LetterState.REGISTERED: _("the Secretariat, to assign or answer it"),
    }
    if letter.state in (LetterState.SENT, LetterState.ACKNOWLEDGED) and letter.answer_due_on:
        return _("the addressee, to answer")
    return words.get(LetterState(letter.state), _("nobody"))


def deeds(letter: Letter, day: date, refused: forms.Form | None = None) -> list[Deed]:
    """What the letter's state allows, and what was tried and refused."""
    out = letter.outward
    words = {
        "approve": (
            _("Approve"),
            _("The text is frozen, the letter gets its number, PDF and Word file are made."),
        ),
        "send": (
            _("Send"),
            _("It goes to each addressee: by mail where there is an address, else by post or hand."),
        ),
        "acknowledge": (_("Note that receipt is acknowledged"), ""),
        "assign": (_("Assign"), _("Put it on an officer's desk.")),
        "answer": (
            _("Note that it is answered"),
            _("Where the answer is a letter, enter that letter; this one is then answered by itself.")
            if out
            else _("Where we answer by a letter, write that letter; this one is answered once it is sent."),
        ),
        "close": (_("Close without an answer"), _("It is put aside and asks for nothing more.")),
        "discard": (_("Discard the draft"), _("It stays readable and never gets a number.")),
    }
    found = []
    for name in DEEDS:
        tried = refused if refused is not None and refused.prefix == name else None
        if tried is not None or Letter.flow.allows(letter, name):
            kind = "primary" if name in ("approve", "send") else "secondary"
            found.append(Deed(name, *words[name], tried or deed_form(name, day), kind))
    return found


def ways(letter: Letter, refused: forms.Form | None = None) -> list[Way]:
    """Each addressee with its attempts, the newest first."""
    found = []
    for person in letter.recipients.all():
        tries = sorted(person.deliveries.all(), key=lambda each: -each.pk)
        newest = tries[0] if tries else None
        found.append(Way(person, newest, tries[1:], _way_deeds(person, newest, refused), _colour(newest)))
    return found


def _way_deeds(person: Recipient, newest: Delivery | None, refused: forms.Form | None) -> list[Deed]:
    if newest is None:
        return []
    allowed = {
        "posted": newest.waits_to_be_posted,
        "received": Delivery.flow.allows(newest, "receive"),
        "again": newest.is_settled or newest.waits_to_be_posted,
    }
    words = {
        "posted": _("Note that it is posted"),
        "received": _("Note that it was received"),
        "again": _("Send it again"),
    }
    found = []
    for name in ("posted", "received", "again"):
        tried = refused if refused is not None and refused.prefix == f"{name}-{person.pk}" else None
        if tried is not None or allowed[name]:
            found.append(Deed(name, words[name], "", tried or way_form(name, person)))
    return found


def _colour(newest: Delivery | None) -> str:
    if newest is None or (not newest.is_settled and not newest.waits_to_be_posted):
        return "grey"
    if newest.waits_to_be_posted:
        return "amber"
    return "red" if newest.has_failed else "green" if newest.state == "received" else "blue"
