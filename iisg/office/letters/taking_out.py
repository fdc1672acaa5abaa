"""Files of the letters: the registers as a table, a paper, an attachment, a preview; each is noted first."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from typst import TypstError

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.naming import footnote
from iisg.foundations.core.tables import Table, Value, csv_pieces, write_workbook
from iisg.office.documents.models import Version
from iisg.office.letters import operations, paper, rules
from iisg.office.letters.kinds import FactType, kind_of
from iisg.office.letters.models import Letter
from iisg.office.letters.models.letter import LetterQuerySet
from iisg.office.letters.registers import line_of

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
PDF = "application/pdf"
COLUMNS = (
    "register", "number", "day", "kind", "subject", "addressees", "in_copy", "sender", "sender_reference", "state",
    "answer_due_on", "delivery", "in_reply_to", "pdf_sha256", "info_marking",
)  # fmt: skip
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is taken out: the letters in their order, the filters in words, seen on a day."""

    letters: LetterQuerySet
    words: str
    day: date


def registers_file(chosen: Chosen, form: str, *, by: Actor, at: datetime) -> MarkedResponse:
    """The letters that the filters let through, as a workbook or CSV."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is sent and closed by the response
    label, count = Marking.MEMBERS.label, chosen.letters.count()
    said = {
        _("What this is"): _("Registers of letters"),
        _("Number of records"): str(count),
        _("Marking"): _("%(mark)s: for members of the mechanism and the bodies that work with them.")
        % {"mark": label},
        _("Chosen by"): chosen.words or _("nothing: all letters"),
        _("Taken by"): by.label,
        _("Taken at"): timezone.localtime(at).isoformat(timespec="seconds"),
        _("Source"): str(settings.HOUSE_NAME),
        "Kosovo*": f"* {footnote()}",
    }
    whole = " · ".join(said.values()) if form == "csv" else label
    table = Table(_("Letters"), COLUMNS, _rows(chosen, label, whole), frozenset({"subject", "addressees"}))
    if form == "csv":
        for piece in csv_pieces(table):
            file.write(piece)
    else:
        cover: list[Mapping[str, Value]] = [{"about": key, "": text} for key, text in said.items()]
        write_workbook(file, [table], Table("about", ("about", ""), cover, frozenset({""})), label)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    operations.take_register(form, chosen.words, count, digest, by=by, at=at)
    mark = label.replace(":", "-").lower()
    name = f"iisg-letters-{timezone.localtime(at).date().isoformat()}-{mark}.{form}"
    return MarkedResponse(file, name, TYPES[form], Marking.MEMBERS)


def _rows(chosen: Chosen, label: str, whole: str) -> Iterator[Mapping[str, Value]]:
    """Letter by letter; the marking is whole in the first row, in short in every other."""
    mark = whole
    for letter in chosen.letters.with_facts().iterator(chunk_size=AT_ONCE):
        line = line_of(letter, chosen.day)
        yield {
            "register": letter.get_direction_display(),
            "number": letter.number or "",
            "day": line.on,
            "kind": line.kind,
            "subject": letter.subject,
            "addressees": "; ".join(person.name for person in line.direct),
            "in_copy": "; ".join(person.name for person in line.copied),
            "sender": letter.sender,
            "sender_reference": letter.sender_reference,
            "state": letter.get_state_display(),
            "answer_due_on": letter.answer_due_on,
            "delivery": line.outcome.words if line.outcome else "",
            "in_reply_to": str(letter.in_reply_to) if letter.in_reply_to else "",
            "pdf_sha256": letter.pdf.digest if letter.pdf else "",
            "info_marking": mark,
        }
        mark = label


def kept_file(letter: Letter, version: Version, *, by: Actor, at: datetime) -> MarkedResponse:
    """A file that is kept with the letter, byte by byte."""
    operations.take_paper(letter, version, by=by, at=at)
    content = BytesIO(bytes(version.content))
    return MarkedResponse(content, version.file_name, version.content_type, Marking.MEMBERS)


def preview(letter: Letter, *, by: Actor, at: datetime) -> MarkedResponse:
    """The draft as its PDF would be on this day; raises RuleRefused where it is none, or cannot be set."""
    findings = [*rules.may_change(letter), *rules.may_set(letter), *paper.wrong_on_paper(letter, at)]
    if findings:
        raise RuleRefused(findings)
    content = paper.as_pdf(letter, at)
    operations.take_preview(letter, hashlib.sha256(content).hexdigest(), by=by, at=at)
    return MarkedResponse(BytesIO(content), f"letter-{letter.pk}-preview.pdf", PDF, Marking.MEMBERS)


def wording_preview(
    kind: str, language: str, subject: str, body: str, *, by: Actor, at: datetime
) -> MarkedResponse:
    """A wording with made-up facts as PDF; raises RuleRefused where it names what its letters do not know."""
    findings = list(rules.may_word(kind, subject, body))
    if findings:
        raise RuleRefused(findings)
    try:
        content = paper.sample(subject, body, language, made_up_facts(kind, at), at)
    except TypstError as fault:
        raise RuleRefused([paper.not_set(fault)]) from fault
    on, digest = f"letters.wording:{kind}.{language}", hashlib.sha256(content).hexdigest()
    operations.take_preview(on, digest, by=by, at=at)
    return MarkedResponse(BytesIO(content), f"wording-{kind}-{language}.pdf", PDF, Marking.MEMBERS)


def made_up_facts(kind: str, at: datetime) -> dict[str, Any]:
    """Each fact by its label, so that one sees where it stands."""
    samples: dict[str, Any] = {}
    for fact in kind_of(kind).facts:
        label = f"[{fact.label}]"
        samples[fact.name] = {
            FactType.DAY: timezone.localtime(at).date(),
            FactType.LIST: [label, label],
            FactType.LINK: f"{settings.HOUSE_ADDRESS}/…",
        }.get(fact.type, label)
    return samples
