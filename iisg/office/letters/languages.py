"""Languages in which letters are written: English, and those of the six partners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from iisg.foundations.orgs.models import Contact
from iisg.office.letters.addressing import Addressee

LANGUAGES = [
    ("en", _("English")),
    ("sq", _("Albanian")),
    ("bs", _("Bosnian")),
    ("mk", _("Macedonian")),
    ("cnr", _("Montenegrin")),
    ("sr", _("Serbian")),
]
"""Code as typesetting and the web know it, and the name; in alphabetical order after English."""


def is_language(code: str) -> bool:
    """Whether letters are written in it."""
    return any(code == known for known, _name in LANGUAGES)


def language_name(code: str) -> str:
    """What a language is called; its code where it is none of these."""
    return str(dict(LANGUAGES).get(code, code))


def shared_language(people: Iterable[Addressee], day: date) -> str:
    """The language in which all of them are written to; English where they share none, or where it is not known.

    It is that of the address for correspondence of each one's body, else the one it was written to in before.
    """
    people = list(people)
    bodies = {person.organisation_key for person in people if person.organisation_key}
    addresses: dict[int, list[Contact]] = {}
    if bodies:
        for each in Contact.objects.on(day).filter(organisation__in=bodies):
            addresses.setdefault(each.organisation_id, []).append(each)
    spoken = {_of(person, addresses.get(person.organisation_key or 0, [])) for person in people}
    return next(iter(spoken)) if len(spoken) == 1 else "en"


def _of(person: Addressee, addresses: list[Contact]) -> str:
    """The language of the address that is the person's own, else the one that all addresses of its body share."""
    if not addresses:
        return person.language or "en"
    own = [each for each in addresses if each.email and each.email.lower() == person.email.lower()]
    spoken = {each.language for each in own or addresses}
    return next(iter(spoken)) if len(spoken) == 1 else "en"
