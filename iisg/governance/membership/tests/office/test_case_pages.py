"""The register of cases and the pages of one case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.accounts.models import User
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.case_register import waiting
from iisg.governance.membership.factories import (
    PDF,
    assess,
    make_body,
    make_evidence,
    make_form,
    make_officer,
)
from iisg.governance.membership.models import Case, CaseState
from iisg.governance.membership.standing import standing

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def expressed(name: str) -> Case:
    """A form that was handed over, of a body that is confirmed."""
    at = timezone.now()
    form = make_form(name, at=at)
    case = operations.express_interest(form, by=applicant(form), at=at)
    case.organisation.confirmed, case.organisation.kind = True, "international_organisation"
    case.organisation.save()
    return case


def every_state() -> dict[str, Case]:
    """A case at each step, by a word for it."""
    at = timezone.now()
    found = {name: expressed(f"{name.title()} Body") for name in (
        "check", "back", "assess", "approve", "list", "drawn", "board", "deferred", "refused", "member", "gone",
    )}  # fmt: skip
    operations.hand_back(found["back"], "The signature.", by=CONSOLE, at=at)
    for name in ("assess", "approve", "list", "drawn", "board", "deferred", "refused", "member"):
        operations.complete_case(found[name], by=CONSOLE, at=at)
    writer, approver = make_officer(), make_officer()
    for name in ("list", "drawn", "board", "deferred", "refused", "member"):
        assess(found[name], writer, approver, at)
    waits = operations.start_assessment(found["approve"], by=writer, at=at)
    for criterion in ("like_minded", "regional", "eu_values"):
        operations.find_criterion(waits, criterion, "yes", "As its charter says.", "", by=writer, at=at)
    operations.write_summary(waits, "Fits.", "admit", by=writer, at=at)
    operations.submit_assessment(waits, by=writer, at=at)
    operations.withdraw_case(found["gone"], "No interest.", by=CONSOLE, at=at)
    for names in (("drawn",), ("board",), ("deferred", "refused", "member")):
        drawn = operations.draw_up_list("A list", by=CONSOLE, at=at)
        for name in names:
            operations.list_case(drawn, Case.objects.get(pk=found[name].pk), by=CONSOLE, at=at)
        if names != ("drawn",):
            operations.put_list(drawn, "meeting", by=CONSOLE, at=at)
        if "member" in names:
            said = dict(
                zip(names, (("deferred", "Statutes."), ("refused", "No."), ("admitted", "")), strict=True)
            )
            by_name = {case.pk: name for name, case in found.items()}
            outcomes = {line.pk: said[by_name[line.case_id]] for line in drawn.lines.all()}
            operations.record_decision(
                drawn, outcomes, "BD/1", at.date(), at.date(), make_evidence(at), by=CONSOLE, at=at
            )
    agency = make_body("eu_jha_agency", "Inform Agency")
    found["inform"] = operations.record_notification(agency, "Letter", make_evidence(at), by=CONSOLE, at=at)
    for name, days in (("answer", 60), ("lapsing", 7)):
        one = operations.enter_prospect(f"{name.title()} Body", "other_state", by=CONSOLE, at=at)
        contact = operations.add_contact(one, "Office", email="o@body.example", by=CONSOLE, at=at)
        due_on = timezone.localtime(at).date() + timedelta(days=days)
        found[name] = operations.invite(one, contact, due_on, by=CONSOLE, at=at)
    return {name: Case.objects.with_facts().get(pk=case.pk) for name, case in found.items()}


def test_filters_and_the_sentence_of_each_case_say_the_same(secretariat: Client) -> None:
    found = every_state()
    shown = {name: page(secretariat, f"/cases/{case.ref}/") for name, case in found.items()}
    for name, case in found.items():
        assert standing(case).sentence in shown[name].replace("&#x27;", "'"), name
    for turn in ("applicant", "secretariat", "board"):
        register = page(secretariat, f"/cases/?turn={turn}")
        expected = {case.ref for case in found.values() if standing(case).turn == turn}
        assert {case.ref for case in found.values() if case.ref in register} == expected, turn
    today = timezone.localdate()
    for what, names in {
        "check": {"check"},
        "assess": {"assess"},
        "approve": {"approve"},
        "list": {"list"},
        "board": {"board"},
        "inform": {"inform"},
        "answer": {"answer", "lapsing"},
        "lapsing": {"lapsing"},
    }.items():
        assert {case.pk for case in waiting(what, today)} == {found[name].pk for name in names}, what
        register = page(secretariat, f"/cases/?waits={what}")
        assert {name for name, case in found.items() if case.ref in register} == names, what
    assert "No case fits" in page(secretariat, "/cases/?words=nowhere")
    assert found["refused"].ref in page(secretariat, "/cases/?state=refused")
    assert found["refused"].ref not in page(secretariat, "/cases/?state=open")


def test_the_desk_counts_exactly_what_its_links_show(secretariat: Client) -> None:
    every_state()
    one = operations.enter_prospect(
        "Due Body", "other_state", by=CONSOLE, at=timezone.now(), follow_up_on=timezone.localdate()
    )
    desk = page(secretariat, "/desk/")
    for words, address in {
        "Check 1 form": "/cases/?waits=check",
        "Write 1 brief assessment": "/cases/?waits=assess",
        "Approve 1 assessment": "/cases/?waits=approve",
        "Put 1 case on a list to the Board": "/cases/?waits=list",
        "Carry on 1 case that needs no approval": "/cases/?waits=inform",
        "1 invitation lapses soon": "/cases/?waits=lapsing",
        "Follow up 1 possible partner": "/prospects/?due=now",
        "decision on 1 list": "/lists/?state=put",
    }.items():
        assert words in desk
        assert f'href="{address}"' in desk
        assert "1 " in page(secretariat, address)
    assert one.name in page(secretariat, "/prospects/?due=now")


def test_a_form_is_read_handed_back_and_found_complete(secretariat: Client) -> None:
    form = make_form("Unknown Institute", at=timezone.now())
    case = operations.express_interest(form, by=applicant(form), at=timezone.now())
    address = f"/cases/{case.ref}/form/"
    shown = page(secretariat, address)
    for words in ("Unknown Institute", "A. Director", "to be named later", "Confirms interest to become"):
        assert words in shown
    assert "is not confirmed in the register of organisations" in shown
    assert f"/organisations/{case.organisation.ref}/confirm/" in shown
    refused = secretariat.post(f"/cases/{case.ref}/do/complete/", follow=True).content.decode()
    assert "is not confirmed" in refused
    body = case.organisation
    body.confirmed, body.kind = True, OrganisationKind.INTERNATIONAL_ORGANISATION
    body.save()
    secretariat.post(address, {"note-note": "The postal address."})
    case.refresh_from_db()
    assert case.application.state == "handed_back"
    assert "The postal address." in page(secretariat, address)
    assert "It is complete" not in page(secretariat, address)
    operations.express_interest(case.application, by=applicant(case.application), at=timezone.now())
    secretariat.post(f"/cases/{case.ref}/do/complete/")
    case.refresh_from_db()
    assert case.state == CaseState.COMPLETE


def test_files_of_a_case_are_marked_and_their_taking_is_on_record(secretariat: Client) -> None:
    case = expressed("Filed Institute")
    response = secretariat.post(f"/cases/{case.ref}/files/annex/")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert response.headers["X-IISG-Marking"] == "TLP:GREEN"
    assert "A paper was downloaded" in page(secretariat, f"/cases/{case.ref}/record/")
    for what in ("signed", "evidence", "other"):
        assert secretariat.post(f"/cases/{case.ref}/files/{what}/").status_code == 404


@pytest.mark.parametrize(
    ("route", "kind", "ground", "quoted"),
    [
        ("notification", "other_state", "", "Methodology 1, fourth indent"),
        ("notification", "wb_partner", "", "Methodology 1, first indent"),
        ("notification", "eu_institution", "", "Methodology 1, third indent"),
        ("automatic", "eu_jha_agency", "host", "Methodology 1, second indent"),
        ("automatic", "other_state", "", "Methodology 1, second indent"),
    ],
)
def test_a_route_that_does_not_fit_is_refused_on_the_page_with_the_rule(
    secretariat: Client, route: str, kind: str, ground: str, quoted: str
) -> None:
    body = make_body(kind if kind != "wb_partner" else "other", "Some Body")
    if kind == "wb_partner":
        body.kind, body.code = kind, "AL"
        body.save()
    said = {
        "route": route,
        "organisation": body.ref,
        "ground": ground,
        "basis": "Letter",
        "received_on": "2026-11-20",
    }
    file = SimpleUploadedFile("letter.pdf", PDF)
    shown = secretariat.post("/cases/new/", {**said, "file": file}).content.decode()
    assert quoted in shown
    assert not Case.objects.exists()


def test_evidence_that_is_none_is_refused_and_nothing_is_kept(secretariat: Client) -> None:
    agency = make_body("eu_jha_agency", "Agency")
    said = {
        "route": "notification",
        "organisation": agency.ref,
        "basis": "Letter",
        "received_on": "2026-11-20",
    }
    file = SimpleUploadedFile("letter.pdf", b"no paper at all")
    shown = secretariat.post("/cases/new/", {**said, "file": file}).content.decode()
    assert "does not hold what its name says" in shown
    late = {**said, "received_on": "2999-01-01", "file": SimpleUploadedFile("letter.pdf", PDF)}
    assert "still to come" in secretariat.post("/cases/new/", late).content.decode()
    assert not Case.objects.exists()


def test_a_new_case_shows_its_predecessor_and_the_old_one_its_successor(secretariat: Client) -> None:
    first = expressed("Patient Institute")
    secretariat.post(f"/cases/{first.ref}/", {"deed": "withdraw", "withdraw-reason": "Later."})
    second = expressed("Patient Institute")
    assert second.predecessor == first
    assert "Follows the earlier case" in page(secretariat, f"/cases/{second.ref}/")
    assert second.ref in page(secretariat, f"/cases/{first.ref}/")
    member_page = page(secretariat, f"/organisations/{first.organisation.ref}/membership/")
    assert f"follows {first.ref}" in member_page


@pytest.mark.parametrize("part", ["", "one", "form", "letters", "record", "assessment"])
def test_fifty_cost_as_many_queries_as_one(part: str, secretariat: Client, officer: User) -> None:
    case = expressed("Counted Institute")
    address = {"": "/cases/", "one": f"/cases/{case.ref}/"}.get(part, f"/cases/{case.ref}/{part}/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(secretariat, address)
        return len(counted)

    def grow(number: int) -> None:
        at = timezone.now()
        agency = make_body("eu_jha_agency", f"Agency {number}")
        operations.record_notification(agency, "Letter", make_evidence(at), by=CONSOLE, at=at)
        operations.take_paper(f"paper-{number}.pdf", case, by=CONSOLE, at=at)

    grow(1)
    asked()
    one = asked()
    for number in range(2, 51):
        grow(number)
    assert asked() == one
