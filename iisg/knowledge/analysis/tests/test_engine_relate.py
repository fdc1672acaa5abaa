"""Relations found on plain records: laws that hold for any records, and each relation on one made-up pair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.relate import (
    DIRECTED,
    RELATIONS,
    Candidate,
    Report,
    candidates,
    likely_twins,
)
from iisg.knowledge.analysis.engine.relating.evidence import evidence_of
from iisg.knowledge.analysis.engine.relating.marks import marks_of
from iisg.knowledge.analysis.engine.relating.profiles import profile_of

TITLES = (
    "Border surveillance equipment for Montenegro", "Border surveillance equipment for Montenegro II",
    "Oprema za nadzor granice, Crna Gora, treća faza", "Опрема за надзор на границата, втора фаза",
    "Pajisje për vëzhgimin e kufirit", "Combating trafficking in human beings", "EU4GUARD: vehicles for the police",
    "Border surveillance programme (EU4GUARD)", "",
)  # fmt: skip
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2026, 12, 31))
BODIES = st.frozensets(st.sampled_from(("EU", "Norway", "IOM", "ИОМ", "GIZ", "Hillside Aid")), max_size=2)

law = settings(deadline=None, max_examples=40)


@st.composite
def reports(draw: st.DrawFn, most: int = 7) -> list[Report]:
    """A few records that have much in common; every field may be unknown."""
    return [
        Report(
            f"A{number}",
            draw(st.sampled_from(TITLES)),
            funders=draw(BODIES),
            implementers=draw(BODIES),
            reporter=draw(st.sampled_from(("", "EU", "IOM"))),
            partners=draw(st.frozensets(st.sampled_from(("AL", "ME", "RS")), max_size=2)),
            assistance=draw(st.frozensets(st.sampled_from(("equipment", "training", "other")), max_size=2)),
            measures=draw(st.frozensets(st.sampled_from(("m1", "m2")), max_size=1)),
            amount=draw(st.none() | st.sampled_from((Decimal(100), Decimal(105), Decimal(900)))),
            currency=draw(st.sampled_from(("", "EUR", "USD"))),
            start=draw(DAYS),
            end=draw(DAYS),
            kind=draw(st.sampled_from(("", "project", "programme", "component"))),
            parents=draw(st.frozensets(st.sampled_from(("A0", "A1")), max_size=1)) - {f"A{number}"},
        )
        for number in range(draw(st.integers(2, most)))
    ]


@law
@given(reports(), st.randoms())
def test_the_order_of_the_input_is_irrelevant(given: list[Report], chance: object) -> None:
    shuffled = list(given)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert candidates(given) == candidates(shuffled) == candidates(shuffled[:2], shuffled[2:])


@law
@given(reports())
def test_one_relation_per_pair_and_none_with_itself(given: list[Report]) -> None:
    found = candidates(given)
    pairs = [frozenset((c.from_ref, c.to_ref)) for c in found]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(pairs) == len(set(pairs))
    assert all(c.relation in RELATIONS and 0 <= c.score <= 1 and c.reasons for c in found)
    assert all(c.from_ref < c.to_ref for c in found if c.relation not in DIRECTED)


@law
@given(reports(most=2))
def test_a_pair_is_the_same_from_either_side(given: list[Report]) -> None:
    """Whoever has the lower reference: only the direction of an undirected pair follows the references."""
    swapped = [replace(given[0], ref="A1"), replace(given[1], ref="A0")]
    if any(report.parents for report in given):
        return
    before, after = candidates(given), candidates(swapped)
    assert [(c.relation, c.score) for c in before] == [(c.relation, c.score) for c in after]
    turned = [(c.from_ref, c.to_ref) for c in before if c.relation in DIRECTED]
    assert turned == [(c.to_ref, c.from_ref) for c in after if c.relation in DIRECTED]


@law
@given(reports())
def test_different_phases_are_never_one_action(given: list[Report]) -> None:
    phases = {report.ref: marks_of(report.title, report.summary).phase for report in given}
    for found in candidates(given):
        told = phases[found.from_ref], phases[found.to_ref]
        assert found.relation != "same_as" or None in told or told[0] == told[1]


@law
@given(reports())
def test_a_record_of_something_else_changes_nothing(given: list[Report]) -> None:
    stranger = Report("B", "Quarterly newsletter of the choir", start=date(1999, 1, 1), end=date(1999, 2, 1))
    assert candidates([*given, stranger]) == candidates(given)


@law
@given(reports(most=2))
def test_what_is_unknown_never_agrees(given: list[Report]) -> None:
    """A record of which only the title is known has nothing in common with another but words and what they tell."""
    bare = Report("B", given[0].title)
    seen = evidence_of(profile_of(given[1]), profile_of(bare))
    assert not seen.funders | seen.implementers
    assert (seen.funders_apart, seen.implementers_apart) == (False, False)
    assert seen.starts is seen.ends is seen.gap is seen.sums is None
    assert {"same_sum", "same_start", "same_end", "same_implementer", "same_funder"}.isdisjoint(
        code for found in candidates([given[1], bare]) for code, _ in found.reasons
    )


@law
@given(reports())
def test_the_guard_finds_what_the_list_has(given: list[Report]) -> None:
    own = given[0]
    same = {frozenset((c.from_ref, c.to_ref)) for c in candidates(given) if c.relation == "same_as"}
    guard = {frozenset((c.from_ref, c.to_ref)) for c in likely_twins(own, given, top=9)}
    assert guard == {pair for pair in same if own.ref in pair}


def test_two_records_of_one_reference_are_refused() -> None:
    with pytest.raises(ValueError, match="'A' stands for two"):
        candidates([Report("A", "One"), Report("A", "Two")])


BASE = Report(
    "A",
    "Surveillance equipment for the border police of Montenegro",
    summary="Thermal cameras and vehicles for the green border",
    funders=frozenset({"European Union"}),
    implementers=frozenset({"IOM"}),
    partners=frozenset({"ME"}),
    assistance=frozenset({"equipment"}),
    amount=Decimal(2_000_000),
    currency="EUR",
    start=date(2020, 3, 1),
    end=date(2022, 2, 28),
    kind="project",
)
TWIN = replace(
    BASE,
    ref="B",
    title="Опрема за надзор за граничну полицију Црне Горе",
    summary="Термовизијске камере и возила",
    funders=frozenset({"ЕУ"}),
    implementers=frozenset({"МОМ"}),
    amount=Decimal(234_000_000),
    currency="RSD",
    start=date(2020, 3, 15),
    kind="",
)


def related(*given: Report) -> Candidate | None:
    found = candidates(given)
    assert len(found) <= 1
    return found[0] if found else None


def test_a_second_report_in_another_script_and_currency_is_found() -> None:
    found = related(BASE, TWIN)
    assert found is not None
    assert (found.relation, found.from_ref, found.to_ref) == ("same_as", "A", "B")
    codes = [code for code, _ in found.reasons]
    assert {"same_title", "same_implementer", "same_funder", "same_sum", "same_start"} <= set(codes)


@pytest.mark.parametrize(
    "other",
    [
        replace(TWIN, partners=frozenset({"MK"})),
        replace(TWIN, funders=frozenset({"Мађарска"})),
        replace(TWIN, start=date(2023, 1, 1), end=date(2024, 1, 1)),
        replace(TWIN, title=TWIN.title + ", четврта фаза", start=None, end=None, amount=None),
        replace(TWIN, title="Обука судија о трговини дрогом", summary=""),
    ],
    ids=["other partner", "other money", "other time", "later phase", "other subject"],
)
def test_what_differs_in_one_known_fact_is_no_second_report(other: Report) -> None:
    found = related(BASE, other)
    assert found is None or found.relation != "same_as"


def test_a_later_phase_follows_the_earlier() -> None:
    later = replace(
        BASE, ref="0", title=BASE.title + " - Phase II", start=date(2022, 4, 1), end=date(2024, 4, 1)
    )
    found = related(BASE, later)
    assert found is not None
    assert (found.from_ref, found.to_ref, found.relation) == ("0", "A", "next_phase_of")


def test_only_the_next_phase_follows() -> None:
    phases = [
        replace(
            BASE,
            ref=f"P{number}",
            title=f"{BASE.title} {'I' * number}",
            start=BASE.start and BASE.start + timedelta(days=800 * number),
            end=BASE.end and BASE.end + timedelta(days=800 * number),
        )
        for number in (1, 2, 3)
    ]
    assert {(c.from_ref, c.to_ref) for c in candidates(phases)} == {("P2", "P1"), ("P3", "P2")}


def test_a_component_is_part_of_what_bears_its_name() -> None:
    whole = replace(BASE, ref="W", title="EU support to border security in the Western Balkans (EU4GUARD)",
                    partners=frozenset({"AL", "ME", "RS"}), amount=Decimal(9_000_000))  # fmt: skip
    part = replace(BASE, ref="P", title="EU4GUARD: cameras for Montenegro", kind="delivery")
    found = related(whole, part)
    assert found is not None
    assert (found.from_ref, found.to_ref, found.relation) == ("P", "W", "part_of")


def test_what_a_source_prints_as_its_whole_is_its_whole() -> None:
    whole = Report("B", "Programme", identifiers=frozenset({"XM-1"}))
    part = Report("A", "Delivery", parents=frozenset({"XM-1"}))
    assert [(c.from_ref, c.to_ref, c.relation) for c in candidates([whole, part])] == [("A", "B", "part_of")]


def test_who_carries_out_is_funded_by_who_pays() -> None:
    payer = replace(BASE, reporter="European Commission", implementers=frozenset())
    doer = replace(BASE, ref="Z", reporter="International Organization for Migration", funders=frozenset())
    found = related(payer, doer)
    assert found is not None
    assert (found.from_ref, found.to_ref, found.relation) == ("Z", "A", "funded_by")


def test_two_who_pay_their_own_parts_of_one_action_fund_it_together() -> None:
    found = related(BASE, replace(BASE, ref="B", funders=frozenset({"Norway"}), amount=Decimal(300_000)))
    assert found is not None
    assert found.relation == "co_funded_with"


@pytest.mark.parametrize(
    ("assistance", "relation"), [({"equipment", "advice"}, "overlaps"), ({"training"}, "complements")]
)
def test_the_same_subject_with_other_money_overlaps_or_complements(
    assistance: set[str], relation: str
) -> None:
    other = Report(
        "B",
        "Cameras and drones for border surveillance, Montenegro",
        funders=frozenset({"Norway"}),
        implementers=frozenset({"ICMPD"}),
        partners=frozenset({"ME"}),
        assistance=frozenset(assistance),
        start=date(2021, 1, 1),
        end=date(2023, 1, 1),
    )
    found = related(BASE, other)
    assert found is not None
    assert found.relation == relation
    assert related(BASE, replace(other, start=date(2023, 1, 1), end=None)) is None


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("Rule of law - Phase II", 2), ("Rule of law, 3rd party access", None), ("EUROL 2 - Support", 2),
        ("Vladavina prava, druga faza", 2), ("Владеење на правото, трета фаза", 3), ("Sundimi, faza e katërt", 4),
        ("cikli i katërt", 4), ("Horizontal Facility III", 3), ("iGUARD-2 online", 2), ("IPA II programme", None),
        ("24/7 duty officers", None), ("Twinning AB-08-IB-JH-01: strategy", None), ("Pillar IV costs", None),
        ("Phase 2 (2021-24)", 2), ("Anti-drug programme", None), ("Secondment project", None),
        ("Primary health programme", None), ("drugi projekat", 2), ("Terza fase del progetto", 3),
    ],
)  # fmt: skip
def test_marks_of_phases_are_read_in_the_languages_of_the_field(title: str, phase: int | None) -> None:
    assert marks_of(title).phase == phase
