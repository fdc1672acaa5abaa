"""Money against other people's results: OCHA's gross and net flows, FTS boundary labels, and our own to the cent."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.records import ActionRecord, FlowRecord
from iisg.knowledge.analysis.engine.money.boundary import Boundary, End
from iisg.knowledge.analysis.engine.money.passing import new_money_factor
from iisg.knowledge.analysis.engine.money.rates import Exchange

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent")

FTS_YEAR = 2020


def fts_rows(path: Path) -> list[dict[str, str]]:
    """The rows of one file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def end_of(row: dict[str, str], which: str) -> End:
    """One end of a row: source ("src") or destination ("dest")."""
    years = [
        int(row[f"{which}UsageYear{part}"]) for part in ("Start", "End") if row[f"{which}UsageYear{part}"]
    ]
    places = frozenset(code for code in row[f"{which}Locations"].split(",") if code)
    return End(bool(row[f"{which}Organization"]), places, (years[0], years[-1]) if years else None)


@needs_data
def test_boundary_labels_are_those_of_the_financial_tracking_service() -> None:
    right, wrong = Counter[str](), list[str]()
    for path in sorted((DATA / "money").glob("fts_*_funding_*.csv")):
        country = path.stem[-3:].upper()
        for row in fts_rows(path):
            side = Boundary(frozenset({country}), FTS_YEAR).side(end_of(row, "src"), end_of(row, "dest"))
            right[row["boundary"]] += side == row["boundary"]
            if side != row["boundary"]:
                payer = row["srcOrganization"] or "nobody named"
                wrong.append(f"{country} {row['id']}: theirs {row['boundary']}, ours {side} ({payer})")
    rows = sum(right.values()) + len(wrong)
    print(
        f"\nFTS: {sum(right.values())} of {rows} labels alike ({sum(right.values()) / rows:.2%}); {dict(right)}"
    )
    print("\n".join(wrong))
    assert rows == 1385
    assert sum(right.values()) / rows >= 0.99
    explained = [line for line in wrong if "nobody named" in line or "Bank" in line]
    assert explained == wrong


INPUTS = {
    "covid": ("ocha_covid_dportal_401_activities_2.03.xml", "2021-05"),
    "foodsecurity": ("ocha_foodsecurity_dportal_2.03.xml", "2022-12"),
}
"""Each input with the month up to which OCHA's test ran."""
STARTS = {"covid": "2020-01", "foodsecurity": "2021-01"}
LEFT_OUT_BY_OCHA = {
    "CZ-ICO-25755277": "its list of reporters to skip",
    "XM-DAC-701-2-2020003078": "its list of actions to skip",
}
NOISE = Decimal("0.03")
"""OCHA converts by the IMF's monthly or a market's rates, we by the ECB's of the day."""
Key = tuple[str, str, str]
"""Action, month, commitments or spending."""
Triple = tuple[Decimal, Decimal, Decimal]
"""Net, gross, and the sum of all amounts without their signs, by which noise is measured."""
FOOD = ("12240", "311", "312", "313", "32161", "32162", "43040", "43071", "43072", "43073", "520")
"""Sectors that OCHA's look at food security keeps, as its rows name them; everything else it leaves out."""


NOTHING: Triple = (Decimal(0), Decimal(0), Decimal(0))


def added(one: Triple, other: Triple) -> Triple:
    """Two triples place by place."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def in_dollars(exchange: Exchange, flow: FlowRecord) -> Decimal | None:
    """The sum in US dollars by way of the euro, on its value date; None where there is no rate."""
    day = flow.valued.first or flow.happened.first
    euro = exchange.to_eur(Decimal(1), "USD", day)
    own = exchange.to_eur(Decimal(1), flow.currency, day)
    if flow.currency == "USD":
        return flow.amount
    if flow.amount is None or own.rate is None or euro.rate is None:
        return None
    return flow.amount / own.rate.per_euro * euro.rate.per_euro


def classified(flow: FlowRecord) -> str:
    """OCHA's two classes by direction; "" for pledges."""
    if flow.state == "incoming":
        promised = flow.printed.startswith("incoming commitment")
        return "incoming commitments" if promised else "incoming spending"
    return {"committed": "commitments", "spent": "spending"}.get(flow.state, "")


