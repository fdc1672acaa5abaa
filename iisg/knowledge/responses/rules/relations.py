"""What must hold before two actions are related, and before a report speaks for an action (rules.md 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from iisg.foundations.core.findings import Finding, Grade
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses.grouping import groups_of, heads_of, leads_to
from iisg.knowledge.responses.models import IDENTITY, Relation, RelationKind

CHAINS = (RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF)
"""Kinds that lead upwards or back in time, never in a circle."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A confirmed relation as far as the rules need it."""

    key: int
    source: int
    target: int
    kind: str


def may_decide(relation: Relation, move: str, reason: str) -> Iterator[Finding]:
    """Only what waits is decided, and every decision says why."""
    if not Relation.flow.allows(relation, move):
        yield Finding(
            Grade.ERROR,
            "relations.not-now",
            _("This relation is “%(state)s”, so it cannot be decided now.")
            % {"state": relation.get_state_display()},
            cure=_("Take the decision back first; it stays readable."),
        )
    if not reason.strip():
        yield Finding(
            Grade.ERROR,
            "relations.no-reason",
            _("A decision needs its reason."),
            cure=_("Say in a sentence what shows that the two belong together, or that they do not."),
        )


def may_reverse(relation: Relation) -> Iterator[Finding]:
    """Only a decision can be taken back."""
    if not relation.is_decided:
        yield Finding(
            Grade.ERROR,
            "relations.nothing-to-take-back",
            _("This relation is “%(state)s”; there is no decision to take back.")
            % {"state": relation.get_state_display()},
            cure=_("Open it again and look at what was done."),
        )


def may_relate(source: Action, target: Action, kind: str) -> Iterator[Finding]:
    """One record is one thing to another, reports of one action relate no further, and no chain bites its own tail.

    Source: the mechanism's rules of counting, section 5.
    """
    yield from refusals(source, target, [kind])[kind]


def refusals(source: Action, target: Action, kinds: Iterable[str]) -> dict[str, list[Finding]]:
    """What stands against each kind of relation between the two, in one look at what is confirmed."""
    if source.pk == target.pk:
        itself = Finding(Grade.ERROR, "relations.itself", _("An action cannot relate to itself."))
        return {kind: [itself] for kind in kinds}
    standing = [
        _Standing(*row)
        for row in Relation.objects.confirmed().values_list("pk", "source_id", "target_id", "kind")
    ]
    return {kind: list(_refusals(standing, source, target, kind)) for kind in kinds}


def _refusals(standing: list[_Standing], source: Action, target: Action, kind: str) -> Iterator[Finding]:
    clash = _clash(standing, source.pk, target.pk, kind)
    if clash is not None:
        yield _told_of(clash, kind)
    elif kind in CHAINS and _would_circle(standing, source.pk, target.pk, kind):
        yield Finding(
            Grade.ERROR,
            "relations.circle",
            _("%(target)s already stands below %(source)s, so this would make a circle.")
            % {"target": target.ref, "source": source.ref},
            cure=_("Turn the relation round, or take back the other one first."),
        )
    elif kind == RelationKind.SAME_AS and _joined_would_circle(standing, source.pk, target.pk):
        yield Finding(
            Grade.ERROR,
            "relations.circle",
            _(
                "%(source)s and %(target)s stand in one chain of parts or phases, so they cannot be one action."
            )
            % {"target": target.ref, "source": source.ref},
            cure=_("Look at the chain, and take back the relation in it that is wrong."),
        )


def _clash(standing: list[_Standing], source: int, target: int, kind: str) -> _Standing | None:
    """A confirmed relation that this one contradicts; what is said of one report is said of all of its action."""
    groups = groups_of((one.source, one.target) for one in standing if one.kind == RelationKind.SAME_AS)
    ours, theirs = groups.get(source, {source}), groups.get(target, {target})
    between = [
        one
        for one in standing
        if (one.source in ours and one.target in theirs) or (one.source in theirs and one.target in ours)
    ]
    for one in between:
        same = RelationKind.SAME_AS in (kind, one.kind)
        both_identity = kind in IDENTITY and one.kind in IDENTITY
        if same or both_identity:
            return one
    return None


def _told_of(clash: _Standing, kind: str) -> Finding:
    """What stands in the way, with its words."""
    standing = Relation.objects.select_related("source", "target").get(pk=clash.key)
    words = {
        "source": standing.source.ref,
        "standing": standing.get_kind_display(),
        "target": standing.target.ref,
        "wanted": RelationKind(kind).label,
    }
    if standing.kind == RelationKind.SAME_AS:
        message = _(
            "%(source)s and %(target)s are confirmed as two reports of one action, so “%(wanted)s” says nothing."
        )
    else:
        message = _(
            "Confirmed already: %(source)s, %(standing)s, %(target)s. It cannot also be “%(wanted)s”."
        )
    return Finding(
        Grade.ERROR,
        "relations.contradicts",
        message % words,
        cure=_("Take the other decision back first, if it is the wrong one."),
    )


def _would_circle(standing: list[_Standing], source: int, target: int, kind: str) -> bool:
    """Whether the target already leads to the source by relations of this kind, reports of one action being one."""
    heads = heads_of((one.source, one.target) for one in standing if one.kind == RelationKind.SAME_AS)
    links = _links(standing, heads, kind)
    return leads_to(heads.get(target, target), heads.get(source, source), links)


def _joined_would_circle(standing: list[_Standing], source: int, target: int) -> bool:
    """Whether the two, taken as one action, would stand above themselves in a chain."""
    same = [(one.source, one.target) for one in standing if one.kind == RelationKind.SAME_AS]
    heads = heads_of([*same, (source, target)])
    joined = heads[source]
    for kind in CHAINS:
        links = _links(standing, heads, kind)
        if any(leads_to(above, joined, links) for above in links.get(joined, ())):
            return True
    return False


def _links(standing: list[_Standing], heads: dict[int, int], kind: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one in standing:
        if one.kind == kind:
            found[heads.get(one.source, one.source)].add(heads.get(one.target, one.target))
    return found


def reports_of(action: Action) -> frozenset[int]:
    """Keys of all reports of the action that a record reports, itself included."""
    pairs = Relation.objects.confirmed().filter(kind=RelationKind.SAME_AS)
    return groups_of(pairs.values_list("source_id", "target_id")).get(action.pk, frozenset({action.pk}))


def may_choose_report(action: Action) -> Iterator[Finding]:
    """A report speaks for an action only beside other reports of it."""
    if len(reports_of(action)) < 2:
        yield Finding(
            Grade.ERROR,
            "relations.only-report",
            _("%(ref)s is the only report of its action, so it speaks for all of it.") % {"ref": action.ref},
            cure=_("Confirm first that another record reports the same action."),
        )
