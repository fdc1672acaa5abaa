"""The four routes to membership, each from its first step to the register (methodology 1, 2, 2.1; S1, S2, S11-S15)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.db import IntegrityError, transaction

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import first_broken
from iisg.foundations.orgs.models import Ground, Membership, Organisation, OrganisationKind
from iisg.foundations.orgs.operations import set_contact
from iisg.governance.membership import operations, rules
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import (
    NOW,
    assess,
    fill,
    make_body,
    make_evidence,
    make_form,
    make_officer,
)
from iisg.governance.membership.models import Application, BoardList, Case, CaseState, ProspectState, Route
from iisg.office.letters.models import Letter
from iisg.office.pillars import operations as pillars
from iisg.office.pillars.models import FocalPointRequest, Participation
from iisg.office.pillars.nominees import Nominee

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def words(letter: Letter) -> str:
    """What a letter's paper says."""
    assert letter.pdf is not None
    paper = pdfium.PdfDocument(BytesIO(bytes(letter.pdf.content)))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in paper).split())


def listed(*cases: Case, procedure: str = "meeting") -> BoardList:
    """A list with these assessed cases before the Board."""
    drawn = operations.draw_up_list("Potential members, November 2026", by=CONSOLE, at=NOW)
    for case in cases:
        operations.list_case(drawn, case, by=CONSOLE, at=NOW)
    return operations.put_list(drawn, procedure, by=CONSOLE, at=NOW)


def decided(
    on_list: BoardList, *outcomes: tuple[str, str], number: str = "BD/2026/3", effective: date = TODAY
) -> None:
    """The Board's decision on a list, line by line in the order of the organisations' names."""
    said = {line.pk: outcome for line, outcome in zip(on_list.lines.all(), outcomes, strict=True)}
    operations.record_decision(on_list, said, number, TODAY, effective, make_evidence(), by=CONSOLE, at=NOW)


def complete(name: str = "", at: datetime = NOW) -> Case:
    """A case of direct interest that is complete."""
    form = make_form(name, at=at)
    case = operations.express_interest(form, by=applicant(form), at=at)
    body = case.organisation
    body.confirmed, body.kind = True, OrganisationKind.INTERNATIONAL_ORGANISATION
    body.save()
    return operations.complete_case(case, by=CONSOLE, at=at)


def test_by_invitation_from_the_list_of_prospects_to_the_first_account() -> None:
    prospect = operations.enter_prospect(
        "Regional Police Academy",
        OrganisationKind.INTERNATIONAL_ORGANISATION,
        by=CONSOLE,
        at=NOW,
        pillars=["WBCTi"],
    )
    contact = operations.add_contact(
        prospect,
        "Office of the Dean",
        email="dean@academy.example",
        salutation="Dear Dean",
        by=CONSOLE,
        at=NOW,
    )
    case = operations.invite(prospect, contact, TODAY + timedelta(days=90), by=CONSOLE, at=NOW)
    invitation = Letter.objects.about(case).get()
    assert invitation.number == "OUT-2026-0001"
    assert "Regional Police Academy" in words(invitation)
    assert "/become-a-member/" in words(invitation)

    form = fill(case.application, "Regional Police Academy")
    operations.express_interest(form, by=applicant(form), at=NOW)
    prospect.refresh_from_db()
    assert prospect.state == ProspectState.ANSWERED
    case = operations.complete_case(case, by=CONSOLE, at=NOW)
    writer, approver = make_officer(), make_officer()
    assess(case, writer, approver)
    on_list = listed(case)
    assert on_list.paper is not None
    decided(on_list, ("admitted", ""), effective=TODAY + timedelta(days=7))

    case.refresh_from_db()
    membership = Membership.objects.get(organisation=case.organisation)
    assert (case.state, case.membership) == (CaseState.MEMBER, membership)
    assert (membership.ground, membership.valid_from) == (Ground.BOARD_APPROVAL, TODAY + timedelta(days=7))
    assert [seat.pillar_id for seat in Participation.objects.filter(organisation=case.organisation)] == [
        "WBCTi"
    ]
    welcome = Letter.objects.get(kind="membership-admitted")
    assert "2 December 2026" in words(welcome)
    asked = FocalPointRequest.objects.get(organisation=case.organisation)
    assert asked.purposes == ["letters", "WBCTi"]
    # access only once a focal point is nominated
    assert not User.objects.filter(email="jane@academy.example").exists()
    named = [
        Nominee("letters", "Jane Dean", "jane@academy.example"),
        Nominee("WBCTi", "Jon Dean", "jon@academy.example"),
    ]
    pillars.nominate_focal_points(
        case.organisation, named, "by its link", TODAY + timedelta(days=7), by=HOUSE, at=NOW, request=asked
    )
    asked.refresh_from_db()
    assert asked.answered_at == NOW
    user = User.objects.get(email="jane@academy.example")
    assert [a.role for a in user.appointments.all()] == [Role.FOCAL_POINT]
    assert "/accounts/password/reset/key/" in Letter.objects.filter(kind="focal-point-welcome")[0].body
    assert first_broken() is None


