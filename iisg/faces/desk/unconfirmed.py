"""Organisations that imports named: where each name came from, what names it, and which known bodies it resembles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Alias, Organisation, OrganisationQuerySet
from iisg.knowledge.actions.models import Action, Flow, Party, PartyRole
from iisg.knowledge.needs.models import Need

MOST_ACTIONS, MOST_FOUND, MOST_NEAR = 10, 12, 3
REPORTS = _("reports it")
PAYS = _("pays money")
RECEIVES = _("receives money")

Parts = Mapping[int, Mapping[int, list[str | Promise]]]
"""By body, by action: what the body does in it."""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """One line of the list: other names, files that named it, how many actions name it, known bodies like it."""

    body: Organisation
    names: list[str]
    files: list[str]
    actions: int
    near: list[Organisation]


@dataclass(frozen=True, slots=True)
class NamedIn:
    """One action that names a body, and what the body does in it."""

    action: Action
    parts: list[str | Promise]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What there is to decide by on one body; `offered` are known bodies that it may be, the likeliest first."""

    body: Organisation
    aliases: list[Alias]
    files: list[str]
    actions: list[NamedIn]
    count: int
    needs: list[Need]
    near: list[Organisation]
    found: list[Organisation]
    found_count: int

    @property
    def more_actions(self) -> int:
        """How many actions are not shown."""
        return self.count - len(self.actions)

    @property
    def more_found(self) -> int:
        """How many bodies hold the words and are not shown."""
        return self.found_count - len(self.found)

    @property
    def offered(self) -> list[Organisation]:
        """Those with a similar name first, then those found by words."""
        return list({body.pk: body for body in (*self.near, *self.found)}.values())


def waiting() -> OrganisationQuerySet:
    """Names that wait for a decision; bodies that the Secretariat itself invited wait for the Board, not here."""
    return Organisation.objects.unconfirmed().exclude(cases__route="invitation")


def unconfirmed(words: str, sort: str, reader: Actor) -> list[tuple[Organisation, int]]:
    """Unconfirmed bodies that hold all words, each with the number of actions that name it, in order."""
    found = waiting()
    if words:
        found = found.filter(pk__in=Organisation.objects.matching(words).order_by().values("pk"))
    numbers = _numbers_of_actions(found, reader)
    by_name = [(body, numbers[body.pk]) for body in found.order_by("folded", "pk")]
    if sort in ("name", "-name"):
        return by_name[::-1] if sort == "-name" else by_name
    return sorted(by_name, key=lambda line: line[1], reverse=sort != "actions")


def _numbers_of_actions(bodies: OrganisationQuerySet, reader: Actor) -> Counter[int]:
    """How many actions name each of the bodies; one that names it in several ways is counted once."""
    keys, seen = bodies.order_by().values("pk"), Action.objects.visible_to(reader)
    if not sees(reader, Can.READ_ACTIONS):
        return Counter()
    parties = Party.objects.filter(organisation__in=keys).order_by().values_list("organisation")
    found = Counter(dict(parties.annotate(Count("action", distinct=True))))
    party = Party.objects.filter(action=OuterRef("pk"), organisation=OuterRef("reporter")).order_by()
    reported = seen.filter(~Exists(party), reporter__in=keys).order_by().values_list("reporter")
    found.update(dict(reported.annotate(Count("pk"))))
    paid: set[tuple[int, int]] = set()
    for field in ("source", "destination"):
        party = Party.objects.filter(action=OuterRef("action"), organisation=OuterRef(field)).order_by()
        flows = Flow.objects.filter(~Exists(party), **{f"{field}__in": keys}).order_by()
        paid.update(flows.exclude(action__reporter=F(field)).values_list(field, "action"))
    found.update(body for body, _action in paid)
    return found


def _files(bodies: Iterable[Organisation], reader: Actor) -> dict[int, set[str]]:
    """By body, the names of the files whose actions name it."""
    found: dict[int, set[str]] = defaultdict(set)
    if not sees(reader, Can.READ_ACTIONS):
        return found
    keys = [body.pk for body in bodies]
    for model, field, action in (
        (Action, "reporter", ""),
        (Party, "organisation", "action__"),
        (Flow, "source", "action__"),
        (Flow, "destination", "action__"),
    ):
        named = model._default_manager.filter(**{f"{field}__in": keys}).order_by()
        for body, file in named.values_list(field, f"{action}source_name").distinct():
            found[body].add(file)
    return found


