"""Timeline, map and network as drawn: what the table says is drawn, what nobody knows is drawn as not known."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iisg.knowledge.analysis.map_page import region_words
from iisg.knowledge.analysis.partnerships import PartnershipsWanted, network_words
from iisg.knowledge.analysis.pictures.network import Body, Pair, in_groups, network
from iisg.knowledge.analysis.pictures.picture import Picture
from iisg.knowledge.analysis.pictures.region import STATES, Outline, RegionMap, Stated, region, rings
from iisg.knowledge.analysis.pictures.timeline import Bar, NeedGroup, NeedLine, span, stretches, timeline
from iisg.knowledge.analysis.rendering import narrow_svg, svg, vega
from iisg.knowledge.analysis.tests.reading_pictures import is_valid, rows
from iisg.knowledge.analysis.timeline_page import timeline_words

DAY = date(2026, 11, 23)
SHOWN = (date(2020, 1, 1), date(2030, 12, 31))
NOT_KNOWN, FULL, PARTIAL = "url(#iisg-not-known)", "url(#iisg-covered)", "url(#iisg-partly)"
SQUARE = "M10.0,10.0L60.0,10.0L60.0,60.0Z"


def bar(
    ref: str = "A-1",
    start: date | None = None,
    end: date | None = None,
    running: str = "unknown",
    full: bool = True,
) -> Bar:
    """An action's bar with words that say its days."""
    words = (f"from {start}" if start else "start not known", f"until {end}" if end else "end not known")
    return Bar(ref, f"Title of {ref}", start, end, full, running, *words, running, f"/actions/{ref}/")


def a_timeline() -> Picture:
    """A need with known, open and unknown bars, one with a day by which it is needed, one that nothing answers."""
    bars = (
        bar("A-1", date(2024, 1, 1), date(2027, 6, 30), "running"),
        bar("A-2", date(2023, 1, 1), None, "running", full=False),
        bar("A-3", None, None),
        bar("A-4", date(2010, 1, 1), date(2012, 1, 1), "finished"),
    )
    needs = (
        NeedLine("N-1", "Scanners", bars, href="/needs/N-1/"),
        NeedLine("N-2", "Patrol cars", (), date(2027, 12, 31), "needed by 31 December 2027"),
    )
    return timeline([NeedGroup("Border security", needs)], DAY, timeline_words(DAY, DAY))


def a_map() -> Picture:
    """Two partners, one of which states nothing."""
    counts = {"covered": 3, "partly": 1, "gap": 12, "not_known": 4}
    partners = (Stated("AL", "Albania", counts, "/needs/?partner=AL"), Stated("XK", "Kosovo*", {}))
    outlines = [
        Outline(None, SQUARE, (1, 1)),
        Outline("AL", SQUARE, (30, 40)),
        Outline("XK", SQUARE, (50, 20)),
    ]
    return region([RegionMap("All pillars", partners)], outlines, (100, 90), region_words(DAY))


BODIES = [
    Body("eu", "EU", 17),
    Body("coe", "CoE", 12),
    Body("mup", "Ministry", 5, partner=True),
    Body("x", "Alone", 1),
]
PAIRS = [Pair("coe", "eu", 12, "/network/?body=coe&with=eu"), Pair("eu", "mup", 5)]


def a_network() -> Picture:
    return network(BODIES, PAIRS, network_words(PartnershipsWanted()))


@pytest.mark.parametrize("picture", [a_timeline(), a_map(), a_network()], ids=lambda picture: picture.name)
def test_each_is_a_valid_specification_that_can_be_drawn(picture: Picture) -> None:
    assert is_valid(picture)
    assert "</svg>" in svg(picture)
    assert "</svg>" in narrow_svg(picture)
    assert vega(picture)["marks"]


def test_known_days_are_solid_and_unknown_ones_are_patterned() -> None:
    drawn = {(row["action"], row["fill"]) for row in rows(a_timeline()) if "action" in row}
    assert drawn == {("A-1", FULL), ("A-2", PARTIAL), ("A-2", NOT_KNOWN), ("A-3", NOT_KNOWN)}
    words = svg(a_timeline())
    for text in (
        "until 2027-06-30",
        "from 2023-01-01 – end not known",
        "start not known – end not known",
        "◂ until 2012-01-01",
        "nothing has been judged to answer it",
        "◆ needed by 31 December 2027",
        ">today<",
    ):
        assert text in words
    assert [row["need"] for row in rows(a_timeline()) if "need" in row] == ["N-2"]


def test_the_bars_hold_the_days_of_the_table() -> None:
    picture = a_timeline()
    drawn = {row["action"]: (row["start"], row["end"]) for row in rows(picture) if "action" in row}
    told = {row[1].text: (row[3].text, row[4].text) for row in picture.table.rows}
    assert drawn["A-1"] == ("2024-01-01", "2027-06-30")
    assert told["A-1 Title of A-1"] == ("from 2024-01-01", "until 2027-06-30")
    assert drawn["A-3"] == (None, None)
    assert told["A-3 Title of A-3"] == ("start not known", "end not known")
    assert told["nothing has been judged to answer it"] == ("", "")


