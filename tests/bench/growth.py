"""A register of any size, grown from the demonstration's real records with a fixed seed: always the same."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import models, transaction

from iisg.faces.console import demonstration
from iisg.foundations.core.folding import fold
from iisg.foundations.orgs.models import Alias, AliasKind, Organisation, OrganisationKind
from iisg.knowledge.actions.models import Action, ActionPlacement, Assistance, Flow, Party, Place
from iisg.knowledge.analysis import keeping
from iisg.knowledge.finding.keeping import index_everything
from iisg.knowledge.needs.models import Need, Placement
from iisg.knowledge.responses.models import Degree, Relation, RelationKind, RelationState, Response

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
SEED = 20_261_123
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of everything a register of that many actions has.

    Files bring actions by the thousand, but people state needs, read actions into the framework and judge: those
    grow with the powers below, not with the files.
    """

    actions: int

    @property
    def needs(self) -> int:
        """114 needs at 101 actions, 1,190 at 100,000."""
        return max(114, round(114 * math.pow(self.actions / 101, 0.34)))

    @property
    def judged_per_need(self) -> float:
        """Two at 1,000 actions, eight at 100,000."""
        return 2 * math.pow(max(self.actions, 1_000) / 1_000, 0.3)

    @property
    def placed(self) -> int:
        """Actions that somebody read into the framework: 316 of 1,000, 3,162 of 100,000."""
        return round(math.sqrt(100 * self.actions))

    @property
    def organisations(self) -> int:
        """154 known at 101 actions, 1,000 at 100,000."""
        return min(1_000, round(154 * math.pow(self.actions / 101, 0.272)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one real action lends to those grown from it."""

    action: Action
    pillars: tuple[str, ...]
    places: tuple[tuple[int, bool], ...]
    assistance: tuple[str, ...]
    measures: tuple[int, ...]
    roles: tuple[str, ...]
    flows: tuple[tuple[str, Decimal | None, str], ...]


def grow(size: int, tell: Callable[[str], None] = lambda words: None) -> Plan:
    """Load the demonstration into an empty register and grow it to `size` actions, then count and index all."""
    chance, plan = random.Random(SEED), Plan(size)
    demonstration.load(AT, lambda words: None)
    with transaction.atomic():
        tell("organisations")
        bodies = _organisations(plan, chance)
        tell("needs")
        _needs(plan, chance)
        tell("actions")
        _actions(plan, bodies, chance)
        tell("judgements and relations")
        _responses(plan, chance)
        _relations(chance)
        tell("summaries")
        keeping.keep_everything()
        tell("index of search")
        index_everything()
    return plan


def _store(model: type[models.Model], rows: Iterable[Any]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        model._default_manager.bulk_create(batch)


def _organisations(plan: Plan, chance: random.Random) -> list[int]:
    """Bodies named after real ones and where they work; keys of all, the well-known first."""
    known = list(Organisation.objects.exclude(kind=OrganisationKind.WB_PARTNER).order_by("pk"))
    places = ["Tirana", "Sarajevo", "Podgorica", "Skopje", "Belgrade", "Vienna", "Brussels", "Rome", "Geneva"]
    missing = max(0, plan.organisations - Organisation.objects.count())
    made = []
    for number in range(missing):
        like = chance.choice(known)
        name = f"{like.name}, {chance.choice(places)} office {number + 1}"[:250]
        made.append(
            Organisation(ref=f"grown-{number + 1}", name=name, folded=fold(name)[:250], kind=like.kind)
        )
    _store(Organisation, made)
    stored = Organisation.objects.filter(ref__startswith="grown-").order_by("pk")
    _store(
        Alias,
        (Alias(organisation=o, name=o.name, folded=fold(o.name)[:250], kind=AliasKind.NAME) for o in stored),
    )
    return [*(o.pk for o in known), *(o.pk for o in stored)]


def _recombined(titles: Sequence[str], chance: random.Random) -> str:
    """The head of one real title with the tail of another."""
    first, second = chance.choice(titles).split(), chance.choice(titles).split()
    head = first[: max(2, round(len(first) * chance.uniform(0.4, 0.8)))]
    return " ".join([*head, *second[round(len(second) * chance.uniform(0.4, 0.8)) :]])


def _needs(plan: Plan, chance: random.Random) -> None:
    real = list(Need.objects.order_by("ref").prefetch_related("partners", "placements"))
    titles = [need.title for need in real]
    partners = list(Organisation.objects.partners())
    grown, links, placements = [], [], []
    for number in range(plan.needs - len(real)):
        like = chance.choice(real)
        title, ref = _recombined(titles, chance)[:500], f"GROWN-N-{number + 1:05}"
        grown.append(
            Need(
                ref=ref,
                state=like.state,
                title=title,
                folded=fold(f"{ref} {title} {like.source_body}"),
                is_legislative=like.is_legislative,
                is_institutional=like.is_institutional,
                is_operational=like.is_operational,
                perspective=like.perspective,
                priority=chance.choice(["high", "medium", "low", ""]),
                quantity=like.quantity,
                unit=like.unit,
                source_body=like.source_body,
                recorded_at=AT,
                changed_at=AT,
            )
        )
        links.append(chance.sample(partners, len(like.partners.all())))
        placements.append([(p.objective_id, p.measure_id) for p in like.placements.all()])
    _store(Need, grown)
    stored = list(Need.objects.filter(ref__startswith="GROWN-N-").order_by("ref"))
    through = Need.partners.through
    pairs = zip(stored, links, strict=True)
    _store(through, (through(need_id=n.pk, organisation_id=p.pk) for n, found in pairs for p in found))
    places = zip(stored, placements, strict=True)
    _store(
        Placement,
        (Placement(need=n, objective_id=o, measure_id=m) for n, found in places for o, m in found),
    )


def _patterns() -> list[Pattern]:
    return [
        Pattern(
            action=action,
            pillars=tuple(p.pk for p in action.pillars.all()),
            places=tuple((p.partner_id, p.named) for p in action.places.all()),
            assistance=tuple(a.kind for a in action.assistance.all()),
            measures=tuple(p.measure_id for p in action.placements.all()),
            roles=tuple(p.role for p in action.parties.all()),
            flows=tuple((f.state, f.amount, f.currency) for f in action.flows.all()),
        )
        for action in Action.objects.order_by("ref").with_facts()
    ]


def _actions(plan: Plan, bodies: Sequence[int], chance: random.Random) -> None:
    """Actions like real ones, with their parts; the first `placed` stand under measures."""
    patterns = _patterns()
    titles = [p.action.title for p in patterns]
    places = [p.places for p in patterns]
    likes = [chance.choice(patterns) for _ in range(plan.actions - len(patterns))]
    _store(Action, (_action(number, like, titles, bodies, chance) for number, like in enumerate(likes, 1)))
    keys = list(
        Action.objects.filter(ref__startswith="GROWN-A-").order_by("ref").values_list("pk", flat=True)
    )
    grown = list(zip(keys, likes, strict=True))
    pillars = Action.pillars.through
    _store(pillars, (pillars(action_id=k, pillar_id=p) for k, like in grown for p in like.pillars))
    _store(Assistance, (Assistance(action_id=k, kind=a) for k, like in grown for a in like.assistance))
    _store(
        Place,
        (
            Place(action_id=k, partner_id=partner, named=named)
            for k, _like in grown
            for partner, named in chance.choice(places)
        ),
    )
    _store(
        Party,
        (
            Party(action_id=k, organisation_id=_body(bodies, chance), role=role, order=order)
            for k, like in grown
            for order, role in enumerate(like.roles)
        ),
    )
    _store(Flow, (flow for k, like in grown for flow in _flows(k, like, chance)))
    _store(
        ActionPlacement,
        (
            ActionPlacement(action_id=k, measure_id=measure, reason="grown")
            for k, like in grown[: max(0, plan.placed - len(patterns))]
            for measure in like.measures
        ),
    )


def _body(bodies: Sequence[int], chance: random.Random) -> int:
    """A few bodies take part in much, most in little."""
    return bodies[int(len(bodies) * chance.random() ** 2.5)]


def _action(
    number: int, like: Pattern, titles: Sequence[str], bodies: Sequence[int], chance: random.Random
) -> Action:
    real, ref, title = like.action, f"GROWN-A-{number:06}", _recombined(titles, chance)
    moved = timedelta(days=chance.randint(-1_800, 500))
    start = _moved(real.start_on, moved, real.start_precision)
    end = _moved(real.end_on, moved + timedelta(days=chance.randint(0, 400)), "day")
    summary = f"{real.summary} {chance.choice(titles)}"
    action = Action(
        ref=ref,
        reporter_id=_body(bodies, chance),
        reporter_ref=ref,
        title=title,
        summary=summary,
        kind=real.kind,
        scope=real.scope,
        stage=real.stage,
        start_on=start,
        start_precision=real.start_precision if start else "",
        start_printed=start.isoformat() if start else "",
        end_on=end,
        end_precision="day" if end else "",
        end_printed=end.isoformat() if end else "",
        source_name="grown.xml",
        is_public=True,
        recorded_at=AT,
        changed_at=AT,
    )
    action.keep_in_step()
    return action


def _moved(day: date | None, by: timedelta, precision: str) -> date | None:
    """A day moved, on the first of its month or year where only that is printed."""
    if day is None:
        return None
    moved = day + by
    if precision == "year":
        return moved.replace(month=1, day=1)
    return moved.replace(day=1) if precision == "month" else moved


def _flows(action: int, like: Pattern, chance: random.Random) -> Iterable[Flow]:
    for order, (state, amount, currency) in enumerate(like.flows):
        factor = Decimal(round(chance.lognormvariate(0, 1), 4))
        sum_ = None if amount is None else (amount * factor).quantize(Decimal("0.01"))
        yield Flow(action_id=action, order=order, state=state, amount=sum_, currency=currency, kind="total")


def _responses(plan: Plan, chance: random.Random) -> None:
    """Judgements of actions that reach a partner of the need."""
    reaching: dict[int, list[int]] = {}
    for partner, action in Place.objects.order_by("pk").values_list("partner_id", "action_id"):
        reaching.setdefault(partner, []).append(action)
    taken = set(Response.objects.standing().values_list("need_id", "action_id"))
    made = []
    for need in Need.objects.counted().order_by("ref").prefetch_related("partners"):
        partners = [p.pk for p in need.partners.all() if p.pk in reaching]
        for _ in range(min(60, int(chance.expovariate(1 / plan.judged_per_need)))):
            action = chance.choice(reaching[chance.choice(partners)])
            if (need.pk, action) not in taken:
                taken.add((need.pk, action))
                made.append(_response(need, action, chance))
    _store(Response, made)


def _response(need: Need, action: int, chance: random.Random) -> Response:
    degree = chance.choices([Degree.FULL, Degree.PARTIAL, Degree.NONE], [5, 4, 1])[0]
    quantity = None
    if need.quantity is not None and degree != Degree.NONE and chance.random() < 0.7:
        quantity = (need.quantity * Decimal(str(chance.choice([0.1, 0.25, 0.5, 1])))).quantize(
            Decimal("0.01")
        )
    return Response(
        need=need,
        action_id=action,
        degree=degree,
        quantity=quantity,
        reason="grown",
        judged_by_label="growth",
        judged_at=AT,
        follow_up_on=None if degree == Degree.NONE else date(2027, 11, 1),
    )


def _relations(chance: random.Random) -> None:
    """Six of a hundred are part of another, ten the next phase of another, as in the demonstration."""
    keys = list(
        Action.objects.filter(ref__startswith="GROWN-A-").order_by("ref").values_list("pk", flat=True)
    )
    made = []
    for place, key in enumerate(keys[1:], 1):
        lot = chance.random()
        if lot < 0.16:
            kind = RelationKind.PART_OF if lot < 0.06 else RelationKind.NEXT_PHASE_OF
            target = keys[max(0, place - chance.randint(1, 40))]
            made.append(_relation(key, target, kind))
    _store(Relation, made)


def _relation(source: int, target: int, kind: RelationKind) -> Relation:
    return Relation(
        source_id=source,
        target_id=target,
        kind=kind,
        state=RelationState.CONFIRMED,
        evidence="grown",
        proposed_by="growth",
        proposed_at=AT,
        decided_by="growth",
        decided_at=AT,
        reason="grown",
    )
