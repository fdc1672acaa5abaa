"""The law of the summaries: whatever was done, they say what the engine says of the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from iisg.foundations.access.actors import CONSOLE, PUBLIC
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.among import Keys
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.factories import make_organisation, make_partners
from iisg.foundations.orgs.matching import Directory
from iisg.knowledge.actions.models import Action, ActionKind
from iisg.knowledge.actions.operations import record_action
from iisg.knowledge.actions.records import ActionRecord, FlowRecord
from iisg.knowledge.analysis import checking, operations
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.one_action import Groups, one_each
from iisg.knowledge.analysis.engine.rows import ActionRow
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.engine.spans import turning_days
from iisg.knowledge.analysis.engine.totals import money_total
from iisg.knowledge.analysis.models import ActionSpan, CoverageSpan
from iisg.knowledge.analysis.reading import picture, rows_of_actions
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.analysis.totalling import ActionsOfADay
from iisg.knowledge.analysis.traits import traits
from iisg.knowledge.cycles.factories import make_cycle
from iisg.knowledge.cycles.operations import ask_member, note_answer
from iisg.knowledge.needs.models import Need
from iisg.knowledge.needs.operations import record_need
from iisg.knowledge.needs.records import NeedRecord
from iisg.knowledge.responses.models import Degree, RelationKind, Response
from iisg.knowledge.responses.operations import judge_response, relate_actions, take_back_response
from iisg.office.pillars.models import Pillar

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NEEDS, ACTIONS = ("N-0", "N-1", "N-2"), ("A-0", "A-1", "A-2", "A-3")

printed = st.sampled_from(["", "2024", "2025-03", "2025-06-30", "2026-11-23", "2027-02-01", "2028"])
codes = st.lists(st.sampled_from(["AL", "BA", "XK", "RS"]), max_size=3, unique=True).map(tuple)
pillars = st.lists(st.sampled_from(["WBCTi", "WBCSCi", "WBBSi"]), min_size=1, max_size=2, unique=True).map(
    tuple
)
flows = st.lists(
    st.tuples(
        st.sampled_from(["committed", "spent", "pledge"]),
        st.none() | st.sampled_from([Decimal(0), Decimal("10.01"), Decimal("99.99"), Decimal("9E16")]),
        st.sampled_from(["EUR", "USD", ""]),
    ),
    max_size=2,
)
deeds = st.one_of(
    st.tuples(
        st.just("need"),
        st.sampled_from(NEEDS),
        codes.filter(bool),
        pillars,
        st.sampled_from([None, Decimal(10)]),
    ),
    st.tuples(
        st.just("action"),
        st.sampled_from(ACTIONS),
        st.tuples(
            printed, printed, st.sampled_from(["", "implementation", "completed", "pipeline", "cancelled"])
        ),
        st.tuples(codes, st.booleans(), pillars),
        flows,
        st.tuples(
            st.sampled_from(ActionKind.values),
            st.lists(st.sampled_from(["training", "equipment", "grants"]), max_size=2, unique=True),
        ),
    ),
    st.tuples(
        st.just("judge"),
        st.sampled_from(NEEDS),
        st.sampled_from(ACTIONS),
        st.sampled_from(list(Degree)),
        st.sampled_from([None, Decimal(4), Decimal(12)]),
    ),
    st.tuples(st.just("take back"), st.sampled_from(NEEDS), st.sampled_from(ACTIONS)),
    st.tuples(
        st.just("relate"),
        st.sampled_from(ACTIONS),
        st.sampled_from(ACTIONS),
        st.sampled_from(["part_of", "same_as"]),
    ),
    st.tuples(
        st.just("ask"), st.sampled_from(["member", "RS"]), st.sampled_from(["WBCTi", "WBBSi"]), st.booleans()
    ),
)

START: list[tuple[Any, ...]] = [
    *(
        (
            "action",
            ref,
            ("2024", "2027-02-01", "implementation"),
            (("AL", "RS"), number % 2 == 0, ("WBBSi",)),
            [("committed", Decimal(10 + number), "EUR")],
            ("external_support", ["training"]),
        )
        for number, ref in enumerate(ACTIONS)
    ),
    *(("need", ref, ("AL", "RS"), ("WBBSi",), Decimal(10)) for ref in NEEDS),
    *(("judge", "N-0", ref, Degree.PARTIAL, Decimal(6)) for ref in ACTIONS[:2]),
]
"""What every story begins with, so that a relation or a judgement has something to change."""


def do(deed: tuple[Any, ...], bodies: dict[str, Any], at: datetime) -> None:
    """One operation of the house; what a rule refuses is left undone."""
    with suppress(RuleRefused):
        DEEDS[deed[0]](*deed[1:], bodies=bodies, at=at)


def _need(ref: str, partners: Any, places: Any, quantity: Any, *, bodies: Any, at: datetime) -> None:
    stated = NeedRecord(
        ref, "row", f"Need {ref}", pillars=places, partners=partners, four_p="Protect", objective="Border control",
        kinds=("operational",), quantity=quantity, unit="cars" if quantity else "",
    )  # fmt: skip
    record_need(stated, by=CONSOLE, at=at)


def _action(
    ref: str,
    time: Any,
    reach: Any,
    money: Any,
    sort: Any = ("external_support", ()),
    *,
    bodies: Any,
    at: datetime,
) -> None:
    start, end, stage = time
    kind, assistance = sort
    partners, named, places = reach
    if start and end and end < start:
        start, end = end, start
    stated = ActionRecord(
        ref, "row", f"Action {ref}", partners=partners, names_partners=named if partners else None, pillars=places,
        start=read_printed_date(start), end=read_printed_date(end), stage=stage, kind=kind, assistance=assistance,
        flows=[FlowRecord(state, amount, currency) for state, amount, currency in money],
    )  # fmt: skip
    record_action(stated, None, Directory(), by=CONSOLE, at=at)


def _judge(need: str, action: str, degree: Any, quantity: Any, *, bodies: Any, at: datetime) -> None:
    found, by = Need.objects.filter(ref=need).first(), Action.objects.filter(ref=action).first()
    if found is None or by is None:
        return
    if found.quantity is not None and degree == Degree.FULL and quantity is None:
        return
    told = quantity if found.quantity is not None and degree != Degree.NONE else None
    judge_response(found, by, degree, f"{degree} {quantity}", by=CONSOLE, at=at, quantity=told)


def _take_back(need: str, action: str, *, bodies: Any, at: datetime) -> None:
    for response in Response.objects.standing().filter(need__ref=need, action__ref=action):
        take_back_response(response, by=CONSOLE, at=at)


def _relate(source: str, target: str, kind: str, *, bodies: Any, at: datetime) -> None:
    first, second = (Action.objects.filter(ref=ref).first() for ref in (source, target))
    taken = first and second and second.relations_out.filter(target=first, kind=kind).exists()
    if first and second and source != target and not taken:
        relate_actions(first, second, RelationKind(kind), "Both say so.", by=CONSOLE, at=at)


def _ask(member: str, pillar: str, answered: bool, *, bodies: Any, at: datetime) -> None:
    asked = ask_member(
        bodies["cycle"], bodies[member], Pillar.objects.get(pk=pillar), date(2026, 9, 1), by=CONSOLE, at=at
    )
    if answered:
        note_answer(asked, date(2026, 10, 1), "Letter 5", by=CONSOLE, at=at)


DEEDS: dict[str, Callable[..., None]] = {
    "need": _need,
    "action": _action,
    "judge": _judge,
    "take back": _take_back,
    "relate": _relate,
    "ask": _ask,
}


def days() -> list[date]:
    """Days on which something may change, each with the day before and the day after, and the round's own days."""
    turning = turning_days(picture(CONSOLE, TODAY).actions)[1:]
    return sorted(
        {
            day + timedelta(days=n)
            for day in [*turning[:3], *turning[-2:], date(2026, 10, 1)]
            for n in (-1, 0, 1)
        }
    )


