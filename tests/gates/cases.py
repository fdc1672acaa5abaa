"""Membership in the small register of the gates: a possible partner, a form, a list before the Board, another not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.models import Organisation
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import NEWCOMER, applicant
from iisg.governance.membership.factories import fill
from iisg.governance.membership.models import BoardList, Case, Criterion, ListLine, Prospect

PAPER = b"%PDF-1.7\nTLP:GREEN\n%%EOF"
BOARD_ROOM = frozenset({"board_member", "alternate", "observer", "secretariat"})
SECRET = ("canaryprospect", "canarycontact", "canaryform", "canarydrawn")
"""Words that only the Secretariat may meet."""
BEFORE_THE_BOARD = "canaryassessment"


@dataclass(frozen=True, slots=True)
class Cases:
    """The records that addresses of membership speak of."""

    prospect: Prospect
    expressed: Case
    listed: Case
    put: BoardList
    drawn: BoardList
    line: ListLine


def make_cases(at: datetime) -> Cases:
    """All of them, made by the house's own verbs; of bodies that everybody knows already."""
    prospect = operations.enter_prospect(
        "A state", "other_state", by=CONSOLE, at=at, why="canaryprospect", pillars=["WBCTi"]
    )
    operations.add_contact(prospect, "canarycontact", email="office@example.invalid", by=CONSOLE, at=at)
    expressed = _expressed("Fourth Donor", at)
    writer, approver = make_person(Role.SECRETARIAT), make_person(Role.SECRETARIAT)
    lists, lines = [], []
    for body, word in (("Second Donor", BEFORE_THE_BOARD), ("Third Donor", "canarydrawn")):
        case = _expressed(body, at)
        _assessed(operations.complete_case(case, by=CONSOLE, at=at), word, writer, approver, at)
        lists.append(operations.draw_up_list("Potential members", by=CONSOLE, at=at))
        lines.append(operations.list_case(lists[-1], case, by=CONSOLE, at=at))
    put = operations.put_list(lists[0], "meeting", by=CONSOLE, at=at)
    operations.attach_conclusions(put, "conclusions.pdf", PAPER, by=CONSOLE, at=at)
    return Cases(prospect, expressed, lines[0].case, put, lists[1], lines[0])


def _expressed(name: str, at: datetime) -> Case:
    form = operations.begin_application(f"{name.split()[0].lower()}@example.invalid", by=NEWCOMER, at=at)
    form = fill(form, name, at=at)
    operations.write_answers(form, by=applicant(form), at=at, work="canaryform")
    form.refresh_from_db()
    return operations.express_interest(form, by=applicant(form), at=at)


def _assessed(case: Case, word: str, writer: User, approver: User, at: datetime) -> None:
    assessment = operations.start_assessment(case, by=writer, at=at)
    for criterion in Criterion:
        operations.find_criterion(assessment, criterion, "yes", word, "", by=writer, at=at)
    operations.write_summary(assessment, word, "admit", by=writer, at=at)
    operations.submit_assessment(assessment, by=writer, at=at)
    operations.approve_assessment(assessment, by=approver, at=at)


def case_places(cases: Cases) -> dict[str, list[tuple[str, str]]]:
    """Addresses of possible partners, cases, lists and members."""
    contact = cases.prospect.contacts.get()
    one, case = f"/prospects/{cases.prospect.pk}/", f"/cases/{cases.listed.ref}/"
    both = (("before the Board", cases.put), ("being drawn up", cases.drawn))
    body = Organisation.objects.get(ref="albania")
    return {
        "/prospects/template/<slug:form>/": [
            (form, f"/prospects/template/{form}/") for form in ("csv", "exe")
        ],
        **{
            f"/prospects/<int:pk>/{page}": [("possible partner", one + page)]
            for page in ("", "edit/", "take-up/")
        },
        "/prospects/<int:pk>/contacts/<int:contact>/remove/": [
            ("its contact", f"{one}contacts/{contact.pk}/remove/")
        ],
        **{
            f"/cases/<slug:ref>/{page}": [("case before the Board", case + page)]
            for page in ("", "form/", "letters/", "record/", "assessment/")
        },
        "/cases/<slug:ref>/do/<slug:deed>/": [("a deed", f"{case}do/complete/")],
        "/cases/<slug:ref>/files/<slug:what>/": [("its form", f"{case}files/annex/")],
        "/cases/<slug:ref>/assessment/do/<slug:deed>/": [("a deed", f"{case}assessment/do/approve/")],
        "/cases/<slug:ref>/assessment/compare/<int:former>/<int:later>/": [
            ("one version", f"{case}assessment/compare/1/1/")
        ],
        "/cases/<slug:ref>/assessment/<int:number>/brief/": [("its page", f"{case}assessment/1/brief/")],
        "/cases/<slug:ref>/assessment/<slug:part>/": [("a criterion", f"{case}assessment/regional/")],
        **{
            f"/lists/<slug:ref>/{page}": [(which, f"/lists/{each.ref}/{page}") for which, each in both]
            for page in ("", "decision/", "paper/", "conclusions/")
        },
        "/lists/<slug:ref>/do/<slug:deed>/": [
            (which, f"/lists/{each.ref}/do/withdraw/") for which, each in both
        ],
        "/lists/<slug:ref>/brief/<int:line>/": [
            ("before the Board", f"/lists/{cases.put.ref}/brief/{cases.line.pk}/")
        ],
        "/organisations/<slug:ref>/membership/": [("a partner", f"/organisations/{body.ref}/membership/")],
    }
