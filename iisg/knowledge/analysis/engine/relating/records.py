"""What the relation engine reads and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Reason = tuple[str, tuple[str, ...]]
"""A code with its values, as in `engine/suggest.py`."""

SAME_AS = "same_as"
FUNDED_BY = "funded_by"
PART_OF = "part_of"
NEXT_PHASE_OF = "next_phase_of"
CO_FUNDED_WITH = "co_funded_with"
OVERLAPS = "overlaps"
COMPLEMENTS = "complements"

RELATIONS = (SAME_AS, FUNDED_BY, PART_OF, NEXT_PHASE_OF, CO_FUNDED_WITH, OVERLAPS, COMPLEMENTS)
"""The seven relations of rules.md 5."""

DIRECTED = frozenset({FUNDED_BY, PART_OF, NEXT_PHASE_OF})
"""Relations that lead from the implementer's record, the child, the later; the others have no direction."""


@dataclass(frozen=True, slots=True)
class Report:
    """One record of an action, as somebody reported it; what is unknown stays None, "" or empty.

    `funders`, `implementers` and `reporter` are names as printed (several in one string are divided at
    semicolons and slashes) or keys of organisations: both are compared by `bodies.bodies_of`, by which the
    well-known bodies of the field meet in one key whatever the language, and all others by their folded name.
    A body with aliases may be given by any of them or by all. `partners` are partner codes; `named` says
    whether they are named (True) or only covered as part of the region (False).
    `start` is the first and `end` the last possible day; where a source prints but a month or a year, `start_by` is
    the last possible day of the start and `end_from` the first possible day of the end. `kind` is the form of the
    record ("programme", "sub-grant" …), `assistance` the kinds of assistance. `identifiers` are those that the
    record carries besides `ref`; `parents` and `funder_actions` are identifiers or refs that its source prints as
    its whole and as the action that pays it.
    """

    ref: str
    title: str
    summary: str = ""
    original_title: str = ""
    funders: frozenset[str] = frozenset()
    implementers: frozenset[str] = frozenset()
    reporter: str = ""
    partners: frozenset[str] = frozenset()
    named: bool | None = None
    pillars: frozenset[str] = frozenset()
    assistance: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    amount: Decimal | None = None
    currency: str = ""
    start: date | None = None
    end: date | None = None
    start_by: date | None = None
    end_from: date | None = None
    kind: str = ""
    stage: str = ""
    identifiers: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    funder_actions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that a person may confirm: score from 0 to 1, the weightiest reasons first.

    `from_ref` is the child, the later or the implementer's record; where a relation has no direction it is the
    lower reference.
    """

    from_ref: str
    to_ref: str
    relation: str
    score: float
    reasons: tuple[Reason, ...]
