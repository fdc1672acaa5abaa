"""Each statement of the methodology is kept by a page, an operation and a test that exist (docs/methodology.md)."""

from __future__ import annotations

import re
from importlib import import_module

from django.urls import URLResolver, get_resolver

from tests.law.house import HOUSE, functions, told, tree

PAGE = HOUSE / "docs" / "methodology.md"
ROW = re.compile(r"^\| (S\d+) \|(.+)\|$", re.MULTILINE)
NAME = re.compile(r"`([^`]+)`")
STATEMENTS = {f"S{number}" for number in (1, 2, *range(10, 16), 17, 19)}


def rows(text: str) -> dict[str, list[str]]:
    """Statement -> its cells: what it says, pages, operations, tests."""
    return {found[1]: [cell.strip() for cell in found[2].split("|")] for found in ROW.finditer(text)}


def names_of_addresses() -> set[str]:
    """Every name that an address of the house has."""
    found: set[str] = set()
    waiting = [get_resolver()]
    while waiting:
        for pattern in waiting.pop().url_patterns:
            if isinstance(pattern, URLResolver):
                waiting.append(pattern)
            elif pattern.name:
                found.add(pattern.name)
    return found


def exists(dotted: str) -> bool:
    """Whether a dotted name leads to something: `iisg.….operations.invite`."""
    module, _dot, name = dotted.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False


def is_test(place: str) -> bool:
    """Whether `path::name` is a test of the house."""
    path, _colons, name = place.partition("::")
    file = HOUSE / path
    return file.is_file() and any(function.name == name for function in functions(tree(file)))


def breaches_in(text: str) -> list[str]:
    """Every name in the table that leads nowhere, every statement that has none."""
    known = names_of_addresses()
    table = rows(text)
    found = [f"{statement} is not in the table" for statement in sorted(STATEMENTS - set(table))]
    for statement, (_says, pages, operations, tests) in table.items():
        for kind, cell, holds in (
            ("page", pages, known.__contains__),
            ("operation", operations, exists),
            ("test", tests, is_test),
        ):
            named = NAME.findall(cell)
            found += [f"{statement}: there is no {kind} {name}" for name in named if not holds(name)]
            if not named:
                found.append(f"{statement} names no {kind}")
    return found


def test_every_statement_leads_to_what_exists() -> None:
    breaches = breaches_in(PAGE.read_text())
    assert not breaches, told(breaches, "put the new name into docs/methodology.md, or build what is missing")


def test_the_law_sees_a_name_that_leads_nowhere() -> None:
    line = "| S1 | says | `no_such_page` | `iisg.foundations.orgs.operations.no_such_verb` | `tests/x.py::test_y` |"
    found = "\n".join(breaches_in(line))
    for said in (
        "no page no_such_page",
        "no operation iisg",
        "no test tests/x.py::test_y",
        "S2 is not in the table",
    ):
        assert said in found
