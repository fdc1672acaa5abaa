"""Which organisations share actions, counted in the database; and the network of them in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.knowledge.actions.models import Action, Party, PartyRole
from iisg.knowledge.analysis.links import address
from iisg.knowledge.analysis.pictures.network import Body, NetworkWords, Pair

MOST = 24
"""Bodies that are drawn; more names than these nobody reads."""
ROLES = {
    "fund_implement": gettext_lazy("one funds, the other implements"),
    "fund": gettext_lazy("both fund"),
    "implement": gettext_lazy("both implement"),
}
"""In which roles two bodies may be looked at, beside any."""


@dataclass(frozen=True, slots=True)
class PartnershipsWanted:
    """What a reader looks for; "" leaves it open, `role` is a key of ROLES, `on` None means whatever the day.

    `body` looks at one organisation and those it works with.
    """

    pillar: str = ""
    partner: str = ""
    role: str = ""
    on: date | None = None
    body: Organisation | None = None

    def address(self, body: str, other: str = "") -> str:
        """The page of the network around one body, or of what two of them share, with the same choice."""
        asked = {
            "pillar": self.pillar,
            "partner": self.partner,
            "role": self.role,
            "body": body,
            "with": other,
        }
        day = {"on": self.on.isoformat()} if self.on else {"any_day": "on"}
        return address("network", **asked, **day)


@dataclass(frozen=True, slots=True)
class Partnerships:
    """The bodies that are drawn with their pairs, and how many bodies share actions at all."""

    bodies: list[Body]
    pairs: list[Pair]
    found: int

    @property
    def left_out(self) -> int:
        """Bodies that share actions but are not drawn."""
        return self.found - len(self.bodies)


def actions_wanted(reader: object, wanted: PartnershipsWanted) -> QuerySet[Action]:
    """The actions whose parties are looked at."""
    actions = Action.objects.visible_to(reader)
    if wanted.pillar:
        actions = actions.filter(pillars=wanted.pillar)
    if wanted.partner:
        actions = actions.reaching(wanted.partner)
    return actions.may_run_on(wanted.on) if wanted.on else actions


def partnerships(reader: object, wanted: PartnershipsWanted) -> Partnerships:
    """The MOST bodies that share most actions, or the chosen one and those it works with; and their pairs."""
    actions = actions_wanted(reader, wanted)
    meetings = _meetings(actions, wanted.role)
    if wanted.body is None:
        counts = _counted(meetings if wanted.role else _not_alone(actions), "organisation")
        keys, found = _most(counts, MOST), len(counts)
    else:
        others = _counted(meetings.filter(organisation=wanted.body), "other")
        keys = [wanted.body.pk, *_most(others, MOST - 1)] if others else []
        found = len(others) + bool(others)
        counts = _counted(meetings.filter(organisation__in=keys), "organisation")
    among = meetings.filter(organisation__in=keys, other__in=keys, organisation__lt=F("other"))
    pairs = [(*pair, number) for pair, number in _counted(among, "organisation", "other").items()]
    bodies = {body.pk: body for body in Organisation.objects.filter(pk__in=keys).select_related("parent")}
    joined = {key for first, second, _number in pairs for key in (first, second)}
    return Partnerships(
        bodies=[_body(bodies[key], counts[key], wanted) for key in keys if key in joined],
        pairs=[_pair(bodies[first], bodies[second], number, wanted) for first, second, number in pairs],
        found=found,
    )


def _counted(meetings: QuerySet[Any], *by: str) -> dict[Any, int]:
    """How many actions there are by each value, or by each pair of values."""
    rows = meetings.values_list(*by).annotate(Count("action", distinct=True)).order_by(*by)
    return {row[0] if len(by) == 1 else row[:-1]: row[-1] for row in rows}


def _most(counts: dict[int, int], number: int) -> list[int]:
    """The keys with the greatest counts."""
    return sorted(counts, key=lambda key: (-counts[key], key))[:number]


def shared_actions(reader: object, wanted: PartnershipsWanted, other: Organisation) -> QuerySet[Action]:
    """The actions in which the chosen body and another meet."""
    together = _meetings(actions_wanted(reader, wanted), wanted.role).filter(
        organisation=wanted.body, other=other.pk
    )
    return Action.objects.visible_to(reader).filter(pk__in=together.values("action"))


def _meetings(actions: QuerySet[Action], role: str) -> QuerySet[Any]:
    """Every part in an action beside every part that another body has in it (`other`, `other_role`)."""
    beside = Party.objects.filter(action__in=actions).annotate(
        other=F("action__parties__organisation"), other_role=F("action__parties__role")
    )
    beside = beside.filter(~Q(organisation=F("other")))
    fund, implement = [PartyRole.FUNDING], [PartyRole.IMPLEMENTING, PartyRole.EXTENDING]
    if role == "fund":
        return beside.filter(role__in=fund, other_role__in=fund)
    if role == "implement":
        return beside.filter(role__in=implement, other_role__in=implement)
    if role == "fund_implement":
        return beside.filter(
            Q(role__in=fund, other_role__in=implement) | Q(role__in=implement, other_role__in=fund)
        )
    return beside


def _not_alone(actions: QuerySet[Action]) -> QuerySet[Any]:
    """Every part in an action in which another body has a part too, without telling which body."""
    others = Party.objects.filter(action=OuterRef("action")).exclude(organisation=OuterRef("organisation"))
    return Party.objects.filter(Exists(others.order_by()), action__in=actions)


def _body(body: Organisation, number: int, wanted: PartnershipsWanted) -> Body:
    kinds = {body.kind, body.parent.kind if body.parent else ""}
    return Body(
        key=body.ref,
        label=body.shown,
        actions=number,
        partner=OrganisationKind.WB_PARTNER in kinds,
        href=wanted.address(body.ref),
    )


def _pair(first: Organisation, second: Organisation, number: int, wanted: PartnershipsWanted) -> Pair:
    first, second = sorted((first, second), key=lambda body: (body.shown.casefold(), body.ref))
    return Pair(first.ref, second.ref, number, wanted.address(first.ref, second.ref))


def network_words(wanted: PartnershipsWanted) -> NetworkWords:
    """Words of the picture for what is looked at."""
    day = _("whatever the day")
    if wanted.on is not None:
        day = _("actions that may run on %(day)s") % {"day": date_format(wanted.on, "j F Y")}
    question = _("Who works with whom?")
    if wanted.body is not None:
        question = _("With whom does %(body)s work?") % {"body": wanted.body.shown}
    return NetworkWords(
        question=question,
        says=_(
            "A line joins two organisations that are parties to the same actions, %(day)s; the more actions, the "
            "wider it is. Those that share much with each other stand in one block; a line that leads out of its block "
            "swings wider."
        )
        % {"day": day},
        caption=_("Organisations that share actions, %(day)s") % {"day": day},
        heads=(_("Organisation"), _("works with"), _("Shared actions")),
        partner=_("Western Balkans partner or its institution"),
        other=_("other organisation"),
        shared=lambda number: (
            ngettext("%(number)s shared action", "%(number)s shared actions", number) % {"number": number}
        ),
        part=lambda number: (
            ngettext(
                "takes part with others in %(number)s action",
                "takes part with others in %(number)s actions",
                number,
            )
            % {"number": number}
        ),
    )
