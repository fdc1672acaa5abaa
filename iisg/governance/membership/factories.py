"""Made-up applicants, forms and cases for tests of the house, made by the house's own verbs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.matching import folded_name
from iisg.foundations.orgs.models import Alias, Organisation, OrganisationKind
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import NEWCOMER, applicant
from iisg.governance.membership.models import Application, Assessment, Case, Criterion, SignatureKind
from iisg.governance.membership.rules.applying import in_force
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\nconclusions\n%%EOF"
_numbers = count(1)


def make_evidence(at: datetime = NOW) -> Version:
    """A signed paper."""
    return keep_file("Conclusions", "conclusions.pdf", PDF, Origin.RECEIVED, by=CONSOLE, at=at)


def make_body(kind: str = OrganisationKind.INTERNATIONAL_ORGANISATION, name: str = "") -> Organisation:
    """A confirmed organisation that is no member, found by its name."""
    number = next(_numbers)
    body = Organisation.objects.create(
        ref=f"body-{number}", name=name or f"Body {number} for Safety", kind=kind, confirmed=True
    )
    Alias.objects.create(organisation=body, name=body.name, folded=folded_name(body.name))
    return body


def make_form(
    name: str = "", at: datetime = NOW, email: str = "", pillars: tuple[str, ...] = ("WBCTi",)
) -> Application:
    """A form with everything in it, not handed over."""
    number = next(_numbers)
    form = operations.begin_application(email or f"applicant-{number}@example.org", by=NEWCOMER, at=at)
    return fill(form, name or f"Applicant {number}", at=at, pillars=pillars)


def fill(
    form: Application, name: str, at: datetime = NOW, pillars: tuple[str, ...] = ("WBCTi",)
) -> Application:
    """Answer everything on a form."""
    by = applicant(form)
    operations.write_answers(
        form,
        by=by,
        at=at,
        name=name,
        kind=form.kind or OrganisationKind.INTERNATIONAL_ORGANISATION,
        contact_name="Office of the Director",
        focal_points={code: {} for code in pillars},
    )
    for text in in_force(at.date()):
        operations.make_statement(form, text, True, by=by, at=at)
    operations.sign_form(form, SignatureKind.TYPED, "A. Director", "Director", date(2026, 1, 5), by=by, at=at)
    operations.consent(form, by=by, at=at)
    form.refresh_from_db()
    return form


def make_officer() -> User:
    """An officer of the Secretariat."""
    return make_person(Role.SECRETARIAT)


def assess(
    case: Case, writer: User, approver: User, at: datetime = NOW, recommendation: str = "admit"
) -> Assessment:
    """A whole assessment, written by one and approved by another."""
    assessment = operations.start_assessment(case, by=writer, at=at)
    for criterion in Criterion:
        operations.find_criterion(
            assessment, criterion, "yes", "As its charter says.", "https://example.org", by=writer, at=at
        )
    operations.write_summary(assessment, "A fitting partner.", recommendation, by=writer, at=at)
    operations.submit_assessment(assessment, by=writer, at=at)
    return operations.approve_assessment(assessment, by=approver, at=at)
