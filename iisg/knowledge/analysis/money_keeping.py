"""Keeping all money in parts: the engine decides on it when a record changes, never when a page is asked for (ADR 9).

No deed of its own and no source of anything: receivers call it, in the transaction of the change (ADR 14).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from iisg.foundations.access.actors import HOUSE
from iisg.knowledge.actions.models import Action, Flow, Party, PartyRole
from iisg.knowledge.analysis.engine.matrix import PILLARS
from iisg.knowledge.analysis.engine.money.account import all_cells, unvalued, with_a_sum
from iisg.knowledge.analysis.engine.money.rates import FIXED, Exchange
from iisg.knowledge.analysis.engine.money.rows import MoneyAction
from iisg.knowledge.analysis.engine.money.standing import Kind
from iisg.knowledge.analysis.engine.rows import PARTNERS
from iisg.knowledge.analysis.models import (
    MoneyKind,
    MoneyName,
    MoneyPart,
    MoneyReach,
    MoneyUnvalued,
    bits,
)
from iisg.knowledge.analysis.money_reading import DAYS, Money, counted_with, day_of, read_money_of
from iisg.knowledge.analysis.reading import batches

Facts = tuple[Any, ...]
STORED = 2_000
"""Rows that are written by one statement."""


@dataclass(slots=True)
class Parts:
    """The rows that some actions should have, in plain values: what they refer to is not stored yet.

    `reaches`: action -> (reaches, pillars, sectors, has_sum). `parts`: (action, placed, flow, kind, year, cents, payer,
    carrier, because). `unvalued`: (action, flow, why).
    """

    reaches: dict[int, Facts] = field(default_factory=dict)
    parts: list[Facts] = field(default_factory=list)
    unvalued: list[Facts] = field(default_factory=list)


def keep_money(keys: Iterable[int]) -> None:
    """Decide anew on the money of these actions, and of all whose money is decided together with theirs."""
    done: set[int] = set()
    for batch in batches(sorted(set(keys))):
        family = counted_with(set(batch) - done) - done
        done |= family
        if family:
            _forget(family)
            _store(parts_of(family))


def keep_all_money() -> None:
    """Decide on all money anew, and drop kinds and names that nothing bears any more."""
    for model in (MoneyUnvalued, MoneyPart, MoneyReach, MoneyKind, MoneyName):
        model.objects.all().delete()
    keep_money(Action.objects.values_list("pk", flat=True))


def keep_money_paid_by(bodies: Collection[int]) -> None:
    """The names of these bodies, or whose they are, have changed: decide anew on the money that names them."""
    roles = (PartyRole.FUNDING, PartyRole.IMPLEMENTING)
    concerned = [
        Action.objects.filter(reporter__in=bodies).values_list("pk", flat=True),
        Party.objects.filter(organisation__in=bodies, role__in=roles).values_list("action_id", flat=True),
        Flow.objects.filter(Q(source__in=bodies) | Q(destination__in=bodies)).values_list(
            "action_id", flat=True
        ),
    ]
    keep_money({key for keys in concerned for key in keys})


def keep_money_in(currencies: Collection[str]) -> None:
    """Imported rates of these currencies have changed: decide anew on sums that the ECB has no timely rate for."""
    by_the_ecb, concerned = Exchange(), set[int]()
    flows = Flow.objects.filter(currency__in=set(currencies) - {"EUR", *FIXED}).order_by()
    for flow in flows.values("action_id", "currency", "action__start_on", *DAYS):
        day, _own = day_of(flow, flow["action__start_on"])
        rate = by_the_ecb.to_eur(Decimal(1), flow["currency"], day).rate
        if day and (rate is None or rate.late):
            concerned.add(flow["action_id"])
    keep_money(concerned)


def parts_of(keys: Collection[int]) -> Parts:
    """What should be kept of actions; `keys` hold every action that decides on the money of another."""
    money = read_money_of(HOUSE, keys)
    refs = dict(Action.objects.filter(pk__in=keys).values_list("ref", "pk"))
    told = with_a_sum(money.fates)
    found = Parts({refs[action.ref]: _reach(action, action.ref in told) for action in money.actions})
    found.unvalued = [(refs[v.action.ref], v.flow.key, v.converted.why) for v in unvalued(money.fates)]
    found.parts = list(_cells(money, refs))
    return found


def _cells(money: Money, refs: Mapping[str, int]) -> Iterable[Facts]:
    for cell in all_cells(money.fates):
        portion = cell.portion
        yield (
            refs[portion.of.action.ref],
            refs[portion.placed.ref],
            portion.of.flow.key,
            cell.kind,
            cell.year,
            int(cell.eur * 100),
            portion.of.flow.source,
            portion.placed.implementer or portion.of.flow.receiver,
            portion.because[:250],
        )


def _reach(action: MoneyAction, has_sum: bool) -> Facts:
    named = action.money_sectors
    sectors = f" {' '.join(sorted(named))} " if named else ""
    return bits(action.money_reaches, PARTNERS), bits(action.pillars, PILLARS), sectors, has_sum


def kept_parts(keys: Collection[int]) -> Parts:
    """What is kept of these actions, in the form of `parts_of`."""
    reaches = MoneyReach.objects.filter(action__in=keys)
    rows = reaches.values_list("action_id", "reaches", "pillars", "sectors", "has_sum")
    parts = MoneyPart.objects.filter(action__in=keys).select_related("kind", "payer", "carrier")
    return Parts(
        {action: tuple(facts) for action, *facts in rows},
        [
            (
                p.action_id, p.placed_id, p.flow_id, p.kind.kind, p.year, p.cents, p.payer.name, p.carrier.name,
                p.because,
            )
            for p in parts
        ],
        list(MoneyUnvalued.objects.filter(reach__in=keys).values_list("reach_id", "flow_id", "why")),
    )  # fmt: skip


def _forget(keys: Collection[int]) -> None:
    for batch in batches(sorted(keys)):
        MoneyPart.objects.filter(action__in=batch).delete()
        MoneyUnvalued.objects.filter(reach__in=batch).delete()
        MoneyReach.objects.filter(action__in=batch).delete()


def _store(found: Parts) -> None:
    MoneyReach.objects.bulk_create(
        [
            MoneyReach(action_id=key, reaches=reaches, pillars=pillars, sectors=sectors, has_sum=has_sum)
            for key, (reaches, pillars, sectors, has_sum) in sorted(found.reaches.items())
        ],
        batch_size=STORED,
    )
    MoneyUnvalued.objects.bulk_create(
        [MoneyUnvalued(reach_id=key, flow_id=flow, why=why) for key, flow, why in found.unvalued],
        batch_size=STORED,
    )
    kinds = _kinds({part[3] for part in found.parts})
    names = _names({name for part in found.parts for name in part[6:8]})
    MoneyPart.objects.bulk_create(
        [
            MoneyPart(
                action_id=action, placed_id=placed, flow_id=flow, kind_id=kinds[kind], year=year, cents=cents,
                payer_id=names[payer], carrier_id=names[carrier], because=because,
            )
            for action, placed, flow, kind, year, cents, payer, carrier, because in found.parts
        ],
        batch_size=STORED,
    )  # fmt: skip


def _names(wanted: Collection[str]) -> dict[str, int]:
    """Keys of names; those that are new are entered, in order, so that two at once cannot wait for each other."""
    known: dict[str, int] = {}
    for batch in batches(sorted(wanted)):
        held = MoneyName.objects.filter(name__in=batch).values_list("name", "pk")
        known.update(held)
        if missing := [name for name in batch if name not in known]:
            MoneyName.objects.bulk_create([MoneyName(name=name) for name in missing], ignore_conflicts=True)
            known.update(held.all())
    return known


def _kinds(wanted: Collection[Kind]) -> dict[Kind, int]:
    """Keys of kinds, as of names."""
    digests = {_digest(kind): kind for kind in wanted}
    known: dict[Kind, int] = {}
    for batch in batches(sorted(digests)):
        held = MoneyKind.objects.filter(digest__in=batch).values_list("digest", "pk")
        known.update((digests[digest], key) for digest, key in held)
        if missing := [digest for digest in batch if digests[digest] not in known]:
            rows = [_kind_row(digest, digests[digest]) for digest in missing]
            MoneyKind.objects.bulk_create(rows, ignore_conflicts=True)
            known.update((digests[digest], key) for digest, key in held.all())
    return known


def _kind_row(digest: str, kind: Kind) -> MoneyKind:
    return MoneyKind(
        digest=digest,
        measure=kind.measure,
        fate=kind.fate,
        place=kind.place,
        sector=kind.sector,
        reaches=bits(kind.reaches, PARTNERS),
        sectors=" ".join(sorted(kind.sectors)),
        pillars=bits(kind.pillars, PILLARS),
        payer=kind.payer,
        estimated=kind.estimated,
    )


def _digest(kind: Kind) -> str:
    said = "|".join(" ".join(sorted(part)) if isinstance(part, frozenset) else str(part) for part in kind)
    return hashlib.sha256(said.encode()).hexdigest()