@pytest.mark.parametrize("narrow", [False, True])
def test_wide_and_narrow_tell_the_same_and_no_line_runs_through_words(narrow: bool) -> None:
    drawn = rows(a_timeline(), narrow)
    bars = {(row["action"], row["start"], row["end"], row["fill"]) for row in drawn if "action" in row}
    wide = rows(a_timeline())
    assert bars == {(r["action"], r["start"], r["end"], r["fill"]) for r in wide if "action" in r}
    grounds = [row for row in drawn if row.get("fill") in ("#ffffff", "#e9f0f7")]
    words = [row for row in drawn if "text" in row]
    assert {"until 2027-06-30", "from 2023-01-01 – end not known"} <= {row["text"] for row in words}
    for row in words:
        assert any(g["x"] <= row["x"] <= g["x2"] and g["y"] <= row["y"] <= g["y2"] for g in grounds)


def test_words_stand_beside_their_bar_where_there_is_room() -> None:
    bars = (
        bar("A-0", date(2020, 1, 1), None),
        bar("A-1", date(2025, 6, 1), date(2030, 12, 31), "running"),
    )
    picture = timeline([NeedGroup("G", (NeedLine("N", "T", bars),))], DAY, timeline_words(DAY, DAY))
    drawn = rows(picture)
    box = next(row for row in drawn if row.get("action") == "A-1")
    words = next(row for row in drawn if row.get("text") == "until 2030-12-31")
    assert words["x"] + 60 < box["x"]


@pytest.mark.parametrize(
    ("known", "open_days", "of"),
    [
        (
            (date(2024, 1, 1), date(2027, 1, 1)),
            None,
            bar(start=date(2024, 1, 1), end=date(2027, 1, 1), running="running"),
        ),
        (None, (date(2024, 1, 1), DAY), bar(start=date(2024, 1, 1), end=date(2028, 1, 1), running="stopped")),
        (None, (date(2024, 1, 1), date(2028, 1, 1)), bar(start=date(2024, 1, 1), end=date(2028, 1, 1))),
        (
            (date(2024, 1, 1), DAY),
            None,
            bar(start=date(2024, 1, 1), end=date(2028, 1, 1), running="finished"),
        ),
        ((date(2024, 1, 1), DAY), (DAY, SHOWN[1]), bar(start=date(2024, 1, 1), running="running")),
        (None, (date(2024, 1, 1), DAY), bar(start=date(2024, 1, 1), running="finished")),
        (None, (date(2028, 1, 1), SHOWN[1]), bar(start=date(2028, 1, 1), running="planned")),
        ((DAY, date(2028, 1, 1)), (SHOWN[0], DAY), bar(end=date(2028, 1, 1), running="running")),
        (None, (SHOWN[0], date(2022, 1, 1)), bar(end=date(2022, 1, 1), running="finished")),
        (None, (SHOWN[0], DAY), bar(running="stopped")),
        (None, (DAY, SHOWN[1]), bar(running="planned")),
        (None, SHOWN, bar()),
        (None, None, bar(start=date(2001, 1, 1), end=date(2002, 1, 1), running="finished")),
    ],
)
def test_nothing_is_drawn_as_known_that_nobody_knows(
    known: tuple[date, date] | None, open_days: tuple[date, date] | None, of: Bar
) -> None:
    assert stretches(of, DAY, SHOWN) == (known, open_days)


DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2060, 1, 1)))


@given(DAYS, DAYS, st.sampled_from(["running", "planned", "finished", "stopped", "unknown"]))
def test_every_stretch_lies_within_what_is_shown(start: date | None, end: date | None, running: str) -> None:
    if start and end and end < start:
        start, end = end, start
    if running == "running":
        assume((start or DAY) <= DAY <= (end or DAY))
    one = bar(start=start, end=end, running=running)
    shown = span([NeedGroup("", (NeedLine("N", "", (one,)),))], DAY)
    assert shown[0] <= DAY <= shown[1]
    for stretch in stretches(one, DAY, shown):
        assert stretch is None or shown[0] <= stretch[0] <= stretch[1] <= shown[1]


def test_the_map_holds_the_numbers_of_the_table() -> None:
    picture = a_map()
    drawn = {(row["partner"], row["state"]): row["needs"] for row in rows(picture) if "state" in row}
    assert drawn == {("AL", "covered"): 3, ("AL", "partly"): 1, ("AL", "gap"): 12, ("AL", "not_known"): 4}
    assert [[cell.text for cell in row] for row in picture.table.rows] == [
        ["All pillars", "Albania", "20", "3", "1", "12", "4"],
        ["All pillars", "Kosovo*", "0", "0", "0", "0", "0"],
    ]
    assert "no need stated" in svg(picture)
    assert [sign.pattern.replace("-", "_") for sign in picture.legend] == list(STATES)


