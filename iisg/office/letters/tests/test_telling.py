"""The table who is told of what, and the wordings of the kinds of letter."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation
from iisg.office.letters import operations
from iisg.office.letters.models import KindWording, Letter, Told
from iisg.office.letters.tests.made_up import ANA, NOW, known_here, nothing_known_but_free_words

pytestmark = pytest.mark.django_db
SHOWN = ["admitted/bodies", "admitted/agency"]
FACTS = {"meeting": "M", "day": NOW.date(), "items": ["a"], "place": "https://x.example", "reasons": "r"}


def test_an_empty_table_says_what_will_stand_there(secretariat: Client) -> None:
    with nothing_known_but_free_words():
        page = secretariat.get("/letters/told/").content.decode()
        assert "Nothing is told by itself yet" in page
        assert secretariat.post("/letters/told/", {"shown": SHOWN}).status_code == 302
    assert not Told.objects.exists()


def test_what_is_ticked_holds_from_the_next_letter_on(secretariat: Client) -> None:
    body = make_organisation("Border Centre")
    with known_here():
        page = secretariat.get("/letters/told/").content.decode()
        assert 'name="told-admitted-bodies" checked' in page
        secretariat.post("/letters/told/", {"shown": SHOWN, "told-admitted-bodies": "on"})
        assert not Told.objects.exists()
        ticked = {"shown": SHOWN, "told-admitted-agency": "on", "copy-admitted-agency": "on"}
        secretariat.post("/letters/told/", {**ticked, "told-admitted-bodies": "on"})
        assert str(Told.objects.get()) == "admitted: agency"
        letter = operations.tell("admitted", body, FACTS, by=CONSOLE, at=NOW)
        assert letter is not None
        assert [(each.name, each.is_copy) for each in letter.recipients.all()] == [
            ("Border Centre", False),
            ("Agency", True),
        ]
        secretariat.post("/letters/told/", {"shown": SHOWN})
        assert operations.tell("admitted", body, FACTS, by=CONSOLE, at=NOW) is None
    assert Event.objects.filter(name="letters.told_decided").count() == 3


def test_a_page_that_did_not_show_a_circle_decides_nothing_about_it(secretariat: Client) -> None:
    with known_here():
        secretariat.post("/letters/told/", {"shown": ["admitted/agency"]})
        secretariat.post("/letters/told/", {})
    assert not Told.objects.exists()


def test_one_looks_who_would_get_it_now(secretariat: Client) -> None:
    body = make_organisation("Border Centre")
    with known_here():
        operations.set_told("admitted", "agency", True, True, by=CONSOLE, at=NOW)
        page = secretariat.get("/letters/told/?occasion=admitted").content.decode()
        assert f'<option value="{body.pk}">Border Centre</option>' in page
        page = secretariat.get(f"/letters/told/?occasion=admitted&record={body.pk}").content.decode()
        assert "Border Centre, office@body.example" in page
        assert "Agency, office@agency.example" in page
        for strange in ("record=999999", "record=x", "occasion=nothing&record=1"):
            answer = secretariat.get(f"/letters/told/?occasion=admitted&{strange}")
            assert answer.status_code == 200
    assert not Letter.objects.exists()


def test_a_wording_is_checked_shown_kept_and_taken_back(secretariat: Client) -> None:
    address = "/letters/wordings/invitation/sq/"
    wrong = {"subject": "Ftesë: {meeting}", "body": "{salutation}, {nothing} {open"}
    worded = {"subject": "Ftesë: {meeting}", "body": "{salutation},\n\n{day}\n\n{items} {{x}}"}
    with known_here():
        page = secretariat.get(address).content.decode()
        assert "Invitation: {meeting}" in page
        assert "<code>{reasons}</code>" in page
        page = secretariat.post(address, wrong | {"do": "check"}).content.decode()
        assert "knows no “nothing”" in page
        assert "A brace is left open" in page
        for do in ("keep", "preview"):
            page = secretariat.post(address, wrong | {"do": do}).content.decode()
            assert "knows no “nothing”" in page
            assert "{nothing}" in page
        page = secretariat.post(address, worded | {"do": "check"}).content.decode()
        assert "Everything that the wording names is known" in page
        assert not KindWording.objects.exists()
        answer = secretariat.post(address, worded | {"do": "preview"})
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        text = pdfium.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()
        for words in ("Ftesë: [Meeting]", "[Items]", "{x}", "sample of a wording"):
            assert words in text
        secretariat.post(address, worded | {"do": "keep"})
        assert "worded by the Secretariat" in secretariat.get("/letters/wordings/").content.decode()
        letter = operations.issue_letter("invitation", FACTS, [ANA], by=CONSOLE, at=NOW, language="sq")
        assert letter.subject == "Ftesë: M"
        assert "Back to the house" in secretariat.get(address).content.decode()
        secretariat.post(address, worded | {"do": "back"})
    assert not KindWording.objects.exists()


def test_the_free_letter_needs_no_subject_in_its_wording(secretariat: Client) -> None:
    secretariat.post("/letters/wordings/free/en/", {"subject": "", "body": "{salutation},\n\nKind regards"})
    assert "Kind regards" in secretariat.get("/letters/new/").content.decode()
    answer = secretariat.post("/letters/wordings/free/en/", {"subject": "x", "body": " "})
    assert "The wording is empty" in answer.content.decode()


@pytest.mark.parametrize("address", ["nothing/en", "free/xx"])
def test_what_nobody_knows_is_not_found(address: str, secretariat: Client) -> None:
    assert secretariat.get(f"/letters/wordings/{address}/").status_code == 404


def test_the_pages_ask_as_often_for_fifty_as_for_one(secretariat: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert secretariat.get(address).status_code == 200
        return len(found)

    with known_here():
        body = make_organisation()
        operations.set_told("admitted", "agency", True, False, by=CONSOLE, at=NOW)
        operations.word_kind("free", "en", "", "text", by=CONSOLE, at=NOW)
        pages = ("/letters/wordings/", f"/letters/told/?occasion=admitted&record={body.pk}")
        few = [asked(page) for page in (*pages, *pages)][2:]
        for number in range(49):
            make_organisation()
            Told.objects.create(
                occasion="admitted", circle=f"c{number}", active=True, changed_at=NOW, changed_by_label="x"
            )
            KindWording.objects.create(
                kind=f"k{number}", language="en", subject="s", body="b", changed_at=NOW, changed_by_label="x"
            )
        assert [asked(page) for page in pages] == few
