"""What must hold before a judgement is recorded or followed up (rules.md 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.needs.models import COUNTED, Need
from iisg.knowledge.responses.models import Degree, Response


def may_judge(need: Need, degree: str, quantity: Decimal | None, reason: str) -> Iterator[Finding]:
    """A judgement has a reason; a quantified need is answered fully only by a stated quantity."""
    if need.state not in COUNTED:
        yield Finding(
            Grade.ERROR,
            "responses.need-not-counted",
            _("The need is “%(state)s”, so nothing can answer it yet.") % {"state": need.get_state_display()},
        )
    if not reason.strip():
        yield Finding(
            Grade.ERROR,
            "responses.no-reason",
            _("A judgement needs its reason."),
            cure=_("Say in a sentence what of the need the action answers, or why it does not."),
        )
    if quantity is not None and quantity < 0:
        yield Finding(Grade.ERROR, "responses.negative", _("A quantity cannot be negative."))
    if need.quantity is not None and degree == Degree.FULL and quantity is None:
        yield Finding(
            Grade.ERROR,
            "responses.no-quantity",
            _("The need asks for %(quantity)s %(unit)s; a full answer must say how many are provided.")
            % {"quantity": need.quantity.normalize().to_eng_string(), "unit": need.unit},
            cure=_("State the quantity, or judge that it answers the need in part."),
        )


def may_follow_up(response: Response, day: date) -> Iterator[Finding]:
    """One year on, a judgement that still stands is looked at again: met, partly, not (rules.md 5)."""
    if response.replaced_at is not None:
        yield Finding(
            Grade.ERROR,
            "responses.replaced",
            _("This judgement no longer stands, so there is nothing to follow up."),
            cure=_("Open the need and look at the judgement that replaced it."),
        )
    elif response.follow_up_on is None:
        yield Finding(
            Grade.ERROR,
            "responses.nothing-to-follow-up",
            _("The action was judged not to answer the need, so there is nothing to follow up."),
            cure=_("Judge again where that has changed."),
        )
    elif day < response.follow_up_on:
        yield Finding(
            Grade.ERROR,
            "responses.too-early",
            _("This judgement is to be looked at again on %(day)s, not before.")
            % {"day": date_format(response.follow_up_on, "j F Y")},
            cure=_("Judge again where something has changed before that day."),
        )
