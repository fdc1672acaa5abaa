"""The list of possible partners as a spreadsheet: its columns, reading a foreign file, and what it would change."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.accounts.models import User
from iisg.foundations.core.findings import Finding
from iisg.foundations.core.folding import fold
from iisg.foundations.core.formulas import undo
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.models import OrganisationKind
from iisg.governance.membership.models import Prospect, ProspectContact
from iisg.governance.membership.officers import officers_on
from iisg.governance.membership.rules.prospects import has_name_and_kind, may_note
from iisg.governance.membership.rules.routes import error
from iisg.office.letters.languages import LANGUAGES, language_name

COLUMNS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Name of the country or organisation; by it a row finds its entry"),
    "kind": gettext_lazy("Kind, in the words of the register, for instance “International organisation”"),
    "country": gettext_lazy("Country code of two letters, where there is one"),
    "why": gettext_lazy("Why it may be interested"),
    "pillars": gettext_lazy("WBCTi, WBCSCi, WBBSi, with a comma between them"),
    "follows_up": gettext_lazy("E-mail address of the officer who follows up"),
    "follow_up_on": gettext_lazy("Day of the follow-up, as 2027-01-31"),
    "contact_name": gettext_lazy("Person or office to write to"),
    "contact_salutation": gettext_lazy("How a letter begins, for instance “Dear Director”"),
    "contact_email": gettext_lazy("E-mail address"),
    "contact_postal": gettext_lazy("Postal address"),
    "contact_language": gettext_lazy(
        "Language of letters, for instance “Albanian”; English where it is blank"
    ),
}
"""Columns of the template with what stands in them."""
MARKING = "marking"
"""Beginning of the head of a column without cells: it says how the file is marked."""

LIMIT_BYTES = 2 * 1024 * 1024
_LONGEST = {"name": 250, "country": 2, "contact_name": 200, "contact_salutation": 200, "contact_email": 254}
_FAULTS: Mapping[str, str | Promise] = {
    "rows": gettext_lazy("The file has more than 1,000 rows."),
    "columns": gettext_lazy("The file has more columns than the template."),
    "letters": gettext_lazy("A cell holds more than 4,000 characters."),
    "parts": gettext_lazy("The workbook is larger inside than a list of names can be."),
    "packed": gettext_lazy("The workbook is packed more tightly than a list of names can be."),
    "memory": gettext_lazy("The file needs more memory than a list of names can."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row and what it would do; `facts` and `contact` are what would be written."""

    row: int
    name: str
    verdict: str
    facts: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    prospect: Prospect | None = None


def rows_in(content: bytes, file_name: str) -> tuple[list[list[str]], list[Finding]]:
    """The rows of a foreign file, read by a process of its own within bounds; or what is wrong with it."""
    ending = file_name.rpartition(".")[2].lower()
    if ending not in ("csv", "xlsx"):
        return [], [error("sort", _("The file is neither CSV nor XLSX."), _("Save it as one of the two."))]
    if len(content) > LIMIT_BYTES:
        return [], [error("too-large", _("The file is larger than 2 MB."), _("Send only the list itself."))]
    try:
        read = subprocess.run(
            [sys.executable, "-m", "iisg.governance.membership.sheet_program", ending],
            input=content,
            capture_output=True,
            timeout=30,
            check=False,
        )
        answer = json.loads(read.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"fault": "unreadable"}
    if "rows" in answer:
        return answer["rows"], []
    said = _FAULTS.get(answer["fault"], _("The file cannot be read."))
    return [], [error("unreadable", str(said), _("Take the template and copy the list into it."))]


def plan(rows: list[list[str]], day: date) -> tuple[list[Line], list[Finding]]:
    """What each row would do: new, changed, unchanged or refused; second what is wrong with the whole table."""
    heads = [fold(head).replace(" ", "_") for head in rows[0]] if rows else []
    if "name" not in heads:
        return [], [error("no-heads", _("The first row does not name the columns."), _("Take the template."))]
    unknown = [head for head in heads if head and head not in COLUMNS and not head.startswith(MARKING)]
    if unknown:
        what = _("The house knows no column “%(name)s”.") % {"name": unknown[0][:80]}
        return [], [error("unknown-column", what, _("Take it out, or call it as the template does."))]
    officers = {user.email.lower(): user for user in officers_on(day)}
    known = {fold(each.name): each for each in Prospect.objects.with_facts()}
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(heads, (undo(cell).strip() for cell in row), strict=False))
        if not any(cells.values()):
            continue
        line = _line(number, cells, known, officers)
        first = seen.setdefault(fold(line.name), number)
        if first != number and line.name:
            twice = error("twice", _("The name stands in row %(row)d already.") % {"row": first})
            line = Line(number, line.name, "refused", findings=[*line.findings, twice])
        lines.append(line)
    return lines, []


