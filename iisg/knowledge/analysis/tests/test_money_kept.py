"""The law of the kept money: whatever was done, it says what the engine says of the records, for every boundary."""

from __future__ import annotations

from collections import Counter
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
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.factories import make_partners
from iisg.foundations.orgs.matching import Directory
from iisg.foundations.orgs.models import Organisation, OrganisationKind
from iisg.foundations.orgs.operations import confirm_organisation
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.actions.operations import (
    choose_report,
    enter_rates,
    record_action,
    same_organisation,
    tie_report,
    untie_report,
)
from iisg.knowledge.actions.rate_files import StatedRate
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, PartyRecord
from iisg.knowledge.analysis import checking, operations
from iisg.knowledge.analysis.engine.money import series
from iisg.knowledge.analysis.engine.money.account import Account, account_of
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES
from iisg.knowledge.analysis.engine.money.standing import NET, Scope
from iisg.knowledge.analysis.models import MoneyKind, MoneyName, MoneyPart, MoneyReach, MoneyUnvalued
from iisg.knowledge.analysis.money_account import KeptMoney
from iisg.knowledge.analysis.money_reading import read_money
from iisg.knowledge.responses.models import Relation, RelationKind, RelationState
from iisg.knowledge.responses.operations import relate_actions, reverse_decision

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ACTIONS = ("A-0", "A-1", "A-2", "A-3", "A-4")
PAYERS = ("", "European Union", "Government of Albania", "A donor nobody knows")
BODIES = ("European Union", "Government of Albania", "A donor nobody knows", "A carrier")

