"""What the Secretariat has decided, with what holds from the start: wordings of letters, and who is told of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iisg.office.letters.addressing import Addressee, Occasion, occasion, occasions
from iisg.office.letters.kinds import filled, half_filled, kind_of
from iisg.office.letters.labels import labels_in
from iisg.office.letters.models import KindWording, Told


@dataclass(frozen=True, slots=True)
class Worded:
    """Subject and text, and the language that they are in."""

    language: str
    subject: str
    body: str
    checked: bool = True
    """Whether the Secretariat has seen to it that the words are right; a translation of the house is a draft."""


def wording_of(kind: str, language: str) -> Worded:
    """The Secretariat's own wording in that language, else the house's; else English, in the same order."""
    own = {
        each.language: each for each in KindWording.objects.filter(kind=kind, language__in=[language, "en"])
    }
    known = kind_of(kind)
    for tongue in (language, "en"):
        kept, house = own.get(tongue), known.house_wording(tongue)
        found = kept or house
        if found is not None:
            draft = kept is None and house is not None and tongue != "en" and not house.checked
            return Worded(tongue, found.subject, found.body, checked=not draft)
    raise KeyError(kind)


def worded_with(kind: str, language: str, facts: Mapping[str, Any], people: Sequence[Addressee]) -> Worded:
    """A letter of a kind, in the language if it is worded in it; its text leaves open what each addressee's copy fills.

    Whoever makes a letter of it takes the language from here, so that an English text is never called Albanian.
    """
    worded = wording_of(kind, language)
    first, tongue = people[0] if people else Addressee(""), worded.language
    own = {"recipient": first.name, "salutation": first.salutation or labels_in(tongue).salutation}
    subject = filled(worded.subject, {**facts, **own}, tongue)
    return Worded(tongue, subject, half_filled(worded.body, facts, tongue))


def lines_of(of: str) -> list[Told]:
    """The table's lines of an occasion, one for each of its circles; undecided ones stand as from the start."""
    return list(_lines(occasion(of), Told.objects.filter(occasion=of)).values())


def lines_of_all() -> dict[str, dict[str, Told]]:
    """The lines of all occasions, by occasion and circle, in one question."""
    decided = list(Told.objects.all())
    return {
        what.slug: _lines(what, [line for line in decided if line.occasion == what.slug])
        for what in occasions()
    }


def _lines(what: Occasion, decided: Iterable[Told]) -> dict[str, Told]:
    known = {line.circle: line for line in decided}
    return {
        slug: known.get(slug) or Told(occasion=what.slug, circle=slug, active=slug in what.from_the_start)
        for slug in what.circles
    }
