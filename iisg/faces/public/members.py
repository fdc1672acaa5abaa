"""Members of the mechanism on a day, in the four groups of the methodology (section 1; S1, S2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from iisg.foundations.orgs.models import Organisation, OrganisationKind, OrganisationQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Group(TextChoices):
    """The four groups of members; everybody who is in none of the narrow ones is an international partner."""

    PARTNERS = "partners", _("Western Balkans partners")
    INTERNATIONAL = "international", _("International partners operating in the region")
    INSTITUTIONS = "institutions", _("European Commission and European External Action Service")
    AGENCIES = "agencies", _("EU Justice and Home Affairs agencies")


NARROW: Mapping[str, Group] = MappingProxyType(
    {
        OrganisationKind.WB_PARTNER: Group.PARTNERS,
        OrganisationKind.EU_INSTITUTION: Group.INSTITUTIONS,
        OrganisationKind.EU_JHA_AGENCY: Group.AGENCIES,
    }
)
"""Kind of body -> group, where the kind alone decides."""

WAYS_IN: Mapping[Group, StrOrPromise] = MappingProxyType(
    {
        Group.PARTNERS: _("All six belong to the mechanism, each with a seat on the Board."),
        Group.INTERNATIONAL: _(
            "International organisations, EU member states, other states and other international actors: "
            "approved by the Board. Former lead partners and the host of the Secretariat are members "
            "automatically."
        ),
        Group.INSTITUTIONS: _("Members by the methodology itself; the Commission has a seat on the Board."),
        Group.AGENCIES: _("Any of them becomes a member by notifying the Board."),
    }
)
"""How a body comes to belong to each group."""


@dataclass(slots=True)
class GroupOfMembers:
    """One group with its members in alphabetical order; `count` is None where none is on public record."""

    group: Group
    members: list[Organisation] = field(default_factory=list)

    @property
    def count(self) -> int | None:
        """How many; which agencies have notified the Board is not public, so none on record is not none."""
        return len(self.members) or None

    @property
    def way_in(self) -> str:
        """How one becomes a member of this group."""
        return str(WAYS_IN[self.group])


def members_by_group(day: date) -> list[GroupOfMembers]:
    """All four groups, empty ones too, with their members of the day."""
    groups = {group: GroupOfMembers(group) for group in Group}
    for body in Organisation.objects.members_on(day).order_by("folded", "pk"):
        groups[NARROW.get(body.kind, Group.INTERNATIONAL)].members.append(body)
    return list(groups.values())


def in_group(bodies: OrganisationQuerySet, group: str) -> OrganisationQuerySet:
    """Those of `bodies` whose kind puts them in the group."""
    kinds = [kind for kind, narrow in NARROW.items() if narrow == group]
    return bodies.filter(Q(kind__in=kinds) if kinds else ~Q(kind__in=list(NARROW)))
