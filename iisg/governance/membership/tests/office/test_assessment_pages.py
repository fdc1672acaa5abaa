"""The assessment on its pages: one criterion on each, four eyes, versions beside each other, one page for the Board."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.utils import timezone

from iisg.foundations.accounts.models import User
from iisg.governance.membership import brief, operations
from iisg.governance.membership.factories import assess, make_officer
from iisg.governance.membership.models import Assessment, Case, CaseState
from iisg.governance.membership.tests.office.conftest import Browsing
from iisg.governance.membership.tests.office.test_case_pages import expressed, page

pytestmark = pytest.mark.django_db
LONG = "It has worked with police and border services of the region for many years, as its reports say. "


@pytest.fixture
def case(officer: User) -> Case:
    """A complete case."""
    return operations.complete_case(expressed("Assessed Institute"), by=officer, at=timezone.now())


def written(client: Client, case: Case, evidence: str = "Its charter says so.") -> None:
    """Begin it and write every part, page by page."""
    address = f"/cases/{case.ref}/assessment/"
    client.post(f"{address}do/start/")
    for criterion in ("like_minded", "regional", "eu_values"):
        said = {
            "fulfilled": "yes",
            "evidence": evidence,
            "sources": "https://example.org/charter\nAnnual report",
        }
        assert client.post(f"{address}{criterion}/", said).status_code == 302
    assert (
        client.post(
            f"{address}summary/", {"summary": "A fitting partner.", "recommendation": "admit"}
        ).status_code
        == 302
    )


def text_of(content: bytes) -> tuple[int, str]:
    """Number of pages and words of a PDF."""
    paper = pdfium.PdfDocument(BytesIO(content))
    return len(paper), " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in paper).split())


def test_one_writes_another_approves_and_the_page_says_who_may(
    case: Case, officer: User, secretariat: Client, browsing: Browsing
) -> None:
    address = f"/cases/{case.ref}/assessment/"
    assert "Begin the assessment" in page(secretariat, address)
    secretariat.post(f"{address}do/start/")
    assert "Methodology 2 asks for a finding" in page(secretariat, address)
    written(secretariat, case)
    secretariat.post(f"{address}do/submit/")
    waits = page(secretariat, address)
    assert "There is no other officer at present" in waits
    other = make_officer()
    waits = page(secretariat, address)
    assert "It may be approved by:" in waits
    assert str(other) in waits
    assert "do/approve/" not in waits
    refused = secretariat.post(f"{address}do/approve/", follow=True).content.decode()
    assert "Whoever wrote an assessment does not approve it." in refused

    second = browsing(other)
    assert "You may approve it." in page(second, address)
    second.post(address, {"return-note": "Name the source of the second finding."})
    assert "Name the source of the second finding." in page(secretariat, address)
    secretariat.post(f"{address}do/submit/")
    second.post(f"{address}do/approve/")
    case.refresh_from_db()
    assert case.state == CaseState.ASSESSED
    response = second.post(f"{address}1/brief/")
    pages, words = text_of(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert pages == 1
    for said in ("Assessed Institute", "Like-minded partner", "Annual report", "admit", "TLP:GREEN"):
        assert said in words


def test_versions_stand_beside_each_other_with_what_differs(
    case: Case, officer: User, secretariat: Client
) -> None:
    assess(case, make_officer(), make_officer(), timezone.now())
    address = f"/cases/{case.ref}/assessment/"
    secretariat.post(f"{address}do/start/")
    secretariat.post(
        f"{address}regional/",
        {"fulfilled": "partly", "evidence": "As its new charter <b>says.", "sources": ""},
    )
    shown = page(secretariat, f"{address}compare/1/2/")
    assert "<ins>new</ins>" in shown
    assert "<del>fulfilled</del>" in shown or "<ins>in part</ins>" in shown
    assert "&lt;b&gt;says." in shown
    assert "unchanged" in shown
    assert secretariat.get(f"{address}compare/1/9/").status_code == 404
    assert "version 2" in page(secretariat, address)


def test_a_brief_that_is_long_is_set_smaller_and_one_that_is_too_long_says_so(
    case: Case, secretariat: Client
) -> None:
    address = f"/cases/{case.ref}/assessment/"
    written(secretariat, case, LONG * 9)
    middle = Assessment.objects.get()
    assert brief.fits(middle, timezone.now())
    assert text_of(brief.as_pdf(middle, timezone.now()))[0] == 1
    written(secretariat, case, LONG * 40)
    refused = secretariat.post(f"{address}do/submit/", follow=True).content.decode()
    assert "does not fit on one page, even in the smallest type" in refused
    assert Assessment.objects.get().state == "draft"
    draft = secretariat.post(f"{address}1/brief/")
    assert text_of(b"".join(draft.streaming_content))[0] > 1  # type: ignore[attr-defined]
    assert "draft" in draft.headers["Content-Disposition"]


def test_what_is_approved_does_not_change_and_unknown_parts_are_not_found(
    case: Case, secretariat: Client
) -> None:
    assess(case, make_officer(), make_officer(), timezone.now())
    address = f"/cases/{case.ref}/assessment/"
    said = {"fulfilled": "no", "evidence": "Changed.", "sources": ""}
    assert "The assessment is: approved." in secretariat.post(f"{address}regional/", said).content.decode()
    assert "What is the finding?" not in page(secretariat, address)
    assert secretariat.get(f"{address}other/").status_code == 404
    assert secretariat.post(f"{address}do/other/").status_code == 404
