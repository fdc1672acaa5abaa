"""Where each fact of a record comes from, who confirmed it, who chose it; and the facts of a need that go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can

REST = "*"
"""Stands for every topic that a map does not name itself."""


class How(StrEnum):
    """The ways in which a fact comes into the house, or is vouched for."""

    FILE = "file"
    HAND = "hand"
    MEMBER = "member"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Origin:
    """One source: how, its name (of the file, or of the body that speaks), the day; for a file also its import.

    The name is kept as text, so that it outlives the file.
    """

    how: How
    name: str
    on: date | None
    file: int | None = None

    def kept(self) -> dict[str, Any]:
        """What the map of an action holds of it."""
        return {
            key: value
            for key, value in (
                ("how", self.how.value),
                ("name", self.name),
                ("on", self.on.isoformat() if self.on else None),
                ("file", self.file),
            )
            if value not in ("", None)
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Origin:
        """From what a map holds."""
        on = kept.get("on")
        return cls(
            How(kept["how"]), kept.get("name", ""), date.fromisoformat(on) if on else None, kept.get("file")
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a topic of an action comes from, and who has confirmed it since (None: nobody)."""

    origin: Origin
    confirmed: Origin | None

    @property
    def protected(self) -> bool:
        """Whether a later file may not change it in silence: a person has vouched for it."""
        return self.confirmed is not None or self.origin.how is not How.FILE


class Sourced(Protocol):
    """A record that keeps its sources: maps from topic to `Origin.kept`, and what it was recorded from before that."""

    origins: Any
    confirmed: Any

    @property
    def source_name(self) -> str:
        """The file it first came in with, "" where that is not known."""

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded."""


class Topics:
    """Facts of one kind of record that are confirmed, kept and taken together, by topic."""

    def __init__(self, facts: Mapping[str, tuple[str, ...]]) -> None:
        self.facts = facts
        self.of = {fact: topic for topic, names in facts.items() for fact in names}

    def standing(self, record: Sourced, topic: str) -> Standing:
        """The standing of one topic; what was recorded before origins were kept comes from the file it names."""
        kept = record.origins.get(topic) or record.origins.get(REST)
        origin = Origin.of(kept) if kept else Origin(How.FILE, record.source_name, day_of(record.recorded_at))
        confirmed = record.confirmed[topic] if topic in record.confirmed else record.confirmed.get(REST)
        return Standing(origin, Origin.of(confirmed) if confirmed else None)

    def protected(self, record: Sourced) -> frozenset[str]:
        """Facts that a later file may not change in silence."""
        if not record.confirmed and all(kept["how"] == How.FILE for kept in record.origins.values()):
            return frozenset()
        return frozenset(
            fact
            for topic, facts in self.facts.items()
            if self.standing(record, topic).protected
            for fact in facts
        )

    def kept_from(self, record: Sourced, taken: Iterable[str]) -> frozenset[str]:
        """Facts that a file leaves as they are: the protected ones but for the topics that a person has `taken`."""
        return self.protected(record).difference(fact for topic in taken for fact in self.facts[topic])

    def note_origin(self, record: Sourced, facts: Iterable[str] | None, origin: Origin) -> None:
        """Say where these facts (None: all) come from now; who confirmed an earlier value has not confirmed this."""
        if facts is None:
            record.origins, record.confirmed = {REST: origin.kept()}, {}
            return
        for topic in dict.fromkeys(self.of[fact] for fact in facts):
            record.origins = {**record.origins, topic: origin.kept()}
            if self.standing(record, topic).confirmed is not None:
                record.confirmed = {**record.confirmed, topic: None}


def note_confirmation(record: Sourced, topics: Iterable[str] | None, by: Origin) -> None:
    """Say who has confirmed these topics (None: all of them)."""
    if topics is None:
        record.confirmed = {REST: by.kept()}
    else:
        record.confirmed = {**record.confirmed, **{topic: by.kept() for topic in topics}}


def of_file(name: str, at: datetime, file: int | None = None) -> Origin:
    """A file that came in at a moment."""
    return Origin(How.FILE, name, day_of(at), file)


def of_person(by: Actor, body: str, at: datetime) -> Origin:
    """A person: the Secretariat, or a member's own, who speaks for `body`."""
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return Origin(How.SECRETARIAT, "", day_of(at))
    return Origin(How.MEMBER, body, day_of(at))


def day_of(at: datetime) -> date:
    """The day of the house on which a moment lies."""
    return timezone.localtime(at).date()


NEEDS: Final = Topics(
    {
        "title": ("title", "title_original", "original_language"),
        "partners": ("partners",),
        "framework": ("placements", "pillar_basis", "four_p_basis"),
        "kinds": ("kinds", "perspective"),
        "body": ("body",),
        "capability": ("capability",),
        "needed_by": ("needed_by",),
        "met_when": ("met_when",),
        "priority": ("priority",),
        "quantity": ("quantity", "unit"),
        "statement": ("basis", "source_body", "source_year", "source_url"),
        "references": ("references",),
        "notes": ("notes",),
    }
)
"""Facts of a need that go together, because one without the other would say something else."""
