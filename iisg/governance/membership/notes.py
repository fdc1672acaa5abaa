"""Mails with a link that leave at once and are not kept: to confirm an address, to go on with a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from iisg.governance.membership.links import address_link, form_link
from iisg.governance.membership.models import Application
from iisg.office.letters.notes import send_note


@dataclass(frozen=True, slots=True)
class Note:
    """A mail as it goes out."""

    address: str
    subject: str
    text: str

    def leaves(self) -> bool:
        """Send it now; False where the mail server does not take it."""
        return send_note(self.address, self.subject, self.text)


def to_confirm(email: str, at: datetime) -> Note:
    """The link that confirms an address. It says the same to an address that the house knows."""
    text = _(
        "Dear Sir or Madam,\n\nsomebody, probably you, has asked for the form by which an organisation expresses its "
        "interest in membership of the IISG. Open this address to begin, or to go on with a form that you have begun; "
        "it works for 48 hours:\n\n%(link)s\n\nUntil then nothing about you is stored. If it was not you, you need "
        "not do anything."
    ) % {"link": address_link(email, at)}
    return Note(email, _("Your form for membership of the IISG"), text)


def to_go_on(form: Application) -> Note:
    """The personal link of a form."""
    text = _(
        "Dear Sir or Madam,\n\nthis is the address of your form for membership of the IISG. Keep it to yourself: "
        "whoever has it can read and change the form. What you have written is there; once the form is handed over, "
        "you follow the case at the same address:\n\n%(link)s"
    ) % {"link": form_link(form)}
    return Note(form.email, _("The address of your form"), text)
