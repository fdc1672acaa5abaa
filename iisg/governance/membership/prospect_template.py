"""The list of possible partners as a file to fill in, and rows that a page keeps between looking and doing."""

from __future__ import annotations

import io
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from iisg.foundations.core.handling import Marking
from iisg.foundations.core.tables import Table, csv_pieces, write_workbook
from iisg.governance.membership.models import Prospect
from iisg.governance.membership.prospect_sheet import COLUMNS, MARKING
from iisg.office.letters.languages import language_name

_ROWS, _AGE = "iisg.membership.prospects", 24 * 3600
_TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def template(form: str) -> tuple[bytes, str]:
    """The file with the present list in it, and its type."""
    rows = [_row(prospect) for prospect in Prospect.objects.with_facts().order_by("name")]
    table = Table(
        "prospects",
        [*COLUMNS, f"{MARKING} {Marking.MEMBERS.label}"],
        rows,
        frozenset({"why", "contact_postal"}),
    )
    if form == "csv":
        return b"".join(csv_pieces(table)), _TYPES[form]
    said: list[dict[str, Any]] = [
        {"column": name, "what stands in it": str(words)} for name, words in COLUMNS.items()
    ]
    said.append({"column": "", "what stands in it": _("A blank cell leaves what is on record as it is.")})
    cover = Table("about", ("column", "what stands in it"), said, frozenset({"what stands in it"}))
    file = io.BytesIO()
    write_workbook(file, [table], cover, Marking.MEMBERS.label)
    return file.getvalue(), _TYPES[form]


def _row(prospect: Prospect) -> dict[str, Any]:
    contact = next(iter(prospect.contacts.all()), None)
    officer = prospect.followed_up_by
    return {
        "name": prospect.name,
        "kind": prospect.get_kind_display(),
        "country": prospect.country,
        "why": prospect.why,
        "pillars": ", ".join(pillar.pk for pillar in prospect.pillars.all()),
        "follows_up": officer.email if officer else "",
        "follow_up_on": prospect.follow_up_on.isoformat() if prospect.follow_up_on else "",
        "contact_name": contact.name if contact else "",
        "contact_salutation": contact.salutation if contact else "",
        "contact_email": contact.email if contact else "",
        "contact_postal": contact.postal if contact else "",
        "contact_language": language_name(contact.language) if contact else "",
    }


def kept(rows: list[list[str]]) -> str:
    """Rows that were looked at, sealed so that exactly these are carried out."""
    return signing.dumps(rows, salt=_ROWS, compress=True)


def unfolded(sealed: str) -> list[list[str]] | None:
    """The rows again; None where the seal does not hold or is older than a day."""
    try:
        found: list[list[str]] = signing.loads(sealed, salt=_ROWS, max_age=_AGE)
    except signing.BadSignature:
        return None
    return found