def test_parts_of_a_bar_are_shares_of_one_length() -> None:
    parts = [row for row in rows(a_map()) if "state" in row]
    whole = parts[-1]["x2"] - parts[0]["x"]
    assert all(part["x2"] - part["x"] == pytest.approx(whole * part["needs"] / 20, abs=0.2) for part in parts)


def test_every_part_of_a_bar_has_its_number_in_it_or_beside_it() -> None:
    counts = {"covered": 1, "partly": 2, "gap": 90, "not_known": 3}
    outline = Outline("AL", SQUARE, (30, 40))
    maps = [RegionMap("All", (Stated("AL", "Albania", counts),))]
    drawn = rows(region(maps, [outline], (100, 90), region_words(DAY)))
    bar = [row for row in drawn if "state" in row]
    numbers = {row["text"]: (row["x"], row["y"]) for row in drawn if row.get("text", "").isdigit()}
    assert set(numbers) == {"1", "2", "90", "3"}
    middle = (bar[0]["y"] + bar[0]["y2"]) / 2
    assert bar[2]["x"] < numbers["90"][0] < bar[2]["x2"]
    assert numbers["1"][0] < bar[0]["x"]
    assert numbers["3"][0] > bar[-1]["x2"]
    assert numbers["2"][1] > bar[1]["y2"] > middle


def test_a_path_becomes_closed_rings() -> None:
    assert rings("M0,0L10,0L10,-5.5ZM1,1L2,2L3,1Z", scale=2, left=1) == [
        [[1, 0], [21, 0], [21, -11], [1, 0]],
        [[3, 2], [5, 4], [7, 2], [3, 2]],
    ]


def test_lines_are_as_wide_as_what_two_bodies_share() -> None:
    picture = a_network()
    lines = {(row["first"], row["second"]): row for row in rows(picture) if "second" in row}
    assert {pair: line["actions"] for pair, line in lines.items()} == {("coe", "eu"): 12, ("eu", "mup"): 5}
    assert lines["coe", "eu"]["width"] / lines["eu", "mup"]["width"] == pytest.approx(12 / 5, abs=0.02)
    assert [[cell.text for cell in row] for row in picture.table.rows] == [
        ["CoE", "EU", "12"],
        ["EU", "Ministry", "5"],
    ]
    assert picture.table.rows[0][2].href == "/network/?body=coe&with=eu"
    assert "CoE – EU: 12 shared actions" in svg(picture)


def test_the_network_never_depends_on_the_order_of_its_input() -> None:
    bodies, pairs = list(BODIES), list(PAIRS)
    first = a_network()
    for seed in range(5):
        Random(seed).shuffle(bodies)
        Random(seed).shuffle(pairs)
        assert network(bodies, pairs, network_words(PartnershipsWanted())).spec == first.spec
    assert [body.key for body in in_groups(BODIES, PAIRS)[-1]] == ["x"]
    assert [body.key for group in in_groups(BODIES, []) for body in group] == ["coe", "eu", "mup", "x"]


@pytest.mark.parametrize("narrow", [False, True])
def test_no_name_of_the_network_covers_another_or_is_cut(narrow: bool) -> None:
    bodies = [
        Body(f"b{number}", f"Body {number} of the Ministry of Interior of North Macedonia", number)
        for number in range(24)
    ]
    pairs = [Pair("b0", f"b{number}", number) for number in range(1, 24)]
    drawn = rows(network(bodies, pairs, network_words(PartnershipsWanted())), narrow)
    names = [row for row in drawn if "text" in row]
    heights = sorted(row["y"] for row in names)
    assert min(after - before for before, after in pairwise(heights)) >= 14
    assert not any("…" in row["text"] for row in names)
    arcs = [point for row in drawn if "second" in row for point in row["geometry"]["coordinates"]]
    assert min(x for x, _y in arcs) > max(row["x"] for row in names)
    assert max(x for x, _y in arcs) <= (360 if narrow else 840)


def test_those_that_share_much_stand_in_one_block() -> None:
    ends = [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z")]
    pairs = [*(Pair(*pair, 5) for pair in ends), Pair("c", "x", 1)]
    bodies = [Body(key, key, 5) for key in "xaybzc"]
    assert [[body.key for body in group] for group in in_groups(bodies, pairs)] == [list("abc"), list("xyz")]
    drawn = rows(network(bodies, pairs, network_words(PartnershipsWanted())))
    blocks = [(row["y"], row["y2"]) for row in drawn if row.get("fill") == "#f3f6f9"]
    dots = {row["body"]: row["y"] for row in drawn if "shape" in row}
    held = [{key for key, y in dots.items() if top < y < bottom} for top, bottom in blocks]
    assert held == [set("abc"), set("xyz")]
