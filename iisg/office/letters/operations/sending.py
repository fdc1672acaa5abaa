"""Sending, and what became of it: taken, put off, refused, come back, received."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.jobs.queue import later, later_than
from iisg.office.letters import rules
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import Channel, Delivery, DeliveryState, Letter, Recipient
from iisg.office.letters.operations.receiving import _settle_answered
from iisg.office.letters.signals import delivery_settled

CARRY = "iisg.office.letters.jobs.carry"
PATIENCE = timedelta(minutes=15)
"""After which a worker that has claimed a delivery, or a job that has not come, counts as lost."""

PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""How long to wait after each attempt that the server put off; after the last one it is given up."""


@transaction.atomic
def send_letter(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    """Put the letter on its way to each addressee: by mail where there is an address, else by post or hand."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    require(by, Can.SEND_LETTERS, rules.may_move(letter, "send"))
    letter.flow.make(letter, "send")
    letter.sent_at = at
    letter.save(update_fields=["state", "sent_at"])
    for recipient in letter.recipients.all():
        _put_on_its_way(recipient, at)
    record("letters.letter_sent", by=by, on=letter, at=at, number=letter.number, to=letter.recipients.count())
    _settle_answered(letter, by=by, at=at)
    return letter


@transaction.atomic
def send_again(recipient: Recipient, address: str, *, by: Actor, at: datetime) -> Delivery:
    """One more attempt for one addressee, to the same or to a corrected address ("" for by post or hand)."""
    recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("letter").get(pk=recipient.pk)
    )
    address = address.strip()
    require(by, Can.SEND_LETTERS, rules.may_send_again(recipient.newest_delivery, address))
    before, recipient.email = recipient.email, address
    recipient.save(update_fields=["email"])
    delivery = _put_on_its_way(recipient, at)
    record(
        "letters.letter_sent_again",
        by=by,
        on=recipient.letter,
        at=at,
        recipient=recipient.pk,
        corrected=before != recipient.email,
    )
    return delivery


def _put_on_its_way(recipient: Recipient, at: datetime) -> Delivery:
    by_mail = bool(recipient.email)
    delivery = Delivery.objects.create(
        recipient=recipient,
        channel=Channel.MAIL if by_mail else Channel.BY_HAND,
        address=recipient.email or " ".join(recipient.postal.split())[:500] or recipient.name,
        token=secrets.token_hex(12),
        state=DeliveryState.QUEUED,
        queued_at=at,
    )
    if by_mail:
        later(CARRY, delivery_id=delivery.pk)
    return delivery


@transaction.atomic
def take_up_delivery(delivery: Delivery, *, by: Actor, at: datetime) -> bool:
    """Claim an attempt for one worker; False where another has it, or nothing is left to do."""
    delivery = _locked(delivery)
    require(by, Can.SEND_LETTERS)
    held = delivery.state == DeliveryState.TAKEN_UP and delivery.taken_up_at is not None
    fresh = held and delivery.taken_up_at > at - PATIENCE  # type: ignore[operator]
    early = delivery.state == DeliveryState.POSTPONED and delivery.next_at is not None
    early = early and delivery.next_at > at  # type: ignore[operator]
    if delivery.channel != Channel.MAIL or fresh or early or not Delivery.flow.allows(delivery, "take_up"):
        return False
    delivery.flow.make(delivery, "take_up")
    delivery.taken_up_at, delivery.next_at = at, None
    delivery.tries += 1
    delivery.save()
    record("letters.delivery_taken_up", by=by, on=_letter(delivery), at=at, delivery=delivery.pk)
    return True


@transaction.atomic
def queue_again(*, by: Actor, at: datetime) -> int:
    """Put every delivery that was left behind into the queue again, whatever became of its job; how many there were."""
    require(by, Can.SEND_LETTERS)
    left = Delivery.objects.stuck(at - PATIENCE).filter(channel=Channel.MAIL)
    keys = list(left.values_list("pk", flat=True))
    for key in keys:
        later(CARRY, delivery_id=key)
    if keys:
        left.filter(pk__in=keys).update(queued_anew_at=at)
        record("letters.deliveries_queued_again", by=by, on="letters.delivery", at=at, keys=keys)
    return len(keys)


@transaction.atomic
def note_outcome(delivery: Delivery, posted: Posted, *, by: Actor, at: datetime) -> Delivery:
    """Write down the mail server's answer; what it put off is tried again later, at last given up."""
    delivery = _locked(delivery)
    require(by, Can.SEND_LETTERS)
    if delivery.state != DeliveryState.TAKEN_UP:  # a report or another worker was quicker than this note
        record("letters.answer_without_effect", by=by, on=_letter(delivery), at=at, delivery=delivery.pk)
        return delivery
    delivery.answer = posted.said[:500]
    if posted.fate is Fate.TAKEN:
        delivery.flow.make(delivery, "hand_over")
        delivery.handed_over_at = at
    elif posted.fate is Fate.NEVER:
        delivery.flow.make(delivery, "refuse")
        delivery.settled_at = at
    elif delivery.tries > len(PAUSES):
        delivery.flow.make(delivery, "give_up")
        delivery.settled_at = at
    else:
        delivery.flow.make(delivery, "postpone")
        delivery.next_at = at + PAUSES[delivery.tries - 1]
        later_than(delivery.next_at, CARRY, delivery_id=delivery.pk)
    delivery.save()
    _tell(delivery, "letters.delivery_answered", by=by, at=at)
    return delivery


@transaction.atomic
def note_bounce(delivery: Delivery, said: str, *, by: Actor, at: datetime) -> Delivery:
    """A mail came back: the addressee does not have it. A second report of the same says nothing new."""
    delivery = _locked(delivery)
    require(by, Can.SEND_LETTERS)
    if Delivery.flow.allows(delivery, "bounce"):
        delivery.flow.make(delivery, "bounce")
        delivery.answer, delivery.settled_at = said[:500], at
        delivery.save()
        _tell(delivery, "letters.mail_bounced", by=by, at=at)
    else:
        record("letters.bounce_without_effect", by=by, on=_letter(delivery), at=at, delivery=delivery.pk)
    return delivery


@transaction.atomic
def note_posted(delivery: Delivery, how: str, *, by: Actor, at: datetime) -> Delivery:
    """A letter on paper has left the house: by which post, courier or hand, and when."""
    delivery = _locked(delivery)
    require(by, Can.SEND_LETTERS, rules.may_note_posted(delivery, how))
    delivery.flow.make(delivery, "take_up")
    delivery.flow.make(delivery, "hand_over")
    delivery.taken_up_at = delivery.handed_over_at = at
    delivery.answer = how.strip()[:500]
    delivery.save()
    record("letters.letter_posted", by=by, on=_letter(delivery), at=at, how=delivery.answer)
    return delivery


@transaction.atomic
def note_receipt(delivery: Delivery, proof: str, *, by: Actor, at: datetime) -> Delivery:
    """The addressee has it: the proof says by what that is known (an answer, a sign-in, a receipt)."""
    delivery = _locked(delivery)
    require(by, Can.SEND_LETTERS, rules.may_note_receipt(delivery, proof))
    delivery.flow.make(delivery, "receive")
    delivery.answer, delivery.settled_at = proof.strip()[:500], at
    delivery.save()
    _tell(delivery, "letters.letter_received", by=by, at=at)
    return delivery


def _tell(delivery: Delivery, event: str, *, by: Actor, at: datetime) -> None:
    """Seal what became of it and let the floors above know when it is settled."""
    record(
        event,
        by=by,
        on=_letter(delivery),
        at=at,
        delivery=delivery.pk,
        state=delivery.state,
        said=delivery.answer,
    )
    if delivery.is_settled:
        delivery_settled.send(sender=Delivery, delivery=delivery, at=at)


def _letter(delivery: Delivery) -> Letter:
    return delivery.recipient.letter


def _locked(delivery: Delivery) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",)).select_related("recipient__letter")
    return found.get(pk=delivery.pk)
