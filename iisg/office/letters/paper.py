"""A letter on paper: the PDF that is frozen with it, and the same as DOCX for offices that file in Word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document as WordFile
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docxtpl import DocxTemplate
from typst import TypstError

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.naming import footnote_for
from iisg.office.documents.typesetting import set_as_pdf
from iisg.office.letters.kinds import filled, kind_of, wrong_in
from iisg.office.letters.labels import labels_in
from iisg.office.letters.models import Direction, Letter, Recipient

_PAPER = Path(__file__).resolve().parent / "typst" / "letter.typ"
MARKING = "TLP:GREEN"


def text_for(letter: Letter, recipient: Recipient | None) -> str:
    """The letter's text as one addressee reads it; to several at once it is general."""
    return _copy_of(letter.body, letter.language, recipient)


def read_on_screen(letter: Letter) -> str:
    """The text as its paper has it, but for personal links; a draft with open places as it stands."""
    if letter.direction == Direction.IN or wrong_in(kind_of("free"), letter.body):
        return without_keys(letter.body)
    direct = [person for person in letter.recipients.all() if not person.is_copy]
    return without_keys(text_for(letter, direct[0] if len(direct) == 1 else None))


def without_keys(text: str) -> str:
    """A text whose links into the house carry no key: whoever reads it here could else act as its addressee."""
    key = r"(?=[^/\s]*\d)[^/\s]{24,}"
    return re.sub(rf"({re.escape(settings.HOUSE_ADDRESS)}/\S*?/){key}/?", _kept_back, text)


def _kept_back(found: re.Match[str]) -> str:
    return found[1] + _("[the key stands in the letter itself only]")


def _copy_of(body: str, language: str, recipient: Recipient | None) -> str:
    salutation = (recipient.salutation if recipient else "") or labels_in(language).salutation
    return filled(body, {"salutation": salutation, "recipient": recipient.name if recipient else ""})


def on_paper(letter: Letter, at: datetime) -> dict[str, Any]:
    """What the paper shows, as plain values; `at` is the moment of approval, whose day is the letter's."""
    people = list(letter.recipients.all())
    direct = [person for person in people if not person.is_copy]
    body = text_for(letter, direct[0] if len(direct) == 1 else None)
    return _sheet(letter.language, letter.subject, body, at) | {
        "number": letter.number or labels_in(letter.language).draft,
        "reply_to": _reply(letter),
        "recipients": [_block(person) for person in direct],
        "copies": [person.name for person in people if person.is_copy],
        "attachments": [each.title for each in letter.attachments.all()],
        "footnote": footnote_for("\n".join([letter.subject, body, *(_block(person) for person in people)])),
    }


def _block(person: Recipient) -> str:
    """The lines of an address: name or office, the body it belongs to where neither says it, street and town."""
    body = person.organisation.name if person.organisation else ""
    named = body if body.casefold() not in f"{person.name}\n{person.postal}".casefold() else ""
    return "\n".join(filter(None, (person.name, named, person.postal)))


def _sheet(language: str, subject: str, body: str, at: datetime) -> dict[str, Any]:
    """A sheet with a text and nothing else: no number, no addressee."""
    day, labels = timezone.localtime(at).date(), labels_in(language)
    return {
        "office": labels.office_name,
        "house": labels.house_name,
        "language": language.partition("-")[0],
        "number": "",
        "day": day.isoformat(),
        "day_printed": labels.day_printed(day),
        "reply_to": "",
        "recipients": [],
        "copies": [],
        "subject": subject,
        "body": body,
        "signed_by": labels.office_name,
        "attachments": [],
        "marking": MARKING,
        "footnote": footnote_for(f"{subject}\n{body}"),
        "words": {
            "number": labels.number,
            "day": labels.day,
            "reply": labels.reply,
            "copy": labels.copy,
            "attached": labels.attached,
        },
    }


def sample(subject: str, body: str, language: str, facts: Mapping[str, Any], at: datetime) -> bytes:
    """A wording as it would be set, with made-up facts, as PDF; raises TypstError where it cannot be set."""
    common = {"salutation": labels_in(language).salutation, "recipient": _("[addressee]")}
    known = {**common, **facts}
    subject, body = filled(subject, known, language) or _("[subject]"), filled(body, known, language)
    number = {"number": _("sample of a wording"), "recipients": [common["recipient"]]}
    return set_as_pdf(_PAPER, _sheet(language, subject, body, at) | number, at)


