"""Coverage as a matrix of partners and measures or objectives, and as a list of gaps; nobody is ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from iisg.knowledge.analysis.engine.rows import PARTNERS, NeedCoverage, NeedRow, State

FOUR_P = ("Anticipate", "Prevent", "Protect", "Respond")
PILLARS = ("WBCTi", "WBCSCi", "WBBSi")
PRIORITY = ("high", "medium", "low", "")

NO_MEASURE = ""
"""Key of the row of needs that stand under an objective without a measure."""


@dataclass(slots=True)
class Cell:
    """Needs of one partner under one line: references by state; apart those only regional actions answer."""

    refs: dict[State, list[str]] = field(default_factory=lambda: {state: [] for state in State})
    regional_only: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many needs."""
        return sum(len(refs) for refs in self.refs.values())

    def counts(self) -> dict[State, int]:
        """How many needs in each state."""
        return {state: len(refs) for state, refs in self.refs.items()}

    @property
    def worst(self) -> State | None:
        """The state that most asks for attention, a gap first; None where no need is stated."""
        order = (State.GAP, State.NOT_KNOWN, State.PARTLY, State.COVERED)
        return next((state for state in order if self.refs[state]), None)

    def add(self, answer: NeedCoverage) -> None:
        """Count one answer."""
        self.refs[answer.state].append(answer.need)
        if answer.regional_only:
            self.regional_only.append(answer.need)


@dataclass(slots=True)
class Line:
    """One row: where it stands in the framework, with a cell per partner and its own total of needs."""

    pillar: str
    four_p: str
    objective: str
    measure: str
    cells: dict[str, Cell] = field(default_factory=lambda: {code: Cell() for code in PARTNERS})
    needs: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Matrix:
    """Lines in the framework's order; `partners` totals each need once, however many lines it stands on.

    `unplaced` are needs that stand nowhere in the framework: they have no line, and are not forgotten either.
    """

    lines: list[Line]
    partners: dict[str, Cell]
    needs: int
    unplaced: tuple[str, ...] = ()


def matrix(
    needs: Iterable[NeedRow], answers: Iterable[NeedCoverage], *, by: str = "measure", pillar: str = ""
) -> Matrix:
    """Partner × measure, or partner × objective; `pillar` keeps to the lines of one pillar.

    Lines stand by pillar, then Anticipate, Prevent, Protect, Respond, then by objective and measure in the
    order in which the needs bring them. Raises ValueError for another `by`.
    """
    if by not in ("measure", "objective"):
        raise ValueError(f"A matrix is by measure or by objective, not by '{by}'.")
    by_need: dict[str, list[NeedCoverage]] = defaultdict(list)
    for answer in answers:
        by_need[answer.need].append(answer)
    lines: dict[tuple[str, str, str, str], Line] = {}
    totals = {code: Cell() for code in PARTNERS}
    counted = 0
    unplaced: list[str] = []
    for need in sorted(needs, key=lambda n: n.ref):
        places = {
            (p, four_p, objective, measure if by == "measure" else NO_MEASURE)
            for p, four_p, objective, measure in need.placements
            if not pillar or p == pillar
        }
        if not need.placements:
            unplaced.append(need.ref)
        if not places:
            continue
        counted += 1
        for place in sorted(places):
            line = lines.setdefault(place, Line(*place))
            line.needs.add(need.ref)
            for answer in by_need[need.ref]:
                line.cells[answer.partner].add(answer)
        for answer in by_need[need.ref]:
            totals[answer.partner].add(answer)
    return Matrix(sorted(lines.values(), key=_order), totals, counted, tuple(unplaced))


def _order(line: Line) -> tuple[int, int, str, bool, str]:
    return (
        PILLARS.index(line.pillar) if line.pillar in PILLARS else len(PILLARS),
        FOUR_P.index(line.four_p) if line.four_p in FOUR_P else len(FOUR_P),
        line.objective.zfill(12),
        line.measure == NO_MEASURE,
        line.measure,
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A need with the partners for which nothing running answers it, and those for which nobody can know."""

    need: NeedRow
    gaps: tuple[NeedCoverage, ...]
    not_known: tuple[NeedCoverage, ...]


def gaps(needs: Iterable[NeedRow], answers: Iterable[NeedCoverage]) -> list[Gap]:
    """Needs with a gap for at least one partner, by priority (high to not stated), pillar, reference.

    What is not known stands apart: it is no gap, and it is not silently left out either.
    """
    by_need: dict[str, list[NeedCoverage]] = defaultdict(list)
    for answer in answers:
        by_need[answer.need].append(answer)
    found = [
        Gap(
            need,
            tuple(a for a in by_need[need.ref] if a.state is State.GAP),
            tuple(a for a in by_need[need.ref] if a.state is State.NOT_KNOWN),
        )
        for need in needs
    ]
    return sorted((g for g in found if g.gaps), key=lambda g: _urgency(g.need))


def not_known(needs: Iterable[NeedRow], answers: Iterable[NeedCoverage]) -> list[Gap]:
    """Needs without a gap, but with a partner for which nobody can know; same order."""
    needs, answers = list(needs), list(answers)
    with_gap = {gap.need.ref for gap in gaps(needs, answers)}
    open_answers: dict[str, list[NeedCoverage]] = defaultdict(list)
    for answer in answers:
        if answer.state is State.NOT_KNOWN:
            open_answers[answer.need].append(answer)
    wanted = [n for n in needs if n.ref not in with_gap and open_answers[n.ref]]
    return sorted((Gap(n, (), tuple(open_answers[n.ref])) for n in wanted), key=lambda g: _urgency(g.need))


def _urgency(need: NeedRow) -> tuple[int, int, str]:
    pillar = min((PILLARS.index(p) for p in need.pillars if p in PILLARS), default=len(PILLARS))
    return (PRIORITY.index(need.priority) if need.priority in PRIORITY else len(PRIORITY), pillar, need.ref)
