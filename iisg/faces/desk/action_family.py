"""The actions around one: its chain of phases, the programmes it belongs to, who funds it, what overlaps with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses.models import Relation, RelationKind, RelationState

CHAINS = (RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF)
DEEPEST = 5
"""Steps of a tree that are set in; what stands deeper is set in as far."""

BESIDE: dict[tuple[str, bool], str | Promise] = {
    (RelationKind.FUNDED_BY, True): gettext_lazy("Funded by"),
    (RelationKind.FUNDED_BY, False): gettext_lazy("Funds"),
    (RelationKind.CO_FUNDED_WITH, True): gettext_lazy("Co-funded with"),
    (RelationKind.OVERLAPS, True): gettext_lazy("Overlaps"),
    (RelationKind.COMPLEMENTS, True): gettext_lazy("Complements"),
}
"""What stands beside an action, by kind and whether the relation leads from it."""


@dataclass(frozen=True, slots=True)
class Link:
    """What an action follows or is part of, by reference, with the decision that says so."""

    ref: str
    relation: int
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a chain or a tree; `after` is what it follows or is part of."""

    action: Action
    depth: int
    is_this: bool
    after: list[Link]

    @property
    def days(self) -> str:
        """From when to when, in words."""
        first, last = (date_format(day, "F Y") if day else _("not known") for day in self._ends)
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def inset(self) -> int:
        """How far it is set in."""
        return min(self.depth, DEEPEST)

    @property
    def _ends(self) -> tuple[date | None, date | None]:
        return self.action.start_on, self.action.end_on


@dataclass(frozen=True, slots=True)
class Beside:
    """Another action and how it stands to this one."""

    word: str | Promise
    action: Action
    relation: Relation


@dataclass(frozen=True, slots=True)
class Family:
    """All that confirmed relations tell of an action, and what still waits to be decided."""

    phases: list[Step] = field(default_factory=list)
    tree: list[Step] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    waiting: list[Relation] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.phases or self.tree or self.beside or self.waiting)


Links = Mapping[int, Mapping[int, tuple[int, str]]]
"""From an action to those it follows or is part of, with the key and the reason of each decision."""
Ways = Mapping[int, Iterable[int]]


def family_of(action: Action, reports: Iterable[int], reader: Actor) -> Family:
    """The family of the action that these reports (keys) tell of, in three queries."""
    own = {action.pk, *reports}
    visible = Relation.objects.visible_to(reader)
    links = visible.confirmed().filter(kind__in=CHAINS).order_by()
    up: dict[str, dict[int, dict[int, tuple[int, str]]]] = {kind: defaultdict(dict) for kind in CHAINS}
    for kind, source, target, key, reason in links.values_list(
        "kind", "source_id", "target_id", "pk", "reason"
    ):
        up[kind][source][target] = (key, reason)
    phases = _joined(own, up[RelationKind.NEXT_PHASE_OF])
    whole = _above_and_below(own, up[RelationKind.PART_OF])
    known = Action.objects.visible_to(reader).in_bulk(phases | whole)
    around = (visible.filter(source__in=own) | visible.filter(target__in=own)).select_related(
        "source", "target"
    )
    standing = [one for one in around if one.kind not in CHAINS]
    return Family(
        phases=_chain(phases & known.keys(), up[RelationKind.NEXT_PHASE_OF], known, own),
        tree=_tree(whole & known.keys(), up[RelationKind.PART_OF], known, own),
        beside=list(_beside(standing, own)),
        waiting=[one for one in around if one.state == RelationState.PROPOSED],
        reports=sorted(own),
    )


def _beside(relations: Iterable[Relation], own: set[int]) -> Iterable[Beside]:
    for one in relations:
        if one.state != RelationState.CONFIRMED or one.kind == RelationKind.SAME_AS:
            continue
        leads = one.source_id in own
        word = BESIDE.get((one.kind, leads)) or BESIDE[one.kind, True]
        yield Beside(word, one.target if leads else one.source, one)


def _spread(start: Iterable[int], links: Ways) -> set[int]:
    """All that links lead to, the start left in."""
    seen, waiting = set(start), list(start)
    while waiting:
        fresh = set(links.get(waiting.pop(), ())) - seen
        seen |= fresh
        waiting += fresh
    return seen


def _turned(links: Ways) -> dict[int, set[int]]:
    turned: dict[int, set[int]] = defaultdict(set)
    for source, targets in links.items():
        for target in targets:
            turned[target].add(source)
    return turned


def _joined(own: set[int], links: Ways) -> set[int]:
    """Everything in one chain with the action, in both directions; nothing where it stands alone."""
    both: dict[int, set[int]] = defaultdict(set)
    ways: tuple[Ways, ...] = (links, _turned(links))
    for way in ways:
        for source, targets in way.items():
            both[source] |= set(targets)
    found = _spread(own, both)
    return found if found - own else set()


def _above_and_below(own: set[int], links: Ways) -> set[int]:
    """The programmes above, skipping none, and all their parts; nothing where it stands alone."""
    found = _spread(_spread(own, links), _turned(links))
    return found if found - own else set()


def _chain(keys: set[int], links: Links, known: Mapping[int, Action], own: set[int]) -> list[Step]:
    """Earlier phases first; of phases that follow the same one the earlier start, then the lower reference."""
    depth = _depths(keys, links)
    order = sorted(keys, key=lambda key: (depth[key], known[key].start_on or date.max, known[key].ref))
    return [_step(key, 0, links, known, own) for key in order]


def _tree(keys: set[int], links: Links, known: Mapping[int, Action], own: set[int]) -> list[Step]:
    """Each whole before its parts, by reference; a part of two wholes stands under the first and names both."""
    below, done, steps = _turned(links), set[int](), list[Step]()

    def add(key: int, depth: int) -> None:
        if key not in done and key in keys:
            done.add(key)
            steps.append(_step(key, depth, links, known, own))
            for part in sorted(below.get(key, ()), key=_by_ref(known)):
                add(part, depth + 1)

    tops = [key for key in keys if not keys & set(links.get(key, ()))]
    for key in sorted(tops, key=_by_ref(known)) or sorted(keys, key=_by_ref(known)):
        add(key, 0)
    return steps


def _by_ref(known: Mapping[int, Action]) -> Callable[[int], str]:
    return lambda key: known[key].ref if key in known else ""


def _step(key: int, depth: int, links: Links, known: Mapping[int, Action], own: set[int]) -> Step:
    after = [Link(known[one].ref, *decision) for one, decision in links.get(key, {}).items() if one in known]
    return Step(known[key], depth, key in own, sorted(after, key=lambda link: link.ref))


def _depths(keys: set[int], links: Ways) -> dict[int, int]:
    """How many steps lead back from each; circles, which the rules forbid, end where they began."""
    depth: dict[int, int] = {}

    def steps(key: int, seen: frozenset[int]) -> int:
        if key not in depth:
            before = [one for one in links.get(key, ()) if one in keys and one not in seen]
            depth[key] = 1 + max((steps(one, seen | {key}) for one in before), default=-1)
        return depth[key]

    return {key: steps(key, frozenset()) for key in keys}
