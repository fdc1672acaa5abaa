"""Everything the page of one relation tells: two records side by side, and what each decision would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.desk.relation_weighing import Effect, Weigher
from iisg.faces.desk.side_by_side import Fact, facts_of
from iisg.faces.desk.strip import Span, Strip, strip
from iisg.foundations.access.actors import Actor
from iisg.foundations.core.findings import Finding
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.relating.marks import marks_of
from iisg.knowledge.responses.models import DIRECTED, Relation, RelationKind, RelationState
from iisg.knowledge.responses.rules import refusals

SENTENCES: dict[str, str | Promise] = {
    RelationKind.SAME_AS: gettext_lazy("Two reports of one action"),
    RelationKind.FUNDED_BY: gettext_lazy("%(left)s is funded by %(right)s"),
    RelationKind.PART_OF: gettext_lazy("%(left)s is part of %(right)s"),
    RelationKind.NEXT_PHASE_OF: gettext_lazy("%(left)s is the next phase of %(right)s"),
    RelationKind.CO_FUNDED_WITH: gettext_lazy("Co-funded: each pays a part of it"),
    RelationKind.OVERLAPS: gettext_lazy("They overlap"),
    RelationKind.COMPLEMENTS: gettext_lazy("They complement each other"),
}
"""Each kind as a statement about the two, the left one as it leads to the right one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of relating the two: its key, what it says, what it would do, and what stands against it.

    `doubt` is what forbids it unless a person gives a reason of their own.
    """

    key: int
    kind: str
    sentence: str
    effect: Effect
    against: list[Finding]
    doubt: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records side by side, the left one as it would lead to the right one; `alike` both say the same."""

    left: Action
    right: Action
    facts: list[Fact]
    alike: list[Fact]
    money: list[str]
    strip: Strip
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a relation stands in the queue: its number, how many there are, and its neighbours' keys."""

    number: int
    count: int
    before: int | None
    after: int | None


def sides_of(relation: Relation, *, turned: bool) -> tuple[int, int]:
    """Keys of the left and the right record: as the proposal leads; without a direction the later start first."""
    left, right = relation.source, relation.target
    starts = left.start_on, right.start_on
    if relation.kind not in DIRECTED and starts[0] and starts[1] and starts[0] < starts[1]:
        left, right = right, left
    return (right.pk, left.pk) if turned else (left.pk, right.pk)


def pair_of(left: Action, right: Action, relation: Relation | None, reader: Actor, day: date) -> Pair:
    """All of it for two actions fetched `with_facts`, in a constant number of queries."""
    facts = facts_of([left, right])
    spans = [Span(one.ref, one.start_on, one.end_on) for one in (left, right)]
    return Pair(
        left=left,
        right=right,
        facts=[fact for fact in facts if not fact.same],
        alike=[fact for fact in facts if fact.same],
        money=list(_who_pays_whom(left, right)),
        strip=strip(spans, day),
        choices=_choices(left, right, relation, Weigher.of(left, right, reader, day)),
    )


def _choices(left: Action, right: Action, relation: Relation | None, weigher: Weigher) -> list[Choice]:
    against = refusals(left, right, RelationKind.values)
    refs = {"left": left.ref, "right": right.ref}
    proposed = relation.kind if relation is not None and relation.state == RelationState.PROPOSED else ""
    return [
        Choice(
            key=number,
            kind=kind.value,
            sentence=str(SENTENCES[kind]) % refs,
            effect=weigher.effect(kind),
            against=against[kind],
            doubt=doubt(left, right, kind),
            is_proposed=kind == proposed,
        )
        for number, kind in enumerate(RelationKind, 1)
    ]


def doubt(left: Action, right: Action, kind: str) -> str:
    """Marks of different phases veto that two records are one action (rules.md 5); "" where nothing does."""
    if kind != RelationKind.SAME_AS or not marks_of(left.title).differ(marks_of(right.title)):
        return ""
    return _(
        "The titles bear marks of different phases: by the rules of counting, section 5, these are phases, not "
        "reports of one action. Confirm it all the same only with a reason of your own."
    )


def _who_pays_whom(left: Action, right: Action) -> Iterable[str]:
    """Each record's funders and implementers as a pair, and where one reports what the other funds."""
    for one in (left, right):
        yield _("%(ref)s: %(funders)s → %(implementers)s") % {
            "ref": one.ref,
            "funders": _shown(one.funders),
            "implementers": _shown(one.implementers),
        }
    for one, other in ((left, right), (right, left)):
        if other.reporter and other.reporter in one.implementers:
            words = {"implementer": other.reporter.shown, "one": one.ref, "other": other.ref}
            yield _("%(implementer)s carries out %(one)s and itself reports %(other)s.") % words


def _shown(bodies: Iterable[Organisation]) -> str:
    return ", ".join(body.shown for body in bodies) or _("not known")


def place_in(queue: QuerySet[Relation], relation: Relation) -> Place:
    """Where it stands in a queue; what is not in it (a decided one) comes before all that waits."""
    keys = list(queue.values_list("pk", flat=True))
    at = keys.index(relation.pk) if relation.pk in keys else -1
    return Place(
        number=at + 1,
        count=len(keys),
        before=keys[at - 1] if at > 0 else None,
        after=keys[at + 1] if at + 1 < len(keys) else None,
    )


def sentence_of(relation: Relation) -> str:
    """The relation as a statement about its two records."""
    refs = {"left": relation.source.ref, "right": relation.target.ref}
    said = str(SENTENCES[relation.kind]) % refs
    return said if relation.kind in DIRECTED else f"{refs['left']}, {refs['right']}: {said}"
