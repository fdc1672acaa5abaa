"""When the Annex form is complete (methodology, Annex; S12, S19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.matching import folded_name
from iisg.foundations.orgs.models import Alias, OrganisationKind
from iisg.governance.membership.models import (
    Application,
    ApplicationState,
    Case,
    CaseState,
    Route,
    SignatureKind,
    UndertakingText,
)
from iisg.governance.membership.rules.routes import error, may_take_route


def missing_of(application: Application, today: date) -> Iterator[Finding]:
    """What the form lacks; `place` names the page of the form on which it is mended."""
    if not application.name.strip():
        yield error("no-name", _("The name of the country or organisation is missing."), place="organisation")
    if not application.kind:
        yield error("no-kind", _("It is not said what kind of organisation it is."), place="organisation")
    else:
        for finding in may_take_route(Route.DIRECT_INTEREST, application.kind):
            yield error(finding.code.partition(".")[2], finding.message, finding.cure, "organisation")
    if not application.contact_name.strip():
        yield error("no-contact", _("A person or office to write to is missing."), place="contact")
    yield from _statements(application, today)
    yield from _focal_points(application)
    yield from _signature(application, today)
    if application.consented_at is None:
        yield error("no-consent", _("Consent to the use of the personal data is missing."), place="check")


def _statements(application: Application, today: date) -> Iterator[Finding]:
    """Every statement of the Annex is made, in the words that hold on the day."""
    made = {each.text_id for each in application.undertaken.all()}
    for text in in_force(today):
        if text.pk not in made:
            yield error(
                "statement",
                _("A statement of the Annex is not made: “%(text)s”") % {"text": text.text},
                place=text.slug,
            )


def in_force(day: date) -> list[UndertakingText]:
    """The newest version of each statement that holds on the day, in the Annex's order."""
    newest = {
        text.slug: text for text in UndertakingText.objects.filter(valid_from__lte=day).order_by("version")
    }
    return sorted(newest.values(), key=lambda text: text.order)


def _focal_points(application: Application) -> Iterator[Finding]:
    """Focal points for at least one pillar; who is not known yet is named later, an address is well formed."""
    named = application.focal_points
    if not any(code in named for code in PillarCode.values):
        yield error(
            "no-pillar",
            _("The Annex asks in which pillars the member will provide focal points; none is chosen."),
            place="focal-points",
        )
    for code, person in named.items():
        address = person.get("email", "")
        if bool(address) != bool(person.get("name", "").strip()):
            yield error(
                "half-a-person",
                _("For %(pillar)s either the name or the address of the focal point is missing.")
                % {"pillar": code},
                _("Give both, or leave both out and name somebody later."),
                "focal-points",
            )
        if address:
            try:
                validate_email(address)
            except ValidationError:
                yield error(
                    "bad-address",
                    _("“%(address)s” is no e-mail address.") % {"address": address},
                    place="focal-points",
                )


def _signature(application: Application, today: date) -> Iterator[Finding]:
    """A name, an office, a day that is not to come; and what the chosen way of signing needs."""
    if not application.signature:
        yield error("not-signed", _("The form is not signed."), place="signature")
        return
    if not application.signatory.strip() or not application.signatory_office.strip():
        yield error("no-signatory", _("Name and office of whoever signs are missing."), place="signature")
    if application.signed_on is None or application.signed_on > today:
        yield error(
            "no-signing-day", _("The day of the signature is missing or still to come."), place="signature"
        )
    check = application.signature_check
    if application.signature != SignatureKind.TYPED and application.signed_file is None:
        if check.get("changed"):
            yield error(
                "changed",
                _("An answer was changed after the form was signed; that signature is void."),
                _("Print the form anew, sign it and attach it again."),
                "signed-paper",
            )
        else:
            yield error("no-signed-file", _("The signed form is not attached."), place="signed-paper")
    elif application.signature == SignatureKind.QUALIFIED and not (
        check.get("valid")
        and application.signed_file
        and check.get("digest") == application.signed_file.digest
    ):
        yield error(
            "bad-signature",
            check.get("reason") or _("The electronic signature was not validated."),
            _("Sign the form again, or choose another way of signing."),
            "signed-paper",
        )


