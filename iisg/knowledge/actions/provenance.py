"""Where each fact of an action comes from: from which file, who confirmed it, who chose it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.knowledge.actions.models import Action

TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "title_language", "title_original", "original_language"),
    "summary": ("summary",),
    "kind": ("kind", "form"),
    "parties": ("parties",),
    "places": ("places", "other_beneficiaries", "scope"),
    "dates": (
        "start_on",
        "start_precision",
        "start_printed",
        "end_on",
        "end_precision",
        "end_printed",
        "end_derived",
        "duration_months",
        "date_note",
    ),
    "stage": ("stage", "stage_printed"),
    "assistance": ("assistance", "assistance_printed"),
    "pillars": ("pillars", "pillar_basis"),
    "money": ("flows", "money_note"),
    "sectors": ("sectors",),
    "sources": ("source_url", "second_source_url", "mechanism_link", "second_hand"),
}
"""Facts that are confirmed, kept and taken together, because one without the other would say something else."""

TOPIC_OF: Final[Mapping[str, str]] = {fact: topic for topic, facts in TOPICS.items() for fact in facts}
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


def standing(action: Action, topic: str) -> Standing:
    """The standing of one topic; what was recorded before origins were kept comes from the file it names."""
    kept = action.origins.get(topic) or action.origins.get(REST)
    origin = Origin.of(kept) if kept else Origin(How.FILE, action.source_name, _day(action.recorded_at))
    confirmed = action.confirmed[topic] if topic in action.confirmed else action.confirmed.get(REST)
    return Standing(origin, Origin.of(confirmed) if confirmed else None)


def protected(action: Action) -> frozenset[str]:
    """Facts that a later file may not change in silence."""
    if not action.confirmed and all(kept["how"] == How.FILE for kept in action.origins.values()):
        return frozenset()
    return frozenset(
        fact for topic, facts in TOPICS.items() if standing(action, topic).protected for fact in facts
    )


def kept_from(action: Action, taken: Iterable[str]) -> frozenset[str]:
    """Facts that a file leaves as they are: the protected ones but for the topics that a person has `taken` from it."""
    return protected(action).difference(fact for topic in taken for fact in TOPICS[topic])


def note_origin(action: Action, facts: Iterable[str] | None, origin: Origin) -> None:
    """Say where these facts (None: all) come from now; who confirmed an earlier value has not confirmed this one."""
    if facts is None:
        action.origins, action.confirmed = {REST: origin.kept()}, {}
        return
    for topic in dict.fromkeys(TOPIC_OF[fact] for fact in facts):
        action.origins = {**action.origins, topic: origin.kept()}
        if standing(action, topic).confirmed is not None:
            action.confirmed = {**action.confirmed, topic: None}


def note_confirmation(action: Action, topics: Iterable[str] | None, by: Origin) -> None:
    """Say who has confirmed these topics (None: all of them)."""
    if topics is None:
        action.confirmed = {REST: by.kept()}
    else:
        action.confirmed = {**action.confirmed, **{topic: by.kept() for topic in topics}}


def of_file(name: str, at: datetime, file: int | None = None) -> Origin:
    """A file that came in at a moment."""
    return Origin(How.FILE, name, _day(at), file)


def of_person(by: Actor, body: str, at: datetime) -> Origin:
    """A person: the Secretariat, or a member's focal point who speaks for `body`."""
    if Can.IMPORT_ANY_RECORDS in by.powers:
        return Origin(How.SECRETARIAT, "", _day(at))
    return Origin(How.MEMBER, body, _day(at))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
