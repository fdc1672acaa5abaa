"""The queue of relations: which pairs wait for a decision, and what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.faces.desk.relation_forms import BELONG, RelationFilters
from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.relation_words import reasons_in_words
from iisg.knowledge.responses.models import IDENTITY, Relation, RelationKind, RelationState

SORTED_BY = {"score": "score", "ref": "source__ref", "kind": "kind", "decided": "decided_at"}
STATE_COLOURS = {
    RelationState.PROPOSED: "amber",
    RelationState.CONFIRMED: "green",
    RelationState.REJECTED: "grey",
    RelationState.WITHDRAWN: "violet",
}
SURE, LIKELY = 0.8, 0.5
"""From these scores on a proposal is called sure, or likely."""


@dataclass(frozen=True, slots=True)
class RelationLine:
    """One relation as the register tells it."""

    relation: Relation
    reasons: list[str]

    @property
    def colour(self) -> str:
        """Of the tag of its state."""
        return STATE_COLOURS[RelationState(self.relation.state)]

    @property
    def strength(self) -> str | Promise:
        """The score in a word, "" where nothing was computed."""
        return strength(self.relation)


def strength(relation: Relation) -> str | Promise:
    """The score of a relation in a word, "" where nothing was computed."""
    if relation.score is None:
        return ""
    if relation.score >= SURE:
        return _("strong")
    return _("fair") if relation.score >= LIKELY else _("weak")


def find_relations(filters: RelationFilters, reader: Actor, sort: str = "") -> QuerySet[Relation]:
    """Relations that the filters let through, in the asked order.

    If no other is asked: first what says that one record is something to the other, for that changes figures; the
    surest first.
    """
    found = Relation.objects.visible_to(reader)
    state = filters.chosen("state")
    if state != "any":
        found = found.filter(state=state or RelationState.PROPOSED)
    if kind := filters.chosen("kind"):
        found = found.filter(kind__in=IDENTITY if kind == BELONG else [kind])
    if origin := filters.chosen("origin"):
        found = found.filter(origin=origin)
    for actions in _sides(filters, reader):
        fits = (Exists(actions.order_by().filter(pk=OuterRef(side))) for side in ("source", "target"))
        found = found.filter(next(fits) | next(fits))
    return found.order_by(*_order(sort))


def _sides(filters: RelationFilters, reader: Actor) -> Iterable[QuerySet[Action]]:
    """For each filter on actions those that it lets through: one side of a pair has to be among them.

    What costs least to ask comes first. Each pair's own actions are asked: pairs are fewer than actions.
    """
    actions = Action.objects.visible_to(reader)
    if pillar := filters.chosen("pillar"):
        yield actions.filter(pillars=pillar)
    if partner := filters.chosen("partner"):
        yield actions.reaching(partner)
    if words := filters.chosen("words"):
        yield actions.matching(words)


def _order(sort: str) -> list[Any]:
    key = SORTED_BY.get(sort.removeprefix("-"), "")
    if not key:
        changes_figures = Case(When(kind__in=IDENTITY, then=0), default=1)
        return [changes_figures, F("score").desc(nulls_last=True), "source__ref", "target__ref", "kind"]
    field = F(key)
    first = field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_last=True)
    return [first, "source__ref", "target__ref", "kind"]


def counts_in_words(kinds: Iterable[str]) -> list[tuple[int, str]]:
    """How many there are of each kind, in the order of the kinds, leaving out what there is none of."""
    counts = Counter(kinds)
    return [(counts[kind], str(kind.label)) for kind in RelationKind if counts[kind]]


def page_lines(keys: Sequence[int]) -> list[RelationLine]:
    """Lines for one page, its records fetched with all that a line tells, in the order given."""
    fetched = Relation.objects.with_sides().in_bulk(keys)
    return lines_of(fetched[key] for key in keys if key in fetched)


def lines_of(relations: Iterable[Relation]) -> list[RelationLine]:
    """Lines for relations whose records are fetched."""
    return [RelationLine(one, reasons_of(one)) for one in relations]


def reasons_of(relation: Relation) -> list[str]:
    """What speaks for it: the engine's reasons in words, else what was said."""
    return reasons_in_words(relation.reasons) if relation.reasons else [relation.evidence]
