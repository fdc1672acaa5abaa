"""What leaves the building: a letter to one addressee by mail, or a plain mail that is no letter.

SMTP tells three things apart, and so do we: taken, not now (4xx, no connection), never (5xx).
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage

from iisg.office.letters.labels import labels_in
from iisg.office.letters.models import Delivery
from iisg.office.letters.paper import text_for


class Fate(StrEnum):
    """What the mail server did with it."""

    TAKEN = "taken"
    NOT_NOW = "not_now"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Posted:
    """The server's answer, in its own words."""

    fate: Fate
    said: str = ""


def post_letter(delivery_id: int) -> Posted:
    """Hand one delivery to the mail server; the same Message-ID each time, so that a second copy is known as one."""
    deliveries = Delivery.objects.select_related("recipient__letter__pdf", "recipient__letter__in_reply_to")
    delivery = deliveries.get(pk=delivery_id)
    letter = delivery.recipient.letter
    subject = f"{letter.subject} [{letter.number}]" if letter.number else letter.subject
    text = text_for(letter, delivery.recipient)
    message = _message(delivery.address, subject, text, delivery.token, letter.language)
    message.extra_headers["Message-ID"] = f"<{delivery.token}@{settings.MAIL_DOMAIN}>"
    if letter.pdf is not None:
        message.attach(letter.pdf.file_name, bytes(letter.pdf.content), letter.pdf.content_type)
    for each in letter.attachments.select_related("version"):
        message.attach(each.version.file_name, bytes(each.version.content), each.version.content_type)
    return _handed_over(message)


def post_note(address: str, subject: str, text: str) -> Posted:
    """Send a mail of which nothing is kept (an address to be confirmed, a link to go on with)."""
    return _handed_over(_message(address, subject, text, ""))


def _message(address: str, subject: str, text: str, token: str, language: str = "en") -> EmailMessage:
    """A mail whose envelope names where a bounce is to go (VERP: the token stands in the address)."""
    labels = labels_in(language)
    closing = f"{labels.sent_by} {labels.office_name}, {labels.house_name}"
    local, _at, domain = settings.MAIL_BOUNCES.partition("@")
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=f"{text}\n\n-- \n{closing}\n",
        from_email=f"{local}+{token}@{domain}" if token else settings.MAIL_BOUNCES,
        to=[address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
        },
    )


def _handed_over(message: EmailMessage) -> Posted:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        return _answered(code, said)
    except smtplib.SMTPDataError as refused:
        return _answered(refused.smtp_code, refused.smtp_error)
    except smtplib.SMTPResponseException as refused:  # our sign-in, our address: nothing about the addressee
        return Posted(Fate.NOT_NOW, _answered(refused.smtp_code, refused.smtp_error).said)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        return Posted(Fate.NOT_NOW, str(fault)[:400] or type(fault).__name__)
    return Posted(Fate.TAKEN)


def _answered(code: int, said: bytes | str) -> Posted:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Posted(Fate.NEVER if 500 <= code < 600 else Fate.NOT_NOW, f"{code} {words}"[:400])
