"""The figures of `make bench`: pages at growing sizes on both databases, the group-by and the import beside baselines.

`IISG_BENCH_SIZES` (1000,10000,100000), `IISG_BENCH_TIMES` (15 requests) and `IISG_BENCH_DATABASES` (sqlite,postgresql)
make a run smaller. With `--write` the table goes into docs/bench.md too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config.handbook import table
from tests.postgres import NoPostgres, postgres

HOUSE = Path(__file__).resolve().parents[2]
PAGE = HOUSE / "docs" / "bench.md"
LISTS = (
    "gaps",
    "not known",
    "overlaps",
    "needs",
    "actions",
    "search",
    "organisations",
    "imports",
    "desk",
    "relations",
    "public projects",
)
LIMITS = {"matrix": 300, **dict.fromkeys(LISTS, 150)}
"""Milliseconds that the issue allows at 100,000 actions on SQLite, warm, by the first words of the page."""
Line = dict[str, Any]


def asked(name: str, usual: str) -> list[str]:
    """A list out of the environment."""
    return [part.strip() for part in os.environ.get(name, usual).split(",") if part.strip()]


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Each database by its name with an address; a PostgreSQL that cannot be had is told and left out."""
    wanted, found = asked("IISG_BENCH_DATABASES", "sqlite,postgresql"), {}
    if "sqlite" in wanted:
        found["SQLite"] = ""
    if "postgresql" not in wanted:
        yield found
        return
    try:
        with postgres() as server:
            yield found | {server.described: server.address}
    except NoPostgres as reason:
        print(f"PostgreSQL is left out: {reason}", flush=True)
        yield found


@contextmanager
def own_database(address: str) -> Iterator[None]:
    """An empty database of that name on the server, gone afterwards; nothing to do for SQLite."""
    if not address:
        yield
        return
    parts = urlsplit(address)
    name = sql.Identifier(parts.path.lstrip("/"))
    house = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(house, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    try:
        yield
    finally:
        with psycopg.connect(house, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))


def run(module: str, address: str, *words: str) -> list[Line]:
    """A measuring program in a process and a folder of its own; what it said in JSON lines."""
    with tempfile.TemporaryDirectory(prefix="iisg-bench-") as folder, own_database(address):
        surroundings = os.environ | {"IISG_MODE": "demo", "IISG_VAR": folder, "IISG_DATABASE": address}
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(
            command, cwd=HOUSE, env=surroundings, stdout=subprocess.PIPE, text=True, check=True
        )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def pages_table(found: Iterable[Line]) -> str:
    """One line for each page, database and size."""
    rows = [
        [
            one["page"],
            one["database"],
            f"{one['size']:,}",
            f"{one['median']:.0f}",
            f"{one['p95']:.0f}",
            f"{one['busy']:.0f}",
            str(one["queries"]),
        ]
        for one in found
    ]
    return table(["page", "database", "actions", "median ms", "p95 ms", "processor ms", "queries"], rows)


def grouping_table(found: Iterable[Line]) -> str:
    """The matrix counted in three ways."""
    rows = [
        [
            one["database"],
            f"{one['size']:,}",
            f"{one['answers']:,}",
            f"{one['summary']:.1f}",
            f"{one['pandas']:.1f}",
            f"{one['engine']:.0f}",
            f"{one['summary'] / one['pandas']:.1f}",
            "equal" if one["equal"] else "DIFFERENT",
        ]
        for one in found
    ]
    head = [
        "database",
        "actions",
        "answers",
        "summary ms",
        "pandas ms",
        "engine ms",
        "summary : pandas",
        "numbers",
    ]
    return table(head, rows)


def import_table(found: Iterable[Line]) -> str:
    """Activities a second of the whole way of a file, beside a parser that looks at nothing."""
    rows = [
        [
            one["database"],
            f"{one['size']:,}",
            f"{one['activities']:,}",
            f"{one['bare']:,.0f}",
            f"{one['examined']:,.0f}",
            f"{one['examined_busy']:,.0f}",
            f"{one['written']:,.0f}",
            f"{one['written_busy']:,.0f}",
            f"{one['bare'] / one['examined']:.0f}",
        ]
        for one in found
    ]
    head = [
        "database",
        "actions before",
        "activities",
        "bare lxml /s",
        "checked and previewed /s",
        "by processor time",
        "written /s",
        "by processor time",
        "bare : checked",
    ]
    return table(head, rows)


def too_slow(found: Iterable[Line]) -> list[str]:
    """Pages beyond what the issue allows, at 100,000 actions on SQLite."""
    return [
        f"{one['page']}: {one['median']:.0f} ms, allowed are {limit}"
        for one in found
        if one["database"] == "SQLite" and one["size"] == 100_000
        for words, limit in LIMITS.items()
        if one["page"].startswith(words) and one["median"] > limit
    ]


def main(write: bool) -> int:
    """Measure everything, print it, and write the page where asked; 1 if the numbers of coverage differ."""
    pages: list[Line] = []
    grouped: list[Line] = []
    imported: list[Line] = []
    began, times = time.monotonic(), asked("IISG_BENCH_TIMES", "15")[0]
    with databases() as found:
        for name, address in found.items():
            for size in asked("IISG_BENCH_SIZES", "1000,10000,100000"):
                print(f"{name}, {int(size):,} actions", flush=True)
                lines = [line | {"database": name} for line in run("tests.bench.pages", address, size, times)]
                pages += [line for line in lines if "page" in line]
                grouped += [line for line in lines if "pandas" in line]
                imported += [line for line in lines if "bare" in line]
    words = "\n".join(
        [
            "## Pages\n",
            pages_table(pages),
            "## Coverage of a day, counted in three ways\n",
            grouping_table(grouped),
            "## A file taken in\n",
            import_table(imported),
        ]
    )
    print(f"\n{words}\n" + "\n".join(["Beyond the limits:", *(too_slow(pages) or ["nothing"])]))
    if write:
        opening = OPENING.format(
            day=f"{datetime.now(UTC):%d %B %Y}",
            processors=os.cpu_count(),
            load=f"{os.getloadavg()[1]:.0f}",
            times=times,
        )
        PAGE.write_text(f"{opening}\n{words}", encoding="utf-8")
    print(f"{time.monotonic() - began:.0f} s for all of it")
    return 0 if all(line["equal"] for line in grouped) else 1


OPENING = """# Figures

Written by `python -m tests.bench --write` on {day}: {processors} processors, load at the end {load}.
Where the load is above the number of processors other work shared the machine: then the clock counts waiting
too, and the column of processor time says what the page itself costs. The register is grown from the
demonstration's records with a fixed seed. A page is asked in one process through all of the middleware as the
Secretariat sees it, {times} times after three that are not counted.
How to measure: [how-to/measure.md](how-to/measure.md).
"""
"""What the figures are, so that nobody takes them for more."""


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
