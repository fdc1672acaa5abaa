"""The lines of the register of actions: who does what, whether it runs on a day, and for how much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from iisg.faces.desk.forms import NOT_STATED, ActionFilters
from iisg.faces.desk.money import Sum, sums, sums_of
from iisg.faces.desk.need_record import TimeTag, time_tag
from iisg.faces.desk.needs_register import ALL_SIX
from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.analysis.engine.rows import ActionRow, FlowRow, Running
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.engine.totals import Totals, money_total
from iisg.knowledge.analysis.wording import RUNNING_WORDS
from iisg.knowledge.responses.models import Relation, RelationKind


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of a page with what the engine says of it."""

    action: Action
    time: TimeTag
    sums: list[Sum]

    @property
    def named(self) -> list[str]:
        """Partners that it names."""
        return [p.partner.shown for p in self.action.places.all() if p.named]

    @property
    def funders(self) -> str:
        """Who pays."""
        return ", ".join(body.shown for body in self.action.funders)

    @property
    def implementers(self) -> str:
        """Who carries it out."""
        return ", ".join(body.shown for body in self.action.implementers)

    @property
    def pillars(self) -> str:
        """Codes of its pillars."""
        return ", ".join(pillar.pk for pillar in self.action.pillars.all())

    @property
    def regional_words(self) -> str:
        """The partners that it covers as part of the region."""
        return str(ALL_SIX) if len(self.regional) == 6 else ", ".join(self.regional)

    @property
    def regional(self) -> list[str]:
        """Partners that it covers as part of the region only."""
        return [p.partner.shown for p in self.action.places.all() if not p.named]


@dataclass(frozen=True, slots=True)
class Found:
    """All actions that the filters let through, in order, as far as counting needs them."""

    rows: list[ActionRow]
    day: date
    totals: Totals
    running: Counter[Running] = field(default_factory=Counter)

    @property
    def times(self) -> list[tuple[str, int]]:
        """How many run, are planned and so on, in words, leaving out what there is none of."""
        return [(str(RUNNING_WORDS[time]), self.running[time]) for time in Running if self.running[time]]

    @property
    def sums(self) -> list[Sum]:
        """Sums by currency and state; a whole and its parts are not both counted."""
        return sums(self.totals)


def find_actions(filters: ActionFilters, reader: Actor, day: date, sort: str = "") -> Found:
    """Filter, count and sort in a constant number of queries, however many actions there are."""
    kept = _kept(filters, Action.objects.visible_to(reader).counted())
    rows = _rows(kept)
    wanted = filters.chosen("running")
    if wanted:
        rows = [row for row in rows if running_at(row, day) == wanted]
    running = Counter(running_at(row, day) for row in rows)
    return Found(in_order(rows, sort), day, money_total(rows), running)


def lines_of(rows: Iterable[ActionRow], reader: Actor, day: date) -> list[ActionLine]:
    """The lines of one page, with names and places, in the order of the rows."""
    by_ref = {row.ref: row for row in rows}
    actions = Action.objects.visible_to(reader).filter(ref__in=by_ref).with_facts()
    fetched = {action.ref: action for action in actions}
    return [
        ActionLine(fetched[ref], time_tag(row, day), sums_of([row]))
        for ref, row in by_ref.items()
        if ref in fetched
    ]


def in_order(rows: Iterable[ActionRow], sort: str) -> list[ActionRow]:
    """By title, start or end ("-" before it turns it round), else by reference; unknown days always last."""
    rows = sorted(rows, key=lambda row: row.ref)
    key, back = sort.removeprefix("-"), sort.startswith("-")
    if key == "title":
        return sorted(rows, key=lambda row: row.title.casefold(), reverse=back)
    if key in ("start", "end"):
        known = [row for row in rows if getattr(row, key)]
        unknown = [row for row in rows if not getattr(row, key)]
        return [*sorted(known, key=lambda row: getattr(row, key), reverse=back), *unknown]
    return rows[::-1] if back else rows


def _rows(kept: QuerySet[Action]) -> list[ActionRow]:
    """Times, money and parents of the actions: three queries whatever their number."""
    parents: dict[str, set[str]] = defaultdict(set)
    part_of = Relation.objects.confirmed().filter(kind=RelationKind.PART_OF)
    for source, target in part_of.values_list("source__ref", "target__ref"):
        parents[source].add(target)
    flows: dict[int, list[FlowRow]] = defaultdict(list)
    money = Flow.objects.filter(action__in=kept.values("pk"))
    for key, amount, currency, state in money.values_list("action_id", "amount", "currency", "state"):
        flows[key].append(FlowRow(amount, currency, state))
    return [
        ActionRow(
            ref=ref,
            title=title,
            start=start,
            end=end,
            stage=stage,
            parents=frozenset(parents.get(ref, ())),
            flows=tuple(flows[key]),
        )
        for key, ref, title, start, end, stage in kept.values_list(
            "pk", "ref", "title", "start_on", "end_on", "stage"
        )
    ]


def _kept(filters: ActionFilters, actions: Any) -> QuerySet[Action]:
    """The actions that the stored fields let through."""
    chosen = filters.chosen
    if chosen("words"):
        actions = actions.matching(chosen("words"))
    if chosen("partner"):
        actions = actions.reaching(chosen("partner"))
    if chosen("organisation"):
        actions = actions.involving(chosen("organisation"))
    for name, path in (
        ("pillar", "pillars"),
        ("kind", "kind"),
        ("assistance", "assistance__kind"),
        ("measure", "placements__measure__code"),
    ):
        if chosen(name):
            actions = actions.filter(**{path: chosen(name)})
    if chosen("stage"):
        actions = actions.filter(stage=chosen("stage").replace(NOT_STATED, ""))
    if chosen("amount"):
        known = Flow.objects.filter(amount__isnull=False).values("action")
        actions = (
            actions.filter(pk__in=known) if chosen("amount") == "known" else actions.exclude(pk__in=known)
        )
    kept: QuerySet[Action] = Action.objects.filter(pk__in=actions.values("pk"))
    return kept
