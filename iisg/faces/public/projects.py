"""Public projects: title, donor, implementer, partners and pillar of an action, and nothing more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import F, OrderBy, OuterRef, Prefetch, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import Organisation, OrganisationQuerySet
from iisg.knowledge.actions.models import Action, Party, PartyRole, Place
from iisg.knowledge.analysis.engine.rows import ActionRow, Running
from iisg.knowledge.analysis.engine.running import running_at

PUBLIC_FACTS = (
    "ref", "title", "title_language", "title_original", "original_language", "stage", "start_on", "end_on",
    "source_url",
)  # fmt: skip
"""Fields of an action that are read for the public; stage and days only for the word "under way"."""


class Standing(TextChoices):
    """Whether a project is under way on a day, in words; the values are those of the engine."""

    RUNNING = Running.RUNNING.value, _("under way")
    PLANNED = Running.PLANNED.value, _("planned")
    FINISHED = Running.FINISHED.value, _("finished")
    STOPPED = Running.STOPPED.value, _("stopped")
    UNKNOWN = Running.UNKNOWN.value, _("not known")


SORTS = MappingProxyType({"title": "lowered", "donor": "first_donor", "implementer": "first_implementer"})


@dataclass(frozen=True, slots=True)
class PublicProject:
    """What a public page gets of an action (rules.md 7): no sums, no days, no summary, no needs."""

    ref: str
    title: str
    language: str
    title_original: str
    original_language: str
    donors: tuple[Organisation, ...]
    implementers: tuple[Organisation, ...]
    named: tuple[Organisation, ...]
    regional: tuple[Organisation, ...]
    pillars: tuple[str, ...]
    running: Running
    source_url: str

    @property
    def standing(self) -> str:
        """Whether it is under way, in words."""
        return str(Standing(self.running).label)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for; blank means: any."""

    words: str = ""
    pillar: str = ""
    partner: str = ""
    donor: str = ""
    implementer: str = ""
    running: str = ""


def published(wanted: Wanted, day: date) -> QuerySet[Action]:
    """Published actions that a reader looks for; words are sought in titles only, never in what is hidden."""
    found = Action.objects.published()
    if wanted.pillar:
        found = found.filter(pillars=wanted.pillar)
    if wanted.partner:
        found = found.reaching(wanted.partner)
    for role, ref in ((PartyRole.FUNDING, wanted.donor), (PartyRole.IMPLEMENTING, wanted.implementer)):
        if ref:
            found = found.filter(pk__in=_in_role(role, ref))
    if wanted.words:
        found = found.filter(pk__in=_titled(found, wanted.words))
    if wanted.running:
        fitting = [key for key, running in _runnings(found, day) if running == wanted.running]
        found = found.filter(pk__in=fitting)
    return found


def in_order(found: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """By title unless `sort` says otherwise ("donor", "-title" …); what has no such name comes last."""
    named = found.annotate(
        lowered=Lower("title"),
        first_donor=_first(PartyRole.FUNDING),
        first_implementer=_first(PartyRole.IMPLEMENTING),
    )
    key = F(SORTS.get(sort.removeprefix("-"), "lowered"))
    order: OrderBy = key.desc(nulls_last=True) if sort.startswith("-") else key.asc(nulls_last=True)
    return named.order_by(order, "lowered", "ref")


def public_projects(found: QuerySet[Action], day: date) -> list[PublicProject]:
    """The public facts of a page of published actions, in a constant number of queries."""
    parties = Party.objects.filter(role__in=(PartyRole.FUNDING, PartyRole.IMPLEMENTING))
    fetched = found.only(*PUBLIC_FACTS).prefetch_related(
        Prefetch("parties", parties.select_related("organisation")),
        Prefetch("places", Place.objects.select_related("partner")),
        "pillars",
    )
    return [_public(action, day) for action in fetched]


def tally(found: QuerySet[Action], day: date) -> Counter[Running]:
    """How many of them are under way, planned, finished, stopped, not known."""
    return Counter(running for _key, running in _runnings(found, day))


def named_in_role(role: PartyRole) -> OrganisationQuerySet:
    """Bodies that a published action names in the role."""
    published_parts = Party.objects.filter(role=role, action__in=Action.objects.published())
    return Organisation.objects.filter(pk__in=published_parts.values("organisation"))


def bodies_in_role(role: PartyRole) -> list[Organisation]:
    """Who is named in the role by a published action, with the bodies above them; alphabetical."""
    bodies = {body.pk: body for body in named_in_role(role).select_related("parent__parent__parent")}
    for body in list(bodies.values()):
        above = body.parent
        while above is not None:
            bodies.setdefault(above.pk, above)
            above = above.parent
    return sorted(bodies.values(), key=lambda body: (body.folded, body.pk))


def _in_role(role: PartyRole, ref: str) -> QuerySet[Party, Any]:
    """Actions in which the body, or an institution below it, has the role."""
    return Party.objects.filter(at_or_below(ref, "organisation__"), role=role).values("action")


def at_or_below(ref: str, prefix: str = "") -> Q:
    """The body itself, or one up to three steps below it (partner, ministry, police, border police)."""
    return (
        Q((f"{prefix}ref", ref))
        | Q((f"{prefix}parent__ref", ref))
        | Q((f"{prefix}parent__parent__ref", ref))
        | Q((f"{prefix}parent__parent__parent__ref", ref))
    )


def _titled(found: QuerySet[Action], words: str) -> list[int]:
    """Keys of actions whose titles hold every word, letters folded.

    The stored folded text also holds the summary, so it only narrows the search; the titles decide.
    """
    wanted = fold(words).split()
    for word in wanted:
        found = found.filter(folded__contains=word)
    titles = found.values_list("pk", "title", "title_original").order_by()
    return [key for key, *given in titles if all(word in fold(" ".join(given)) for word in wanted)]


def _runnings(found: QuerySet[Action], day: date) -> Iterator[tuple[int, Running]]:
    facts = found.order_by().values_list("pk", "stage", "start_on", "end_on")
    for key, stage, start, end in facts:
        yield key, running_at(ActionRow(ref="", stage=stage, start=start, end=end), day)


def _first(role: PartyRole) -> Subquery:
    parties = Party.objects.filter(action=OuterRef("pk"), role=role).order_by("order", "pk")
    return Subquery(parties.values("organisation__folded")[:1])


def _public(action: Action, day: date) -> PublicProject:
    places = list(action.places.all())
    return PublicProject(
        ref=action.ref,
        title=action.title,
        language=action.title_language,
        title_original=action.title_original if action.title_original != action.title else "",
        original_language=action.original_language,
        donors=_once(action.funders),
        implementers=_once(action.implementers),
        named=tuple(place.partner for place in places if place.named),
        regional=tuple(place.partner for place in places if not place.named),
        pillars=tuple(str(pillar.pk) for pillar in action.pillars.all()),
        running=running_at(
            ActionRow(ref=action.ref, stage=action.stage, start=action.start_on, end=action.end_on), day
        ),
        source_url=web_address(action.source_url),
    )


def web_address(stated: str) -> str:
    """The address where it is one that a browser may open, else "": sources come from files of others."""
    return stated if stated.startswith(("https://", "http://")) else ""


def _once(bodies: Iterable[Organisation]) -> tuple[Organisation, ...]:
    return tuple({body.pk: body for body in bodies}.values())
