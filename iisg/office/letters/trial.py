"""A test mail: whether mail leaves the house at all, in the words of the mail server."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from iisg.office.letters.effects import Fate, post_note


@dataclass(frozen=True, slots=True)
class Trial:
    """Whether the server has taken it; if not, whether it ever would, and what it said."""

    taken: bool
    refused: bool
    said: str


def send_test_mail(address: str) -> Trial:
    """Send it, and keep nothing."""
    office = {"office": settings.OFFICE_NAME}
    subject = _("Test mail of %(office)s") % office
    text = _("This mail shows that letters of %(office)s can leave the house.") % office
    posted = post_note(address, subject, text)
    return Trial(posted.fate is Fate.TAKEN, posted.fate is Fate.NEVER, posted.said)
