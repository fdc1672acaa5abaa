"""Lists to the Board: drawn up, put, read by the Board, decided with a page between that says what will happen."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.models import Membership
from iisg.governance.membership import operations
from iisg.governance.membership.factories import PDF, assess, make_officer
from iisg.governance.membership.models import BoardList, Case, CaseState, ListState
from iisg.governance.membership.tests.office.conftest import Browsing
from iisg.governance.membership.tests.office.test_case_pages import expressed, page
from iisg.office.letters.models import Letter
from iisg.office.pillars.models import FocalPointRequest

pytestmark = pytest.mark.django_db


def assessed(name: str, writer: User, approver: User) -> Case:
    """A case whose assessment is approved."""
    case = operations.complete_case(expressed(name), by=CONSOLE, at=timezone.now())
    assess(case, writer, approver, timezone.now())
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def three(officer: User) -> list[Case]:
    """Three assessed cases."""
    other = make_officer()
    return [assessed(f"{letter} Institute", officer, other) for letter in "ABC"]


def drawn_up(client: Client, cases: list[Case]) -> BoardList:
    """A list with these cases, by the pages."""
    client.post("/lists/", {"title": "Potential members, December 2026"})
    one = BoardList.objects.latest("pk")
    client.post(f"/lists/{one.ref}/do/add/", {"add-cases": [case.ref for case in cases]})
    return one


def put(client: Client, one: BoardList, procedure: str = "silence") -> BoardList:
    """Put it to the Board."""
    client.post(f"/lists/{one.ref}/do/put/", {"put-procedure": procedure})
    one.refresh_from_db()
    return one


def test_a_list_is_composed_ordered_put_and_taken_back(secretariat: Client, three: list[Case]) -> None:
    one = drawn_up(secretariat, three)
    address = f"/lists/{one.ref}/"
    shown = page(secretariat, address)
    assert "No further case is assessed." in shown
    first, _second, third = one.lines.all()
    secretariat.post(f"{address}do/order/", {f"place_{third.pk}": "1", f"place_{first.pk}": "3"})
    assert [line.case.organisation.name[0] for line in one.lines.all()] == ["C", "B", "A"]
    secretariat.post(f"{address}do/off/", {"line": third.pk})
    assert Case.objects.get(pk=third.case_id).state == CaseState.ASSESSED
    assert "Say by which procedure" in secretariat.post(f"{address}do/put/", follow=True).content.decode()
    one = put(secretariat, one)
    assert (one.state, one.procedure) == (ListState.PUT, "silence")
    response = secretariat.post(f"{address}paper/")
    paper = pdfium.PdfDocument(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert len(paper) == 3
    refused = secretariat.post(f"{address}do/take-back/", {"reason": ""}, follow=True).content.decode()
    assert "Give the reason." in refused
    secretariat.post(f"{address}do/take-back/", {"reason": "A line is missing."})
    one.refresh_from_db()
    assert one.state == ListState.DRAWN_UP
    assert "A line is missing" in page(secretariat, address)
    secretariat.post(f"{address}do/withdraw/", {"reason": "Another time."})
    one.refresh_from_db()
    assert (one.state, one.lines.count()) == (ListState.WITHDRAWN, 0)
    assert Case.objects.assessed().count() == 3
    assert secretariat.post(f"{address}do/burn/").status_code == 404


def test_the_board_reads_lists_that_were_put_with_their_briefs_and_nothing_else(
    secretariat: Client, three: list[Case], browsing: Browsing
) -> None:
    hidden, shown = drawn_up(secretariat, three[:1]), put(secretariat, drawn_up(secretariat, three[1:]))
    readers = {
        role: browsing(make_person(role, make_partner("AL")))
        for role in (Role.BOARD_MEMBER, Role.ALTERNATE, Role.OBSERVER)
    }
    line = shown.lines.first()
    assert line is not None
    for client in readers.values():
        register = page(client, "/lists/")
        assert shown.ref in register
        assert hidden.ref not in register
        read = page(client, f"/lists/{shown.ref}/")
        assert "A fitting partner." in read
        assert "Record the decision" not in read
        assert f"/cases/{line.case.ref}/" not in read
        assert client.post(f"/lists/{shown.ref}/paper/").status_code == 200
        assert client.post(f"/lists/{shown.ref}/brief/{line.pk}/").status_code == 200
        assert client.get(f"/lists/{hidden.ref}/").status_code == 404
        assert client.post(f"/lists/{hidden.ref}/paper/").status_code == 404
        for address in (
            "/cases/", "/prospects/", f"/cases/{line.case.ref}/", f"/lists/{shown.ref}/decision/",
            f"/lists/{shown.ref}/conclusions/",
        ):  # fmt: skip
            assert client.get(address).status_code == 403, address
            assert client.post(address).status_code == 403, address
        assert client.post("/lists/", {"title": "Mine"}).status_code == 403
        assert client.post(f"/lists/{shown.ref}/do/take-back/", {"reason": "x"}).status_code == 403
    assert not Case.objects.visible_to(make_person(Role.OBSERVER, make_partner("AL"))).filter(
        lines__on_list=hidden
    )
    reader = browsing(make_person(Role.MEMBER_READER, make_partner("AL")))
    assert reader.get("/lists/").status_code == 403
    assert reader.get(f"/lists/{shown.ref}/").status_code == 403


def decision(one: BoardList, outcomes: list[tuple[str, str]], **facts: object) -> dict[str, object]:
    """What is sent by the page that records a decision."""
    today = timezone.localdate().isoformat()
    said: dict[str, object] = {"decision_number": "BD/2026/7", "decided_on": today, "effective_on": today}
    for line, (outcome, reason) in zip(one.lines.all(), outcomes, strict=True):
        said |= {f"outcome_{line.pk}": outcome, f"reason_{line.pk}": reason}
    return said | facts


def test_a_decision_is_shown_with_what_it_will_do_before_it_is_carried_out(
    secretariat: Client, three: list[Case]
) -> None:
    member = make_organisation("Old Member")
    Membership.objects.create(organisation=member, ground="board_approval")
    member.contacts.create(name="Old Office", email="old@member.example", valid_from="2024-01-01")
    make_person(Role.BOARD_MEMBER, make_partner("ME"))
    one = put(secretariat, drawn_up(secretariat, three), "meeting")
    address = f"/lists/{one.ref}/decision/"
    outcomes = [("admitted", ""), ("refused", "No work in the region."), ("deferred", "Its statutes.")]

    bare = secretariat.post(address, decision(one, outcomes)).content.decode()
    assert "Signed conclusions:" in bare
    file = SimpleUploadedFile("conclusions.pdf", PDF)
    effective = (timezone.localdate() + timedelta(days=7)).isoformat()
    missing = [("admitted", ""), ("refused", ""), ("deferred", "Its statutes.")]
    shown = secretariat.post(address, decision(one, missing, file=file)).content.decode()
    assert "B Institute: Give the reason." in shown
    assert "Signed conclusions are attached already:" in shown

    foreseen = secretariat.post(address, decision(one, outcomes, effective_on=effective)).content.decode()
    assert not Membership.objects.filter(organisation=three[0].organisation).exists()
    one.refresh_from_db()
    assert one.state == ListState.PUT
    for words in (
        "Nothing has happened yet",
        "A Institute is a member from",
        "It takes a seat in WBCTi.",
        "Welcome to a new member: Office of the Director (applicant-",
        "Old Office (old@member.example)",
        "It is not admitted; its case is closed.",
        "No work in the region.",
        "The decision is put off; its case stays open.",
    ):
        assert words in foreseen
    changed = secretariat.post(
        address, decision(one, outcomes, effective_on=effective, deed="change")
    ).content.decode()
    assert "No work in the region." in changed
    assert "Look at what will happen" in changed

    before = set(Letter.objects.values_list("pk", flat=True))
    done = secretariat.post(
        address, decision(one, outcomes, effective_on=effective, deed="carry-out"), follow=True
    ).content.decode()
    assert "The decision BD/2026/7 is recorded and carried out." in done
    states = [Case.objects.get(pk=case.pk).state for case in three]
    assert states == [CaseState.MEMBER, CaseState.REFUSED, CaseState.DEFERRED]
    asked = FocalPointRequest.objects.get(organisation=three[0].organisation)
    assert asked.purposes == ["letters", "WBCTi"]
    # every letter that went out was foreseen, with each of its addressees
    for letter in Letter.objects.exclude(pk__in=before):
        for person in letter.recipients.all():
            assert person.name in foreseen, (letter, person)
    late = secretariat.get(address, follow=True).content.decode()
    assert "The list is not before the Board." in late


def test_what_the_rules_refuse_is_told_at_its_field(secretariat: Client, three: list[Case]) -> None:
    one = put(secretariat, drawn_up(secretariat, three[:1]))
    address = f"/lists/{one.ref}/decision/"
    file = SimpleUploadedFile("conclusions.pdf", PDF)
    late = decision(one, [("admitted", "")], decided_on="2999-01-01", effective_on="2998-01-01", file=file)
    shown = secretariat.post(address, late).content.decode()
    assert "The day of the decision is still to come." in shown
    assert "Nothing is in force before it is decided." in shown
    wrong = SimpleUploadedFile("conclusions.exe", b"MZ")
    assert (
        "is of a sort that is not taken"
        in secretariat.post(address, decision(one, [("admitted", "")], file=wrong)).content.decode()
    )
    nothing = decision(one, [("", "")])
    assert "Say what the Board decided." in secretariat.post(address, nothing).content.decode()
    forged = decision(one, [("admitted", "")], deed="carry-out", decision_number="")
    secretariat.post(address, forged)
    one.refresh_from_db()
    assert one.state == ListState.PUT


@pytest.mark.parametrize("part", ["", "one", "decision"])
def test_fifty_cost_as_many_queries_as_one(part: str, secretariat: Client, officer: User) -> None:
    other, at = make_officer(), timezone.now()
    one = operations.draw_up_list("A list", by=CONSOLE, at=at)

    def grow(number: int) -> None:
        """One more line, made without its papers: they play no part in the page."""
        case = Case.objects.create(
            ref=f"M-2020-{number:03d}",
            organisation=make_organisation(),
            route="direct_interest",
            ground="board_approval",
            state=CaseState.LISTED,
            opened_at=at,
        )
        assessment = case.assessments.create(number=1, written_by=other, written_by_label="x", written_at=at)
        assessment.findings.create(criterion="regional", fulfilled="yes", evidence="So.")
        one.lines.create(case=case, assessment=assessment, position=number)
        operations.draw_up_list(f"List {number}", by=CONSOLE, at=at)

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(
                secretariat,
                {"": "/lists/", "one": f"/lists/{one.ref}/"}.get(part, f"/lists/{one.ref}/decision/"),
            )
        return len(counted)

    if part == "decision":
        case = assessed("First Institute", officer, other)
        operations.list_case(one, case, by=CONSOLE, at=at)
        operations.put_list(one, "meeting", by=CONSOLE, at=at)
    grow(1)
    asked()
    first = asked()
    for number in range(2, 51):
        grow(number)
    assert asked() == first