def our_flows(record: ActionRecord, exchange: Exchange) -> Iterator[tuple[Key, Triple]]:
    """Net and gross of one action by our factor, its sums one by one; only what goes out.

    Nothing of what is reported at second hand: by our rule as by OCHA's it does not count.
    """
    if record.second_hand:
        return
    sums: dict[str, Decimal] = defaultdict(Decimal)
    valued = [
        (flow, in_dollars(exchange, flow))
        for flow in record.flows
        if flow.kind == "transaction" and classified(flow)
    ]
    for flow, dollars in valued:
        sums[classified(flow)] += dollars or 0
    for flow, dollars in valued:
        kind = classified(flow)
        if dollars is not None and flow.happened.first and kind in ("commitments", "spending"):
            part = new_money_factor(sums[kind], sums["incoming commitments"], sums["incoming spending"])
            net = dollars * part.numerator / part.denominator
            yield (record.ref, flow.happened.first.strftime("%Y-%m"), kind), (net, dollars, abs(dollars))


def their_flows(name: str) -> dict[Key, Triple]:
    """OCHA's rows added up over sectors and countries."""
    found: dict[Key, Triple] = defaultdict(lambda: NOTHING)
    for row in fts_rows(DATA / "money" / f"{name}_transactions.csv")[1:]:
        key = (row["Activity id"], row["Month"], row["Transaction type"])
        gross = Decimal(row["Total money"])
        found[key] = added(found[key], (Decimal(row["Net money"]), gross, abs(gross)))
    return dict(found)


def kept_by_ocha(activity: etree._Element, name: str) -> Decimal:
    """Which part of a sum OCHA's shares keep.

    A sector or country named twice overwrites itself there, so that its first share is lost; the look at food
    security keeps only its own sectors. Three-digit codes go before five-digit ones, for food the other way round.
    """
    places = [*activity.findall("recipient-country"), *activity.findall("recipient-region")]
    places = [p for p in places if p.tag == "recipient-country" or p.get("vocabulary", "1") == "1"]
    wanted = ("1", "2") if name == "foodsecurity" else ("2", "1")
    found = activity.findall("sector") or activity.findall("transaction/sector")
    sectors = next((of for v in wanted if (of := [s for s in found if s.get("vocabulary", "1") == v])), [])
    shares = [
        {e.get("code", ""): Decimal(e.get("percentage") or 100) for e in es} for es in (places, sectors)
    ]
    if name == "foodsecurity":
        shares[1] = {
            code: share if code.startswith(FOOD) else Decimal(0) for code, share in shares[1].items()
        }
    kept = Decimal(1)
    for group in shares:
        kept *= sum(group.values(), Decimal(0)) / 100 if group else Decimal(1)
    return kept


def alike(ours: Decimal, theirs: Decimal, scale: Decimal) -> bool:
    """Equal within the noise of exchange, or within the dollars that OCHA's rounding of every part may cost."""
    return abs(ours - theirs) <= max(scale * NOISE, Decimal(5))


@needs_data
@pytest.mark.parametrize("name", INPUTS)
def test_net_and_gross_flows_are_those_of_ocha(name: str) -> None:
    file, until = INPUTS[name]
    tree = etree.parse(DATA / "iati" / file)
    elements = {a.findtext("iati-identifier", "").strip(): a for a in tree.getroot().findall("iati-activity")}
    theirs, exchange = their_flows(name), Exchange()
    ours: dict[Key, Triple] = defaultdict(lambda: NOTHING)
    no_rate, second_hand = set[str](), set[str]()
    for record in read_iati(DATA / "iati" / file):
        second_hand |= {record.ref} if record.second_hand else set()
        no_rate |= {record.ref for f in record.flows if f.amount and in_dollars(exchange, f) is None}
        for key, sums in our_flows(record, exchange):
            if STARTS[name] <= key[1] <= until:
                ours[key] = added(ours[key], sums)
    verdicts: dict[str, list[Key]] = defaultdict(list)
    for key in sorted({*theirs, *ours}):
        verdicts[verdict(key, ours.get(key), theirs.get(key), elements[key[0]], name, no_rate)].append(key)
    print(f"\nOCHA {name}: {len(theirs)} sums of {len({k[0] for k in theirs})} actions by month and kind")
    print(f"  {len(second_hand)} actions reported at second hand: they count neither there nor here")
    assert second_hand.isdisjoint(key[0] for key in theirs)
    for words, keys in sorted(verdicts.items(), key=lambda pair: -len(pair[1])):
        print(f"  {len(keys):4} {words}: {len({k[0] for k in keys})} actions, e.g. {' '.join(keys[0])}")
    for key in verdicts["not explained"]:
        print("   ", key, ours.get(key), theirs.get(key))
    assert not verdicts["not explained"]


