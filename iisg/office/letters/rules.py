"""What must hold before a letter is approved, sent, answered or closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.office.letters.addressing import Addressee, Occasion
from iisg.office.letters.kinds import kind_of, wrong_in
from iisg.office.letters.models import Channel, Delivery, DeliveryState, Letter, LetterState


def error(code: str, message: str, cure: str = "") -> Finding:
    """A refusing finding about letters."""
    return Finding(Grade.ERROR, f"letters.{code}", message, cure=cure)


def may_draft(subject: str, people: Sequence[Addressee]) -> Iterator[Finding]:
    """A letter has a subject, and addresses that can be written to."""
    if not subject.strip():
        yield error("no-subject", _("The letter has no subject."), _("Say in a few words what it is about."))
    for person in people:
        if not person.name.strip():
            yield error("no-name", _("An addressee has no name."), _("Write a name or an office."))
        yield from may_write_to(person.email)


def may_write_to(address: str) -> Iterator[Finding]:
    """An e-mail address, where there is one, is well formed and plain."""
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        yield error(
            "bad-address",
            _("“%(address)s” is no e-mail address.") % {"address": address},
            _("Write it as name@example.org, or leave it out and send the letter by post."),
        )


def may_change(letter: Letter) -> Iterator[Finding]:
    """Only a draft changes; an approved text is frozen."""
    if letter.state != LetterState.DRAFT:
        yield error(
            "frozen",
            _("%(letter)s is %(state)s; its text does not change any more.")
            % {"letter": letter, "state": letter.get_state_display()},
            _("Write a new letter that corrects it."),
        )


def may_set(letter: Letter) -> Iterator[Finding]:
    """A subject, and a text without open places: what can be set on paper."""
    if not letter.subject.strip():
        yield error("no-subject", _("The letter has no subject."), _("Say in a few words what it is about."))
    if not letter.body.strip():
        yield error("no-text", _("The letter has no text."), _("Write it, then approve."))
    for finding in wrong_in(kind_of("free"), letter.body):
        yield error(
            "open-place", _("A place in the text is not filled: %(what)s") % {"what": finding.message}
        )


def may_approve(letter: Letter) -> Iterator[Finding]:
    """A draft that can be set, with somebody to go to."""
    yield from may_change(letter)
    yield from may_set(letter)
    if not letter.recipients.filter(is_copy=False).exists():
        yield error("to-nobody", _("The letter goes to nobody."), _("Name an addressee."))


def may_move(letter: Letter, move: str) -> Iterator[Finding]:
    """The letter's state allows the move."""
    if not Letter.flow.allows(letter, move):
        yield error(
            "state",
            _("%(letter)s is %(state)s, so this cannot be done now.")
            % {"letter": letter, "state": letter.get_state_display()},
            _("Look at the letter's page: what was done stands there."),
        )


def may_send_again(delivery: Delivery | None, address: str) -> Iterator[Finding]:
    """What was sent once, while no mail is under way; to an address that is well formed.

    What still waits to be posted may go by mail instead; then nothing waits to be posted any more.
    """
    yield from may_write_to(address)
    if delivery is None:
        yield error("not-sent", _("The letter has not been sent yet."), _("Send it first."))
    elif not delivery.is_settled and not (delivery.channel == Channel.BY_HAND and address):
        yield error(
            "under-way", _("An attempt is under way."), _("Wait until it is known what became of it.")
        )


def may_note_posted(delivery: Delivery, how: str) -> Iterator[Finding]:
    """A letter on paper that has not left the house, and how it does."""
    if not how.strip():
        yield error(
            "no-way", _("Nothing says how it left."), _("Name the post, courier or hand, and the day.")
        )
    waits = delivery.channel == Channel.BY_HAND and delivery.state == DeliveryState.QUEUED
    if not waits or not delivery.is_newest:
        yield error("not-by-hand", _("Nothing waits to be posted here."))


def may_note_receipt(delivery: Delivery, proof: str) -> Iterator[Finding]:
    """What has left the house, and by what it is known that it came."""
    if not proof.strip():
        yield error(
            "no-proof", _("Nothing says by what that is known."), _("Name the receipt or the answer.")
        )
    if not Delivery.flow.allows(delivery, "receive"):
        yield error("not-out", _("This attempt has not left the house, or it is known to have failed."))


def may_register(subject: str, sender: str, received_on: date, today: date) -> Iterator[Finding]:
    """A letter in has a subject, a sender, and a day that is not to come."""
    if not subject.strip():
        yield error("no-subject", _("The letter has no subject."), _("Say in a few words what it is about."))
    if not sender.strip():
        yield error("no-sender", _("The letter has no sender."), _("Say who wrote it."))
    if received_on > today:
        yield error("future", _("The day of receipt is still to come."), _("Give the day on which it came."))


def needs_note(note: str) -> Iterator[Finding]:
    """A letter is not put aside without a word."""
    if not note.strip():
        yield error("no-note", _("Nothing says how it ended."), _("Say it in a sentence."))


def may_word(kind: str, subject: str, body: str) -> Iterator[Finding]:
    """A wording has a text, a subject unless letters of its kind find their own, and names only what they know."""
    if not body.strip():
        yield error("no-wording", _("The wording is empty."), _("Write it, or take the house's own again."))
    if not subject.strip() and kind_of(kind).wording.subject:
        yield error("no-wording", _("The wording has no subject."), _("Say in a few words what it is about."))
    for text in (subject, body):
        yield from wrong_in(kind_of(kind), text)


def may_tell(of: Occasion, circle: str) -> Iterator[Finding]:
    """An occasion reaches the circles that it names, no other."""
    if circle not in of.circles:
        yield error("no-circle", _("“%(occasion)s” does not reach that circle.") % {"occasion": of.label})