sums = st.tuples(
    st.sampled_from(["committed", "committed", "spent", "pledge", "incoming"]),
    st.sampled_from([None, Decimal("0.01"), Decimal("1000.01"), Decimal(-70), Decimal("333.33"), Decimal("9E16")]),
    st.sampled_from(["EUR", "EUR", "USD", "ALL", ""]),
    st.sampled_from(PAYERS),
    st.sampled_from(["", "2023-05-02", "2024-12-31", "2031-01-01"]),
    st.booleans(),
    st.sampled_from([(), (), ("DAC:15130",), ("DAC:15210=70", "DAC:15130=30"), ("99:x",)]),
    st.sampled_from([(), (), ("AL",), ("ME", "RS"), ("Moldova (MD)",), ("Western Balkans",), ("Europe (region 89)",)]),
)  # fmt: skip
places = st.sampled_from(
    [(), ("AL",), ("AL=60", "RS=30"), ("AL", "ME"), ("XK=50",), ("AL", "BA", "XK", "ME", "MK", "RS")]
)
sectors = st.sampled_from(
    [(), ("DAC:15210",), ("DAC:15210=60", "DAC:15130=20"), ("DAC:15210", "DAC:15130"), ("DAC-3:152", "99:x")]
)
deeds = st.one_of(
    st.tuples(
        st.just("record"),
        st.sampled_from(ACTIONS),
        st.lists(sums, max_size=3),
        st.tuples(
            places, st.sampled_from(["", "Moldova", "Western Balkans", "Europe, regional (region 89)"])
        ),
        st.tuples(sectors, st.sampled_from([("WBBSi",), ("WBBSi", "WBCTi"), ()]), st.booleans()),
    ),
    st.tuples(
        st.just("relate"),
        st.sampled_from(ACTIONS),
        st.sampled_from(ACTIONS),
        st.sampled_from(["part_of", "same_as", "funded_by"]),
    ),
    st.tuples(st.just("reverse"), st.integers(0, 3)),
    st.tuples(st.just("tie"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("choose"), st.integers(0, 3)),
    st.tuples(st.just("untie"), st.integers(0, 3)),
    st.tuples(st.just("rate"), st.sampled_from(["ALL", "USD"]), st.sampled_from(["100.5", "90"])),
    st.tuples(st.just("confirm"), st.sampled_from(BODIES)),
    st.tuples(st.just("recognise"), st.sampled_from(BODIES)),
)

LATE = [
    ("spent", Decimal("1000.01"), "USD", "", "2031-01-01", False, ("DAC:15130",), ("RS",)),
    ("incoming", Decimal(7), "USD", "", "", False, (), ()),
]
IN_LEK = [("spent", Decimal("1000.01"), "ALL", "", "2024-12-31", True, (), ("Western Balkans",))]
START: list[tuple[Any, ...]] = [
    (
        "record",
        ref,
        [("committed", Decimal(1000 + number), "EUR", "European Union", "2024-12-31", False, (), ())],
        (("AL",), ""),
        ((), ("WBBSi",), False),
    )
    for number, ref in enumerate(ACTIONS[:3])
]
"""What every story begins with."""


def _record(ref: str, money: Any, reach: Any, about: Any, *, at: datetime) -> None:
    named, others = reach
    codes = [code.partition("=") for code in named]
    flows = [
        FlowRecord(
            state, amount, currency, "transaction" if day else "total", source=payer,
            happened=read_printed_date(day),
            period_from=read_printed_date("2023-07-01" if several else ""),
            period_to=read_printed_date("2032-03-15" if several else ""), sectors=own_sectors, recipients=own_places,
        )
        for state, amount, currency, payer, day, several, own_sectors, own_places in money
    ]  # fmt: skip
    stated = ActionRecord(
        ref, "row", f"Action {ref}", partners=tuple(code for code, *_rest in codes),
        names_partners=len(codes) != 6 if codes else None,
        partner_shares={code: Decimal(share) for code, _sign, share in codes if share}, other_beneficiaries=others,
        sectors=about[0], pillars=about[1], second_hand=about[2], start=read_printed_date("2024-02"),
        parties=[PartyRecord("funding", "European Union"), PartyRecord("implementing", "A carrier")], flows=flows,
    )  # fmt: skip
    record_action(stated, None, Directory(), by=CONSOLE, at=at)


def _relate(source: str, target: str, kind: str, *, at: datetime) -> None:
    first, second = (Action.objects.filter(ref=ref).first() for ref in (source, target))
    taken = first and second and second.relations_out.filter(target=first, kind=kind).exists()
    if first and second and source != target and not taken:
        relate_actions(first, second, RelationKind(kind), "Both say so.", by=CONSOLE, at=at)


def _reverse(number: int, *, at: datetime) -> None:
    for relation in Relation.objects.filter(state=RelationState.CONFIRMED).order_by("pk")[
        number : number + 1
    ]:
        reverse_decision(relation, "It was a mistake.", by=CONSOLE, at=at)


def _tie(one: int, other: int, *, at: datetime) -> None:
    flows = list(Flow.objects.exclude(state="incoming").filter(report_of=None, reports=None).order_by("pk"))
    if one != other and max(one, other) < len(flows):
        tie_report(flows[one], flows[other], "The same money.", by=CONSOLE, at=at)


def _choose(number: int, *, at: datetime) -> None:
    for flow in Flow.objects.exclude(report_of=None).order_by("pk")[number : number + 1]:
        choose_report(flow, by=CONSOLE, at=at)


def _untie(number: int, *, at: datetime) -> None:
    for flow in Flow.objects.exclude(report_of=None).order_by("pk")[number : number + 1]:
        untie_report(flow, by=CONSOLE, at=at)


def _rate(currency: str, per_euro: str, *, at: datetime) -> None:
    days = (date(2024, 1, 30), date(2030, 12, 20))
    stated = [StatedRate(currency, day, Decimal(per_euro), "A bank") for day in days]
    enter_rates(stated, by=CONSOLE, at=at)


def _confirm(name: str, *, at: datetime) -> None:
    """It is a body below a partner from now on, under a short name."""
    for body in Organisation.objects.filter(name=name, confirmed=False):
        above = Organisation.objects.partners().get(code="AL")
        confirm_organisation(
            body, OrganisationKind.INSTITUTION, by=CONSOLE, at=at, parent=above, short_name=f"{name[:6]}."
        )


def _recognise(name: str, *, at: datetime) -> None:
    """It is a body that the house knew under another name."""
    for body in Organisation.objects.filter(name=name, confirmed=False):
        same_organisation(body, Organisation.objects.partners().get(code="RS"), by=CONSOLE, at=at)


DEEDS: dict[str, Callable[..., None]] = {
    "record": _record, "relate": _relate, "reverse": _reverse, "tie": _tie, "choose": _choose, "untie": _untie,
    "rate": _rate, "confirm": _confirm, "recognise": _recognise,
}  # fmt: skip


def lines(account: Account) -> dict[tuple[str, str], tuple[Any, ...]]:
    """All that a page shows of the lines of an account."""
    return {
        (measure, name): (
            f.eur, f.parts, f.estimated,
            {key: eur for key, eur in f.places.items() if eur}, {key: eur for key, eur in f.sectors.items() if eur},
        )
        for (measure, name), f in account.figures.items()
    }  # fmt: skip


SCOPES = [
    Scope(),
    Scope("AL"),
    Scope("RS", "WBBSi"),
    Scope(year=2024),
    Scope("ME", year=2022, until=2025),
    Scope("AL", year=2023, sector="15210"),
    Scope(sector="15130"),
    Scope(actions=frozenset({"A-1", "A-3"})),
    Scope("AL", actions=frozenset({"A-0", "A-2"}), year=2024),
]


def assert_in_step() -> None:
    """What is kept, beside what the engine says of all records."""
    assert list(checking.differences()) == []
    fresh = read_money(CONSOLE)
    for scope in SCOPES:
        kept, counted = KeptMoney(CONSOLE, scope), account_of(fresh.actions, fresh.fates, scope)
        assert lines(kept.account) == lines(counted)
        assert (kept.known, kept.unknown) == (len(counted.with_sum), len(counted.without_sum))
        assert Counter({(of.currency, of.why): of.flows for of in kept.unvalued()}) == Counter(
            (value.flow.currency, value.converted.why) for value in counted.unconverted
        )
        for (measure, name), figure in list(counted.figures.items())[:4]:
            parts = kept.parts(measure, [name]).values_list("flow", "cents")
            assert Counter(parts) == Counter(
                (cell.portion.of.flow.key, int(cell.eur * 100)) for cell in figure.cells
            )
        net = [cell for measure in COUNTED_MEASURES for cell in counted.figure(measure, NET).cells]
        assert [of for of, _estimated in kept.years()] == series.by_year(net)
        for measure in COUNTED_MEASURES:
            assert kept.ways(measure) == series.ways(net, measure)


@given(st.lists(deeds, min_size=1, max_size=8))
@example([("relate", "A-1", "A-0", "part_of"), ("relate", "A-2", "A-1", "funded_by"), ("reverse", 0)])
@example([("tie", 0, 1), ("choose", 0), ("relate", "A-1", "A-0", "same_as"), ("untie", 0)])
@example([("confirm", "European Union"), ("recognise", "A carrier")])
@example(
    [
        ("record", "A-3", IN_LEK, (("AL",), ""), ((), (), False)),
        ("rate", "ALL", "100.5"),
        ("rate", "ALL", "90"),
    ]
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_deeds_the_kept_money_is_what_the_engine_says(done: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        make_partners()
        for number, (name, *facts) in enumerate([*START, *done]):
            with suppress(RuleRefused):
                DEEDS[name](*facts, at=AT + timedelta(days=number))
        assert_in_step()
        transaction.set_rollback(True)


def test_an_edit_past_the_operations_is_told_and_a_recount_mends_it() -> None:
    make_partners()
    for name, *facts in START:
        DEEDS[name](*facts, at=AT)
    Flow.objects.filter(action__ref="A-1").update(currency="USD")
    assert set(checking.differences()) == {"A-1"}
    operations.recount(by=CONSOLE, at=AT)
    assert_in_step()


def test_who_may_not_read_actions_sees_nothing_of_their_money() -> None:
    make_partners()
    for name, *facts in START:
        DEEDS[name](*facts, at=AT)
    seen, hidden = KeptMoney(CONSOLE, Scope()), KeptMoney(PUBLIC, Scope())
    assert seen.account.figures
    assert seen.known
    assert not hidden.account.figures
    assert (hidden.known, hidden.unknown, hidden.unvalued()) == (0, 0, [])
    for model in (MoneyKind, MoneyName, MoneyPart, MoneyReach, MoneyUnvalued):
        assert not model.objects.visible_to(PUBLIC).exists()
