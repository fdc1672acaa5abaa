"""The way to membership in the demonstration: possible partners from public pages, every step towards them made up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from iisg.faces.console.register import lines
from iisg.foundations.access.actors import DEMONSTRATION
from iisg.foundations.accounts.models import User
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.models import Application, Case, Criterion, Prospect, SignatureKind
from iisg.governance.membership.rules.applying import in_force

MADE_UP = "Made up for the demonstration: nothing is known of such a step."
ASKED, APPLIES, ASSESSED = (
    "United States",
    "International Organization for Migration",
    "RACVIAC – Centre for Security Cooperation",
)
"""Who is invited, who has handed the form over, who is before the Board; the others are identified only."""


def load_membership(officer: User | None, at: datetime) -> None:
    """Possible partners, and three cases at three steps; nothing where they are there already."""
    if Prospect.objects.exists():
        return
    today = timezone.localtime(at).date()
    known = {}
    for row in lines("prospects.csv"):
        known[row["name"]] = operations.enter_prospect(
            row["name"],
            row["kind"],
            by=DEMONSTRATION,
            at=at,
            country=row["country"],
            why=f"{row['why']} ({row['source_url']})",
            pillars=row["pillars"].split(";"),
            followed_up_by=officer,
            follow_up_on=today + timedelta(days=int(row["follow_up_in_days"])),
        )
    cases = {}
    for number, name in enumerate((ASKED, APPLIES, ASSESSED), start=1):
        contact = operations.add_contact(
            known[name],
            "Office for external relations (made up)",
            by=DEMONSTRATION,
            at=at,
            email=f"office-{number}@demonstration.invalid",
        )
        due_on = today + timedelta(days=60)
        cases[name] = operations.invite(known[name], contact, due_on, by=DEMONSTRATION, at=at)
    for name in (APPLIES, ASSESSED):
        _apply(cases[name].application, known[name], at)
    if officer is not None:
        _before_the_board(operations.complete_case(cases[ASSESSED], by=DEMONSTRATION, at=at), officer, at)


def _apply(form: Application, prospect: Prospect, at: datetime) -> None:
    """Fill the Annex in and hand it over."""
    by = applicant(form)
    operations.write_answers(
        form,
        by=by,
        at=at,
        work=MADE_UP,
        contact_name="Office for external relations (made up)",
        focal_points={pillar.pk: {} for pillar in prospect.pillars.all()},
    )
    day = timezone.localtime(at).date()
    for text in in_force(day):
        operations.make_statement(form, text, True, by=by, at=at)
    operations.sign_form(
        form, SignatureKind.TYPED, "Head of office (made up)", "Head of office", day, by=by, at=at
    )
    operations.consent(form, by=by, at=at)
    operations.express_interest(form, by=by, at=at)


def _before_the_board(case: Case, officer: User, at: datetime) -> None:
    """Assess the case, put it on a list and the list to the Board."""
    assessment = operations.start_assessment(case, by=DEMONSTRATION, at=at)
    for criterion in Criterion:
        operations.find_criterion(
            assessment, criterion, "not_known", MADE_UP, "https://wb-iisg.com", by=DEMONSTRATION, at=at
        )
    operations.write_summary(assessment, MADE_UP, "defer", by=DEMONSTRATION, at=at)
    operations.submit_assessment(assessment, by=DEMONSTRATION, at=at)
    operations.approve_assessment(assessment, by=officer, at=at)
    drawn = operations.draw_up_list(
        "Potential members (made up for the demonstration)", by=DEMONSTRATION, at=at
    )
    operations.list_case(drawn, case, by=DEMONSTRATION, at=at)
    operations.put_list(drawn, "silence", by=DEMONSTRATION, at=at, working_group=MADE_UP)
