"""Where each fact of an action comes from: from which file, who confirmed it, who chose it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from iisg.knowledge.needs.provenance import (
    NEEDS,
    REST,
    How,
    Origin,
    Standing,
    Topics,
    note_confirmation,
    of_file,
    of_person,
)

__all__ = [
    "REST", "TOPICS", "TOPIC_OF", "How", "Origin", "Standing", "kept_from", "note_confirmation", "note_origin",
    "of_file", "of_person", "protected", "standing", "topics_of",
]  # fmt: skip

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

_ACTIONS: Final = Topics(TOPICS)
TOPIC_OF: Final[Mapping[str, str]] = _ACTIONS.of
standing = _ACTIONS.standing
protected = _ACTIONS.protected
kept_from = _ACTIONS.kept_from
note_origin = _ACTIONS.note_origin


def topics_of(subject: str) -> Topics:
    """The topics of needs or of actions."""
    return NEEDS if subject == "needs" else _ACTIONS
