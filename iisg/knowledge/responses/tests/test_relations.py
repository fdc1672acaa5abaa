"""Relations are proposed, decided by a person with a reason, reversible, and never contradict each other."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from iisg.foundations.access.actors import CONSOLE, HOUSE, PUBLIC, HouseActor
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import GRANTS, Role
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import first_broken
from iisg.knowledge.actions.factories import AT, make_action
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.factories import make_relation
from iisg.knowledge.responses.models import (
    Origin,
    Outcome,
    Relation,
    RelationKind,
    RelationSearch,
    RelationState,
    SpeakingReport,
    SpokenField,
)
from iisg.knowledge.responses.proposals import Proposal

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
FOCAL = HouseActor("a focal point", GRANTS[Role.FOCAL_POINT])


def proposed(kind: str = RelationKind.SAME_AS) -> Relation:
    return operations.propose_relation(
        make_action(), make_action(), kind, "Same title.", by=HOUSE, at=AT, origin=Origin.ENGINE
    )


def outcomes(relation: Relation) -> list[str]:
    return list(relation.decisions.order_by("pk").values_list("outcome", flat=True))


def codes(refused: pytest.ExceptionInfo[RuleRefused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_proposal_does_not_count_until_a_person_confirms_it() -> None:
    relation = proposed()
    assert not Relation.objects.confirmed().exists()
    stands = operations.confirm_relation(relation, "Same contract number.", by=CONSOLE, at=LATER)
    assert (stands.pk, stands.state, stands.decided_by) == (
        relation.pk,
        RelationState.CONFIRMED,
        CONSOLE.label,
    )
    assert (stands.decided_at, stands.reason) == (LATER, "Same contract number.")
    assert outcomes(stands) == [Outcome.CONFIRMED]
    assert Event.objects.filter(name="responses.relation_confirmed").get().facts["reason"] == stands.reason
    assert first_broken() is None


def test_a_symmetric_relation_is_kept_lower_reference_first_and_once() -> None:
    low, high = make_action(ref="A"), make_action(ref="B")
    for pair in ((high, low), (low, high)):
        operations.propose_relation(*pair, RelationKind.OVERLAPS, "Same.", by=CONSOLE, at=AT)
    assert [(r.source, r.target) for r in Relation.objects.all()] == [(low, high)]
    operations.propose_relation(high, low, RelationKind.PART_OF, "Part.", by=CONSOLE, at=AT)
    assert Relation.objects.get(kind=RelationKind.PART_OF).source == high


def test_a_decision_is_taken_back_and_stays_readable() -> None:
    relation = operations.confirm_relation(proposed(), "Same contract.", by=CONSOLE, at=AT)
    back = operations.reverse_decision(relation, "Two contracts after all.", by=CONSOLE, at=LATER)
    assert (back.pk, back.state, back.reason, back.decided_at) == (relation.pk, "proposed", "", None)
    assert not Relation.objects.confirmed().exists()
    assert outcomes(back) == [Outcome.CONFIRMED, Outcome.REVERSED]
    assert [d.reason for d in back.decisions.all()] == ["Two contracts after all.", "Same contract."]
    operations.reject_relation(back, "Two contracts.", by=CONSOLE, at=LATER)
    assert outcomes(back) == [Outcome.CONFIRMED, Outcome.REVERSED, Outcome.REJECTED]
    with pytest.raises(RuleRefused) as refused:
        operations.reject_relation(back, "Again.", by=CONSOLE, at=LATER)
    assert codes(refused) == ["relations.not-now"]


def test_the_officer_says_another_kind_and_may_take_it_back() -> None:
    relation = proposed(RelationKind.SAME_AS)
    stands = operations.confirm_relation(
        relation, "Phase II follows.", by=CONSOLE, at=AT, kind=RelationKind.NEXT_PHASE_OF, turned=True
    )
    relation.refresh_from_db()
    assert (stands.source, stands.target) == (relation.target, relation.source)
    assert (relation.state, relation.gives_way_to) == (RelationState.REJECTED, stands)
    assert "next phase of" in relation.reason
    waiting = operations.reverse_decision(stands, "Not sure.", by=CONSOLE, at=LATER)
    stands.refresh_from_db()
    assert (waiting.pk, waiting.state, waiting.gives_way_to) == (relation.pk, RelationState.PROPOSED, None)
    assert stands.state == RelationState.WITHDRAWN
    again = operations.confirm_relation(
        waiting, "Sure now.", by=CONSOLE, at=LATER, kind=RelationKind.NEXT_PHASE_OF, turned=True
    )
    assert again.pk == stands.pk
    assert Relation.objects.count() == 2


def test_taking_back_by_the_proposal_takes_back_what_was_decided_instead() -> None:
    relation = proposed()
    operations.confirm_relation(relation, "A part.", by=CONSOLE, at=AT, kind=RelationKind.PART_OF)
    assert operations.reverse_decision(relation, "No.", by=CONSOLE, at=AT).pk == relation.pk
    assert list(Relation.objects.proposed()) == [relation]
    assert not Relation.objects.confirmed().exists()


def test_open_proposals_that_contradict_a_decision_give_way_and_come_back_with_it() -> None:
    relation = proposed(RelationKind.SAME_AS)
    other = operations.propose_relation(
        relation.source, relation.target, RelationKind.OVERLAPS, "Both cameras.", by=HOUSE, at=AT
    )
    operations.confirm_relation(relation, "One contract.", by=CONSOLE, at=AT)
    other.refresh_from_db()
    assert (other.state, other.gives_way_to) == (RelationState.WITHDRAWN, relation)
    operations.reverse_decision(relation, "No.", by=CONSOLE, at=LATER)
    other.refresh_from_db()
    assert (other.state, other.gives_way_to) == (RelationState.PROPOSED, None)


@pytest.mark.parametrize("verb", ["confirm_relation", "reject_relation", "reverse_decision"])
def test_a_decision_needs_its_reason_and_the_power(verb: str) -> None:
    relation = proposed()
    if verb == "reverse_decision":
        operations.confirm_relation(relation, "One contract.", by=CONSOLE, at=AT)
    with pytest.raises(RuleRefused) as refused:
        getattr(operations, verb)(relation, "  ", by=CONSOLE, at=AT)
    assert "relations.no-reason" in codes(refused)
    for nobody in (PUBLIC, FOCAL):
        with pytest.raises(PermissionDenied):
            getattr(operations, verb)(relation, "Because.", by=nobody, at=AT)


def test_a_reporter_may_propose_but_not_decide() -> None:
    relation = operations.propose_relation(
        make_action(), make_action(), RelationKind.SAME_AS, "We report it too.", by=FOCAL, at=AT
    )
    assert (relation.state, relation.proposed_by) == (RelationState.PROPOSED, "a focal point")
    with pytest.raises(PermissionDenied):
        operations.propose_relation(make_action(), make_action(), "same_as", "x", by=PUBLIC, at=AT)


def test_nothing_to_take_back() -> None:
    with pytest.raises(RuleRefused) as refused:
        operations.reverse_decision(proposed(), "Why not.", by=CONSOLE, at=AT)
    assert codes(refused) == ["relations.nothing-to-take-back", "relations.not-now"]


@pytest.mark.parametrize("kind", [RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF, RelationKind.FUNDED_BY])
def test_one_action_is_no_part_phase_or_funder_of_itself(kind: str) -> None:
    one, other = make_action(), make_action()
    make_relation(one, other, RelationKind.SAME_AS)
    with pytest.raises(RuleRefused) as refused:
        operations.relate_actions(one, other, kind, "Says so.", by=CONSOLE, at=AT)
    assert codes(refused) == ["relations.contradicts"]
    assert "two reports of one action" in str(refused.value)


def test_what_holds_for_a_report_holds_for_its_action() -> None:
    one, other, third = make_action(), make_action(), make_action()
    make_relation(one, other, RelationKind.SAME_AS)
    make_relation(third, one, RelationKind.PART_OF)
    with pytest.raises(RuleRefused) as refused:
        operations.relate_actions(third, other, RelationKind.SAME_AS, "Says so.", by=CONSOLE, at=AT)
    assert codes(refused) == ["relations.contradicts"]
    with pytest.raises(RuleRefused) as refused:
        operations.relate_actions(other, third, RelationKind.NEXT_PHASE_OF, "Says so.", by=CONSOLE, at=AT)
    assert codes(refused) == ["relations.contradicts"]
    last = make_action()
    make_relation(last, third, RelationKind.PART_OF)
    for wrong in ((last, other, RelationKind.SAME_AS), (other, last, RelationKind.PART_OF)):
        with pytest.raises(RuleRefused) as refused:
            operations.relate_actions(*wrong, "Says so.", by=CONSOLE, at=AT)
        assert codes(refused) == ["relations.circle"]


def test_rejected_and_proposed_relations_stand_in_nobodys_way() -> None:
    one, other = make_action(), make_action()
    operations.propose_relation(one, other, RelationKind.SAME_AS, "Same.", by=CONSOLE, at=AT)
    part = operations.relate_actions(one, other, RelationKind.PART_OF, "Part.", by=CONSOLE, at=AT)
    assert part.state == RelationState.CONFIRMED
    assert not Relation.objects.proposed().exists()


def test_the_database_keeps_one_identity_per_pair_either_way_round() -> None:
    one, other = make_action(), make_action()
    make_relation(one, other, RelationKind.PART_OF)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_relation(other, one, RelationKind.FUNDED_BY)
    make_relation(other, one, RelationKind.OVERLAPS)


@pytest.mark.parametrize(
    "facts", [{"reason": ""}, {"decided_at": None}, {"source_id": None}], ids=["reason", "time", "itself"]
)
def test_the_database_keeps_the_evidence_of_a_decision(facts: dict[str, object]) -> None:
    relation = make_relation(make_action(), make_action())
    wrong = {"source_id": relation.target_id} if "source_id" in facts else facts
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.filter(pk=relation.pk).update(**wrong)


def look(*found: Proposal) -> RelationSearch:
    search = operations.ask_for_search(by=CONSOLE, at=AT, look_later=False)
    return operations.keep_found(search, found, 10, by=HOUSE, at=AT)


def pair(one: Action, other: Action, kind: str = RelationKind.SAME_AS, score: str = "0.9") -> Proposal:
    return Proposal(one.pk, other.pk, kind, "Same title.", Decimal(score), [["title", ["0.9"]]])


def test_looking_twice_brings_nothing_new_and_withdraws_what_is_stale() -> None:
    one, other, third = make_action(), make_action(), make_action()
    first = look(pair(one, other), pair(one, third, RelationKind.OVERLAPS))
    assert (first.found, first.new, first.withdrawn) == (2, 2, 0)
    again = look(pair(one, other, score="0.95"), pair(one, third, RelationKind.OVERLAPS))
    assert (again.new, again.withdrawn) == (0, 0)
    assert Relation.objects.get(target=other).score == Decimal("0.95")
    gone = look(pair(one, other))
    stale = Relation.objects.get(target=third)
    assert (gone.withdrawn, stale.state, outcomes(stale)) == (1, "withdrawn", [Outcome.WITHDRAWN])
    back = look(pair(one, other), pair(one, third, RelationKind.OVERLAPS))
    stale.refresh_from_db()
    assert (back.new, stale.state) == (1, "proposed")
    assert outcomes(stale) == [Outcome.WITHDRAWN, Outcome.PROPOSED_AGAIN]
    assert first_broken() is None


def test_what_was_decided_never_comes_back_as_new() -> None:
    one, other, third, last = (make_action() for _ in range(4))
    look(pair(one, other), pair(one, third), pair(one, last))
    operations.reject_relation(Relation.objects.get(target=other), "Two sites.", by=CONSOLE, at=AT)
    operations.confirm_relation(Relation.objects.get(target=third), "One site.", by=CONSOLE, at=AT)
    operations.confirm_relation(
        Relation.objects.get(target=last), "Phase 2.", by=CONSOLE, at=AT, kind=RelationKind.NEXT_PHASE_OF
    )
    again = look(
        pair(one, other),
        pair(one, third),
        pair(one, third, RelationKind.OVERLAPS),
        pair(third, last),
        pair(last, one, RelationKind.PART_OF),
    )
    assert (again.new, again.withdrawn) == (0, 0)
    assert not Relation.objects.proposed().exists()
    assert Relation.objects.get(target=other).state == RelationState.REJECTED


def test_a_persons_proposal_is_never_withdrawn_by_the_engine() -> None:
    operations.propose_relation(make_action(), make_action(), "same_as", "We know.", by=FOCAL, at=AT)
    assert look().withdrawn == 0
    assert Relation.objects.proposed().count() == 1


def test_one_look_at_a_time_and_only_for_those_who_decide() -> None:
    first = operations.ask_for_search(by=CONSOLE, at=AT)
    assert operations.ask_for_search(by=CONSOLE, at=LATER) == first
    operations.give_up_search(first, "It broke.", by=HOUSE, at=LATER)
    assert operations.ask_for_search(by=CONSOLE, at=LATER) != first
    with pytest.raises(PermissionDenied):
        operations.ask_for_search(by=FOCAL, at=AT)


def test_a_report_speaks_until_another_is_chosen_or_the_rule_again() -> None:
    one, other, third = make_action(), make_action(), make_action()
    make_relation(one, other, RelationKind.SAME_AS)
    make_relation(other, third, RelationKind.SAME_AS)
    standing = SpeakingReport.objects.standing()
    operations.choose_report(one, SpokenField.TIME, by=CONSOLE, at=AT, reason="They signed it.")
    operations.choose_report(one, SpokenField.TIME, by=CONSOLE, at=AT)
    assert SpeakingReport.objects.count() == 1
    operations.choose_report(third, SpokenField.TIME, by=CONSOLE, at=LATER)
    operations.choose_report(other, SpokenField.PLACES, by=CONSOLE, at=LATER)
    assert set(standing.values_list("action", "field")) == {(third.pk, "time"), (other.pk, "places")}
    operations.take_back_choice(one, SpokenField.TIME, by=CONSOLE, at=LATER)
    assert list(standing.values_list("field", flat=True)) == ["places"]
    assert SpeakingReport.objects.count() == 3
    with pytest.raises(RuleRefused) as refused:
        operations.choose_report(make_action(), SpokenField.TIME, by=CONSOLE, at=AT)
    assert codes(refused) == ["relations.only-report"]
    with pytest.raises(PermissionDenied):
        operations.choose_report(one, SpokenField.TIME, by=FOCAL, at=AT)
