"""Made-up bodies for tests of the house."""

from __future__ import annotations

from itertools import count
from typing import Any

from iisg.foundations.orgs.models import Organisation, OrganisationKind

PARTNER_NAMES = {
    "AL": "Albania",
    "BA": "Bosnia and Herzegovina",
    "XK": "Kosovo*",
    "ME": "Montenegro",
    "MK": "North Macedonia",
    "RS": "Serbia",
}
_numbers = count(1)


def make_partner(code: str = "AL") -> Organisation:
    """The partner of that code, made once."""
    name = PARTNER_NAMES[code]
    organisation, _new = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "ref": name.lower().replace(" ", "-").rstrip("*"),
            "name": name,
            "kind": OrganisationKind.WB_PARTNER,
            "confirmed": True,
        },
    )
    return organisation


def make_partners() -> dict[str, Organisation]:
    """All six by their codes."""
    return {code: make_partner(code) for code in PARTNER_NAMES}


def make_organisation(name: str = "", **facts: Any) -> Organisation:
    """A body that is none of the six; with a name of its own unless one is given."""
    number = next(_numbers)
    wanted: dict[str, Any] = {
        "ref": f"body-{number}",
        "name": name or f"Body {number}",
        "kind": OrganisationKind.INTERNATIONAL_ORGANISATION,
        "confirmed": True,
    }
    return Organisation.objects.create(**(wanted | facts))
