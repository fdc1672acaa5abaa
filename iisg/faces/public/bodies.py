"""The register of organisations and one of them, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.db.models.functions import Lower

from iisg.faces.public.members import Group, in_group
from iisg.faces.public.projects import (
    PublicProject,
    Wanted,
    at_or_below,
    in_order,
    named_in_role,
    public_projects,
    published,
    web_address,
)
from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import Alias, AliasKind, Membership, Organisation, OrganisationQuerySet
from iisg.knowledge.actions.models import PartyRole
from iisg.office.pillars.models import Participation

MEMBER, KNOWN = "member", "known"
SHOWN_PROJECTS = 10


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader looks for; blank means: any. `membership` is "member", "known" or a group of members."""

    words: str = ""
    membership: str = ""
    kind: str = ""
    ground: str = ""
    pillar: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register; `membership` None for a body that is known and no member on the day."""

    body: Organisation
    membership: Membership | None
    pillars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The public projects of a body in one role: the first few, and how many there are."""

    projects: list[PublicProject]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown here."""
        return self.count - len(self.projects)


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that a page about one body shows."""

    body: Organisation
    memberships: list[Membership]
    in_force: Membership | None
    seats: list[Participation]
    institutions: list[Organisation]
    aliases: list[Alias]
    donor: Part
    implementer: Part
    reaching: int
    website: str
    source_url: str


def open_to(reader: object) -> OrganisationQuerySet:
    """Members see all; the public those confirmed by the Secretariat or named by a published action.

    A body that only an unpublished record names would tell of that record, so it stays with members.
    """
    if sees(reader, Can.READ_ACTIONS):
        return Organisation.objects.all()
    named = named_in_role(PartyRole.FUNDING) | named_in_role(PartyRole.IMPLEMENTING)
    return Organisation.objects.filter(Q(confirmed=True) | Q(pk__in=named.values("pk")))


def found_by(reader: object, sought: Sought, day: date) -> OrganisationQuerySet:
    """Organisations that the reader may see and looks for, on a day."""
    found = open_to(reader)
    members = Organisation.objects.members_on(day).values("pk")
    if sought.membership == KNOWN:
        found = found.exclude(pk__in=members)
    elif sought.membership:
        found = found.filter(pk__in=members)
        if sought.membership in Group.values:
            found = in_group(found, sought.membership)
    if sought.kind:
        found = found.filter(kind=sought.kind)
    if sought.ground:
        found = found.filter(
            pk__in=Membership.objects.on(day).filter(ground=sought.ground).values("organisation")
        )
    if sought.pillar:
        found = found.filter(
            pk__in=Participation.objects.on(day).filter(pillar=sought.pillar).values("organisation")
        )
    if sought.words:
        found = found.filter(pk__in=_named(sought.words, reader).order_by().values("pk"))
    return found


def _named(words: str, reader: object) -> OrganisationQuerySet:
    """Bodies found by any name that the reader may see: one learnt from an import would tell the public of it."""
    if sees(reader, Can.READ_ACTIONS):
        return Organisation.objects.matching(words)
    query = Organisation.objects.all()
    told = Alias.objects.exclude(kind=AliasKind.LEARNT)
    for word in fold(words).split():
        called = told.filter(folded__contains=word).values("organisation")
        query = query.filter(Q(folded__contains=word) | Q(pk__in=called))
    return query


def in_name_order(found: OrganisationQuerySet, sort: str) -> OrganisationQuerySet:
    """By name, or backwards for "-name"; letters folded, so that Š stands with S."""
    return found.order_by("-folded" if sort == "-name" else "folded", "pk")


def lines(found: OrganisationQuerySet, day: date) -> list[RegisterLine]:
    """A page of the register, in a constant number of queries."""
    seats = Prefetch("participations", Participation.objects.on(day).order_by("pillar__order"))
    return [
        RegisterLine(
            body=body,
            membership=body.membership_on(day),
            pillars=tuple(str(seat.pillar_id) for seat in body.participations.all()),
        )
        for body in found.with_facts().prefetch_related(seats)
    ]


def portrait(body: Organisation, reader: object, day: date) -> Portrait:
    """Everything about one body that the reader may see; `reaching` counts public projects for a partner."""
    said = {fold(name) for name in (body.name, body.short_name, body.original_name)}
    aliases = body.aliases.exclude(folded__in=said).order_by(Lower("name"))
    if not sees(reader, Can.READ_ACTIONS):
        aliases = aliases.exclude(kind=AliasKind.LEARNT)
    memberships = list(body.memberships.order_by("-valid_from", "-pk"))
    return Portrait(
        body=body,
        memberships=memberships,
        in_force=next((m for m in memberships if m.in_force(day)), None),
        seats=list(body.participations.filter(pk__in=Participation.objects.on(day)).select_related("pillar")),
        institutions=list(
            open_to(reader).filter(at_or_below(body.ref)).exclude(pk=body.pk).order_by("folded", "pk")
        ),
        aliases=list(aliases),
        donor=_part(Wanted(donor=body.ref), day),
        implementer=_part(Wanted(implementer=body.ref), day),
        reaching=published(Wanted(partner=body.code), day).count() if body.code else 0,
        website=web_address(body.website),
        source_url=web_address(body.source_url),
    )


def _part(wanted: Wanted, day: date) -> Part:
    found = in_order(published(wanted, day), "title")
    return Part(public_projects(found[:SHOWN_PROJECTS], day), found.count())
