"""From stored records to the plain rows of money, in a constant number of queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import Q

from iisg.foundations.core.folding import cut
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.iati.codes import TRANSACTION_WORDS
from iisg.knowledge.actions.models import Action, ExchangeRate, Flow, Party, PartyRole, Place
from iisg.knowledge.actions.partner_names import means_the_region, speaks_of_the_six
from iisg.knowledge.actions.sector_codes import Sector
from iisg.knowledge.analysis.engine.money.fates import Fates, fates_of
from iisg.knowledge.analysis.engine.money.rates import Exchange, exchange_of
from iisg.knowledge.analysis.engine.money.rows import INCOMING, MoneyAction, MoneyFlow, Where
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.models.money import LONGEST_NAME
from iisg.knowledge.analysis.reading import batches
from iisg.knowledge.responses.models import Relation, RelationKind

LINKS = {
    RelationKind.PART_OF: "parents",
    RelationKind.SAME_AS: "same_as",
    RelationKind.FUNDED_BY: "funded_by",
}
"""Relations that decide what becomes of a sum."""
_REMARK = re.compile(r"\([^()]*\)")
"""What a source adds in brackets, such as "(partners not itemised)"."""
_REGION = re.compile(r"\(?\bregion (\d+)\)?\s*$")
AROUND = frozenset({"88", "89"})
"""The former Yugoslavia and Europe, as the OECD numbers them."""
_CODE = re.compile(r"[0-9]{3,5}")
MOST_SECTORS = 300
"""More codes than this are no statement about one action."""
_AROUND_FIELDS = (
    "ref", "start_on", "end_on", "reporter_id", "other_beneficiaries", "sectors", "second_hand",
)  # fmt: skip
_FLOW_FIELDS = (
    "pk", "action_id", "state", "kind", "amount", "currency", "source_id", "source_printed", "destination_id",
    "destination_printed", "happened_on", "period_from", "period_to", "valued_on", "printed", "report_of_id",
    "sectors", "recipients",
)  # fmt: skip


@dataclass(slots=True)
class Money:
    """All that figures are made of, as one reader may see it."""

    actions: list[MoneyAction]
    exchange: Exchange
    fates: Fates


@dataclass(slots=True)
class Bodies:
    """Names of organisations, and the partner that each is or belongs to."""

    names: dict[int, str] = field(default_factory=dict)
    partners: dict[int, str] = field(default_factory=dict)

    @classmethod
    def all(cls) -> Bodies:
        """Every body in one query."""
        found = cls()
        columns = ("pk", "name", "short_name", "code", "parent__code")
        for key, name, short, code, above in Organisation.objects.values_list(*columns):
            found.names[key] = short or name
            found.partners[key] = code or above or ""
        return found

    def named(self, keys: list[int]) -> str:
        """Their names in one line."""
        return cut(", ".join(self.names[key] for key in keys), LONGEST_NAME)


class Elsewhere(StrEnum):
    """What a place beside the partners is, as far as the division of money asks."""

    COUNTRY = "country"
    REGION = "region"
    ITSELF = "itself"  # the Western Balkans as a region
    AROUND = "around"  # a region that holds the six among others

    @classmethod
    def of(cls, printed: str) -> Elsewhere:
        """By the word of the source, with the OECD's number of a region where it has one."""
        number = _REGION.search(printed)
        if means_the_region(_REMARK.sub("", printed[: number.start()] if number else printed)):
            return cls.ITSELF
        if number is None:
            return cls.AROUND if speaks_of_the_six(printed) else cls.COUNTRY
        return cls.AROUND if number[1] in AROUND else cls.REGION


@dataclass(slots=True)
class Around:
    """What stands around the flows of one action."""

    ref: str
    start: date | None
    end: date | None
    reporter: int | None
    others: str
    sectors: str
    second_hand: bool
    roles: dict[str, list[int]]

    def facts(self) -> dict[str, Any]:
        """The columns of its row that follow from it alone."""
        return {
            "ref": self.ref,
            **_beside(word.strip() for word in self.others.split(";") if word.strip()),
            "sectors": sectors_of(self.sectors),
            "second_hand": self.second_hand,
        }


def _beside(places: Iterable[str]) -> dict[str, bool]:
    """What places beside the partners are, as the columns of a row have it."""
    found = {Elsewhere.of(place) for place in places}
    return {
        "countries_elsewhere": Elsewhere.COUNTRY in found,
        "regions_elsewhere": Elsewhere.REGION in found,
        "region_itself": Elsewhere.ITSELF in found,
        "regions_around": Elsewhere.AROUND in found,
    }