def assert_in_step() -> None:
    """The summaries and the engine on every such day."""
    groups = read_groups()
    rows = sorted(
        one_each(rows_of_actions(list(Action.objects.with_facts())), groups), key=lambda row: row.ref
    )
    for day in days():
        whole = picture(CONSOLE, day)
        counted = coverage(whole.needs, whole.actions, whole.responses, whole.outstanding, day)
        kept = summary_on(CONSOLE, day)
        assert [(a.need, a.partner, a.state, a.state_named, a.outstanding) for a in kept.answers] == [
            (a.need, a.partner, a.state, a.state_named, a.outstanding) for a in counted
        ]
        told = ActionsOfADay(CONSOLE, day, groups=groups)
        assert told.running() == Counter(running_at(row, day) for row in rows)
        assert told.totals() == money_total(rows)
        for partner, pillar, time in (("AL", "", ""), ("", "WBBSi", ""), ("RS", "WBCTi", "running")):
            some = ActionsOfADay(CONSOLE, day, partner=partner, pillar=pillar, time=time, groups=groups)
            wanted = [
                row
                for row in rows
                if (not partner or partner in row.partners)
                and (not pillar or pillar in row.pillars)
                and (not time or running_at(row, day) == time)
            ]
            assert some.totals() == money_total(wanted)
            assert sorted(some.actions().values_list("ref", flat=True)) == [row.ref for row in wanted]
    assert_narrowed(rows, groups)
    assert_chosen_by_traits(rows, groups)
    assert list(checking.differences()) == []


