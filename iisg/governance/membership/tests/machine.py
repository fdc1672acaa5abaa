"""Everything that can be done on the way to membership, in any order, and what must hold after each deed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.orgs.models import Ground, Organisation, OrganisationKind
from iisg.foundations.orgs.operations import confirm_organisation
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import NOW, fill, make_body, make_evidence, make_form, make_officer
from iisg.governance.membership.models import (
    Application,
    Assessment,
    BoardList,
    Case,
    Criterion,
    ListLine,
    Prospect,
)
from iisg.governance.membership.tests.upholds import Upholds
from iisg.office.pillars import operations as pillars
from iisg.office.pillars.models import FocalPoint
from iisg.office.pillars.nominees import Nominee
from tests.stories import number_from_one

KINDS = [
    OrganisationKind.INTERNATIONAL_ORGANISATION,
    OrganisationKind.OTHER_STATE,
    OrganisationKind.EU_JHA_AGENCY,
    OrganisationKind.CIVIL_SOCIETY,
]
few = st.integers(min_value=0, max_value=11)
outcomes = st.sampled_from(
    [("admitted", ""), ("refused", "No."), ("deferred", "More."), ("refused", ""), ("", "")]
)


class Membership(RuleBasedStateMachine):
    """The office at work: two officers, a few bodies, applicants; deeds that a rule refuses change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        number_from_one()
        self.at: datetime = NOW
        self.officers = [make_officer(), make_officer()]
        make_person(Role.BOARD_MEMBER, make_body())
        self.bodies = [make_body(KINDS[number % len(KINDS)]) for number in range(6)]
        self.prospects = [
            operations.enter_prospect(body.name, body.kind, by=CONSOLE, at=NOW, organisation=body)
            for body in self.bodies[:3]
        ]
        for prospect in self.prospects:
            operations.add_contact(prospect, "Office", email="office@example.org", by=CONSOLE, at=NOW)
        self.upholds = Upholds()
        self.paper = make_evidence()

    def teardown(self) -> None:
        """Nothing of an example stays."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def one(self, found: Any, choice: int) -> Any:
        """One of the records of a query, by number; None where there is none."""
        keys = list(found.order_by("pk").values_list("pk", flat=True))
        return found.get(pk=keys[choice % len(keys)]) if keys else None

    @property
    def today(self) -> date:
        """The day of the machine's clock."""
        return self.at.date()

    @rule(days=st.integers(min_value=1, max_value=120))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(choice=few, days=st.integers(min_value=-1, max_value=100))
    def invite(self, choice: int, days: int) -> None:
        prospect = Prospect.objects.get(pk=self.prospects[choice % 3].pk)
        contact = prospect.contacts.first()
        assert contact is not None
        with suppress(RuleRefused):
            operations.invite(prospect, contact, self.today + timedelta(days=days), by=CONSOLE, at=self.at)

    @rule(choice=few)
    def lapse(self, choice: int) -> None:
        case = self.one(Case.objects.all(), choice)
        if case is not None:
            with suppress(RuleRefused):
                operations.lapse_invitation(case, by=CONSOLE, at=self.at)

    @rule(choice=few, known=st.booleans())
    def begin_form(self, choice: int, known: bool) -> None:
        make_form(self.bodies[choice % 6].name if known else f"Nobody's {choice}", at=self.at)

    @rule(choice=few)
    def confirm(self, choice: int) -> None:
        body = self.one(Organisation.objects.filter(confirmed=False), choice)
        if body is not None:
            with suppress(RuleRefused):
                confirm_organisation(body, KINDS[choice % len(KINDS)], by=CONSOLE, at=self.at)

    @rule(choice=few, other=few)
    def recognise(self, choice: int, other: int) -> None:
        case = self.one(Case.objects.open().filter(organisation__confirmed=False), choice)
        if case is not None:
            with suppress(RuleRefused):
                operations.recognise_applicant(case, self.bodies[other % 6], by=CONSOLE, at=self.at)

    @rule(choice=few, whole=st.booleans())
    def hand_over(self, choice: int, whole: bool) -> None:
        form = self.one(Application.objects.open(), choice)
        if form is not None:
            with suppress(RuleRefused):
                if whole:
                    form = fill(form, form.name or self.bodies[choice % 6].name, at=self.at)
                elif choice % 2:
                    form.undertaken.all().delete()
                operations.express_interest(form, by=applicant(form), at=self.at)

    @rule(choice=few)
    def complete(self, choice: int) -> None:
        case = self.one(Case.objects.all(), choice)
        if case is not None:
            with suppress(RuleRefused):
                operations.complete_case(case, by=CONSOLE, at=self.at)

    @rule(choice=few, officer=st.integers(0, 1), steps=st.integers(1, 7))
    def go_on_as_usual(self, choice: int, officer: int, steps: int) -> None:
        """The next steps of an open case, done as they should be, so that deep states are reached."""
        case = self.one(Case.objects.open(), choice)
        for _step in range(steps if case is not None else 0):
            case.refresh_from_db()
            with suppress(RuleRefused):
                self._next_step(case, choice, officer)

    def _next_step(self, case: Case, choice: int, officer: int) -> None:
        """One step of a case, in its order."""
        if case.state == "invited":
            form = fill(case.application, case.organisation.name, at=self.at)
            operations.express_interest(form, by=applicant(form), at=self.at)
        elif case.state == "expressed":
            operations.complete_case(case, by=CONSOLE, at=self.at)
        elif case.state == "complete":
            self.write_assessment(choice, officer, choice % 4 != 3, case=case)
            self.approve(choice, 1 - officer)
        elif case.state == "assessed":
            self.list_case(choice, case=case)
        elif case.state == "listed":
            self._before_the_board(case, choice)

    def _before_the_board(self, case: Case, choice: int) -> None:
        on_list = case.lines.latest("pk").on_list
        if on_list.state == "drawn_up":
            operations.put_list(on_list, "silence", by=CONSOLE, at=self.at)
            return
        said = [("admitted", ""), ("refused", "No."), ("deferred", "More.")][choice % 3]
        lines = dict.fromkeys(on_list.lines.values_list("pk", flat=True), said)
        number, day = f"BD/{on_list.ref}", self.today
        operations.record_decision(on_list, lines, number, day, day, self.paper, by=CONSOLE, at=self.at)

    @rule(choice=few)
    def hand_back(self, choice: int) -> None:
        case = self.one(Case.objects.filter(application__isnull=False), choice)
        if case is not None:
            with suppress(RuleRefused):
                operations.hand_back(case, "The signature.", by=CONSOLE, at=self.at)

    @rule(choice=few, officer=st.integers(0, 1), whole=st.booleans())
    def write_assessment(self, choice: int, officer: int, whole: bool, case: Any = None) -> None:
        case, by = case or self.one(Case.objects.all(), choice), self.officers[officer]
        if case is None:
            return
        with suppress(RuleRefused):
            assessment = operations.start_assessment(case, by=by, at=self.at)
            for criterion in Criterion if whole else [Criterion.REGIONAL]:
                operations.find_criterion(assessment, criterion, "yes", "Seen.", "", by=by, at=self.at)
            operations.write_summary(assessment, "Fits.", "admit", by=by, at=self.at)
        written = case.assessments.order_by("number").last()
        if written is not None:
            with suppress(RuleRefused):
                operations.submit_assessment(written, by=by, at=self.at)

    @rule(choice=few, officer=st.integers(0, 1))
    def approve(self, choice: int, officer: int) -> None:
        assessment = self.one(Assessment.objects.exclude(state="approved"), choice)
        if assessment is not None:
            with suppress(RuleRefused):
                operations.approve_assessment(assessment, by=self.officers[officer], at=self.at)

    @rule(choice=few)
    def list_case(self, choice: int, case: Any = None) -> None:
        case = case or self.one(Case.objects.all(), choice)
        on_list = BoardList.objects.filter(state="drawn_up").first()
        if case is not None:
            with suppress(RuleRefused):
                on_list = on_list or operations.draw_up_list("Potential members", by=CONSOLE, at=self.at)
                operations.list_case(on_list, case, by=CONSOLE, at=self.at)

    @rule(choice=few)
    def unlist_case(self, choice: int) -> None:
        line = self.one(ListLine.objects.all(), choice)
        if line is not None:
            with suppress(RuleRefused):
                operations.unlist_case(line, by=CONSOLE, at=self.at)

    @rule(choice=few)
    def put(self, choice: int) -> None:
        on_list = self.one(BoardList.objects.all(), choice)
        if on_list is not None:
            with suppress(RuleRefused):
                operations.put_list(on_list, ("meeting", "silence")[choice % 2], by=CONSOLE, at=self.at)

    @rule(
        choice=few,
        said=st.lists(outcomes, min_size=6, max_size=6),
        signed=st.booleans(),
        days=st.integers(-2, 9),
    )
    def decide(self, choice: int, said: list[tuple[str, str]], signed: bool, days: int) -> None:
        on_list = self.one(BoardList.objects.all(), choice)
        if on_list is None:
            return
        lines = {line.pk: said[number % 6] for number, line in enumerate(on_list.lines.all())}
        effective = self.today + timedelta(days=days)
        paper = self.paper if signed else None
        with suppress(RuleRefused):
            operations.record_decision(
                on_list, lines, f"BD/{choice}", self.today, effective, paper, by=CONSOLE, at=self.at
            )

    @rule(choice=few, signed=st.booleans())
    def notify(self, choice: int, signed: bool) -> None:
        with suppress(RuleRefused):
            operations.record_notification(
                self.bodies[choice % 6], "Letter", self.paper if signed else None, by=CONSOLE, at=self.at
            )

    @rule(choice=few, ground=st.sampled_from([Ground.FORMER_LEAD_PARTNER, Ground.HOST, Ground.PARTNER]))
    def ground(self, choice: int, ground: Ground) -> None:
        with suppress(RuleRefused):
            operations.record_ground(
                self.bodies[choice % 6], ground, "Plan", self.paper, by=CONSOLE, at=self.at
            )

    @rule(choice=few, step=st.sampled_from(["check", "confirm", "inform"]), days=st.integers(-1, 1))
    def go_on(self, choice: int, step: str, days: int) -> None:
        case = self.one(Case.objects.all(), choice)
        if case is None:
            return
        with suppress(RuleRefused):
            if step == "check":
                operations.check_agency(case, by=CONSOLE, at=self.at)
            elif step == "confirm":
                operations.confirm_ground(case, by=CONSOLE, at=self.at)
            else:
                day = self.today + timedelta(days=days)
                operations.inform_board(case, day, by=CONSOLE, at=self.at)

    @rule(choice=few)
    def withdraw(self, choice: int) -> None:
        case = self.one(Case.objects.all(), choice)
        if case is not None:
            with suppress(RuleRefused):
                operations.withdraw_case(case, "No interest.", by=CONSOLE, at=self.at)

    @rule(choice=few)
    def erase(self, choice: int) -> None:
        form = self.one(Application.objects.all(), choice)
        if form is not None:
            with suppress(RuleRefused):
                operations.erase_application(form, by=CONSOLE, at=self.at)

    @rule(choice=few, purpose=st.sampled_from(["letters", "WBCTi"]), deputy=st.booleans())
    def nominate(self, choice: int, purpose: str, deputy: bool) -> None:
        body = self.bodies[choice % 6]
        nominee = Nominee(purpose, "A Person", f"person-{choice}@example.org", is_deputy=deputy)
        with suppress(RuleRefused):
            pillars.nominate_focal_points(body, [nominee], "Letter", self.today, by=HOUSE, at=self.at)

    @rule(choice=few)
    def leave(self, choice: int) -> None:
        point = self.one(FocalPoint.objects.all(), choice)
        if point is not None:
            with suppress(RuleRefused):
                pillars.end_focal_point(point, self.today, by=CONSOLE, at=self.at)

    @rule(choice=few, what=st.sampled_from(["suspend", "resume", "end"]))
    def later(self, choice: int, what: str) -> None:
        membership = self.bodies[choice % 6].memberships.first()
        if membership is None:
            return
        with suppress(RuleRefused):
            if what == "suspend":
                operations.suspend_member(membership, self.today, "Silent.", by=CONSOLE, at=self.at)
            elif what == "resume":
                operations.resume_member(membership, self.today, by=CONSOLE, at=self.at)
            else:
                operations.end_member(membership, self.today, "Its wish.", by=CONSOLE, at=self.at)

    @invariant()
    def everything_holds(self) -> None:
        self.upholds.check(self.today)