def wrong_on_paper(letter: Letter, at: datetime) -> list[Finding]:
    """What keeps a text from being set: signs that the house's fonts lack; a text with open places is not tried."""
    if not letter.numbered or not letter.subject.strip() or wrong_in(kind_of("free"), letter.body):
        return []
    try:
        as_pdf(letter, at)
    except TypstError as fault:
        return [not_set(fault)]
    return []


def not_set(fault: TypstError) -> Finding:
    """Why a text cannot be set, in the words of the typesetter."""
    return Finding(
        Grade.ERROR,
        "letters.cannot-be-set",
        _("The letter cannot be set on paper: %(why)s.") % {"why": str(fault).partition(": ")[2] or fault},
        cure=_("Write it in Latin, Greek or Cyrillic letters, without pictograms and control signs."),
    )


def _reply(letter: Letter) -> str:
    answered = letter.in_reply_to
    if answered is None:
        return ""
    theirs = f" ({answered.sender_reference})" if answered.sender_reference else ""
    return f"{answered}{theirs}"


def as_pdf(letter: Letter, at: datetime) -> bytes:
    """The letter as a PDF."""
    return set_as_pdf(_PAPER, on_paper(letter, at), at)


def as_docx(letter: Letter, at: datetime) -> bytes:
    """The letter as a Word file, from a template that Word could open and change."""
    facts = on_paper(letter, at)
    filling = DocxTemplate(_word_template())
    filling.render(facts | {"paragraphs": paragraphs(facts["body"])}, autoescape=True)
    _say_language(filling.docx, letter.language)
    made = BytesIO()
    filling.save(made)
    return made.getvalue()


def paragraphs(body: str) -> list[dict[str, Any]]:
    """The text in paragraphs: {"text", "item"}; an item stands in a list."""
    found: list[dict[str, Any]] = []
    for block in body.split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        for line in lines:
            item = line.startswith("- ")
            found.append({"text": line[2:] if item else line, "item": item})
    return found


def _say_language(word: Word, language: str) -> None:
    """Let Word and screen readers know in which language the text is."""
    word.core_properties.language = language
    for each in word.styles.element.xpath("w:docDefaults//w:lang"):
        each.set(qn("w:val"), labels_in(language).proofing)


def _word_template() -> BytesIO:
    """The template with its places to fill, made anew so that no binary file stands in the house."""
    word = WordFile()
    word.styles["Normal"].font.name = "Noto Sans"
    word.styles["Normal"].font.size = Pt(10.5)
    heading = word.styles["Heading 1"]
    heading.font.size, heading.font.color.rgb = Pt(13), RGBColor(0x1D, 0x3F, 0x72)
    _lines(word, "{{ office }}", "{{ house }}", "")
    _lines(word, "{%p for person in recipients %}", "{{ person }}", "{%p endfor %}")
    _lines(word, "{%p if copies %}", "{{ words.copy }} {{ copies | join(', ') }}", "{%p endif %}")
    _lines(word, "{{ words.number }} {{ number }}", "{{ words.day }} {{ day_printed }}")
    _lines(word, "{%p if reply_to %}", "{{ words.reply }} {{ reply_to }}", "{%p endif %}")
    word.add_heading("{{ subject }}", level=1)
    _lines(word, "{%p for paragraph in paragraphs %}", "{%p if paragraph.item %}")
    word.add_paragraph("{{ paragraph.text }}", style="List Bullet")
    _lines(word, "{%p else %}", "{{ paragraph.text }}", "{%p endif %}", "{%p endfor %}", "{{ signed_by }}")
    _lines(word, "{%p if attachments %}", "{{ words.attached }}", "{%p for each in attachments %}")
    word.add_paragraph("{{ each }}", style="List Bullet")
    _lines(word, "{%p endfor %}", "{%p endif %}", "{%p if footnote %}", "{{ footnote }}", "{%p endif %}")
    _lines(word, "{{ marking }}")
    kept = BytesIO()
    word.save(kept)
    kept.seek(0)
    return kept


def _lines(word: Word, *lines: str) -> None:
    for line in lines:
        word.add_paragraph(line)
