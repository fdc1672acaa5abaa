"""Every kind of letter in every language, and the language of the body that a letter goes to."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordFile

from iisg.foundations.access.actors import CONSOLE, HOUSE
from iisg.foundations.orgs import operations as orgs
from iisg.foundations.orgs.models import Contact, Ground, Membership, Organisation, OrganisationKind
from iisg.governance.membership import operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import fill, make_body, make_evidence
from iisg.governance.membership.models import Case, Procedure, ProspectContact, Route
from iisg.governance.membership.wordings import decision_said, ground_said
from iisg.office.letters import paper
from iisg.office.letters.kinds import facts_named, filled, known, printed, wrong_in
from iisg.office.letters.labels import labels_in
from iisg.office.letters.languages import LANGUAGES
from iisg.office.letters.models import Letter
from iisg.office.letters.taking_out import made_up_facts
from iisg.office.pillars import operations as pillars
from iisg.office.pillars.correspondence import addressees_of
from iisg.office.pillars.models import FocalPointRequest, Purpose
from iisg.office.pillars.nominees import Nominee
from iisg.office.pillars.wordings import purpose_said
from tests.mailserver import Server
from tests.worker import work_off_the_queue

CODES = [code for code, _name in LANGUAGES]
OTHERS = [code for code in CODES if code != "en"]
SLUGS = [kind.slug for kind in known()]
IN_FULL = "Integrative Internal Security Governance (IISG)"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
DAY = date(2027, 6, 20)
CYRILLIC, LATIN = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-z]+")


def text_of(pdf: bytes) -> str:
    """What stands on the pages of a PDF, in one line."""
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(BytesIO(pdf))]
    return " ".join(" ".join(pages).split())


def member_in(language: str, name: str) -> Organisation:
    """A member to which letters go in a language."""
    body = make_body(name=name)
    Membership.objects.create(organisation=body, ground=Ground.BOARD_APPROVAL, valid_from=date(2024, 1, 1))
    facts = {"name": "Office", "email": "office@member.example", "language": language}
    orgs.set_contact(body, date(2024, 1, 1), by=CONSOLE, at=NOW, **facts)
    return body


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_says_what_the_english_says(slug: str, language: str) -> None:
    kind = next(each for each in known() if each.slug == slug)
    worded = kind.translations[language]
    for ours, english in ((worded.subject, kind.wording.subject), (worded.body, kind.wording.body)):
        assert not wrong_in(kind, ours)
        assert bool(ours) is bool(english)
        assert ours != english or not ours
    assert facts_named(worded.subject + worded.body) == facts_named(kind.wording.subject + kind.wording.body)
    assert worded.body.count("\n\n") == kind.wording.body.count("\n\n")
    assert worded.body.endswith(f"\n\n{labels_in(language).closing},")
    assert len(worded.subject) <= 200
    said = worded.body.partition("\n\n")[2]
    assert "IISG" not in said.partition(IN_FULL)[0], "the mechanism is named in full where it is named first"


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_stands_in_one_script_and_ends_its_sentences_once(slug: str, language: str) -> None:
    kind = next(each for each in known() if each.slug == slug)
    worded = kind.translations[language]
    facts = made_up_facts(slug, NOW) | {"salutation": "", "recipient": ""}
    shown = filled(worded.body, {**facts, "link": ""}, language)
    assert ".." not in shown
    assert "  " not in shown
    bare = re.sub(r"\{\w+\}", "", f"{worded.subject} {worded.body}").replace(IN_FULL, "")
    if language in ("mk", "sr"):
        assert set(LATIN.findall(bare)) <= {"IISG"}
    else:
        assert not CYRILLIC.search(bare)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_can_be_set_in_every_language(slug: str, language: str) -> None:
    kind = next(each for each in known() if each.slug == slug)
    worded = kind.house_wording(language)
    assert worded is not None
    pdf = paper.sample(worded.subject, worded.body, language, made_up_facts(slug, NOW), NOW)
    labels, shown = labels_in(language), text_of(pdf)
    assert f"/Lang({language})".encode() in pdf
    for words in (labels.office_name, f"{labels.day} {labels.day_printed(NOW.date())}", labels.closing):
        assert words in shown
    assert worded.subject.partition("{")[0].strip() in shown


@pytest.mark.parametrize("language", OTHERS)
def test_words_of_code_lists_are_said_in_the_language(language: str) -> None:
    for said in (
        *(ground_said(each.value, str(each.label)) for each in Ground),
        *(decision_said("B-1", each.value, str(each.label)) for each in Procedure),
        *(purpose_said(each) for each in Purpose),
    ):
        assert printed(said) == said.english
        assert printed(said, language) not in ("", said.english)
    assert "WBCSCi (" in printed(purpose_said(Purpose.CRIME), language)
    assert printed(decision_said("B-1", "meeting", "at a meeting"), language).startswith("B-1, ")


def invited_in(language: str, name: str) -> Case:
    """A ministry that is invited in a language."""
    one = operations.enter_prospect(name, OrganisationKind.OTHER_STATE, by=CONSOLE, at=NOW, country="CH")
    contact = operations.add_contact(
        one, "Кабинет", email="kabinet@mvr.example", language=language, by=CONSOLE, at=NOW
    )
    return operations.invite(one, contact, DAY, by=CONSOLE, at=NOW)


@pytest.mark.django_db
def test_an_invitation_in_macedonian_arrives_in_macedonian_in_every_part(mails: Server) -> None:
    case = invited_in("mk", "Министерство за внатрешни работи")
    work_off_the_queue()
    [mail] = mails.to("kabinet@mvr.example")
    assert mail["Subject"].strip() == "Покана за членство во IISG [OUT-2026-0001]"
    text = mail.get_body(("plain",))
    assert text is not None
    for words in ("Почитувани,", "до 20 јуни 2027.", "Со почит,", "Испраќа: Секретаријат на IISG"):
        assert words in text.get_content()
    [attached] = list(mail.iter_attachments())
    pdf = attached.get_payload(decode=True)
    assert isinstance(pdf, bytes)
    assert b"/Lang(mk)" in pdf
    shown = text_of(pdf)
    for words in (
        "Секретаријат на IISG",
        "Број: OUT-2026-0001",
        "Датум: 25 ноември 2026",
        "Покана за членство во IISG",
        "Министерство за внатрешни работи да стане членка",
    ):
        assert words in shown
    for words in ("Number:", "Date:", "Secretariat", "June", "November", "Dear", "Yours"):
        assert words not in shown
    letter = Letter.objects.about(case).get()
    assert letter.docx is not None
    word = WordFile(BytesIO(bytes(letter.docx.content)))
    written = "\n".join(each.text for each in word.paragraphs)
    assert word.core_properties.language == "mk"
    for words in ("Покана за членство во IISG", "Број: OUT-2026-0001", "Датум: 25 ноември 2026"):
        assert words in written


@pytest.mark.django_db
def test_whoever_was_invited_in_a_language_is_answered_in_it() -> None:
    case = invited_in("mk", "Министерство за внатрешни работи")
    assert case.route == Route.INVITATION
    operations.remind_invited(case, by=CONSOLE, at=NOW)
    form = fill(case.application, case.application.name)
    operations.express_interest(form, by=applicant(form), at=NOW)
    operations.hand_back(case, "Недостига потпис.", by=CONSOLE, at=NOW)
    found = {each.kind: each for each in Letter.objects.about(case)}
    own = ("invitation", "reminder", "received", "incomplete")
    assert {found[f"membership-{slug}"].language for slug in own} == {"mk"}
    assert "Недостига потпис." in found["membership-incomplete"].body
    assert found["membership-interest"].language == "en", "the Secretariat tells itself in English"
    address = {"name": "Office", "email": "office@mvr.example", "language": "sq"}
    orgs.set_contact(case.organisation, NOW.date(), by=CONSOLE, at=NOW, **address)
    form.refresh_from_db()
    operations.express_interest(form, by=applicant(form), at=NOW)
    again = Letter.objects.about(case).filter(kind="membership-received").latest("pk")
    assert again.language == "sq", "the address on record goes before"


@pytest.mark.django_db
def test_an_applicant_of_whom_nothing_is_known_reads_english() -> None:
    form = operations.begin_application("office@institute.example", by=HOUSE, at=NOW)
    form = fill(form, "Institute for Safety")
    case = operations.express_interest(form, by=applicant(form), at=NOW)
    letter = Letter.objects.about(case).get(kind="membership-received")
    assert (letter.language, letter.subject[:16]) == ("en", "We have received")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "day", "subject"),
    [
        ("sq", "nga data 20 qershor 2027", "Pezullimi i anëtarësimit: Body"),
        ("sr", "од 20. јуна 2027. године", "Мировање чланства: Body"),
        ("bs", "od 20. juna 2027. godine", "Mirovanje članstva: Body"),
        ("en", "from 20 June 2027", "The membership of Body is suspended"),
    ],
)
def test_a_member_is_written_to_in_the_language_of_its_address(language: str, day: str, subject: str) -> None:
    body = member_in(language, "Body")
    membership = body.memberships.get()
    operations.suspend_member(membership, DAY, "Разлог", by=CONSOLE, at=NOW)
    operations.resume_member(membership, DAY + timedelta(days=9), by=CONSOLE, at=NOW)
    operations.end_member(membership, DAY + timedelta(days=30), "Разлог", by=CONSOLE, at=NOW)
    letters = list(Letter.objects.about(body))
    assert [each.language for each in letters] == [language] * 3
    assert letters[0].subject == subject
    assert day in letters[0].body


@pytest.mark.django_db
def test_an_automatic_member_is_welcomed_and_asked_in_its_language_and_its_people_too() -> None:
    body = make_body("national_authority", "Министарство")
    facts = {"name": "Кабинет", "email": "kabinet@mup.example", "language": "sr"}
    orgs.set_contact(body, date(2024, 1, 1), by=CONSOLE, at=NOW, **facts)
    conclusions = make_evidence()
    case = operations.record_ground(body, Ground.HOST, "Закључци", conclusions, by=CONSOLE, at=NOW)
    case = operations.confirm_ground(case, by=CONSOLE, at=NOW)
    operations.inform_board(case, NOW.date(), by=CONSOLE, at=NOW)
    asked = FocalPointRequest.objects.get(organisation=body)
    later = NOW + timedelta(days=7)
    pillars.remind_of_request(asked, addressees_of(asked, later.date()), by=CONSOLE, at=later)
    named = [Nominee("letters", "Јована", "j@mup.example"), Nominee("WBCTi", "Јована", "j@mup.example")]
    pillars.nominate_focal_points(body, named, "IN-2026-0001", NOW.date(), by=CONSOLE, at=NOW)
    found = {each.kind: each for each in Letter.objects.exclude(language="en")}
    assert found.keys() == {
        "membership-admitted", "focal-points-requested", "focal-points-reminder", "focal-point-welcome",
    }  # fmt: skip
    assert {each.language for each in found.values()} == {"sr"}
    assert "од 25. новембра 2026. године (Закључци)" in found["membership-admitted"].body
    assert (
        "- званичну преписку\n- техничке састанке у оквиру WBCTi (борба против тероризма)"
        in found["focal-points-requested"].body
    )
    assert Letter.objects.filter(kind="focal-point-welcome", body__contains="за: званичну преписку").exists()


@pytest.mark.django_db
def test_the_language_is_chosen_where_an_address_is_entered(officer: Any, browsing: Any) -> None:
    client: Client = browsing(officer)
    one = operations.enter_prospect("Academy", "international_organisation", by=CONSOLE, at=timezone.now())
    address = reverse("prospect", args=[one.pk])
    said = {"deed": "contact", "contact-name": "Office", "contact-email": "o@academy.example"}
    shown = client.post(address, {**said, "contact-language": "bs"}, follow=True).content.decode()
    assert "letters in Bosnian" in shown
    client.post(address, said)
    assert list(ProspectContact.objects.values_list("language", flat=True)) == ["bs", "en"]
    body = member_in("en", "Old Member")
    sent = {"deed": "address", "address-valid_from": "2026-11-01", "address-name": "Zyra"}
    sent |= {"address-email": "zyra@member.example", "address-language": "sq"}
    address = f"/organisations/{body.ref}/membership/"
    shown = client.post(address, sent, follow=True).content.decode()
    assert "letters in Albanian" in shown
    assert Contact.objects.get(valid_to=None).language == "sq"