@lru_cache(maxsize=2_000)
def where_of(printed: str) -> Where | None:
    """Whom one sum is for by its own word; None where it says nothing."""
    places = [place for place in printed.split("; ") if place]
    if not places:
        return None
    named: dict[str, Decimal | None] = {place: None for place in places if place in PARTNERS}
    beside = _beside(place for place in places if place not in named)
    regional = frozenset(PARTNERS) if beside["region_itself"] and not named else frozenset[str]()
    return Where(named, regional, **beside)


def sectors_of(printed: str) -> dict[str, Decimal | None]:
    """Code -> printed share, of the OECD's purpose codes, or of its categories where there are no purpose codes.

    Shares add to a hundred within one list of codes, so that only one may be taken; lists of single publishers say
    nothing that sums could be compared by.
    """
    named = [Sector.of(word) for word in printed.split()]
    for vocabulary in ("DAC", "DAC-3"):
        found = {s.code: s.share for s in named if s.vocabulary == vocabulary and _CODE.fullmatch(s.code)}
        if found and len(found) <= MOST_SECTORS:
            return found
    return {}


def read_money(reader: object) -> Money:
    """Every action that the reader may see, with what becomes of its sums, counted afresh."""
    return _money(money_actions(reader))


def read_money_near(reader: object, key: int) -> Money:
    """As `read_money`, with one action and those that decide what becomes of its sums, by relations either way."""
    return _money(money_actions(reader, counted_with([key])))


def read_money_of(reader: object, keys: Collection[int]) -> Money:
    """As `read_money`, with these actions only; of `counted_with` them where what becomes of their sums is asked."""
    return _money(money_actions(reader, keys))


def _money(actions: list[MoneyAction]) -> Money:
    exchange = read_exchange({flow.currency for action in actions for flow in action.flows})
    return Money(actions, exchange, fates_of(actions, exchange))


def read_exchange(currencies: Collection[str]) -> Exchange:
    """The ECB's rates, and all that was imported for these currencies."""
    rows: dict[str, list[tuple[str, date, Decimal]]] = defaultdict(list)
    imported = ExchangeRate.objects.filter(currency__in=currencies)
    for source, currency, day, per_euro in imported.values_list("source", "currency", "day", "per_euro"):
        rows[source].append((currency, day, per_euro))
    return exchange_of(rows)


def counted_with(keys: Iterable[int]) -> set[int]:
    """The actions and all others that decide what becomes of their sums, however far.

    By wholes, parts, other records and funders, and by sums of which another was chosen.
    """
    found = set(keys)
    fresh = set(found)
    relations = Relation.objects.confirmed().filter(kind__in=LINKS).order_by()
    ties = Flow.objects.filter(report_of__isnull=False).order_by()
    while fresh:
        near: set[int] = set()
        for batch in batches(sorted(fresh)):
            related = relations.filter(Q(source__in=batch) | Q(target__in=batch))
            tied = ties.filter(Q(action__in=batch) | Q(report_of__action__in=batch))
            near.update(key for pair in related.values_list("source_id", "target_id") for key in pair)
            near.update(key for pair in tied.values_list("action_id", "report_of__action_id") for key in pair)
        fresh = near - found
        found |= fresh
    return found


def money_actions(reader: object, keys: Collection[int] | None = None) -> list[MoneyAction]:
    """The actions with their money; `keys` None for all."""
    actions = Action.objects.visible_to(reader).counted()
    wanted: dict[str, Any] = {}
    if keys is not None:
        actions = actions.filter(pk__in=keys)
        wanted = {"action__in": keys}
    roles: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    parties = Party.objects.filter(role__in=(PartyRole.FUNDING, PartyRole.IMPLEMENTING), **wanted)
    for action, role, body in parties.order_by("order").values_list("action_id", "role", "organisation_id"):
        roles[action][role].append(body)
    around = {
        key: Around(ref, start, end, reporter, others, sectors, second_hand, roles[key])
        for key, ref, start, end, reporter, others, sectors, second_hand in actions.values_list(
            "pk", *_AROUND_FIELDS
        )
    }
    bodies = Bodies.all()
    flows: dict[int, list[MoneyFlow]] = defaultdict(list)
    for row in Flow.objects.filter(**wanted).values(*_FLOW_FIELDS):
        if row["action_id"] in around:
            flows[row["action_id"]].append(_flow(row, around[row["action_id"]], bodies))
    named, regional = _places(wanted)
    pillars = _pillars(wanted)
    links = _links(keys)
    return [
        MoneyAction(
            flows=_few(flows[key], own["sectors"]),
            partners=named[key],
            regional=frozenset(regional[key]),
            pillars=frozenset(pillars[key]),
            implementer=bodies.named(facts.roles[PartyRole.IMPLEMENTING]),
            **own,
            parents=frozenset(links["parents"][facts.ref]),
            same_as=frozenset(links["same_as"][facts.ref]),
            funded_by=frozenset(links["funded_by"][facts.ref]),
        )
        for key, facts in around.items()
        for own in (facts.facts(),)
    ]


