"""What a person should do now, from the records alone, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.cycles.models import CycleState, Return

MOST = 5
"""Duties of one kind that are told one by one."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: in words, where to do it, and why now; `due_on` None where nothing says by when."""

    what: str
    why: str | Promise
    href: str
    due_on: date | None = None
    weight: int = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is to be done, as it looks from another day."""

    on: date
    days_left: int

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.days_left < 0

    @property
    def how_far(self) -> str:
        """How far away it is, in words."""
        if self.days_left == 0:
            return _("today")
        number = abs(self.days_left)
        if self.is_late:
            return ngettext("%(days)d day late", "%(days)d days late", number) % {"days": number}
        return ngettext("in %(days)d day", "in %(days)d days", number) % {"days": number}


def due(on: date | None, day: date) -> Due | None:
    """The due day seen from a day; None where nothing says by when."""
    return Due(on, (on - day).days) if on else None


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """By the day they are due, then by weight; what has no day comes after what has one."""
    return sorted(duties, key=lambda d: (d.due_on is None, d.due_on or date.max, d.weight, d.what))


def import_duties(reader: Actor) -> list[Duty]:
    """Files that wait for a person."""
    waiting = {
        ImportState.NEEDS_MAPPING: _("Name the columns of %(file)s"),
        ImportState.EXAMINED: _("Look at what %(file)s would change, then apply it"),
    }
    imports = Import.objects.visible_to(reader).filter(state__in=waiting).defer("content")
    return _absence_duties(reader) + [
        Duty(
            what=waiting[ImportState(one.state)] % {"file": one.file_name},
            why=_("%(state)s since %(day)s")
            % {"state": one.get_state_display(), "day": date_format(localtime(one.received_at), "j F Y")},
            href=reverse("import_one", args=[one.pk]),
            weight=1,
        )
        for one in imports[:MOST]
    ]


def _absence_duties(reader: Actor) -> list[Duty]:
    """Applied files that no longer hold records, while nobody has said what that means."""
    undecided = Count("absences", filter=Q(absences__fate="", absences__returned_at=None))
    seen = Import.objects.visible_to(reader).filter(vanished__gt=0)
    found = seen.annotate(undecided=undecided).filter(undecided__gt=0).order_by("-applied_at", "-pk")
    return [
        Duty(
            what=_("Say what it means that records are no longer in %(file)s") % {"file": file_name},
            why=ngettext("%d record vanished", "%d records vanished", number) % number,
            href=reverse("import_missing", args=[key]),
            weight=3,
        )
        for key, file_name, number in found.values_list("pk", "file_name", "undecided")[:MOST]
    ]


def open_returns(reader: Actor, day: date) -> list[Return]:
    """Returns of open rounds that nobody has sent in by the day."""
    returns = Return.objects.visible_to(reader).outstanding_on(day).filter(cycle__state=CycleState.OPEN)
    return list(returns.select_related("cycle", "organisation"))


def needs_address(**chosen: str) -> str:
    """The register of needs with these filters; blank ones are left out."""
    return reverse("needs") + "?" + urlencode({key: value for key, value in chosen.items() if value})
