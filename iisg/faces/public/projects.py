"""Public projects: title, donor, implementer, partners and pillar of an action, and nothing more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OrderBy,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    When,
)
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


SORTS = MappingProxyType({"donor": PartyRole.FUNDING, "implementer": PartyRole.IMPLEMENTING})
"""The role whose first body they are sorted by; all else is by title."""


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


def published(wanted: Wanted, day: date, *, walked: bool = False) -> QuerySet[Action]:
    """Published actions that a reader looks for; words are sought in titles only, never in what is hidden.

    `walked`: a page of them is taken in order, so each is asked whether it reaches the partner; to count them all it
    is quicker to begin with the partner.
    """
    found = Action.objects.published()
    if wanted.pillar:
        found = found.filter(pillars=wanted.pillar)
    if wanted.partner and walked:
        place = Place.objects.filter(action=OuterRef("pk"), partner__code=wanted.partner)
        found = found.filter(Exists(place))
    elif wanted.partner:
        found = found.reaching(wanted.partner)
    for role, ref in ((PartyRole.FUNDING, wanted.donor), (PartyRole.IMPLEMENTING, wanted.implementer)):
        if ref:
            found = found.filter(pk__in=_in_role(role, ref))
    if wanted.words:
        found = found.filter(pk__in=_titled(found, wanted.words))
    return _standing(found, _fitting(found, wanted, day), day) if wanted.running else found


def counted_and_listed(wanted: Wanted, day: date) -> tuple[Counter[Running], QuerySet[Action]]:
    """How those that a reader looks for stand on the day, counted once, and they themselves, to be taken by pages."""
    at_any_time = replace(wanted, running="")
    found = published(at_any_time, day)
    fitting = _fitting(found, wanted, day)
    listed = found if wanted.words else published(at_any_time, day, walked=True)
    return _tallied(fitting), _standing(listed, fitting, day) if wanted.running else listed


def _fitting(found: QuerySet[Action], wanted: Wanted, day: date) -> list[_InTime]:
    """The classes in which stands what is looked for."""
    return [one for one in _in_time(found, day) if wanted.running in ("", one.running)]


def _standing(found: QuerySet[Action], classes: Iterable[_InTime], day: date) -> QuerySet[Action]:
    """Those of the classes only."""
    holding = [one.holds for one in classes]
    return found.alias(**_sides(day)).filter(reduce(or_, holding)) if holding else found.none()


def in_order(found: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """By title unless `sort` says otherwise ("donor", "-title" …); what has no such name comes last."""
    role = SORTS.get(sort.removeprefix("-"))
    if role is None:
        return found.order_by("-title_key" if sort.startswith("-") else "title_key", "ref")
    body = F("first_body")
    order: OrderBy = body.desc(nulls_last=True) if sort.startswith("-") else body.asc(nulls_last=True)
    return found.alias(first_body=_first(role)).order_by(order, "title_key", "ref")


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
    return _tallied(_in_time(found, day))


def _tallied(classes: Iterable[_InTime]) -> Counter[Running]:
    standings: Counter[Running] = Counter()
    for one in classes:
        standings[one.running] += one.number
    return standings


def named_in_role(role: PartyRole) -> OrganisationQuerySet:
    """Bodies that a published action names in the role."""
    parts = Party.objects.filter(organisation=OuterRef("pk"), role=role).order_by()
    published_parts = parts.filter(action__is_public=True, action__withdrawn_at=None)
    return Organisation.objects.filter(Exists(published_parts))


def bodies_in_role(role: PartyRole) -> list[tuple[str, str]]:
    """Reference and name of who is named in the role by a published action, and of those above; alphabetical."""
    known = {
        key: (above, folded, ref, name)
        for key, above, folded, ref, name in Organisation.objects.order_by().values_list(
            "pk", "parent", "folded", "ref", "name"
        )
    }
    found: set[int] = set()
    for key in named_in_role(role).order_by().values_list("pk", flat=True):
        above: int | None = key
        while above is not None and above not in found:
            found.add(above)
            above = known[above][0]
    return [
        (ref, name) for _folded, _key, ref, name in sorted((known[k][1], k, *known[k][2:]) for k in found)
    ]


def _in_role(role: PartyRole, ref: str) -> QuerySet[Party, Any]:
    """Actions in which the body, or an institution below it, has the role."""
    bodies = Organisation.objects.filter(at_or_below(ref)).order_by().values("pk")
    return Party.objects.filter(organisation__in=bodies, role=role).order_by().values("action")


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


@dataclass(frozen=True, slots=True)
class _InTime:
    """Actions of one stage whose start and end lie on the same side of a day: the engine says the same of them all."""

    holds: Q
    running: Running
    number: int


def _in_time(found: QuerySet[Action], day: date) -> Iterator[_InTime]:
    """All of them in such classes: the database counts, the engine judges one of each."""
    sided: Any = found.order_by().annotate(**_sides(day))
    classes = sided.values_list("stage", "begins", "ends")
    facts = classes.annotate(Min("start_on"), Min("end_on"), Count("pk"))
    for stage, begins, ends, start, end, number in facts:
        row = ActionRow(ref="", stage=stage, start=start, end=end)
        yield _InTime(Q(stage=stage, begins=begins, ends=ends), running_at(row, day), number)


def _sides(day: date) -> dict[str, Case]:
    """On which side of the day start and end lie, 0 where not known; the day itself is begun and not ended."""
    return {
        "begins": Case(When(start_on__isnull=True, then=0), When(start_on__gt=day, then=2), default=1),
        "ends": Case(When(end_on__isnull=True, then=0), When(end_on__lt=day, then=1), default=2),
    }


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
