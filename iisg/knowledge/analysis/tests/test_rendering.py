"""From a specification to a page: no script, no style, records' words escaped, the colours of the style sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from lxml import etree

from iisg.knowledge.analysis.map_page import region_words
from iisg.knowledge.analysis.picture_words import donor_words, sankey_words
from iisg.knowledge.analysis.pictures.donors import Donor, concentration
from iisg.knowledge.analysis.pictures.region import Outline, RegionMap, Stated, region
from iisg.knowledge.analysis.pictures.sankey import Link, sankey
from iisg.knowledge.analysis.pictures.theme import COLOURS, PATTERNS, fill
from iisg.knowledge.analysis.rendering import live_answer, narrow_svg, svg, vega

HOSTILE = '<script>alert("x")</script>\x0b&amp; url(javascript:x) \' onload="x"'


def test_the_colours_are_those_of_the_style_sheet() -> None:
    sheet = (settings.ROOT / "iisg" / "static" / "scss" / "_tokens.scss").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--iisg-([a-z-]+): (#[0-9a-f]{6});", sheet))
    assert dict(COLOURS).items() <= tokens.items()


def test_words_of_records_stay_words() -> None:
    picture = sankey([Link(HOSTILE, "B", Decimal(5))], sankey_words(says=HOSTILE))
    root = etree.fromstring(svg(picture).encode())
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags <= {
        "svg",
        "g",
        "rect",
        "path",
        "text",
        "line",
        "desc",
        "title",
        "defs",
        "pattern",
        "circle",
        "clipPath",
    }
    names = {str(name) for element in root.iter() for name in element.attrib}
    assert not names & {"style", "onload", "onclick"}
    assert not any(name.endswith("href") for name in names)
    assert any("alert(" in (element.text or "") for element in root.iter(f"{{{root.nsmap[None]}}}text"))


def test_links_lead_into_this_house() -> None:
    drawn = svg(concentration([Donor("EU", Decimal(1), href="/organisations/eu/?a=1&b=2")], donor_words()))
    root = etree.fromstring(drawn.encode())
    links = [element.get("href") for element in root.iter("{http://www.w3.org/2000/svg}a")]
    assert set(links) == {"/organisations/eu/?a=1&b=2"}
    assert root.get("role") == "group"
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", drawn)


def test_a_picture_brings_its_patterns_and_its_description() -> None:
    picture = sankey([Link("A", "B", None, sums_not_known=1)], sankey_words())
    drawn = svg(picture)
    assert '<pattern id="flows-not-known"' in re.sub(r'xmlns="[^"]+" ', "", drawn)
    assert "flows-striped" not in drawn
    assert f'<desc id="flows-says">{picture.says}</desc>' in drawn
    assert "url(#flows-not-known)" in str(vega(picture))


def test_an_unknown_pattern_is_refused() -> None:
    with pytest.raises(KeyError, match="no pattern is called tartan"):
        fill("tartan")
    assert {"covered", "partly", "gap", "not-known"} <= set(PATTERNS)


def test_the_tag_shows_question_legend_and_table() -> None:
    picture = sankey([Link("A", "B", None, sums_not_known=1)], sankey_words())
    request = RequestFactory().get("/x/", {"pillar": "WBBSi"})
    page = Template("{% load pictures %}{% picture shown %}").render(
        Context({"shown": picture, "request": request})
    )
    assert picture.question in page
    assert 'data-iisg-live="?pillar=WBBSi&amp;live=flows"' in page
    assert '<span class="iisg-unknown">not known</span>' in page
    assert "style=" not in page
    assert page.count("iisg-picture__sign") == 2


def test_a_live_picture_is_asked_for_by_its_name() -> None:
    picture = sankey([Link("A", "B", Decimal(1))], sankey_words())
    still = concentration([Donor("A", Decimal(1))], donor_words())
    ask = RequestFactory().get
    answer = live_answer(ask("/x/", {"live": "flows"}), still, picture)
    assert answer is not None
    assert b'"marks"' in answer.content
    assert live_answer(ask("/x/"), picture) is None
    assert live_answer(ask("/x/", {"live": "donors"}), still, picture) is None


def test_words_with_a_white_edge_are_heard_once() -> None:
    partner = Stated("AL", "Albania", {"gap": 1}, "/needs/?partner=AL")
    shapes = [Outline("AL", "M0,0L90,0L90,90Z", (50, 50))]
    drawn = svg(region([RegionMap("All", (partner,))], shapes, (100, 100), region_words(date(2026, 11, 23))))
    root = etree.fromstring(drawn.encode())
    told = [text for text in root.iter("{http://www.w3.org/2000/svg}text") if text.text == "Albania"]
    assert [text.get("aria-hidden") for text in told] == ["true", None]


def test_the_narrow_drawing_is_of_the_same_rows_and_has_names_of_its_own() -> None:
    picture = sankey([Link("A", "B", Decimal(7)), Link("B", "C", Decimal(7), 1)], sankey_words())
    wide, narrow = svg(picture), narrow_svg(picture)
    assert "A → B: EUR 7" in wide
    assert "A → B: EUR 7" in narrow
    assert 'id="flows-narrow-says"' in narrow
    assert "url(#flows-plain)" not in narrow
    assert narrow_svg(replace(picture, narrow=None)) == ""
