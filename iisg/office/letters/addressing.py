"""Who is told of what: occasions that the house knows, and circles of addressees that an occasion may reach.

Apps above make their occasions and circles known when they start; the Secretariat decides which circle is told
(`Told`). A circle that nobody has decided about is told when the occasion names it from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to. Without `email` it goes by post or hand; `organisation_key` is the body it belongs to.

    `language` is the one in which it was written to before; what is on record for its body goes before it.
    """

    name: str
    email: str = ""
    salutation: str = ""
    postal: str = ""
    organisation_key: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle of addressees; `members` finds them for the record that the occasion is about."""

    slug: str
    label: Words
    members: Callable[[models.Model], list[Addressee]]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something of which circles are told: by which kind of letter, and which circles from the start.

    `about` names the model of the record that it concerns ("app.model"), so that one can look whom it would reach.
    """

    slug: str
    label: Words
    kind: str
    circles: tuple[str, ...]
    from_the_start: tuple[str, ...]
    about: str = ""


_OCCASIONS: dict[str, Occasion] = {}
_CIRCLES: dict[str, Circle] = {}


def make_circles_known(*circles: Circle) -> None:
    """Add circles; a circle made known twice keeps its last finder."""
    _CIRCLES.update({circle.slug: circle for circle in circles})


def make_occasions_known(*occasions: Occasion) -> None:
    """Add occasions."""
    _OCCASIONS.update({occasion.slug: occasion for occasion in occasions})


def occasions() -> list[Occasion]:
    """All of them, by slug."""
    return [_OCCASIONS[slug] for slug in sorted(_OCCASIONS)]


def occasion(slug: str) -> Occasion:
    """The occasion with this slug; KeyError where there is none."""
    return _OCCASIONS[slug]


def circle(slug: str) -> Circle:
    """The circle with this slug; KeyError where there is none."""
    return _CIRCLES[slug]


def circles() -> list[Circle]:
    """All of them, by slug."""
    return [_CIRCLES[slug] for slug in sorted(_CIRCLES)]


def without_doubles(people: list[Addressee]) -> list[Addressee]:
    """Each address once, the first mention kept; whoever has no address is told apart by name."""
    return list({(person.email.lower() or person.name): person for person in reversed(people)}.values())[::-1]