def _line(
    number: int, cells: dict[str, str], known: Mapping[str, Prospect], officers: Mapping[str, User]
) -> Line:
    name = cells.get("name", "")
    prospect = known.get(fold(name)) if name else None
    facts, findings = _facts(cells, officers)
    if prospect is None:
        findings += has_name_and_kind(name, facts.get("kind", ""))
    contact, wrong = _contact(cells)
    findings += wrong
    findings += [
        error("too-long", _("“%(column)s” is too long.") % {"column": key})
        for key, most in _LONGEST.items()
        if len(cells.get(key, "")) > most
    ]
    if findings:
        return Line(number, name, "refused", findings=findings)
    if prospect is None:
        return Line(number, name, "new", facts, contact)
    if contact and _is_known(contact, prospect.contacts.all()):
        contact = {}
    changes = _changes(prospect, facts)
    if contact:
        shown = [language_name(said) if key == "language" else said for key, said in contact.items()]
        changes.append((_("Contact"), "", ", ".join(shown)))
    facts = {key: value for key, value in facts.items() if key in _changed_keys(prospect, facts)}
    verdict = "changed" if changes else "unchanged"
    return Line(number, prospect.name, verdict, facts, contact, changes, [], prospect)


def _contact(cells: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """The contact of a row, and what is wrong with it; the language by its name or its code."""
    contact = {
        key.removeprefix("contact_"): cells[key]
        for key in COLUMNS
        if key.startswith("contact_") and cells.get(key)
    }
    findings: list[Finding] = []
    if contact and "name" not in contact:
        findings.append(
            error("no-contact-name", _("The contact has no name."), _("Name a person or an office."))
        )
    findings += may_note(contact.get("name", "-"), contact.get("email", ""))
    if text := contact.get("language"):
        codes = {fold(each): code for code, name in LANGUAGES for each in (code, str(name))}
        contact["language"] = codes.get(fold(text), "")
        if not contact["language"]:
            what = _("Letters are not written in “%(text)s”.") % {"text": text[:80]}
            known = ", ".join(str(name) for _code, name in LANGUAGES)
            findings.append(error("language", what, _("Write one of: %(names)s.") % {"names": known}))
    return contact, findings


def _facts(cells: Mapping[str, str], officers: Mapping[str, User]) -> tuple[dict[str, Any], list[Finding]]:
    """What a row says, blank cells left out, and what in it cannot be read."""
    facts: dict[str, Any] = {}
    findings: list[Finding] = []
    if text := cells.get("kind"):
        kinds = {fold(str(words)): value for value, words in OrganisationKind.choices}
        kind = text if text in OrganisationKind.values else kinds.get(fold(text))
        if kind:
            facts["kind"] = kind
        else:
            findings.append(error("kind", _("“%(text)s” is no kind of organisation.") % {"text": text[:80]}))
    for key in ("country", "why"):
        if cells.get(key):
            facts[key] = cells[key].upper() if key == "country" else cells[key]
    if text := cells.get("pillars"):
        codes = {fold(code): code for code in PillarCode.values}
        named = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        if wrong := [part for part in named if fold(part) not in codes]:
            findings.append(error("pillar", _("“%(text)s” is no pillar.") % {"text": wrong[0][:80]}))
        facts["pillars"] = sorted({codes[fold(part)] for part in named if fold(part) in codes})
    if text := cells.get("follows_up"):
        if officer := officers.get(text.lower()):
            facts["followed_up_by"] = officer
        else:
            findings.append(
                error("officer", _("“%(text)s” is no officer of the Secretariat.") % {"text": text[:80]})
            )
    if text := cells.get("follow_up_on"):
        printed = read_printed_date(text)
        if printed.precision == "day":
            facts["follow_up_on"] = printed.first
        else:
            findings.append(
                error("day", _("“%(text)s” is no day.") % {"text": text[:40]}, _("Write 2027-01-31."))
            )
    return facts, findings


def _changed_keys(prospect: Prospect, facts: Mapping[str, Any]) -> list[str]:
    return [key for key, value in facts.items() if _present(prospect, key) != value]


def _changes(prospect: Prospect, facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What would change: the field in words, its value now and then."""
    labels = {
        "kind": _("Kind"),
        "country": _("Country code"),
        "why": _("Why"),
        "pillars": _("Pillars"),
        "followed_up_by": _("Follows up"),
        "follow_up_on": _("Follow up on"),
    }
    return [
        (labels[key], _shown(key, _present(prospect, key)), _shown(key, facts[key]))
        for key in _changed_keys(prospect, facts)
    ]


def _present(prospect: Prospect, key: str) -> Any:
    if key == "pillars":
        return sorted(pillar.pk for pillar in prospect.pillars.all())
    return getattr(prospect, key)


def _shown(key: str, value: Any) -> str:
    if key == "kind":
        return str(dict(OrganisationKind.choices).get(value, value))
    if isinstance(value, list):
        return ", ".join(value)
    return str(value) if value else ""


def _is_known(contact: Mapping[str, str], present: Iterable[ProspectContact]) -> bool:
    """Whether that person or office stands at the entry already."""
    return any(
        fold(each.name) == fold(contact["name"])
        and all(getattr(each, key) == value for key, value in contact.items() if key != "name")
        for each in present
    )
