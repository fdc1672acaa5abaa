"""Looking for related records: asked by a person, done in the queue, kept without repeating what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.jobs.queue import later
from iisg.knowledge.responses.grouping import heads_of
from iisg.knowledge.responses.models import (
    IDENTITY,
    Origin,
    Outcome,
    Relation,
    RelationDecision,
    RelationKind,
    RelationSearch,
    RelationState,
)
from iisg.knowledge.responses.proposals import Proposal

LOOK = "iisg.knowledge.analysis.jobs.look_for_relations"
BATCH = 500


@transaction.atomic
def ask_for_search(*, by: Actor, at: datetime, look_later: bool = True) -> RelationSearch:
    """Ask for a look over all records; while one is under way there is no second.

    `look_later` False leaves the looking to the caller (the console, the demonstration).
    """
    require(by, Can.RELATE_ACTIONS)
    under_way = RelationSearch.objects.filter(done_at=None, fault="").first()
    if under_way is not None and look_later:
        return under_way
    search = RelationSearch.objects.create(asked_by=by.label, asked_at=at)
    record("responses.relations_search_asked", by=by, on=search, at=at)
    if look_later:
        later(LOOK, search_id=search.pk)
    return search


@transaction.atomic
def keep_found(
    search: RelationSearch, proposals: Iterable[Proposal], records: int, *, by: Actor, at: datetime
) -> RelationSearch:
    """Keep what a look over all records found: new proposals wait, stale ones of earlier looks are withdrawn.

    What is confirmed or was rejected stays as it is and never comes back as new; the same again changes nothing.
    """
    require(by, Can.RELATE_ACTIONS)
    search = RelationSearch.objects.select_for_update(of=("self",)).get(pk=search.pk)
    found = _without_contradictions({proposal.key: proposal for proposal in proposals})
    known = {(one.source_id, one.target_id, one.kind): one for one in Relation.objects.all()}
    new = [found[key] for key in found.keys() - known.keys()]
    Relation.objects.bulk_create((_proposed(one, by, at) for one in new), batch_size=BATCH)
    seen = [known[key] for key in found.keys() & known.keys()]
    again = _see_again(seen, found, by=by, at=at)
    stale = [
        one
        for key, one in known.items()
        if key not in found and one.origin == Origin.ENGINE and one.state == RelationState.PROPOSED
    ]
    _withdraw(stale, by=by, at=at)
    search.records, search.found, search.done_at = records, len(found), at
    search.new, search.withdrawn = len(new) + again, len(stale)
    search.save()
    record(
        "responses.relations_looked_for",
        by=by,
        on=search,
        at=at,
        records=records,
        found=search.found,
        new=search.new,
        withdrawn=search.withdrawn,
    )
    return search


@transaction.atomic
def give_up_search(search: RelationSearch, fault: str, *, by: Actor, at: datetime) -> RelationSearch:
    """The worker could not go on; the page says so and the next look may be asked for."""
    require(by, Can.RELATE_ACTIONS)
    search.done_at, search.fault = at, fault[:250]
    search.save(update_fields=["done_at", "fault"])
    record("responses.relations_search_given_up", by=by, on=search, at=at, fault=search.fault)
    return search


def _without_contradictions(
    found: dict[tuple[int, int, str], Proposal],
) -> dict[tuple[int, int, str], Proposal]:
    """Those that say nothing against what is confirmed: one thing to another, reports of one action no further."""
    standing = list(Relation.objects.confirmed().values_list("source_id", "target_id", "kind"))
    heads = heads_of((source, target) for source, target, kind in standing if kind == RelationKind.SAME_AS)

    def pair(source: int, target: int) -> tuple[int, int]:
        one, other = heads.get(source, source), heads.get(target, target)
        return min(one, other), max(one, other)

    related = {pair(source, target) for source, target, _kind in standing}
    identity = {pair(source, target) for source, target, kind in standing if kind in IDENTITY}
    own = set(standing)
    return {
        key: one
        for key, one in found.items()
        if key in own
        or not (
            heads.get(one.source, one.source) == heads.get(one.target, one.target)
            or (one.kind in IDENTITY and pair(one.source, one.target) in identity)
            or (one.kind == RelationKind.SAME_AS and pair(one.source, one.target) in related)
        )
    }


def _proposed(one: Proposal, by: Actor, at: datetime) -> Relation:
    return Relation(
        source_id=one.source,
        target_id=one.target,
        kind=one.kind,
        origin=Origin.ENGINE,
        evidence=one.evidence,
        reasons=list(one.reasons),
        score=one.score,
        proposed_by=by.label,
        proposed_at=at,
        seen_at=at,
    )


def _see_again(
    seen: list[Relation], found: dict[tuple[int, int, str], Proposal], *, by: Actor, at: datetime
) -> int:
    """Bring evidence and score of what waits in step; what had been withdrawn as stale waits again: how many."""
    again = []
    for relation in seen:
        relation.seen_at = at
        proposal = found[relation.source_id, relation.target_id, relation.kind]
        if relation.state == RelationState.WITHDRAWN and relation.gives_way_to_id is None:
            Relation.flow.make(relation, "propose_again")
            again.append(relation)
        if relation.state == RelationState.PROPOSED and relation.origin == Origin.ENGINE:
            relation.evidence, relation.score = proposal.evidence, proposal.score
            relation.reasons = list(proposal.reasons)
    fields = ["seen_at", "state", "evidence", "score", "reasons"]
    Relation.objects.bulk_update(seen, fields, batch_size=BATCH)
    _note(again, Outcome.PROPOSED_AGAIN, _("Found again by comparing all records."), by=by, at=at)
    return len(again)


def _withdraw(stale: list[Relation], *, by: Actor, at: datetime) -> None:
    for relation in stale:
        Relation.flow.make(relation, "withdraw")
    Relation.objects.bulk_update(stale, ["state"], batch_size=BATCH)
    said = _("The records have changed: comparing them no longer finds this.")
    _note(stale, Outcome.WITHDRAWN, said, by=by, at=at)


def _note(relations: list[Relation], outcome: Outcome, reason: str, *, by: Actor, at: datetime) -> None:
    RelationDecision.objects.bulk_create(
        (
            RelationDecision(relation=one, outcome=outcome, reason=reason, decided_by=by.label, decided_at=at)
            for one in relations
        ),
        batch_size=BATCH,
    )