def assert_narrowed(rows: list[ActionRow], groups: Groups) -> None:
    """On one day, sums of some actions, and of those with or without a sum."""
    keys = Keys.read(Action.objects.filter(ref__in=ACTIONS[:3]))
    few = {head for ref in ACTIONS[:3] if (head := groups.head(ref)) in ACTIONS[:3]}
    told = ActionsOfADay(CONSOLE, TODAY, keys, groups=groups)
    assert told.totals() == money_total(row for row in rows if row.ref in few)
    for has_sum in (True, False):
        priced = ActionsOfADay(CONSOLE, TODAY, has_sum=has_sum, groups=groups)
        assert priced.totals() == money_total(
            row for row in rows if any(flow.amount is not None for flow in row.flows) is has_sum
        )


def assert_chosen_by_traits(rows: list[ActionRow], groups: Groups) -> None:
    """On one day, the actions of which a report is of a kind, at a stage and gives an assistance, and their sums."""
    stated: dict[str, int] = defaultdict(int)
    for report in Action.objects.counted().prefetch_related("assistance"):
        given = [one.kind for one in report.assistance.all()]
        stated[groups.head(report.ref)] |= traits(kind=report.kind, stage=report.stage, assistance=given)
    for wanted in (
        traits(kind="external_support"),
        traits(stage=""),
        traits(stage="completed", assistance=["training"]),
        traits(kind="own_measure", assistance=["grants"]),
    ):
        some = [row for row in rows if stated[row.ref] & wanted == wanted]
        found = ActionsOfADay(CONSOLE, TODAY, traits=wanted, groups=groups)
        assert found.running() == Counter(running_at(row, TODAY) for row in some)
        assert found.totals() == money_total(some)
        assert sorted(found.actions().values_list("ref", flat=True)) == [row.ref for row in some]


@given(st.lists(deeds, min_size=1, max_size=8))
@example([("relate", "A-1", "A-0", "part_of"), ("take back", "N-0", "A-1")])
@example([("need", "N-0", ("BA", "RS"), ("WBCTi",), None), ("ask", "RS", "WBCTi", False)])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_deeds_the_summaries_say_what_the_engine_says(done: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        bodies = {**make_partners(), "cycle": make_cycle(), "member": make_organisation("A member")}
        for number, deed in enumerate([*START, *done]):
            do(deed, bodies, AT + timedelta(days=number))
        assert_in_step()
        transaction.set_rollback(True)


def test_an_edit_past_the_operations_is_told_and_a_recount_mends_it() -> None:
    make_partners()
    do(("need", "N-0", ("AL", "RS"), ("WBBSi",), None), {}, AT)
    do(("action", "A-0", ("2024", "2028", "implementation"), (("AL",), True, ("WBBSi",)), []), {}, AT)
    do(("judge", "N-0", "A-0", Degree.FULL, None), {}, AT)
    assert list(checking.differences()) == []
    Action.objects.update(end_on=date(2025, 1, 1))
    assert list(checking.differences()) == ["N-0", "A-0"]
    assert not checking.is_of_these_rules()
    operations.recount(by=CONSOLE, at=AT)
    assert list(checking.differences()) == []
    assert checking.is_of_these_rules()


def test_a_need_without_summary_is_counted_on_the_spot() -> None:
    make_partners()
    do(("need", "N-0", ("AL",), ("WBBSi",), None), {}, AT)
    kept = summary_on(CONSOLE, TODAY).answers
    CoverageSpan.objects.all().delete()
    assert [(a.need, a.partner, a.state) for a in summary_on(CONSOLE, TODAY).answers] == [
        (a.need, a.partner, a.state) for a in kept
    ]


def test_the_public_sees_no_summary() -> None:
    make_partners()
    do(("need", "N-0", ("AL",), ("WBBSi",), None), {}, AT)
    do(("action", "A-0", ("2024", "2028", ""), (("AL",), True, ("WBBSi",)), []), {}, AT)
    assert summary_on(PUBLIC, TODAY).answers == []
    assert ActionsOfADay(PUBLIC, TODAY).number == 0
    assert not CoverageSpan.objects.visible_to(PUBLIC).exists()
    assert not ActionSpan.objects.visible_to(PUBLIC).exists()
