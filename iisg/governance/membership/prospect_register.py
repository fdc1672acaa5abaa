"""The list of possible partners as the Secretariat looks at it: filtered, as a table or as columns by state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q

from iisg.governance.membership.forms.prospects import ProspectFilters
from iisg.governance.membership.models import Case, Prospect, ProspectState
from iisg.governance.membership.models.prospect import ProspectQuerySet

SOON = timedelta(days=14)
MOST_BYTES = 2 * 1024 * 1024 + 1
PER_COLUMN = 40
STATE_COLOURS = {
    ProspectState.IDENTIFIED: "grey",
    ProspectState.INVITED: "blue",
    ProspectState.ANSWERED: "green",
    ProspectState.LAPSED: "amber",
    ProspectState.DROPPED: "violet",
}
SORTED_BY = {"name": "name", "follow": "follow_up_on", "state": "state"}


@dataclass(frozen=True, slots=True)
class Column:
    """One state on the board: how many there are, and the first of them."""

    state: ProspectState
    count: int
    prospects: list[Prospect]

    @property
    def colour(self) -> str:
        """Of its tag."""
        return STATE_COLOURS[self.state]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.prospects)


def find_prospects(filters: ProspectFilters, reader: object, day: date) -> ProspectQuerySet:
    """Those that the filters let through."""
    found = Prospect.objects.visible_to(reader)
    for word in filters.chosen("words").split():
        found = found.filter(
            Q(name__icontains=word) | Q(why__icontains=word) | Q(contacts__name__icontains=word)
        )
    if state := filters.chosen("state"):
        found = found.filter(state=state)
    if kind := filters.chosen("kind"):
        found = found.filter(kind=kind)
    if pillar := filters.chosen("pillar"):
        found = found.filter(pillars=pillar)
    if officer := filters.chosen("officer"):
        found = found.filter(followed_up_by=None if officer == "nobody" else officer)
    if filters.chosen("due") == "now":
        found = found.due(day)
    elif filters.chosen("due") == "lapsing":
        found = found.filter(case__in=Case.objects.lapsing_until(day + SOON))
    return found.distinct()


def in_order(found: ProspectQuerySet, sort: str) -> ProspectQuerySet:
    """In the asked order, else by name."""
    field = F(SORTED_BY.get(sort.removeprefix("-"), "name"))
    first = field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_last=True)
    return found.order_by(first, "name")


def board(found: ProspectQuerySet) -> list[Column]:
    """All states as columns, in a number of queries that does not depend on how many there are."""
    counts = dict(found.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))
    return [
        Column(
            state,
            counts.get(state.value, 0),
            list(
                found.filter(state=state)
                .with_facts()
                .order_by(F("follow_up_on").asc(nulls_last=True), "name")[:PER_COLUMN]
            ),
        )
        for state in ProspectState
    ]
