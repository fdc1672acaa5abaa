"""Verbs on relations between actions: proposed, confirmed, rejected, and every decision reversible."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses import rules
from iisg.knowledge.responses.models import (
    IDENTITY,
    Origin,
    Outcome,
    Relation,
    RelationDecision,
    RelationKind,
    RelationState,
)
from iisg.knowledge.responses.proposals import in_order
from iisg.knowledge.responses.signals import relation_changed


@transaction.atomic
def propose_relation(
    source: Action,
    target: Action,
    kind: RelationKind | str,
    evidence: str,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | str = Origin.PERSON,
) -> Relation:
    """Put a relation into the queue; one that stands, was rejected or waits already stays as it is."""
    require(by, Can.WRITE_ACTIONS)
    source, target = in_order(source, target, kind)
    found = Relation.objects.filter(source=source, target=target, kind=kind).first()
    if found is not None:
        return found
    relation = _new(source, target, kind, evidence, origin, by=by, at=at)
    record(
        "responses.relation_proposed",
        by=by,
        on=source,
        at=at,
        to=target.ref,
        kind=str(kind),
        evidence=evidence,
        origin=str(origin),
    )
    return relation


@transaction.atomic
def relate_actions(
    source: Action, target: Action, kind: RelationKind | str, evidence: str, *, by: Actor, at: datetime
) -> Relation:
    """State and confirm a typed relation (from = child, later or implementer's record), with its evidence.

    Stating the same again changes nothing; what was rejected before is confirmed, and both decisions stay readable.
    """
    source, target = in_order(source, target, kind)
    _lock(source, target)
    found = Relation.objects.filter(source=source, target=target, kind=kind).first()
    stands = found is not None and found.state == RelationState.CONFIRMED
    require(by, Can.RELATE_ACTIONS, () if stands else rules.may_relate(source, target, kind))
    if found is not None and stands:
        return found
    relation = found or _new(source, target, kind, evidence, Origin.PERSON, by=by, at=at)
    require(by, Can.RELATE_ACTIONS, rules.may_decide(relation, "confirm", evidence))
    _confirm(relation, evidence, by=by, at=at)
    record(
        "responses.actions_related", by=by, on=source, at=at, to=target.ref, kind=str(kind), evidence=evidence
    )
    return relation


@transaction.atomic
def confirm_relation(
    relation: Relation,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    kind: RelationKind | str = "",
    turned: bool = False,
) -> Relation:
    """Confirm a proposal, as proposed or as another kind or the other way round; returns the relation that stands.

    Where the officer says another kind, the proposal gives way to it and does not come back. Open proposals between
    the same two that contradict the decision give way too.
    """
    relation = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    ends = (relation.target, relation.source) if turned else (relation.source, relation.target)
    kind = RelationKind(kind or relation.kind)
    source, target = in_order(*ends, kind)
    _lock(source, target)
    require(
        by,
        Can.RELATE_ACTIONS,
        chain(rules.may_decide(relation, "confirm", reason), rules.may_relate(source, target, kind)),
    )
    stands = relation
    if (source, target, kind) != (relation.source, relation.target, relation.kind):
        known = Relation.objects.filter(source=source, target=target, kind=kind).first()
        stands = known or _new(source, target, kind, relation.evidence, Origin.PERSON, by=by, at=at)
    _confirm(stands, reason, by=by, at=at)
    if stands.pk != relation.pk and relation.state != RelationState.REJECTED:
        relation.gives_way_to = stands
        said = _("Decided as “%(kind)s” instead. %(reason)s") % {"kind": kind.label, "reason": reason}
        _move(relation, "reject", Outcome.REJECTED, said, by=by, at=at)
    record(
        "responses.relation_confirmed",
        by=by,
        on=source,
        at=at,
        to=target.ref,
        kind=str(kind),
        reason=reason,
        proposed=relation.kind,
        relation=stands.pk,
    )
    return stands


@transaction.atomic
def reject_relation(relation: Relation, reason: str, *, by: Actor, at: datetime) -> Relation:
    """Say that the two are not related so; the proposal does not come back as new."""
    relation = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    require(by, Can.RELATE_ACTIONS, rules.may_decide(relation, "reject", reason))
    _move(relation, "reject", Outcome.REJECTED, reason, by=by, at=at)
    record(
        "responses.relation_rejected",
        by=by,
        on=relation.source,
        at=at,
        to=relation.target.ref,
        kind=relation.kind,
        reason=reason,
        relation=relation.pk,
    )
    return relation


@transaction.atomic
def reverse_decision(relation: Relation, reason: str, *, by: Actor, at: datetime) -> Relation:
    """Take a decision back: it stays readable, no longer counts, and what was proposed waits again.

    Returns the relation that waits now: the proposal as it was, where the decision had given it another kind.
    """
    relation = Relation.objects.select_for_update(of=("self",)).get(pk=relation.pk)
    if relation.state == RelationState.REJECTED and relation.gives_way_to is not None:
        relation = relation.gives_way_to
    require(
        by,
        Can.RELATE_ACTIONS,
        chain(rules.may_reverse(relation), rules.may_decide(relation, "reverse", reason)),
    )
    was = relation.state
    waiting = _bring_back(relation, reason, by=by, at=at)
    _move(relation, "withdraw" if waiting else "reverse", Outcome.REVERSED, reason, by=by, at=at)
    record(
        "responses.relation_decision_reversed",
        by=by,
        on=relation.source,
        at=at,
        to=relation.target.ref,
        kind=relation.kind,
        was=was,
        reason=reason,
        relation=relation.pk,
    )
    return waiting or relation


def _new(
    source: Action,
    target: Action,
    kind: RelationKind | str,
    evidence: str,
    origin: Origin | str,
    *,
    by: Actor,
    at: datetime,
) -> Relation:
    """A proposal, stored."""
    return Relation.objects.create(
        source=source,
        target=target,
        kind=kind,
        evidence=evidence,
        origin=origin,
        proposed_by=by.label,
        proposed_at=at,
    )


def _confirm(relation: Relation, reason: str, *, by: Actor, at: datetime) -> None:
    """Confirm, and let open proposals between the two that contradict it give way."""
    relation.gives_way_to = None
    _move(relation, "confirm", Outcome.CONFIRMED, reason, by=by, at=at)
    for other in (
        Relation.objects.between(relation.source, relation.target).proposed().exclude(pk=relation.pk)
    ):
        same = RelationKind.SAME_AS in (relation.kind, other.kind)
        if same or (relation.kind in IDENTITY and other.kind in IDENTITY):
            other.gives_way_to = relation
            said = _("Another relation was confirmed between the two: %(kind)s.")
            said %= {"kind": relation.get_kind_display()}
            _move(other, "withdraw", Outcome.WITHDRAWN, said, by=by, at=at)


def _bring_back(relation: Relation, reason: str, *, by: Actor, at: datetime) -> Relation | None:
    """Let what gave way to a relation wait again; returns the proposal that had been decided as this one."""
    was_retyped = None
    for other in relation.stands_for.all():
        if other.state == RelationState.REJECTED:
            was_retyped = other
        other.gives_way_to = None
        _move(other, "propose_again", Outcome.PROPOSED_AGAIN, reason, by=by, at=at)
    return was_retyped


def _move(relation: Relation, move: str, outcome: Outcome, reason: str, *, by: Actor, at: datetime) -> None:
    """Make a move of the table, keep what was said, and note it in the history."""
    counted = relation.state == RelationState.CONFIRMED
    Relation.flow.make(relation, move)
    relation.reason, relation.decided_by, relation.decided_at = "", "", None
    if relation.is_decided:
        relation.reason, relation.decided_by, relation.decided_at = reason.strip(), by.label, at
    relation.save(
        update_fields=["state", "reason", "decided_by", "decided_at", "gives_way_to"],
    )
    RelationDecision.objects.create(
        relation=relation, outcome=outcome, reason=reason.strip(), decided_by=by.label, decided_at=at
    )
    if counted != (relation.state == RelationState.CONFIRMED):
        relation_changed.send(Relation, keys=[relation.source_id, relation.target_id])


def _lock(*actions: Action) -> None:
    """Two decisions on the same records wait for each other."""
    keys = sorted(action.pk for action in actions)
    list(Action.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").only("pk"))
