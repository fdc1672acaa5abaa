"""A deferred applicant sends what the Board asks for, by its page or by a letter; then it is the Secretariat's turn."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.permits import RuleRefused
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import PDF
from iisg.governance.membership.models import Case
from iisg.governance.membership.standing import Turn, standing
from iisg.governance.membership.tests.office.test_case_pages import every_state, page
from iisg.office.letters.models import Letter
from iisg.office.letters.operations import register_letter

pytestmark = pytest.mark.django_db
ANSWER = "/become-a-member/answer/"


@pytest.fixture
def deferred() -> Case:
    """A case that the Board has put off."""
    return every_state()["deferred"]


def asking(case: Case) -> Letter:
    """The letter in which the Board asks."""
    return Letter.objects.about(case).get(kind="membership-deferred")


def turn_of(case: Case) -> Turn:
    """Whose turn it is, as the sentence and the register say."""
    turn = standing(Case.objects.with_facts().get(pk=case.pk)).turn
    with_applicant = Case.objects.with_the_applicant().filter(pk=case.pk).exists()
    assert with_applicant is (turn == Turn.APPLICANT)
    assert Case.objects.to_assess().filter(pk=case.pk).exists() is (turn == Turn.SECRETARIAT)
    return turn


def test_by_the_link_of_the_letter_with_a_file(deferred: Case, secretariat: Client) -> None:
    assert turn_of(deferred) == Turn.APPLICANT
    assert "The applicant can send it from its page" in page(secretariat, f"/cases/{deferred.ref}/")
    link = re.search(r"https?://[^/]+(/become-a-member/form/\S+)", asking(deferred).body)
    assert link is not None
    browser = Client()
    shown = browser.get(link[1], follow=True).content.decode()
    if "Send what the Board asks for" not in shown:
        shown = browser.post(link[1], follow=True).content.decode()
    assert ANSWER in shown
    assert "Statutes." in page(browser, ANSWER)
    assert "Nothing is sent." in browser.post(ANSWER, {"said": " "}).content.decode()
    broken = browser.post(ANSWER, {"said": "Here.", "attached": SimpleUploadedFile("x.exe", b"MZ")})
    assert "There is a problem" in broken.content.decode()
    assert not Letter.objects.filter(direction="in").exists(), "nothing half-done"
    said = {"said": "Here are our statutes.", "attached": SimpleUploadedFile("statutes.pdf", PDF)}
    assert "It has arrived." in browser.post(ANSWER, said, follow=True).content.decode()
    letter = Letter.objects.get(direction="in")
    assert (letter.in_reply_to, letter.attachments.count()) == (asking(deferred), 1)
    assert asking(deferred).state == "answered"
    assert turn_of(deferred) == Turn.SECRETARIAT
    assert "What the Board asked for was sent" in page(browser, "/become-a-member/form/")
    assert browser.get(ANSWER).status_code == 302
    with pytest.raises(RuleRefused, match="come in already"):
        operations.answer_board(deferred, "Again.", (), by=applicant(deferred.application), at=timezone.now())
    assert "Go to the assessment" in page(secretariat, f"/cases/{deferred.ref}/")


def test_by_a_letter_that_the_secretariat_enters(deferred: Case) -> None:
    register_letter(
        "Our statutes", "Deferred Body", timezone.localdate(), by=CONSOLE, at=timezone.now(),
        in_reply_to=asking(deferred),
    )  # fmt: skip
    assert turn_of(deferred) == Turn.SECRETARIAT


def test_a_case_that_is_not_deferred_is_asked_for_nothing() -> None:
    case = every_state()["check"]
    with pytest.raises(RuleRefused, match="asks for nothing"):
        operations.answer_board(case, "Here.", (), by=applicant(case.application), at=timezone.now())
