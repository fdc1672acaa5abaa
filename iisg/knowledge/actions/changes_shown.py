"""The changes that a file would make, as its pages show them: what is known of one day is one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.core.templatetags.wording import printed_date
from iisg.knowledge.actions.fact_words import fact_name
from iisg.knowledge.actions.sheets.figures import read_written_date

_PARTS_OF_A_DAY = ("on", "precision", "printed", "derived")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, line by line; nothing stated is an empty list."""

    name: str
    before: list[str]
    after: list[str]


def changes_of(stored: Iterable[Any], subject: str) -> list[Change]:
    """Differences as they are shown: what is known of a start is one, and so is what is known of an end."""
    found: dict[str, Change] = {}
    days: dict[str, dict[str, tuple[str, str]]] = {"start": {}, "end": {}}
    for name, before, after in stored:
        day, _part, part = name.partition("_")
        if day in days and part in _PARTS_OF_A_DAY:
            days[day][part] = (before, after)
            name = day
        found[name] = _change((name, before, after), subject)
    for day, parts in days.items():
        if parts:
            before, after = (_day(parts, side) for side in (0, 1))
            found[day] = _change((day, before, after), subject)
    return list(found.values())


def _day(parts: Mapping[str, tuple[str, str]], side: int) -> str:
    """A day before or after: as it is printed, else as it was understood, with what else differs alone."""
    printed, understood = parts.get("printed", ("", ""))[side], parts.get("on", ("", ""))[side]
    if printed:
        return _worded(printed)
    if not understood and set(parts).isdisjoint(("printed", "on")):
        return next(iter(parts.values()))[side]
    computed = parts.get("derived", ("", ""))[side] == str(_("yes"))
    return _("%(day)s (computed from the duration)") % {"day": understood} if computed else understood


def _worded(printed: str) -> str:
    """A printed day in the words of the page, where it can be read."""
    read = read_written_date(printed)
    return printed if read.unreadable else printed_date(read)


def _change(stored: Any, subject: str) -> Change:
    name, before, after = stored
    return Change(
        fact_name(name, subject), before.split("\n") if before else [], after.split("\n") if after else []
    )