def names_a_member(name: str, today: date) -> Iterator[Finding]:
    """The list of members is public, so a member is told before it fills in the rest; of open cases nothing is told."""
    alias = Alias.objects.filter(folded=folded_name(name)).select_related("organisation").first()
    if alias is not None and alias.organisation.memberships.on(today).exists():
        yield error(
            "member",
            _("%(body)s is a member already; it needs no form.") % {"body": alias.organisation},
            _(
                "If you apply for another body, write its name. Otherwise write to the %(office)s, %(address)s."
            )
            % {"office": settings.OFFICE_NAME, "address": settings.DEFAULT_FROM_EMAIL},
            "organisation",
        )


def may_submit(application: Application, today: date) -> Iterator[Finding]:
    """An open form without anything missing."""
    if application.state not in (ApplicationState.DRAFT, ApplicationState.HANDED_BACK):
        yield error("handed-over", _("The form is handed over already."), _("Follow the case on its page."))
        return
    yield from missing_of(application, today)


def may_fill(application: Application) -> Iterator[Finding]:
    """A form that is open for its applicant."""
    if application.state not in (ApplicationState.DRAFT, ApplicationState.HANDED_BACK):
        yield error("handed-over", _("The form is handed over; it does not change any more."))
    elif application.case is not None and not application.case.is_open:
        yield error(
            "closed", _("The case is closed: %(state)s.") % {"state": application.case.get_state_display()}
        )


def may_print(application: Application, at: datetime) -> Iterator[Finding]:
    """Everything that stands on the paper is answered; a paper that changes after it is signed is worth nothing."""
    today = timezone.localtime(at).date()
    of_the_paper = {"organisation", "focal-points", "signature", *(text.slug for text in in_force(today))}
    for finding in missing_of(application, today):
        if finding.place in of_the_paper:
            yield finding


def may_delete(application: Application) -> Iterator[Finding]:
    """A draft that belongs to no case; what was handed over, or invited, is withdrawn instead."""
    if application.case is not None or application.state != ApplicationState.DRAFT:
        yield error(
            "has-case", _("The form belongs to a case."), _("Withdraw the case; then its data can be erased.")
        )


def may_hand_back(case: Case, application: Application) -> Iterator[Finding]:
    """A form that was handed over, of a case that is not assessed yet."""
    if not Case.flow.allows(case, "hand_back") or application.state != ApplicationState.SUBMITTED:
        yield error(
            "state", _("%(ref)s is: %(state)s.") % {"ref": case.ref, "state": case.get_state_display()}
        )


def may_complete(case: Case) -> Iterator[Finding]:
    """The form is handed over, and the organisation is one whose kind is known and fits the route.

    One that was invited stays out of the public register until it is a member; the Secretariat has said its kind.
    """
    form = Application.objects.filter(case=case).first()
    if form is None or form.state != ApplicationState.SUBMITTED:
        yield error("no-form", _("The Annex form is not handed over."), _("It is the applicant's turn."))
    body = case.organisation
    if not body.confirmed and body.kind == OrganisationKind.NOT_KNOWN:
        yield error(
            "not-confirmed",
            _("%(body)s is not confirmed in the register of organisations.") % {"body": case.organisation},
            _("Confirm it there, with its kind, or say that it is the same as a known one."),
        )
    else:
        yield from may_take_route(case.route, body.kind)


def may_answer_board(case: Case, said: str, files: Sequence[object]) -> Iterator[Finding]:
    """Something is sent, once, while the Board waits for it."""
    if case.state != CaseState.DEFERRED:
        yield error("not-asked", _("The Board asks for nothing now."), _("Look at where the case stands."))
    elif case.answered_at is not None:
        yield error(
            "answered",
            _("What the Board asked for has come in already."),
            _("Write to the Secretariat if something is to be added."),
        )
    if not said.strip() and not files:
        yield error("nothing-sent", _("Nothing is sent."), _("Write what is asked for, or add a file."))


def may_erase(application: Application) -> Iterator[Finding]:
    """Personal data are needed while the case is open."""
    if application.case is None:
        yield error("draft", _("The form is a draft."), _("Delete the draft."))
    if application.case is not None and application.case.is_open:
        yield error("open", _("The case is open; its data are needed."), _("Withdraw or decide it first."))
    if not Application.flow.allows(application, "erase"):
        yield error("erased", _("Nothing is left to erase."))
