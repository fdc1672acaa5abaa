"""Which route fits which kind of organisation, and when a case may be opened or moved (methodology 1, 2, 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.orgs.models import Ground, Membership, Organisation, OrganisationKind
from iisg.governance.membership.models import Case, CaseState, Route
from iisg.office.documents.models import Version

APPROVED_BY_THE_BOARD = frozenset(
    {
        OrganisationKind.INTERNATIONAL_ORGANISATION,
        OrganisationKind.EU_MEMBER_STATE,
        OrganisationKind.OTHER_STATE,
        OrganisationKind.INTERNATIONAL_ACTOR,
    }
)
"""Kinds that methodology 1, second indent, names as international partners."""

_AUTOMATIC = (Ground.FORMER_LEAD_PARTNER, Ground.HOST)


def error(code: str, message: str, cure: str = "", place: str = "") -> Finding:
    """A refusing finding about membership."""
    return Finding(Grade.ERROR, f"membership.{code}", message, place, cure)


def may_take_route(route: str, kind: str, ground: str = "") -> Iterator[Finding]:
    """The route fits the kind of organisation; what is refused quotes the methodology and names the right way."""
    if kind == OrganisationKind.WB_PARTNER:
        yield error(
            "partner",
            _("Methodology 1, first indent: the six Western Balkans partners are members by themselves."),
            _("No case is needed."),
        )
    elif kind == OrganisationKind.EU_INSTITUTION:
        yield error(
            "institution",
            _(
                "Methodology 1, third indent: the European Commission and the European External Action Service are "
                "members by themselves."
            ),
            _("No case is needed."),
        )
    elif route == Route.NOTIFICATION and kind != OrganisationKind.EU_JHA_AGENCY:
        yield error(
            "not-an-agency",
            _(
                "Methodology 1, fourth indent: by notification to the Board become members only EU Justice and Home "
                "Affairs agencies."
            ),
            _("Invite the organisation, or let it express its interest with the Annex form."),
        )
    elif route == Route.AUTOMATIC:
        yield from _automatic(kind, ground)
    elif route in (Route.INVITATION, Route.DIRECT_INTEREST):
        yield from _before_the_board(kind)


def _automatic(kind: str, ground: str) -> Iterator[Finding]:
    if ground not in _AUTOMATIC or kind == OrganisationKind.EU_JHA_AGENCY:
        yield error(
            "not-automatic",
            _(
                "Methodology 1, second indent: automatic members are former lead partners and the entity that hosts "
                "the Secretariat."
            ),
            _("Choose one of the two grounds and give its evidence, or take another route."),
        )


def _before_the_board(kind: str) -> Iterator[Finding]:
    if kind == OrganisationKind.EU_JHA_AGENCY:
        yield error(
            "agency",
            _(
                "Methodology 1, fourth indent, and 2: an EU Justice and Home Affairs agency becomes a member upon "
                "notification to the Board; it is not assessed."
            ),
            _("Record its notification instead."),
        )
    elif kind not in APPROVED_BY_THE_BOARD:
        yield error(
            "kind",
            _(
                "Methodology 1, second indent: international partners are international organisations, EU member "
                "states, other states and other international actors."
            ),
            _("An institution applies in the name of its state or organisation; else correct the kind."),
        )


def may_open(organisation: Organisation, today: date) -> Iterator[Finding]:
    """One open case for one organisation, and none for a member."""
    standing = Case.objects.open().filter(organisation=organisation).first()
    if standing is not None:
        yield error(
            "open-case",
            _("%(body)s has an open case, %(ref)s.") % {"body": organisation, "ref": standing.ref},
            _("Go on with that one."),
        )
    membership = organisation.memberships.exclude(valid_to__lte=today).order_by("valid_from").first()
    if membership is not None and membership.in_force(today):
        yield error("member", _("%(body)s is a member.") % {"body": organisation}, _("No case is needed."))
    elif membership is not None:
        yield error(
            "member",
            _("%(body)s is admitted and will be a member from %(day)s.")
            % {"body": organisation, "day": str(membership.valid_from)},
            _("No case is needed."),
        )


def may_recognise(case: Case, known: Organisation, today: date) -> Iterator[Finding]:
    """An applicant turns out to be a body of the register: before its form is complete, where that one may apply."""
    if case.state not in (CaseState.INVITED, CaseState.EXPRESSED):
        yield error(
            "recognised-late",
            _("%(ref)s is: %(state)s. Who applies is settled before the form is found complete.")
            % {"ref": case.ref, "state": case.get_state_display()},
            _("Withdraw the case; the known body begins anew."),
        )
    if case.organisation.confirmed or not known.confirmed or known.pk == case.organisation_id:
        yield error(
            "not-recognised",
            _("Only an applicant that the register does not know gives way, and to one that it knows."),
            _("Choose a body of the register."),
        )
    yield from may_open(known, today)
    yield from may_take_route(case.route, known.kind)


def may_correct_member(membership: Membership, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Ground and days that a case has proven stay what was proven; nobody is in office before the first day."""
    proven = [
        name
        for name in ("ground", "valid_from", "decided_on")
        if name in facts and facts[name] != getattr(membership, name)
    ]
    if proven and Case.objects.filter(membership=membership).exists():
        yield error(
            "proven",
            _(
                "Ground and days rest on a case, which has proven them: its decision and its letters say the same."
            ),
            _("End the membership and open a case by the right route."),
        )
    begun = facts.get("valid_from")
    points = membership.organisation.focal_points.filter(valid_from__lt=begun) if begun else None
    if points is not None and membership.valid_from is not None:
        points = points.filter(valid_from__gte=membership.valid_from)
    if points is not None and points.exists():
        yield error(
            "in-office",
            _("A focal point of it is in office from %(day)s.")
            % {"day": points.order_by("valid_from")[0].valid_from.isoformat()},
            _("Give that day or an earlier one."),
        )


def may_move(case: Case, move: str) -> Iterator[Finding]:
    """The case's state allows the move, on its route."""
    if not Case.flow.allows(case, move):
        yield error(
            "state",
            _("%(ref)s is: %(state)s. This cannot be done now.")
            % {"ref": case.ref, "state": case.get_state_display()},
            _("Look at what comes next on the case's page."),
        )


def needs_reason(reason: str) -> Iterator[Finding]:
    """What ends or holds up a case is explained to whoever it concerns."""
    if not reason.strip():
        yield error(
            "no-reason", _("Give the reason."), _("Write it in a sentence; the applicant will read it.")
        )


def needs_evidence(basis: str, evidence: Version | None) -> Iterator[Finding]:
    """A membership without the Board's approval rests on something that can be shown (rules.md 2)."""
    if not basis.strip():
        yield error(
            "no-basis", _("Nothing says on what the membership rests."), _("Name the letter or the text.")
        )
    if evidence is None:
        yield error("no-evidence", _("The evidence is missing."), _("Attach the notification or the text."))


def may_inform(case: Case, informed_on: date, today: date) -> Iterator[Finding]:
    """Only agencies and automatic members become members by the Board being told."""
    if case.needs_the_board:
        yield error(
            "needs-approval",
            _("Methodology 2: new members are approved by the Board; telling it is not enough."),
            _("Put the case on a list to the Board."),
        )
    yield from may_move(case, "admit")
    if informed_on > today:
        yield error("future", _("The day is still to come."), _("Give the day on which the notice goes out."))
