"""The register of members as of any day, from dated facts alone: memberships, suspensions, former names and kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import (
    FormerFacts,
    Membership,
    Organisation,
    OrganisationKind,
    Suspension,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One member on a day: by the name and of the kind that it had then; `suspension` where its membership rests."""

    body: Organisation
    membership: Membership
    name: str
    short_name: str
    kind: str
    suspension: Suspension | None

    @property
    def kind_words(self) -> str:
        """What sort of body it was."""
        return str(OrganisationKind(self.kind).label)

    @property
    def renamed(self) -> bool:
        """Whether it has another name today."""
        return self.name != self.body.name


def register_on(day: date) -> list[Entry]:
    """All members of a day in alphabetical order, in a constant number of queries.

    A membership of which the first day is not known counts until it ends.
    """
    memberships = Membership.objects.on(day).select_related("organisation")
    found = memberships.prefetch_related("suspensions", "organisation__former_facts", "organisation__aliases")
    return sorted(
        (entry_on(each, day) for each in found), key=lambda entry: (fold(entry.name), entry.body.pk)
    )


def entry_on(membership: Membership, day: date) -> Entry:
    """What the register says of a membership on a day, from what is fetched already."""
    body = membership.organisation
    facts: FormerFacts | Organisation = former(body.former_facts.all(), day) or body
    resting = next(
        (
            pause
            for pause in membership.suspensions.all()
            if pause.valid_from <= day and (pause.valid_to is None or pause.valid_to > day)
        ),
        None,
    )
    return Entry(body, membership, facts.name, facts.short_name, facts.kind, resting)


def former(changes: Iterable[FormerFacts], day: date) -> FormerFacts | None:
    """The name and kind that held on a day; None where those of today did."""
    later = [change for change in changes if change.valid_to > day]
    return min(later, key=lambda change: change.valid_to, default=None)
