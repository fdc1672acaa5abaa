"""What has happened to a case, from the sealed events, in words that the applicant may read too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.audit.models import Event
from iisg.governance.membership.models import Case

WORDS: Mapping[str, str | Promise] = {
    "membership.invitation_sent": _("The invitation was sent"),
    "membership.invited_reminded": _("The invitation was recalled to mind"),
    "membership.invitation_lapsed": _("The invitation lapsed"),
    "membership.interest_expressed": _("Interest was expressed"),
    "membership.form_handed_over": _("The form was handed over"),
    "membership.form_handed_back": _("The form was handed back to be completed"),
    "membership.case_complete": _("The form was found complete"),
    "membership.case_assessed": _("The brief assessment was written"),
    "membership.case_listed": _("The case was put on a list to the Board"),
    "membership.case_unlisted": _("The case was taken off that list"),
    "membership.case_deferred": _("The Board put its decision off"),
    "membership.board_answered": _("What the Board asked for was sent"),
    "membership.case_refused": _("The Board did not confirm the membership"),
    "membership.member_admitted": _("Member"),
    "membership.case_withdrawn": _("The case was withdrawn"),
    "membership.agency_notified": _("The agency notified"),
    "membership.agency_checked": _("The agency was checked"),
    "membership.ground_recorded": _("The ground was recorded"),
    "membership.ground_confirmed": _("The ground was confirmed"),
    "membership.board_informed": _("The Board was informed"),
}
"""Events that are steps of a case; what the Secretariat does in between is its own affair."""

_SAID = {
    "membership.form_handed_back": "note",
    "membership.case_deferred": "reason",
    "membership.case_refused": "reason",
    "membership.case_withdrawn": "reason",
}
"""The fact of an event that the step tells besides."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step, when, and what was said."""

    title: str
    at: datetime
    said: str = ""


def steps(case: Case) -> list[Step]:
    """The steps of a case, newest first."""
    events = Event.objects.filter(on=f"{case._meta.label_lower}:{case.ref}", name__in=WORDS).order_by(
        "-number"
    )
    return [
        Step(str(WORDS[event.name]), event.at, str(event.facts.get(_SAID.get(event.name, ""), "") or ""))
        for event in events
    ]
