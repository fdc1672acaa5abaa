"""The bodies that an activity names."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.records import PartyRecord

from .children import every, first
from .codes import ORGANISATION_TYPES, ROLES
from .figures import read_number
from .notes import Notes
from .words import is_blacked_out, name_of, one_line


def read_reporter(activity: etree._Element, notes: Notes) -> tuple[PartyRecord | None, bool]:
    """Who reports, and whether at second hand; None with a warning where nobody does, for it may still be true."""
    element = first(activity, "reporting-org")
    party = _party(element, "reporting") if element is not None else None
    if party is None:
        notes.warn(
            "iati.no-reporting-org",
            "The activity does not say who reports it.",
            "It was taken with an unknown reporter; ask the publisher to add reporting-org.",
            element,
            "reporting-org",
        )
    second_hand = element is not None and _says_yes(element.get("secondary-reporter"))
    if party is not None and second_hand:
        notes.warn(
            "iati.secondary-reporter",
            f"'{party.name}' reports at second hand.",
            "Its money is shown and not counted; look whether the body that does the work reports it too.",
            element,
        )
    return party, second_hand


def _says_yes(printed: str | None) -> bool:
    """Whether a flag of the standard (xsd:boolean) is set."""
    return (printed or "").strip().lower() in ("1", "true")


def read_parties(activity: etree._Element, notes: Notes) -> list[PartyRecord]:
    """Every participating organisation with its role, in the order of the file, each once per role."""
    parties: list[PartyRecord] = []
    for element in every(activity, "participating-org"):
        party = _party(element, _role(element, notes))
        if party is None:
            notes.warn(
                "iati.party-unnamed",
                "A participating organisation has neither a name nor an identifier.",
                "It was left out; ask the publisher who it is.",
                element,
            )
        elif is_blacked_out(party.name):
            notes.warn(
                "iati.party-redacted",
                f"The publisher has blacked out a participating organisation ('{party.name[:80]}').",
                "It was left out, as one that nobody can know.",
                element,
            )
        elif party not in parties:
            parties.append(party)
    return parties


def _role(element: etree._Element, notes: Notes) -> str:
    printed = one_line(element.get("role"))
    role = ROLES.get(printed) or ROLES.get(fold(printed), "")
    if not role:
        notes.warn(
            "iati.unknown-role",
            f"'{printed}' is no role of an organisation."
            if printed
            else "An organisation is named without a role.",
            "It was taken as participating; the roles are funding, accountable, extending and implementing.",
            element,
        )
    return role or "participating"


def _party(element: etree._Element, role: str) -> PartyRecord | None:
    identifier = one_line(element.get("ref"))
    name = name_of(element) or identifier
    if not name:
        return None
    printed = one_line(element.get("type"))
    return PartyRecord(role, name, identifier, _share(element), ORGANISATION_TYPES.get(printed, printed))


def _share(element: etree._Element) -> Decimal | None:
    return read_number(element.get("percentage"))
