"""How many members there were in each year, by group; who has no known first day is counted apart."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iisg.faces.public.members import NARROW, Group
from iisg.foundations.orgs.models import Membership
from iisg.foundations.orgs.register import entry_on
from iisg.knowledge.analysis.pictures.members import (
    NOT_DATED,
    MemberWords,
    YearOfMembers,
    members_by_year,
)
from iisg.knowledge.analysis.pictures.picture import Picture


def years_of_members(today: date) -> list[YearOfMembers]:
    """From the first year that any dated fact names to today; each year at its end, the present one today."""
    memberships = list(
        Membership.objects.select_related("organisation").prefetch_related(
            "suspensions", "organisation__former_facts"
        )
    )
    known = [day.year for m in memberships for day in (m.valid_from, m.valid_to) if day and day <= today]
    found = []
    for year in range(min(known, default=today.year), today.year + 1):
        day = min(date(year, 12, 31), today)
        holding = [m for m in memberships if m.in_force(day)]
        of_group = Counter(
            NARROW.get(entry_on(m, day).kind, Group.INTERNATIONAL).value for m in holding if m.valid_from
        )
        label = str(year) if day.year < today.year or day == date(year, 12, 31) else date_format(day, "j M Y")
        found.append(YearOfMembers(label, of_group, sum(1 for m in holding if not m.valid_from)))
    return found


def members_picture(rows: list[YearOfMembers]) -> Picture:
    """The years as a picture with its table."""
    words = MemberWords(
        question=_("How many members were there in each year?"),
        says=_(
            "A bar for each year, counted at its end, parted by group of members. Whoever has no known first day is "
            "counted apart in every year until the membership ends: nobody knows since when."
        ),
        caption=_("Members at the end of each year"),
        day=_("End of the year"),
        groups={group.value: str(group.label) for group in Group},
        not_dated=_("First day of membership not known"),
        short={
            Group.PARTNERS.value: _("partners"),
            Group.INTERNATIONAL.value: _("international"),
            Group.INSTITUTIONS.value: _("EU institutions"),
            Group.AGENCIES.value: _("EU agencies"),
            NOT_DATED: _("first day not known"),
        },
    )
    return members_by_year(rows, words)
