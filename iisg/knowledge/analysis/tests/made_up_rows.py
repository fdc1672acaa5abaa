"""Made-up rows for the property tests of the engine: few names, so that everything meets everything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from iisg.knowledge.analysis.engine.money.rows import Where
from iisg.knowledge.analysis.engine.rows import (
    PARTNERS,
    ActionRow,
    FlowRow,
    NeedRow,
    Outstanding,
    ResponseRow,
)

TODAY = date(2026, 11, 23)
REFS = [f"A{n}" for n in range(8)]
NEEDS = [f"N{n}" for n in range(4)]
MEASURES = ["M1", "M2", "M3"]
PILLARS = ["WBCTi", "WBCSCi", "WBBSi"]

days = st.none() | st.dates(date(2020, 1, 1), date(2032, 12, 31))
partners = st.frozensets(st.sampled_from(PARTNERS), max_size=4)
amounts = st.none() | st.decimals(Decimal(-1000), Decimal(100000), places=2)

PLACES_OF_SUMS = st.builds(
    Where,
    st.dictionaries(st.sampled_from(PARTNERS), st.none(), max_size=2),
    countries_elsewhere=st.booleans(),
    regions_around=st.booleans(),
)
"""What a sum may say of its own places."""


@st.composite
def action_rows(draw: st.DrawFn, ref: str) -> ActionRow:
    """One action; its parents may be any others, circles included."""
    start, end = draw(days), draw(days)
    if start and end and end < start:
        start, end = end, start
    named = draw(partners)
    return ActionRow(
        ref=ref,
        title=f"Action {ref}",
        start=start,
        end=end,
        stage=draw(
            st.sampled_from(["", "pipeline", "implementation", "completed", "suspended", "cancelled"])
        ),
        named=named,
        regional=draw(partners) - named,
        pillars=draw(st.frozensets(st.sampled_from(PILLARS), max_size=2)),
        measures=draw(st.frozensets(st.sampled_from(MEASURES), max_size=2)),
        assistance=draw(st.frozensets(st.sampled_from(["equipment", "training", "advice"]), max_size=2)),
        funders=draw(st.frozensets(st.sampled_from(["F1", "F2", "F3"]), max_size=2)),
        parents=draw(st.frozensets(st.sampled_from([r for r in REFS if r != ref]), max_size=2)),
        flows=tuple(
            FlowRow(
                amount,
                draw(st.sampled_from(["EUR", "USD", ""])),
                draw(st.sampled_from(["committed", "spent"])),
            )
            for amount in draw(st.lists(amounts, max_size=2))
        ),
    )


@st.composite
def need_rows(draw: st.DrawFn, ref: str) -> NeedRow:
    """One need under one or two measures."""
    places = draw(st.lists(st.sampled_from(PILLARS), min_size=1, max_size=2, unique=True))
    return NeedRow(
        ref=ref,
        title=f"Need {ref}",
        partners=frozenset(draw(st.lists(st.sampled_from(PARTNERS), min_size=1, max_size=6))),
        pillars=frozenset(places),
        placements=tuple((p, "Protect", f"O-{p}", draw(st.sampled_from(["", *MEASURES]))) for p in places),
        priority=draw(st.sampled_from(["", "high", "medium", "low"])),
        quantity=draw(st.none() | st.decimals(Decimal(1), Decimal(50), places=0)),
        unit="pieces",
    )


families = st.tuples(
    *(
        st.builds(
            ActionRow,
            st.just(ref),
            parents=st.frozensets(st.sampled_from([r for r in REFS if r != ref]), max_size=2),
        )
        for ref in REFS
    )
).map(list)
"""Actions that are nothing but parts of each other, circles included."""

actions = st.tuples(*(action_rows(ref) for ref in REFS)).map(list)
needs = st.tuples(*(need_rows(ref) for ref in NEEDS)).map(list)
one_response = st.builds(
    ResponseRow,
    need=st.sampled_from(NEEDS),
    action=st.sampled_from(REFS),
    degree=st.sampled_from(["full", "partial", "none"]),
    quantity=st.none() | st.decimals(Decimal(0), Decimal(60), places=0),
)
responses = st.lists(one_response, max_size=12)
outstanding = st.lists(
    st.builds(
        Outstanding,
        organisation=st.sampled_from(["MARRI", "OSCE", "Serbia"]),
        pillar=st.sampled_from(PILLARS),
        partner=st.sampled_from(["", "RS"]),
    ),
    max_size=3,
)