def test_by_direct_interest_refused_deferred_and_admitted_on_one_list() -> None:
    writer, approver = make_officer(), make_officer()
    cases = [complete(f"{letter} Institute") for letter in "ABC"]
    for case in cases:
        assess(case, writer, approver)
    on_list = listed(*cases, procedure="silence")
    decided(on_list, ("admitted", ""), ("refused", "No work in the region."), ("deferred", "Its statutes."))
    for case in cases:
        case.refresh_from_db()
    assert [case.state for case in cases] == [CaseState.MEMBER, CaseState.REFUSED, CaseState.DEFERRED]
    assert "No work in the region." in words(Letter.objects.get(kind="membership-refused"))
    assert "Its statutes." in words(Letter.objects.get(kind="membership-deferred"))
    # the deferred one is taken up again and admitted; the refused one may apply again, linked to its predecessor
    again = operations.start_assessment(cases[2], by=writer, at=NOW)
    assert [finding.fulfilled for finding in again.findings.all()] == ["yes"] * 3
    operations.write_summary(again, "Statutes seen.", "admit", by=writer, at=NOW)
    operations.submit_assessment(again, by=writer, at=NOW)
    operations.approve_assessment(again, by=approver, at=NOW)
    decided(listed(Case.objects.get(pk=cases[2].pk)), ("admitted", ""), number="BD/2026/4")
    second = make_form("B Institute")
    successor = operations.express_interest(second, by=applicant(second), at=NOW)
    assert successor.predecessor == cases[1]


def test_an_agency_becomes_a_member_by_notice_to_the_board_alone() -> None:
    make_person(Role.BOARD_MEMBER, make_body())
    agency = make_body(OrganisationKind.EU_JHA_AGENCY, "Agency for Training")
    case = operations.record_notification(
        agency, "Letter of 20 November", make_evidence(), by=CONSOLE, at=NOW
    )
    with pytest.raises(RuleRefused):
        operations.inform_board(case, TODAY, by=CONSOLE, at=NOW)
    operations.check_agency(case, by=CONSOLE, at=NOW)
    case = operations.inform_board(case, TODAY, by=CONSOLE, at=NOW)
    assert (case.state, agency.memberships.get().ground) == (CaseState.MEMBER, Ground.NOTIFICATION)
    assert "with this notice" in words(Letter.objects.get(kind="membership-notice-to-board"))


def test_a_member_of_an_earlier_day_is_written_to_where_its_letters_go_today() -> None:
    agency = make_body(OrganisationKind.EU_JHA_AGENCY, "Agency for Training")
    case = operations.record_notification(agency, "Letter", make_evidence(), by=CONSOLE, at=NOW)
    operations.check_agency(case, by=CONSOLE, at=NOW)
    set_contact(agency, TODAY, by=CONSOLE, at=NOW, name="Director", email="director@agency.example")
    operations.inform_board(case, TODAY - timedelta(days=1), by=CONSOLE, at=NOW)
    welcome = Letter.objects.get(kind="membership-admitted")
    assert [person.email for person in welcome.recipients.all()] == ["director@agency.example"]


@pytest.mark.parametrize("ground", [Ground.FORMER_LEAD_PARTNER, Ground.HOST])
def test_a_former_lead_partner_and_the_host_are_members_by_their_ground(ground: Ground) -> None:
    body = make_body(OrganisationKind.EU_MEMBER_STATE)
    with pytest.raises(RuleRefused, match="evidence is missing"):
        operations.record_ground(body, ground, "Plan of action 2015", None, by=CONSOLE, at=NOW)
    case = operations.record_ground(body, ground, "Plan of action 2015", make_evidence(), by=CONSOLE, at=NOW)
    operations.confirm_ground(case, by=CONSOLE, at=NOW)
    operations.inform_board(case, TODAY, by=CONSOLE, at=NOW)
    assert body.memberships.get().ground == ground


def test_whoever_is_admitted_from_a_day_to_come_opens_no_second_case() -> None:
    body = make_body(name="Body to Come")
    body.memberships.create(ground="board_approval", valid_from=NOW.date() + timedelta(days=30))
    form = make_form("Body to Come")
    with pytest.raises(RuleRefused, match="will be a member from 2026-12-25"):
        operations.express_interest(form, by=applicant(form), at=NOW)
    body.memberships.update(valid_from=date(2020, 1, 1), valid_to=NOW.date())
    assert operations.express_interest(form, by=applicant(form), at=NOW).organisation == body


