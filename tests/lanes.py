"""Runs what proves a change, lane by lane, and ends with a plain line for each (`make check test bench`)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.chromium import CURE, ensure_chromium
from tests.postgres import NoPostgres, postgres

HOUSE = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COVERAGE_AT_LEAST = 90
COUNTED = ("--cov", "--cov-report=")
FIGURES = tuple(
    f"tests/peers/test_{name}.py"
    for name in (
        "money", "own_of_sums", "relations", "round_trip", "suggestions", "twins", "validator_cases", "whole_chain",
    )
)  # fmt: skip
"""What is measured with other people's data."""
_COUNTS = re.compile(r"^=* ?(.*\b(?:passed|failed|errors?|skipped|deselected|no tests ran)\b.*?) ?=*$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a lane ended: whether it holds, and in a few words with what."""

    lane: str
    holds: bool
    words: str


def run(lane: str, command: Sequence[str | Path], beside: bool = False, **extra: str) -> tuple[int, str]:
    """Run a program and show its output as it comes; its exit code and the last line that says something.

    What runs `beside` another lane shows its output when it has ended, so that the two do not mix.
    """
    shown: list[str] = []
    show = shown.append if beside else lambda text: print(text, end="", flush=True)
    show(f"\n── {lane}\n")
    surroundings = os.environ | {"IISG_MODE": "test"} | extra
    last = ""
    with subprocess.Popen(
        command, cwd=HOUSE, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        for line in program.stdout or ():
            show(line)
            last = last if not line.strip() or line.startswith("[*]") else line.strip()
    print(end="".join(shown), flush=True)
    return program.returncode, last


def tool(lane: str, *command: str) -> Outcome:
    """A lane that is one program out of the virtual environment."""
    began = time.monotonic()
    code, last = run(lane, [BIN / command[0], *command[1:]])
    return Outcome(lane, code == 0, f"{last[:90]} ({time.monotonic() - began:.0f} s)")


def run_tests(lane: str, *words: str, beside: bool = False, **extra: str) -> Outcome:
    """A lane of pytest; its closing line with the counts is the outcome, an empty selection does not hold."""
    code, last = run(lane, [BIN / "python", "-m", "pytest", "-q", "--durations=20", *words], beside, **extra)
    counts = _COUNTS.match(last)
    return Outcome(lane, code == 0, counts[1] if counts else f"pytest ended with {code}: {last}")


def style() -> list[Outcome]:
    """Style, layout, types, order of imports."""
    return [
        tool("style", "ruff", "check", "."),
        tool("layout", "ruff", "format", "--check", "."),
        tool("types", "mypy"),
        tool("order of imports", "lint-imports", "--no-logo"),
    ]


def check() -> list[Outcome]:
    """The quick lanes: style and the laws of the house."""
    return [*style(), run_tests("laws of the house", "tests/law")]


def chromium() -> Outcome:
    """Whether the browser tests can run at all."""
    print("\n── Chromium", flush=True)
    program = ensure_chromium()
    print(program or CURE, flush=True)
    return Outcome("Chromium", program is not None, str(program or CURE))


def on_postgres() -> Outcome:
    """Every test that asks the database, on PostgreSQL; a skip where there is none and none is required.

    Of the figures made with other people's data only the files themselves go in once more: what is measured on them
    does not depend on the database.
    """
    lane = "tests on PostgreSQL"
    try:
        with postgres() as server:
            which = ("iisg", "tests", *(f"--ignore={figure}" for figure in FIGURES))
            outcome = run_tests(
                f"tests on {server.described}",
                *which,
                "-m",
                "database and not browser",
                "--create-db",
                beside=True,
                IISG_DATABASE=server.address,
            )
    except NoPostgres as reason:
        required = os.environ.get("IISG_REQUIRE_POSTGRES") == "1"
        skipped = (
            f"{'MISSING' if required else 'SKIPPED'}: {reason} Cure: set IISG_TEST_POSTGRES=postgresql://…"
        )
        print(f"\n── {lane}\n{skipped}", flush=True)
        return Outcome(lane, not required, skipped)
    return outcome


def in_chromium() -> Outcome:
    """The tests that drive a browser."""
    return run_tests(
        "tests in Chromium", "tests/browser", *COUNTED, IISG_DATABASE="", COVERAGE_FILE=".coverage.chromium"
    )


def on_sqlite() -> Outcome:
    """Every other test, on SQLite."""
    rest = ("--ignore=tests/peers", "--ignore=tests/browser")
    return run_tests("tests on SQLite", *rest, *COUNTED, IISG_DATABASE="", COVERAGE_FILE=".coverage.sqlite")


def on_the_other_core() -> list[Outcome]:
    """What stands beside the tests on SQLite, one lane after the other."""
    peers = run_tests("real files and other people's data", "tests/peers", beside=True, IISG_DATABASE="")
    return [peers, on_postgres()]


def everything() -> list[Outcome]:
    """All lanes: style, types, order, Chromium, SQLite with the browser, PostgreSQL, coverage of branches.

    Beside the tests on SQLite, on the machine's other core, run those against real files and those on PostgreSQL.
    """
    for left in HOUSE.glob(".coverage*"):
        left.unlink()
    outcomes = [*style(), chromium()]
    with ThreadPoolExecutor() as other_core:
        waiting = other_core.submit(on_the_other_core)
        outcomes += [on_sqlite(), in_chromium(), *waiting.result()]
    outcomes.append(tool("both coverages", "coverage", "combine"))
    outcomes.append(tool("coverage of branches", "coverage", "report", f"--fail-under={COVERAGE_AT_LEAST}"))
    return outcomes


def bench() -> list[Outcome]:
    """The figures: against real files and other people's data, then pages and imports at growing sizes."""
    return [
        run_tests("figures", "-s", "-rA", "--durations=10", "tests/peers"),
        tool("pages and imports", "python", "-m", "tests.bench"),
    ]


LANES: dict[str, Callable[[], list[Outcome]]] = {"check": check, "test": everything, "bench": bench}


def main(chosen: str) -> int:
    """Run the chosen lanes, then say how each ended; 0 only if all hold."""
    began = time.monotonic()
    outcomes = LANES[chosen]()
    width = max(len(outcome.lane) for outcome in outcomes)
    print(f"\n{'─' * min(shutil.get_terminal_size().columns, 100)}")
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.holds else 'FAILED'}  {outcome.lane:<{width}}  {outcome.words}")
    failed = [outcome.lane for outcome in outcomes if not outcome.holds]
    verdict = f"FAILED: {', '.join(failed)}" if failed else "everything holds"
    print(f"make {chosen}: {verdict}, {time.monotonic() - began:.0f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LANES:
        sys.exit(f"Say one of: {', '.join(LANES)}")
    sys.exit(main(sys.argv[1]))
