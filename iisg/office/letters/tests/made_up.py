"""Made-up letters, kinds and occasions for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.orgs.models import Organisation
from iisg.office.letters import addressing, kinds, operations
from iisg.office.letters.addressing import Addressee, Circle, Occasion
from iisg.office.letters.kinds import Fact, FactType, Kind, Wording
from iisg.office.letters.models import Letter

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ANA = Addressee("Ministry of Security", "office@ministry.example", "Dear Sir", "Rruga 1\nTirana")
EMBASSY = Addressee("Embassy", postal="Street 2\nSkopje")

INVITATION = Kind(
    "invitation",
    "Invitation",
    "action",
    (
        Fact("meeting", "Meeting"),
        Fact("day", "Day", FactType.DAY),
        Fact("items", "Items", FactType.LIST),
        Fact("place", "Where it is", FactType.LINK),
        Fact("reasons", "Reasons", FactType.PARAGRAPHS),
    ),
    Wording("Invitation: {meeting}", "{salutation},\n\non {day} we meet.\n\n{items}\n\n{reasons}\n\n{place}"),
)
ADMITTED = Occasion(
    "admitted",
    "A body was admitted",
    "invitation",
    ("bodies", "agency"),
    ("bodies",),
    about="orgs.organisation",
)


def body_itself(record: models.Model) -> list[Addressee]:
    """The organisation that the occasion is about."""
    assert isinstance(record, Organisation)
    return [Addressee(record.name, "office@body.example", organisation_key=record.pk)]


@contextmanager
def known_here() -> Iterator[None]:
    """A kind of letter with facts, an occasion and two circles, known within the block only."""
    kinds.make_known(INVITATION)
    addressing.make_occasions_known(ADMITTED)
    addressing.make_circles_known(
        Circle("bodies", "The body itself", body_itself),
        Circle("agency", "The agency", lambda record: [Addressee("Agency", "office@agency.example")]),
    )
    try:
        yield
    finally:
        kinds._KNOWN.pop("invitation")
        addressing._OCCASIONS.pop("admitted")
        for slug in ("bodies", "agency"):
            addressing._CIRCLES.pop(slug)


@contextmanager
def nothing_known_but_free_words() -> Iterator[None]:
    """As where no app above writes letters."""
    kept = dict(kinds._KNOWN), dict(addressing._OCCASIONS)
    for slug in [slug for slug in kinds._KNOWN if slug != "free"]:
        kinds._KNOWN.pop(slug)
    addressing._OCCASIONS.clear()
    try:
        yield
    finally:
        kinds._KNOWN.update(kept[0])
        addressing._OCCASIONS.update(kept[1])


def draft(*people: Addressee, **facts: Any) -> Letter:
    """A draft."""
    subject = facts.pop("subject", "A question")
    body = facts.pop("body", "{salutation},\n\nwe ask.")
    return operations.draft_letter(subject, body, people or (ANA,), by=CONSOLE, at=NOW, **facts)


def approved(*people: Addressee, **facts: Any) -> Letter:
    """An approved letter."""
    return operations.approve_letter(draft(*people, **facts), by=CONSOLE, at=NOW)


def sent(*people: Addressee, **facts: Any) -> Letter:
    """A letter that was sent."""
    return operations.send_letter(approved(*people, **facts), by=CONSOLE, at=NOW)


def incoming(**facts: Any) -> Letter:
    """A letter that came in."""
    subject, sender = facts.pop("subject", "An answer"), facts.pop("sender", "Ministry of Security")
    return operations.register_letter(subject, sender, date(2026, 11, 24), by=CONSOLE, at=NOW, **facts)
