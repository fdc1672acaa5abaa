"""Personal links of applicants: of limited life, and void as soon as the form has another nonce."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import date, datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from iisg.governance.membership.models import Application
from iisg.governance.membership.periods import link_life

_FORM, _ADDRESS = "iisg.membership.form", "iisg.membership.address"
ADDRESS_LIFE = timedelta(hours=48)
"""How long an address may be confirmed; until then nothing is stored."""


def form_token(application: Application) -> str:
    """What the link to a form carries."""
    return signing.dumps([application.pk, application.nonce], salt=_FORM)


def form_link(application: Application) -> str:
    """The link to go on with a form and, once it is handed over, to follow the case."""
    return f"{settings.HOUSE_ADDRESS}{reverse('applicant_enter', args=[form_token(application)])}"


def application_of(token: str, at: datetime) -> Application | None:
    """The form that a link leads to; None where the link is wrong or void."""
    try:
        key, nonce = signing.loads(token, salt=_FORM)
    except (signing.BadSignature, ValueError):
        return None
    return held(key, nonce, at)


def held(key: int, nonce: str, at: datetime) -> Application | None:
    """The form with this key as long as its link works."""
    found = Application.objects.select_related("case__organisation").filter(pk=key, nonce=nonce).first()
    return found if found is not None and still_works(found, at) else None


def still_works(application: Application, at: datetime) -> bool:
    """Until the case is closed, and to the end of its last day after it."""
    last = works_until(application)
    return last is None or timezone.localtime(at).date() <= last


def works_until(application: Application) -> date | None:
    """The last day of a link, in the house's own zone, as its page prints it; None while the case is open."""
    closed = application.case.closed_at if application.case else None
    return timezone.localtime(closed).date() + link_life() if closed else None


def address_link(email: str, at: datetime) -> str:
    """The link that confirms an address; it carries the address itself, sealed, because nothing is stored yet."""
    token = _seal().encrypt_at_time(email.encode(), int(at.timestamp())).decode()
    return f"{settings.HOUSE_ADDRESS}{reverse('applicant_confirm', args=[token])}"


def address_of(token: str, at: datetime) -> str | None:
    """The address that a link confirms; None where the link is wrong or too old."""
    life = int(ADDRESS_LIFE.total_seconds())
    try:
        return _seal().decrypt_at_time(token.encode(), life, int(at.timestamp())).decode()
    except (InvalidToken, UnicodeError):
        return None


def _seal() -> Fernet:
    """Nobody who sees an address of a page in a log reads the mail address out of it."""
    return Fernet(urlsafe_b64encode(salted_hmac(_ADDRESS, "seal", algorithm="sha256").digest()))