@pytest.mark.parametrize(
    ("route", "kind", "quoted"),
    [
        (Route.DIRECT_INTEREST, OrganisationKind.EU_JHA_AGENCY, "fourth indent"),
        (Route.INVITATION, OrganisationKind.WB_PARTNER, "first indent"),
        (Route.INVITATION, OrganisationKind.EU_INSTITUTION, "third indent"),
        (Route.INVITATION, OrganisationKind.CIVIL_SOCIETY, "second indent"),
        (Route.NOTIFICATION, OrganisationKind.OTHER_STATE, "fourth indent"),
        (Route.AUTOMATIC, OrganisationKind.EU_JHA_AGENCY, "second indent"),
    ],
)
def test_a_route_that_does_not_fit_is_refused_with_the_rule(route: Route, kind: str, quoted: str) -> None:
    [finding] = rules.may_take_route(route, kind, Ground.HOST)
    assert "Methodology 1" in finding.message
    assert quoted in finding.message
    assert finding.cure


def test_one_open_case_for_one_organisation_whoever_writes() -> None:
    case = complete("Only Institute")
    second = make_form("Only Institute")
    with pytest.raises(RuleRefused, match="has an open case"):
        operations.express_interest(second, by=applicant(second), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(
            ref="M-2026-999",
            organisation=case.organisation,
            route=Route.DIRECT_INTEREST,
            ground=Ground.BOARD_APPROVAL,
            state=CaseState.EXPRESSED,
            opened_at=NOW,
        )


def test_nobody_approves_an_own_assessment() -> None:
    case, writer = complete(), make_officer()
    with pytest.raises(RuleRefused, match="does not approve"):
        assess(case, writer, writer)
    with pytest.raises(RuleRefused, match="does not approve"):
        assess(complete(), make_officer(), CONSOLE)  # type: ignore[arg-type]


def test_an_invitation_without_an_answer_is_reminded_of_and_lapses_and_may_be_made_again() -> None:
    prospect = operations.enter_prospect("Silent Academy", "international_organisation", by=CONSOLE, at=NOW)
    contact = operations.add_contact(prospect, "Office", email="o@silent.example", by=CONSOLE, at=NOW)
    case = operations.invite(prospect, contact, TODAY + timedelta(days=90), by=CONSOLE, at=NOW)
    operations.remind_invited(case, by=CONSOLE, at=NOW)
    with pytest.raises(RuleRefused, match="still waits"):
        operations.lapse_invitation(case, by=CONSOLE, at=NOW)
    late = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    case = operations.lapse_invitation(case, by=CONSOLE, at=late)
    assert case.state == CaseState.LAPSED
    with pytest.raises(RuleRefused):
        operations.express_interest(
            fill(case.application, "Silent Academy"), by=applicant(case.application), at=late
        )
    again = operations.invite(prospect, contact, date(2027, 6, 1), by=CONSOLE, at=late)
    assert again.predecessor == case


def test_a_list_whose_last_case_is_withdrawn_is_given_up_with_it() -> None:
    cases = [complete(f"Leaving Body {number}") for number in range(2)]
    for case in cases:
        assess(case, make_officer(), make_officer())
    drawn = listed(*(Case.objects.get(pk=case.pk) for case in cases))
    for case, state in zip(cases, ("put", "withdrawn"), strict=True):
        found = Case.objects.get(pk=case.pk)
        operations.withdraw_case(found, "No interest.", by=applicant(found.application), at=NOW)
        drawn.refresh_from_db()
        assert drawn.state == state


def test_a_member_is_asked_beginning_with_whom_its_form_named_and_erasing_the_form_takes_them_out() -> None:
    case = complete("Naming Institute")
    jon = {"name": "Jon Dean", "email": "jon@naming.example"}
    Application.objects.filter(case=case).update(focal_points={"WBCTi": jon, "WBBSi": {}})
    assess(case, make_officer(), make_officer())
    decided(listed(Case.objects.get(pk=case.pk)), ("admitted", ""))
    asked = FocalPointRequest.objects.get(organisation=case.organisation)
    assert asked.suggested == {"WBCTi": jon}
    assert asked.purposes == ["letters", "WBCTi", "WBBSi"]
    operations.erase_application(Application.objects.get(case=case), by=CONSOLE, at=NOW)
    asked.refresh_from_db()
    assert asked.suggested == {}


def test_personal_data_of_a_closed_case_can_be_erased_and_the_trail_stays() -> None:
    case = complete("Erased Institute")
    form = case.application
    with pytest.raises(RuleRefused, match="open"):
        operations.erase_application(form, by=CONSOLE, at=NOW)
    operations.withdraw_case(case, "No interest any more.", by=applicant(form), at=NOW)
    before = form.email
    operations.erase_application(form, by=CONSOLE, at=NOW)
    form.refresh_from_db()
    assert before not in str(form.__dict__)
    assert (form.contact_name, form.pdf) == ("", None)
    assert Organisation.objects.filter(cases=case).exists()
    assert first_broken() is None
