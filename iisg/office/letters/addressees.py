"""Addressees as an officer types them, one a line, and the address under which an organisation was last reached."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.matching import Directory, readings
from iisg.foundations.orgs.models import Alias, Organisation
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.models import Recipient

_WITH_MAIL = re.compile(r"^(?P<name>[^;<>]+?)\s*<(?P<email>[^<>;]*)>(?P<rest>.*)$")


def read_addressees(text: str) -> list[Addressee]:
    """Each line as an addressee: "name; e-mail; salutation; street, town", or "name <e-mail>"; later parts may lack.

    Whoever bears the name of an organisation of the register belongs to it.
    """
    split = [_parts(line) for line in text.splitlines() if line.strip()]
    bodies = _organisations([parts[0] for parts in split])
    return [
        Addressee(
            name=parts[0],
            email=parts[1],
            salutation=parts[2],
            postal="\n".join(piece.strip() for piece in parts[3].split(",") if piece.strip()),
            organisation_key=bodies.get(parts[0]),
        )
        for parts in split
    ]


def as_line(person: Addressee | Recipient) -> str:
    """An addressee as a line that `read_addressees` reads again."""
    postal = ", ".join(line.strip() for line in person.postal.splitlines() if line.strip())
    parts = (person.name, person.email, person.salutation, postal)
    return "; ".join(part.replace(";", ",") for part in parts).rstrip("; ")


def as_lines(people: Iterable[Addressee | Recipient]) -> str:
    """Addressees one a line."""
    return "\n".join(as_line(person) for person in people)


def reached_at(organisation: Organisation, day: date) -> Addressee:
    """The organisation with its address for correspondence on the day.

    Else with the one under which its last letter was sent and did not fail; else its name alone.
    """
    contact = organisation.contacts.on(day).order_by("-valid_from", "-pk").first()
    if contact is not None:
        name = f"{contact.name}, {organisation.name}" if contact.name != organisation.name else contact.name
        return Addressee(
            name, contact.email, contact.salutation, contact.postal, organisation_key=organisation.pk
        )
    written = Recipient.objects.filter(organisation=organisation).exclude(email="", postal="")
    for last in written.order_by("-pk").prefetch_related("deliveries")[:5]:
        delivery = last.newest_delivery
        if delivery is None or not delivery.has_failed:
            return Addressee(
                organisation.name, last.email, last.salutation, last.postal, organisation_key=organisation.pk
            )
    return Addressee(organisation.name, organisation_key=organisation.pk)


def organisation_called(name: str) -> Organisation | None:
    """The organisation of the register that goes by this name."""
    key = _organisations([name]).get(name)
    return Organisation.objects.filter(pk=key).first() if key else None


def _parts(line: str) -> tuple[str, str, str, str]:
    line = line.strip()
    if found := _WITH_MAIL.match(line):
        line = f"{found['name']}; {found['email']}{found['rest']}"
    parts = [part.strip() for part in line.split(";", 3)]
    name, email, salutation, postal = (*parts, "", "", "")[:4]
    return name, email, salutation, postal


def _organisations(names: list[str]) -> dict[str, int]:
    """Keys of the organisations that go by these names, in two questions however many there are."""
    wanted = {name: readings(name) for name in names if name}
    spellings = [reading for each in wanted.values() for reading in each]
    own = dict(Organisation.objects.filter(folded__in=spellings).values_list("folded", "pk"))
    others = Directory(Alias.objects.filter(folded__in=spellings))
    found = {name: own.get(fold(name)) or others.find(name) for name in wanted}
    return {name: key for name, key in found.items() if key is not None}
