"""The register of members as files, and the addresses for mail merge."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.faces.public.members_register import Line, counts
from iisg.foundations.access.roles import Can
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.naming import footnote_for
from iisg.foundations.core.tables import Table, Value
from iisg.foundations.orgs.models import Contact, Organisation
from iisg.knowledge.analysis.exporting import Extract, Form, Taken
from iisg.knowledge.analysis.exporting.files import MadeFile
from iisg.office.documents.typesetting import set_as_pdf
from iisg.office.pillars.models import CORRESPONDENCE, FocalPoint

PDF = Form("pdf", "PDF", "pdf", "application/pdf")
_PAPER = Path(__file__).resolve().parent / "typst" / "members.typ"
_PUBLIC = (
    "member", "short_name", "reference", "group", "kind", "ground", "member_from", "member_until", "decided_on",
    "basis", "suspended_since", "pillars", "source",
)  # fmt: skip
_FOR_MEMBERS = ("focal_point_for_correspondence", "e_mail")
_FOR_THE_OFFICE = ("case", "decision", "evidence")
_ADDRESSES = (
    "member", "reference", "salutation", "name", "postal_1", "postal_2", "postal_3", "postal_4", "postal_5",
    "e_mail", "language", "kind_of_address",
)  # fmt: skip
POSTAL_LINES = 5


def members_extract(lines: Sequence[Line], day: date, *, public: bool, office: bool) -> Extract:
    """The lines as they stand on the page; blank means not known, and what a reader may not see has no column."""
    columns = (*_PUBLIC, *(() if public else _FOR_MEMBERS), *(_FOR_THE_OFFICE if office else ()))

    def rows() -> Iterator[Mapping[str, Value]]:
        return (_row(line) for line in lines)

    title = _("Members on %(day)s") % {"day": date_format(day, "j F Y")}
    return Extract(
        what="members",
        title=title,
        count=len(lines),
        tables=lambda: (Table(_("Members"), columns, rows(), frozenset({"member", "basis"})),),
        flat=lambda: Table(_("Members"), columns, rows()),
        lists=lambda: {"members": ({key: row.get(key) for key in columns} for row in rows())},
        marking=Marking.PUBLIC if public else Marking.MEMBERS,
        notes=(_("Blank means not known, never nothing. Names and kinds are those of the day."),),
    )


def _row(line: Line) -> dict[str, Value]:
    membership, resting = line.entry.membership, line.entry.suspension
    points = line.points or ()
    row: dict[str, Value] = {
        "member": line.entry.name,
        "short_name": line.entry.short_name,
        "reference": line.entry.body.ref,
        "group": str(line.group.label),
        "kind": line.entry.kind_words,
        "ground": membership.get_ground_display(),
        "member_from": membership.valid_from,
        "member_until": membership.valid_to,
        "decided_on": membership.decided_on,
        "basis": membership.basis,
        "suspended_since": resting.valid_from if resting else None,
        "pillars": "; ".join(line.pillars),
        "source": membership.source_url,
        "focal_point_for_correspondence": "; ".join(point.name for point in points),
        "e_mail": "; ".join(point.email for point in points),
    }
    if line.case is not None:
        row |= {
            "case": line.case.ref,
            "decision": line.case.decision,
            "evidence": "; ".join(line.case.evidence),
        }
    return row


def as_pdf(lines: Sequence[Line], extract: Extract, taken: Taken) -> MadeFile:
    """The register on paper: PDF/UA and PDF/A at once."""
    content = set_as_pdf(_PAPER, on_paper(lines, extract, taken), taken.at)
    mark = extract.marking.label.replace(":", "-").lower()
    name = f"iisg-members-{timezone.localtime(taken.at).date().isoformat()}-{mark}.pdf"
    return MadeFile(BytesIO(content), name, PDF, len(content), hashlib.sha256(content).hexdigest())


def on_paper(lines: Sequence[Line], extract: Extract, taken: Taken) -> dict[str, object]:
    """What the paper shows, as plain values."""
    number = counts(line.entry for line in lines)
    said = [_("%(number)d members") % {"number": number.members}]
    said += [f"{group.label}: {count}" for group, count in number.groups if count]
    if number.not_dated:
        said.append(_("of %(number)d the first day is not known") % {"number": number.not_dated})
    if number.suspended:
        said.append(_("%(number)d suspended") % {"number": number.suspended})
    if taken.chosen:
        said.append(_("chosen by: %(chosen)s") % {"chosen": taken.chosen})
    with_points = any(line.points is not None for line in lines)
    heads = [_("Member"), _("Kind"), _("Ground"), _("Member from"), _("Basis"), _("Pillars")]
    rows = [_cells(line, with_points) for line in lines]
    return {
        "title": extract.title,
        "office": settings.OFFICE_NAME,
        "house": settings.MECHANISM_NAME,
        "day": timezone.localtime(taken.at).date().isoformat(),
        "said": "; ".join(said) + ".",
        "note": " ".join(extract.notes),
        "heads": heads + ([_("For correspondence")] if with_points else []),
        "rows": rows,
        "marking": extract.marking.label,
        "footnote": footnote_for(" ".join(cell for row in rows for cell in row)),
    }


def _cells(line: Line, with_points: bool) -> list[str]:
    entry = line.entry
    short = f" ({entry.short_name})" if entry.short_name and entry.short_name != entry.name else ""
    rests = entry.suspension
    resting = (
        "\n" + _("suspended since %(day)s") % {"day": date_format(rests.valid_from, "j F Y")} if rests else ""
    )
    begun = entry.membership.valid_from
    cells = [
        f"{entry.name}{short}{resting}",
        entry.kind_words,
        entry.membership.get_ground_display(),
        date_format(begun, "j F Y") if begun else _("not known"),
        entry.membership.basis or _("not known"),
        "\n".join(line.pillars) or _("none"),
    ]
    if with_points:
        cells.append(
            "\n".join(f"{point.name}\n{point.email}" for point in line.points or ()) or _("not named")
        )
    return cells


def addresses_extract(bodies: Sequence[Organisation], day: date) -> Extract:
    """One row for each addressee, as the house itself writes; a member without any stands there without an address."""

    def rows() -> Iterator[Mapping[str, Value]]:
        return iter(address_rows(bodies, day))

    return Extract(
        what="addresses",
        title=_("Correspondence addresses of members"),
        count=len(bodies),
        tables=lambda: (Table(_("Addresses"), _ADDRESSES, rows(), frozenset({"member"})),),
        flat=lambda: Table(_("Addresses"), _ADDRESSES, rows()),
        lists=lambda: {"addresses": rows()},
        power=Can.WRITE_LETTERS,
        notes=(_("For letters of the Secretariat. Personal data: delete it when the letters are sent."),),
    )


def address_rows(bodies: Sequence[Organisation], day: date) -> list[dict[str, Value]]:
    """Focal points for correspondence with the member's postal address, else its address; in the order of names."""
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.on(day).filter(organisation__in=bodies):
        contacts.setdefault(contact.organisation_id, []).append(contact)
    points: dict[int, list[FocalPoint]] = {}
    for point in FocalPoint.objects.on(day).for_purpose(CORRESPONDENCE).filter(organisation__in=bodies):
        if not point.is_deputy:
            points.setdefault(point.organisation_id, []).append(point)
    found: list[dict[str, Value]] = []
    for body in bodies:
        base: dict[str, Value] = {"member": body.name, "reference": body.ref}
        known = contacts.get(body.pk, [])
        named = points.get(body.pk, [])
        for point in named:
            post = _post(known[0]) if known else {}
            person = {"name": point.name, "e_mail": point.email, "salutation": _("Dear Sir or Madam")}
            found.append({**base, **post, **person, "kind_of_address": _("focal point")})
        for contact in () if named else known:
            said = {"name": contact.name, "salutation": contact.salutation or _("Dear Sir or Madam")}
            mail = {"e_mail": contact.email, "kind_of_address": _("address")}
            found.append({**base, **_post(contact), **said, **mail})
        if not named and not known:
            found.append({**base, "kind_of_address": _("not known")})
    return found


def _post(contact: Contact) -> dict[str, Value]:
    lines = [line.strip() for line in contact.postal.splitlines() if line.strip()]
    if len(lines) > POSTAL_LINES:
        lines = [*lines[: POSTAL_LINES - 1], ", ".join(lines[POSTAL_LINES - 1 :])]
    numbered = {f"postal_{number}": line for number, line in enumerate(lines, start=1)}
    return {**numbered, "language": contact.language}