def lines_of(page: Iterable[tuple[Organisation, int]], reader: Actor) -> list[Unconfirmed]:
    """The lines of one page, in a constant number of queries."""
    page = list(page)
    aliases: dict[int, list[Alias]] = defaultdict(list)
    for alias in Alias.objects.filter(organisation__in=[body.pk for body, _number in page]):
        aliases[alias.organisation_id].append(alias)
    files = _files([body for body, _number in page], reader)
    near = _near([(body, aliases[body.pk]) for body, _number in page])
    return [
        Unconfirmed(
            body,
            _other_names(body, aliases[body.pk]),
            sorted(filter(None, files[body.pk])),
            number,
            near[body.pk],
        )
        for body, number in page
    ]


def doubt_about(body: Organisation, words: str, reader: Actor) -> Doubt:
    """Everything that helps to decide whom a name means; `words` look for a known body by name."""
    parts = parts_in_actions(Organisation.objects.filter(pk=body.pk), reader).get(body.pk, {})
    actions = {action.pk: action for action in Action.objects.filter(pk__in=parts).order_by("ref")}
    aliases = list(body.aliases.all())
    known = Organisation.objects.confirmed().select_related("parent")
    found = known.matching(words) if words else known.none()
    near = _near([(body, aliases)])[body.pk]
    return Doubt(
        body=body,
        aliases=aliases,
        files=sorted({action.source_name for action in actions.values() if action.source_name}),
        actions=[NamedIn(one, parts[key]) for key, one in list(actions.items())[:MOST_ACTIONS]],
        count=len(actions),
        needs=list(
            Need.objects.visible_to(reader).filter(Q(body=body) | Q(reported_by=body)).order_by("ref")
        ),
        near=near,
        found=list(found[:MOST_FOUND]),
        found_count=found.count(),
    )


def parts_in_actions(bodies: Iterable[Organisation], reader: Actor) -> Parts:
    """What bodies do in the actions that the reader may see: four queries whatever their number."""
    seen = Action.objects.visible_to(reader)
    found: dict[int, dict[int, list[str | Promise]]] = defaultdict(lambda: defaultdict(list))

    def say(body: int, action: int, word: str | Promise) -> None:
        if word not in found[body][action]:
            found[body][action].append(word)

    for body, action in seen.filter(reporter__in=bodies).values_list("reporter", "pk"):
        say(body, action, REPORTS)
    words = dict(PartyRole.choices)
    if not sees(reader, Can.READ_ACTIONS):
        return found
    parties = Party.objects.filter(organisation__in=bodies)
    for body, action, role in parties.values_list("organisation", "action", "role"):
        say(body, action, words[role])
    for field, word in (("source", PAYS), ("destination", RECEIVES)):
        flows = Flow.objects.filter(**{f"{field}__in": bodies})
        for body, action in flows.values_list(field, "action").order_by("action", field).distinct():
            say(body, action, word)
    return found


def _near(bodies: Iterable[tuple[Organisation, Iterable[Alias]]]) -> dict[int, list[Organisation]]:
    """By body, the confirmed ones whose names resemble one of its own, the likeliest first: two queries."""
    directory = Directory(Alias.objects.filter(organisation__confirmed=True))
    keys = {
        body.pk: list(
            dict.fromkeys(
                key
                for name in (body.name, *(alias.name for alias in aliases))
                for key in directory.near(name, MOST_NEAR)
            )
        )[:MOST_NEAR]
        for body, aliases in bodies
    }
    known = Organisation.objects.select_related("parent").in_bulk(
        {key for found in keys.values() for key in found}
    )
    return {body: [known[key] for key in found] for body, found in keys.items()}


def _other_names(body: Organisation, aliases: Iterable[Alias]) -> list[str]:
    return [alias.name for alias in aliases if alias.folded != fold(body.name)[:250]]