def verdict(
    key: Key,
    ours: Triple | None,
    theirs: Triple | None,
    activity: etree._Element,
    name: str,
    no_rate: set[str],
) -> str:
    """How our net and gross stand to OCHA's, in words that say why where they differ."""
    kept = kept_by_ocha(activity, name)
    if theirs is None:
        return why_no_row(key, ours or NOTHING, activity, kept)
    if ours is None:
        return "not converted by us: no rate of the ECB" if key[0] in no_rate else "not explained"
    net, gross, scale = ours
    if alike(net, theirs[0], scale) and alike(gross, theirs[1], scale):
        return "net and gross alike"
    if alike(net * kept, theirs[0], scale * kept) and alike(gross * kept, theirs[1], scale * kept):
        return "alike but for the shares of sectors that OCHA drops (one named twice, or none of its theme)"
    return "not explained"


def why_no_row(key: Key, ours: Triple, activity: etree._Element, kept: Decimal) -> str:
    """Why OCHA writes nothing where we have a sum."""
    reporter = activity.find("reporting-org")
    assert reporter is not None
    if reporter.get("ref") in LEFT_OUT_BY_OCHA or key[0] in LEFT_OUT_BY_OCHA:
        return "left out by OCHA: on its list of what to skip"
    if not kept:
        return "left out by OCHA: no sector of its theme"
    return "zero: OCHA writes no row" if abs(ours[1]) < 1 else "not explained"


IN_ITS_OTHER_NAME = Decimal(337_665)
"""What one reporter pays to itself under its French name: a reader of names cannot see it, our aliases can.

The other reporter that differs keeps its books in naira, for which the ECB has no rate: not converted, never zero.
"""


def plain(identifier: str) -> str:
    """An identifier without hyphens: one reporter writes its own in two ways."""
    return identifier.replace("-", "").casefold()


def flows_by_reporter(name: str) -> dict[tuple[str, str], Decimal]:
    """OCHA's flows: (reporter, direction) -> money that is spent or received."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in fts_rows(DATA / "money" / f"{name}_flows.csv")[1:]:
        found[row["Reporting org id"], row["Transaction direction"]] += Decimal(row["Total money"])
    return dict(found)


@needs_data
def test_flows_in_and_out_of_each_reporter_are_those_of_ocha() -> None:
    file, until = INPUTS["covid"]
    exchange, theirs = Exchange(), flows_by_reporter("covid")
    ours: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    scale: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for record in read_iati(DATA / "iati" / file):
        assert record.reporter is not None
        for flow in record.flows:
            month = flow.happened.first.strftime("%Y-%m") if flow.happened.first else ""
            kind = classified(flow)
            end = flow.source if flow.state == "incoming" else flow.destination
            own = end == record.reporter.name or plain(end) == plain(record.reporter.identifier)
            if flow.kind == "transaction" and kind.endswith("spending") and STARTS["covid"] <= month <= until:
                direction = "incoming" if flow.state == "incoming" else "outgoing"
                key = (record.reporter.identifier.lower(), direction)
                if not own:
                    ours[key] += in_dollars(exchange, flow) or 0
                    scale[key] += abs(in_dollars(exchange, flow) or Decimal(0))
    same = [key for key, money in theirs.items() if alike(ours[key], money, scale[key])]
    print(f"\nOCHA covid flows: {len(same)} of {len(theirs)} sums by reporter and direction alike")
    for key in sorted(set(theirs) - set(same)):
        print("  ", *key, f"theirs {theirs[key]:,}, ours {ours[key]:,.0f}")
    paid_to_itself, naira = ("ch-fdjp-che106823242", "outgoing"), "ng-cac-30547"
    assert {key for key in theirs if key not in same and key[0] != naira} == {paid_to_itself}
    assert alike(ours[paid_to_itself] - theirs[paid_to_itself], IN_ITS_OTHER_NAME, Decimal(0))