def _flow(row: dict[str, Any], around: Around, bodies: Bodies) -> MoneyFlow:
    """One stored flow; where it has no day the action's own days stand in, and it says so."""
    day, own = day_of(row, around.start)
    first, last = row["period_from"], row["period_to"]
    if not own:
        first, last = around.start, around.end
    payers = _payers(row, around)
    partners = {bodies.partners[key] for key in payers}
    return MoneyFlow(
        key=row["pk"],
        state=row["state"],
        amount=row["amount"],
        currency=row["currency"],
        day=day,
        first=first,
        last=last,
        dated_by_action=not own,
        source=bodies.named(payers) or row["source_printed"],
        source_stated=bool(row["source_id"] or row["source_printed"]),
        source_partner=partners.pop() if len(partners) == 1 else "",
        receiver=bodies.names.get(row["destination_id"], row["destination_printed"]),
        budget=row["kind"] == "budget",
        promised=row["state"] == INCOMING and row["printed"].startswith(TRANSACTION_WORDS["11"]),
        second_of=row["report_of_id"],
        sectors=sectors_of(row["sectors"]),
        where=where_of(row["recipients"]),
    )


def _few(flows: list[MoneyFlow], sectors: Mapping[str, Decimal | None]) -> tuple[MoneyFlow, ...]:
    """The sums of an action; without their own sectors where these are more than one action can mean."""
    named = set(sectors).union(*(flow.sectors for flow in flows))
    if len(named) <= MOST_SECTORS:
        return tuple(flows)
    return tuple(replace(flow, sectors={}) for flow in flows)


DAYS = ("happened_on", "period_from", "period_to", "valued_on")
"""Columns of a flow that tell its day."""


def day_of(flow: Mapping[str, Any], start: date | None) -> tuple[date | None, bool]:
    """The day of a flow's exchange rate, and whether the flow itself has a day; without one the action's start."""
    own = flow["happened_on"] or flow["period_from"] or flow["period_to"]
    return flow["valued_on"] or own or start, own is not None


def _payers(row: dict[str, Any], around: Around) -> list[int]:
    """Who pays: the body that the flow names; of a transaction else its reporter (IATI), else the funders."""
    if row["source_id"]:
        return [row["source_id"]]
    if row["source_printed"]:
        return []
    if row["kind"] == "transaction" and row["state"] != INCOMING and around.reporter:
        return [around.reporter]
    return around.roles[PartyRole.FUNDING]


def _places(wanted: dict[str, Any]) -> tuple[dict[int, dict[str, Decimal | None]], dict[int, set[str]]]:
    named: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    regional: dict[int, set[str]] = defaultdict(set)
    places = Place.objects.filter(**wanted)
    for action, code, by_name, share in places.values_list("action_id", "partner__code", "named", "share"):
        if by_name:
            named[action][code or ""] = share
        else:
            regional[action].add(code or "")
    return named, regional


def _pillars(wanted: dict[str, Any]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    through = Action.pillars.through.objects.filter(**wanted)
    for action, pillar in through.values_list("action_id", "pillar_id"):
        found[action].add(pillar)
    return found


def _links(keys: Collection[int] | None) -> dict[str, dict[str, set[str]]]:
    """Confirmed relations by the name of their column in the row, then by the action that they start from."""
    found: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in LINKS.values()}
    relations = Relation.objects.confirmed().filter(kind__in=LINKS).order_by()
    if keys is not None:
        relations = relations.filter(source__in=keys)
    for source, target, kind in relations.values_list("source__ref", "target__ref", "kind"):
        found[LINKS[RelationKind(kind)]][source].add(target)
    return found
