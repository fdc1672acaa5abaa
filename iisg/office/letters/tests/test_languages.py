"""Letters in the recipient's language: whose wording is taken, what stands around it, what the office sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.test import Client
from docx import Document as WordFile

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs import operations as orgs
from iisg.foundations.orgs.factories import make_organisation
from iisg.foundations.orgs.models import Organisation
from iisg.office.letters import kinds, operations, paper
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.decided import wording_of
from iisg.office.letters.kinds import Said, Wording, printed
from iisg.office.letters.labels import labels_in
from iisg.office.letters.languages import LANGUAGES, shared_language
from iisg.office.letters.models import Letter
from iisg.office.letters.tests.made_up import ADMITTED, ANA, INVITATION, NOW, draft, known_here
from tests.mailserver import Server
from tests.worker import work_off_the_queue

FACTS: dict[str, Any] = {
    "meeting": "М",
    "day": date(2026, 12, 24),
    "items": [Said("letters", {"mk": "писма"})],
    "place": "https://x.example",
    "reasons": "r",
}
TRANSLATED = Wording("Покана: {meeting}", "{salutation},\n\nна {day}\n\n{items}\n\n{reasons}\n\n{place}")


@pytest.fixture
def invitation() -> Iterator[None]:
    """A kind of letter that the house words in English and Macedonian."""
    with known_here():
        kinds._KNOWN["invitation"] = replace(INVITATION, translations={"mk": TRANSLATED})
        yield


def body_in(language: str, name: str = "") -> Organisation:
    """A body to which letters go in a language."""
    body = make_organisation(name)
    facts = {"name": "Office", "email": f"office@{language}.example", "language": language}
    orgs.set_contact(body, date(2020, 1, 1), by=CONSOLE, at=NOW, **facts)
    return body


@pytest.mark.parametrize(
    ("language", "day", "other"),
    [
        ("en", "20 June 2022", "1 December 2026"),
        ("sq", "20 qershor 2022", "1 dhjetor 2026"),
        ("bs", "20. juna 2022.", "1. decembra 2026."),
        ("mk", "20 јуни 2022", "1 декември 2026"),
        ("cnr", "20. juna 2022.", "1. decembra 2026."),
        ("sr", "20. јуна 2022.", "1. децембра 2026."),
        ("xx", "20 June 2022", "1 December 2026"),
    ],
)
def test_days_stand_as_the_language_has_them(language: str, day: str, other: str) -> None:
    assert printed(date(2022, 6, 20), language) == day
    assert printed([date(2026, 12, 1)], language) == f"- {other}"


def test_every_language_has_twelve_months_and_all_labels() -> None:
    for code, _name in LANGUAGES:
        labels = labels_in(code)
        assert len(set(labels.months.split())) == 12
        assert all((labels.number, labels.day, labels.reply, labels.copy, labels.attached, labels.draft))
        assert labels.office_name
        assert "Integrative Internal Security Governance (IISG)" in labels.house_name
        assert code == "en" or labels.salutation != labels_in("en").salutation


@pytest.mark.django_db
def test_the_secretariats_own_words_go_before_the_houses_and_the_language_before_english(
    invitation: None,
) -> None:
    def taken(language: str) -> tuple[str, str]:
        worded = wording_of("invitation", language)
        return worded.language, worded.subject

    def word(language: str, subject: str) -> None:
        operations.word_kind("invitation", language, subject, "{salutation}", by=CONSOLE, at=NOW)

    assert taken("sq") == taken("en") == ("en", "Invitation: {meeting}")
    assert taken("mk") == ("mk", "Покана: {meeting}")
    word("en", "Own English")
    assert taken("sq") == taken("en") == ("en", "Own English")
    assert taken("mk") == ("mk", "Покана: {meeting}")
    word("mk", "Своја покана")
    assert taken("mk") == ("mk", "Своја покана")
    word("sq", "Ftesë")
    assert taken("sq") == ("sq", "Ftesë")


@pytest.mark.django_db
def test_what_is_worded_in_english_only_is_english_in_every_part(invitation: None) -> None:
    letter = operations.issue_letter("invitation", FACTS, [ANA], by=CONSOLE, at=NOW, language="sr")
    assert letter.language == "en"
    assert "on 24 December 2026 we meet." in letter.body
    assert letter.pdf is not None
    assert b"/Lang(en)" in bytes(letter.pdf.content)


@pytest.mark.django_db
def test_letters_go_out_in_the_language_of_the_body_that_they_go_to(invitation: None, mails: Server) -> None:
    body = body_in("mk", "Министерство")
    person = Addressee("Ана", "office@mk.example", organisation_key=body.pk)
    letter = operations.issue_letter("invitation", FACTS, [person], by=CONSOLE, at=NOW)
    assert (letter.language, letter.subject) == ("mk", "Покана: М")
    assert "- писма" in letter.body
    work_off_the_queue()
    [mail] = mails.to("office@mk.example")
    assert mail["Content-Language"] == "mk"
    text = mail.get_body(("plain",))
    assert text is not None
    for words in ("Почитувани,", "на 24 декември 2026", "Испраќа: Секретаријат на IISG"):
        assert words in text.get_content()


@pytest.mark.django_db
def test_several_bodies_are_written_to_in_english_unless_they_share_a_language() -> None:
    def at(body: Organisation, email: str = "", language: str = "") -> Addressee:
        return Addressee("x", email, organisation_key=body.pk, language=language)

    first, second, third, unknown = body_in("mk"), body_in("mk"), body_in("sq"), make_organisation()
    day = NOW.date()
    assert shared_language([at(first)], day) == "mk"
    assert shared_language([at(first), at(second, "someone@else.example")], day) == "mk"
    assert shared_language([at(first), at(third)], day) == "en"
    assert shared_language([at(first), at(unknown)], day) == "en"
    assert shared_language([at(first), Addressee("Agency", "a@agency.example")], day) == "en"
    assert shared_language([at(first)], date(2019, 12, 31)) == "en", "the address does not hold yet"
    assert shared_language([at(unknown, language="sr")], day) == "sr", "as it was written to before"
    assert shared_language([at(third, language="sr")], day) == "sq", "what is on record goes before that"
    assert shared_language([], day) == "en"


@pytest.mark.django_db
def test_a_circle_with_one_in_another_language_is_told_in_english(invitation: None) -> None:
    body = body_in("mk")
    letter = operations.tell(ADMITTED.slug, body, FACTS, by=CONSOLE, at=NOW)
    assert letter is not None
    assert letter.language == "mk"
    operations.set_told(ADMITTED.slug, "agency", True, True, by=CONSOLE, at=NOW)
    letter = operations.tell(ADMITTED.slug, body, FACTS, by=CONSOLE, at=NOW)
    assert letter is not None
    assert letter.language == "en", "the agency in copy reads English"


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_the_paper_is_in_one_language_from_head_to_foot(language: str) -> None:
    labels = labels_in(language)
    asked = operations.register_letter("Q", "Ministry", date(2026, 11, 24), by=CONSOLE, at=NOW)
    letter = draft(
        Addressee("Ministry"),
        language=language,
        copies=[Addressee("Embassy")],
        in_reply_to=asked,
        files=[("map.pdf", b"%PDF-1.7\nmap\n%%EOF")],
    )
    [page] = pdfium.PdfDocument(BytesIO(paper.as_pdf(letter, NOW)))
    shown = " ".join(page.get_textpage().get_text_range().split())
    words = (
        labels.office_name, f"{labels.number} {labels.draft}", f"{labels.day} {labels.day_printed(NOW.date())}",
        f"{labels.reply} IN-2026-0001", f"{labels.copy} Embassy", f"{labels.salutation},", labels.attached,
        labels.house_name,
    )  # fmt: skip
    for each in words:
        assert each in shown
    letter = operations.approve_letter(letter, by=CONSOLE, at=NOW)
    assert letter.pdf is not None
    assert letter.docx is not None
    assert f"/Lang({language})".encode() in bytes(letter.pdf.content)
    word = WordFile(BytesIO(bytes(letter.docx.content)))
    written = "\n".join(each.text for each in word.paragraphs)
    for each in (labels.office_name, labels.day_printed(NOW.date()), labels.salutation, labels.attached):
        assert each in written
    assert word.core_properties.language == language
    [proofing] = word.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert proofing == labels.proofing


def test_the_pages_say_what_nobody_has_checked_until_the_secretariat_keeps_it(
    secretariat: Client, invitation: None
) -> None:
    said = "Draft translation of the house, not yet checked by a native speaker"
    address = "/letters/wordings/invitation/mk/"

    def page(at: str) -> str:
        return secretariat.get(at).content.decode()

    def line(code: str) -> str:
        whole = page("/letters/wordings/")
        return whole.split(f"/letters/wordings/invitation/{code}/")[1].split("iisg-line")[0]

    assert said in page("/letters/wordings/")
    assert "Draft translation" in line("mk")
    assert "goes out in English" in line("sq")
    assert "Draft translation" not in line("en")
    shown = page(address)
    assert said in shown
    assert 'lang="mk"' in shown
    assert said not in page("/letters/wordings/invitation/en/")
    assert "go out in English" in page("/letters/wordings/invitation/sq/")
    kept = {"subject": TRANSLATED.subject, "body": TRANSLATED.body, "do": "keep"}
    secretariat.post(address, kept)
    assert "worded by the Secretariat" in line("mk")
    assert said not in page(address)
    secretariat.post(address, {**kept, "do": "back"})
    assert said in page(address)
    kinds._KNOWN["invitation"] = replace(INVITATION, translations={"mk": replace(TRANSLATED, checked=True)})
    assert said not in page(address), "what the house has had checked is no draft"
    assert not Letter.objects.exists()
