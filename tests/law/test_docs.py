"""The docs hold as far as a machine can tell: fresh pages, links that lead somewhere, short decisions."""

from __future__ import annotations

from pathlib import Path

from config import handbook
from tests.law.house import HOUSE, told

WORDS_OF_AN_ADR = 300


def test_generated_pages_are_fresh() -> None:
    stale = [
        path.name
        for path, text in handbook.written().items()
        if not path.exists() or path.read_text() != text
    ]
    assert not stale, told(stale, "make docs")


def test_links_lead_somewhere() -> None:
    broken = [line for page in handbook.pages() for line in handbook.dead_ends(page)]
    assert not broken, told(broken, "mend the link")


def test_decisions_are_short() -> None:
    lengths = {path.name: len(path.read_text().split()) for path in (HOUSE / "docs" / "adr").glob("*.md")}
    long = [f"{name}: {words} words" for name, words in lengths.items() if words > WORDS_OF_AN_ADR]
    assert not long, told(long, f"at most {WORDS_OF_AN_ADR} words: context, decision, consequences")


def test_every_app_stands_on_the_map() -> None:
    on_the_map = (HOUSE / "docs" / "map.md").read_text(encoding="utf-8")
    apps = [path.parent.name for path in (HOUSE / "iisg").glob("*/*/apps.py")]
    missing = [name for name in sorted(apps) if f"`{name}`" not in on_the_map]
    assert not missing, told(missing, "add the app to the table of docs/map.md")


def test_the_law_sees_a_dead_end() -> None:
    page = HOUSE / "docs" / "map.md"
    assert handbook.dead_ends(page) == []
    assert handbook._LINK.findall("[a](b.md) ![c](d.png) [e](https://example.org)") == [
        "b.md",
        "d.png",
        "https://example.org",
    ]
    assert not Path(HOUSE / "docs" / "nowhere.md").exists()
