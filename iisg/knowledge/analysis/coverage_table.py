"""The matrix of coverage in words: partners across, lines of the framework down, needs in every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.templatetags.iisg_ui import STATES
from iisg.knowledge.analysis.engine.matrix import Cell, Line, Matrix, matrix
from iisg.knowledge.analysis.engine.rows import PARTNERS, State
from iisg.knowledge.analysis.links import address
from iisg.knowledge.analysis.summary import Summary
from iisg.knowledge.analysis.titles import Titles
from iisg.knowledge.needs.models import FourP

ATTENTION = (State.GAP, State.NOT_KNOWN, State.PARTLY, State.COVERED)
"""What most asks for attention comes first."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: the state that most asks for attention, the number where all needs share it, and words."""

    partner: str
    counts: dict[State, int]
    regional_only: int
    href: str = ""

    @property
    def number(self) -> int:
        """How many needs the partner states here."""
        return sum(self.counts.values())

    @property
    def state(self) -> State | None:
        """What most asks for attention, None where no need is stated."""
        return next((state for state in ATTENTION if self.counts[state]), None)

    @property
    def single(self) -> int | None:
        """The number, where one word tells the state of all; else None, for the words hold the numbers."""
        held = [count for count in self.counts.values() if count]
        return held[0] if len(held) == 1 else None

    @property
    def words(self) -> str:
        """The state, or counts in words where there are several; and what only regional actions answer."""
        held = [state for state in ATTENTION if self.counts[state]]
        if not held:
            return ""
        if self.single is not None:
            words = state_word(held[0], self.single)
        else:
            words = ", ".join(
                f"{number_format(self.counts[s])} {state_word(s, self.counts[s])}" for s in held
            )
        if not self.regional_only:
            return words
        if self.regional_only < self.counts[State.COVERED] + self.counts[State.PARTLY]:
            return _("%(words)s (%(number)s by regional action only)") % {
                "words": words,
                "number": number_format(self.regional_only),
            }
        if self.single is None:
            return _("%(words)s (regional action only)") % {"words": words}
        return _("%(words)s, regional action only") % {"words": words}


def state_word(state: State, number: int) -> str:
    """The state after a number of needs."""
    return ngettext("gap", "gaps", number) if state is State.GAP else str(STATES[state])


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the matrix; `under` is the objective of a measure, "" where the line is an objective."""

    pillar: str
    four_p: str
    title: str
    under: str
    code: str
    cells: tuple[ShownCell, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading: Anticipate, Prevent, Protect or Respond, with the pillar where it varies."""

    title: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Everything the page shows; `totals` hold each need once per partner, in the partners' order.

    `unplaced` needs stand nowhere in the framework, so in no line and no pillar; they are told, not counted.
    """

    by: str
    pillar: str
    partners: tuple[str, ...]
    lines: tuple[ShownLine, ...]
    totals: tuple[ShownCell, ...]
    needs: int
    compiled: int
    unplaced: int = 0

    @property
    def groups(self) -> list[Group]:
        """Lines under their headings."""
        found = groupby(self.lines, key=lambda line: (line.pillar, line.four_p))
        return [Group(self._heading(*key), tuple(lines)) for key, lines in found]

    def _heading(self, pillar: str, four_p: str) -> str:
        field = str(dict(FourP.choices).get(four_p, four_p))
        if self.pillar:
            return field
        return f"{dict(PillarCode.choices).get(pillar, pillar)}: {field}"

    @property
    def heads(self) -> list[tuple[str, str]]:
        """Code and name of each partner; the code of a name with a footnote has its asterisk too."""
        codes = (
            f"{code}*" if name.endswith("*") else code
            for code, name in zip(PARTNERS, self.partners, strict=True)
        )
        return list(zip(codes, self.partners, strict=True))

    @property
    def counts(self) -> dict[str, int]:
        """How many needs of single partners stand in each state."""
        return {str(state): sum(total.counts[state] for total in self.totals) for state in State}

    @property
    def answers(self) -> int:
        """Needs, each counted once for every partner that states it."""
        return sum(total.number for total in self.totals)

    @property
    def answered(self) -> int:
        """How many of them something running answers, fully or in part."""
        return self.counts[State.COVERED] + self.counts[State.PARTLY]

    @property
    def regional_only(self) -> int:
        """How many of these only regional actions answer."""
        return sum(total.regional_only for total in self.totals)


def coverage_table(
    found: Summary, titles: Titles, *, by: str, pillar: str = "", on: str = ""
) -> CoverageTable:
    """The matrix of a summary; `on` is carried into the links where the reader chose a day."""
    counted = matrix(found.needs, found.answers, by=by, pillar=pillar)
    shown = {ref for line in counted.lines for ref in line.needs}
    return CoverageTable(
        by=by,
        pillar=pillar,
        partners=tuple(titles.partners.values()),
        lines=tuple(_line(line, titles, on) for line in counted.lines),
        totals=tuple(_totals(counted, titles, pillar, on)),
        needs=counted.needs,
        unplaced=0 if pillar else len(counted.unplaced),
        compiled=sum(found.stages[ref] == "compiled" for ref in shown),
    )


def _line(line: Line, titles: Titles, on: str) -> ShownLine:
    objective = titles.objectives.get(line.objective)
    under = objective.title if objective else line.objective
    measure = titles.placed.get((line.objective, line.measure))
    title = measure.title if measure else under
    if line.measure:
        asked = {"measure": line.measure}
    else:
        asked = {"objective": line.objective}
    return ShownLine(
        pillar=line.pillar,
        four_p=line.four_p,
        title=title,
        under=under if measure else "",
        code=line.measure,
        cells=tuple(
            _cell(titles.partners[code], line.cells[code], address("needs", partner=code, on=on, **asked))
            for code in PARTNERS
        ),
        needs=len(line.needs),
    )


def _totals(counted: Matrix, titles: Titles, pillar: str, on: str) -> Iterator[ShownCell]:
    for code in PARTNERS:
        href = address("needs", partner=code, pillar=pillar, on=on)
        yield _cell(titles.partners[code], counted.partners[code], href)


def _cell(partner: str, cell: Cell, href: str) -> ShownCell:
    return ShownCell(partner, cell.counts(), len(cell.regional_only), href if cell.count else "")
