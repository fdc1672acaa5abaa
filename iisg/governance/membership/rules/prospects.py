"""What must hold on the in-house list of possible partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership.models import (
    Case,
    CaseState,
    Prospect,
    ProspectContact,
    ProspectState,
    Route,
)
from iisg.governance.membership.rules.routes import error, may_move, may_take_route


def may_enter(name: str, kind: str) -> Iterator[Finding]:
    """A name that is not on the list yet, and a kind."""
    yield from has_name_and_kind(name, kind)
    yield from _is_free(name, None)


def has_name_and_kind(name: str, kind: str) -> Iterator[Finding]:
    """What every entry has."""
    if not name.strip():
        yield error("no-name", _("The possible partner has no name."), _("Write its name."))
    if kind not in OrganisationKind.values:
        yield error("no-kind", _("It is not said what kind of organisation it is."), _("Choose its kind."))


def may_change_prospect(prospect: Prospect, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """A name of its own stays."""
    if "name" in facts:
        if not str(facts["name"]).strip():
            yield error("no-name", _("The possible partner has no name."), _("Write its name."))
        yield from _is_free(str(facts["name"]), prospect)


def _is_free(name: str, own: Prospect | None) -> Iterator[Finding]:
    folded = fold(name)
    others = Prospect.objects.exclude(pk=own.pk) if own else Prospect.objects.all()
    if folded and any(fold(other) == folded for other in others.values_list("name", flat=True)):
        yield error("on-the-list", _("“%(name)s” is on the list already.") % {"name": name.strip()})


def may_note(words: str, email: str = "") -> Iterator[Finding]:
    """Something is said, and an address is one."""
    if not words.strip():
        yield error("no-words", _("Nothing is written."), _("Write it in a sentence."))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            yield error("bad-address", _("“%(address)s” is no e-mail address.") % {"address": email})


def prospect_may(prospect: Prospect, move: str) -> Iterator[Finding]:
    """The prospect's state allows the move."""
    if not Prospect.flow.allows(prospect, move):
        yield error(
            "prospect-state",
            _("%(name)s is: %(state)s.") % {"name": prospect, "state": prospect.get_state_display()},
        )


def may_drop(prospect: Prospect) -> Iterator[Finding]:
    """Not while an invitation is open: its link would go on working."""
    yield from prospect_may(prospect, "drop")
    if prospect.case is not None and prospect.case.is_open:
        yield error(
            "open-case",
            _("%(name)s has an open case, %(ref)s.") % {"name": prospect, "ref": prospect.case.ref},
            _("Withdraw the case first, then say that it is not followed up."),
        )


def may_take_up(prospect: Prospect) -> Iterator[Finding]:
    """Dropped, silent, or its case ended without membership."""
    yield from prospect_may(prospect, "take_up")
    case = prospect.case
    answered = prospect.state == ProspectState.ANSWERED and case is not None
    if answered and case is not None and (case.is_open or case.state == CaseState.MEMBER):
        yield error(
            "case-goes-on",
            _("%(ref)s is: %(state)s.") % {"ref": case.ref, "state": case.get_state_display()},
            _("Go on with the case."),
        )


def may_invite(
    prospect: Prospect, contact: ProspectContact, answer_due_on: date, today: date
) -> Iterator[Finding]:
    """One that can be invited, by its own contact, with a day to come, and of a kind that is invited."""
    yield from prospect_may(prospect, "invite")
    body = prospect.organisation
    yield from may_take_route(Route.INVITATION, body.kind if body and body.confirmed else prospect.kind)
    if contact.prospect_id != prospect.pk:
        yield error("other-contact", _("The contact is another one's."))
    if not contact.email and not contact.postal:
        yield error(
            "no-address",
            _("%(contact)s has no address.") % {"contact": contact},
            _("Add an e-mail or a postal address."),
        )
    if answer_due_on <= today:
        yield error("past", _("The day of the answer is not to come."), _("Give a later day."))


def may_lapse(case: Case, today: date) -> Iterator[Finding]:
    """An invitation lapses once its day is over, not on it."""
    yield from may_move(case, "lapse")
    if case.answer_due_on is not None and case.answer_due_on >= today:
        yield error(
            "not-yet", _("The invitation still waits for its answer."), _("Wait until its day is over.")
        )
