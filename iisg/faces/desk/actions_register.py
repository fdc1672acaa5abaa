"""The lines of the register of actions: who does what, whether it runs on a day, and for how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from iisg.faces.desk.forms import NOT_STATED, ActionFilters
from iisg.faces.desk.money import Sum, sums, sums_of
from iisg.faces.desk.need_record import TimeTag, time_tag
from iisg.faces.desk.needs_register import ALL_SIX
from iisg.foundations.access.actors import Actor
from iisg.foundations.core.among import Among, Keys
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.one_action import Groups, one_each
from iisg.knowledge.analysis.engine.rows import Running
from iisg.knowledge.analysis.engine.totals import Totals
from iisg.knowledge.analysis.reading import rows_of_actions
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.analysis.totalling import MANY, ActionsOfADay
from iisg.knowledge.analysis.traits import traits
from iisg.knowledge.analysis.wording import RUNNING_WORDS
from iisg.knowledge.finding.asked import Asked
from iisg.knowledge.finding.models import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action of a page with what the engine says of it; `reports` is 0 where one record tells of it."""

    action: Action
    title: str
    reports: int
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
class InOrder:
    """Keys of all actions that were found, in order; only the page that is looked at is read.

    The order leaves nothing open, so a page of the second half is read from the end.
    """

    keys: QuerySet[Action, int]
    number: int

    def __len__(self) -> int:
        """How many were found: counted already."""
        return self.number

    def refs(self) -> list[str]:
        """References of all of them, in order."""
        return list(self.keys.values_list("ref", flat=True))

    def __iter__(self) -> Iterator[int]:
        return iter(self.keys)

    def __getitem__(self, part: slice) -> list[int]:
        first, end = part.start or 0, self.number if part.stop is None else min(part.stop, self.number)
        if first * 2 <= self.number:
            return list(self.keys[first:end])
        back = self.keys.reverse()[self.number - end : self.number - first] if first < end else ()
        return list(back)[::-1]


@dataclass(frozen=True, slots=True)
class Found:
    """What the filters let through: how much runs, what it sums to, and all of it in order."""

    listed: InOrder
    running: Counter[Running]
    totals: Totals
    groups: Groups

    @property
    def times(self) -> list[tuple[str, int]]:
        """How many run, are planned and so on, in words, leaving out what there is none of."""
        return [(str(RUNNING_WORDS[time]), self.running[time]) for time in Running if self.running[time]]

    @property
    def sums(self) -> list[Sum]:
        """Sums by currency and state; a whole and its parts are not both counted."""
        return sums(self.totals)


def find_actions(filters: ActionFilters, reader: Actor, day: date, sort: str = "") -> Found:
    """Filter, count and sort from the summaries, in a constant number of queries that read no record."""
    groups = read_groups()
    among = _with_all_reports(_kept(filters, reader), reader, groups)
    partner, pillar, time = (filters.chosen(name) for name in ("partner", "pillar", "running"))
    has_sum = {"known": True, "not_known": False}.get(filters.chosen("amount"))
    found = ActionsOfADay(reader, day, among, partner, pillar, time, has_sum, _traits(filters), groups)
    keys = in_order(found.actions(), sort).values_list("pk", flat=True)
    return Found(InOrder(keys, found.number), found.running(), found.totals(), groups)


def _with_all_reports(kept: Keys | None, reader: Actor, groups: Groups) -> Keys | None:
    """The actions, and for one that several reports tell of the report that stands for it: it is shown once."""
    if kept is None or not groups.heads:
        return kept
    reports = Action.objects.visible_to(reader).counted().filter(ref__in=groups.heads)
    matching = Among("pk", kept, sought=len(kept) <= MANY)
    heads = {groups.head(ref) for ref in reports.filter(matching).values_list("ref", flat=True)}
    return kept.with_also(list(reports.filter(ref__in=heads).order_by().values_list("pk", flat=True)))


def lines_of(keys: Iterable[int], reader: Actor, day: date, groups: Groups) -> list[ActionLine]:
    """The lines of one page, with names, places and money, in the order of the keys."""
    visible, reports = Action.objects.visible_to(reader).with_facts(), Counter(groups.heads.values())
    fetched = visible.in_bulk(list(keys))
    shown = [fetched[key] for key in keys if key in fetched]
    others = groups.others_of(action.ref for action in shown)
    told = [*shown, *(visible.filter(ref__in=others) if others else ())]
    rows = {row.ref: row for row in one_each(rows_of_actions(told), groups)}
    return [
        ActionLine(action, row.title, reports[action.ref], time_tag(row, day), sums_of([row]))
        for action in shown
        for row in [rows[action.ref]]
    ]


def in_order(actions: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """By title, start or end ("-" before it turns it round), else by reference; unknown days always last."""
    key, back = sort.removeprefix("-"), sort.startswith("-")
    if key == "title":
        return actions.order_by("-title_key" if back else "title_key", "ref")
    if key in ("start", "end"):
        day = F(f"{key}_on")
        return actions.order_by(day.desc(nulls_last=True) if back else day.asc(nulls_last=True), "ref")
    return actions.order_by("-ref" if back else "ref")


def _traits(filters: ActionFilters) -> int:
    """Kind, stage and assistance, as summaries have them."""
    kind, stage, given = (filters.chosen(name) for name in ("kind", "stage", "assistance"))
    told = stage.replace(NOT_STATED, "") if stage else None
    return traits(kind=kind or None, stage=told, assistance=[given] if given else [])


def _kept(filters: ActionFilters, reader: Actor) -> Keys | None:
    """Keys of the actions that words, a body and a measure let through; None where only summaries are asked."""
    chosen, words = filters.chosen, filters.chosen("words")
    everything = actions = Action.objects.visible_to(reader).counted()
    if chosen("organisation"):
        actions = actions.involving(chosen("organisation"))
    if chosen("measure"):
        actions = actions.filter(placements__measure__code=chosen("measure"))
    holding = Entry.objects.visible_to(reader).holding(words).of_kind(EntryKind.ACTION)
    if actions is everything:
        return Keys.read(holding, "action") if Asked.read(words) else None
    kept = Keys.read(actions)
    if not Asked.read(words):
        return kept
    return Keys.read(holding.filter(Among("action_id", kept, sought=len(kept) <= MANY)), "action")
