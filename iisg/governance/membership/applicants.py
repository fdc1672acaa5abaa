"""An applicant as an actor: whoever holds the personal link of a form; the record names the form, not the person."""

from __future__ import annotations

from iisg.foundations.access.actors import HouseActor
from iisg.foundations.access.roles import Can
from iisg.governance.membership.models import Application

STRANGER = HouseActor("somebody who asked for a link", frozenset({Can.APPLY}))
NEWCOMER = HouseActor("somebody who confirmed an address", frozenset({Can.APPLY}))


def _label(form: Application) -> str:
    """Of which case, as soon as there is one; the name of the person stays out of the record."""
    return f"the applicant in case {form.case.ref}" if form.case else f"the applicant of form {form.pk}"


def applicant(form: Application) -> HouseActor:
    """The actor behind a form's link: may fill it in, attach to it, hand it over, withdraw."""
    return HouseActor(_label(form), frozenset({Can.APPLY, Can.KEEP_DOCUMENTS}))
