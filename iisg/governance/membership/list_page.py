"""Lists to the Board on their pages."""

from __future__ import annotations

from django.db.models import QuerySet

from iisg.governance.membership.forms.lists import ListFilters
from iisg.governance.membership.models import BoardList, ListLine
from iisg.governance.membership.models.board_list import BoardListQuerySet


def find_lists(filters: ListFilters, seen: BoardListQuerySet) -> QuerySet[BoardList]:
    """Lists that the filters let through, the newest first, with the number of their lines."""
    if state := filters.chosen("state"):
        seen = seen.filter(state=state)
    if procedure := filters.chosen("procedure"):
        seen = seen.filter(procedure=procedure)
    return seen.with_counts().order_by("-pk")


def lines_of(one: BoardList) -> list[ListLine]:
    """The lines in their order with all that a page tells of them."""
    found = one.lines.select_related("case__organisation", "case__predecessor", "assessment")
    return list(found.prefetch_related("assessment__findings"))
