"""The plain rows that the engine counts with; no Django, no database (design.md 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

PARTNERS = ("AL", "BA", "XK", "ME", "MK", "RS")
"""The six partners, alphabetical by English name (Kosovo* between BA and ME); never ranked."""


class Running(StrEnum):
    """Whether an action runs at a date; unknown is a state of its own."""

    RUNNING = "running"
    PLANNED = "planned"
    FINISHED = "finished"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Coverage of a need for one partner at a date (rules.md 5)."""

    COVERED = "covered"
    PARTLY = "partly"
    GAP = "gap"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One sum of money; `amount` None is unknown and is counted as unknown, never as zero."""

    amount: Decimal | None
    currency: str = ""
    state: str = "committed"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as far as counting needs it.

    `start` is the first and `end` the last possible day (inclusive), None where unknown; `start_by` is the last
    possible day of a start printed as a month or a year, `told_on` the day of which `stage` speaks (None: any day).
    `named` are partner codes named specifically, `regional` those covered only as part of the region. `stage`:
    pipeline, implementation, completed, suspended, cancelled or "". `funders` are keys of funding organisations.
    `parents` are refs of the actions this one is part of (confirmed relations only). `reports` are the rows it was
    made of where several reports tell of one action and nobody has chosen whose days count (`one_action`).
    """

    ref: str
    title: str = ""
    summary: str = ""
    start: date | None = None
    end: date | None = None
    stage: str = ""
    named: frozenset[str] = frozenset()
    regional: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    assistance: frozenset[str] = frozenset()
    funders: frozenset[str] = frozenset()
    implementers: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    phase_of: frozenset[str] = frozenset()
    flows: tuple[FlowRow, ...] = ()
    start_by: date | None = None
    told_on: date | None = None
    reports: tuple[ActionRow, ...] = ()

    @property
    def partners(self) -> frozenset[str]:
        """Every partner the action reaches, named or as part of the region; empty where unknown."""
        return self.named | self.regional


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as counting needs it; `placements` are (pillar, four_p, objective key, measure key or "")."""

    ref: str
    title: str = ""
    objective: str = ""
    partners: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    placements: tuple[tuple[str, str, str, str], ...] = ()
    kinds: frozenset[str] = frozenset()
    perspective: str = ""
    priority: str = ""
    quantity: Decimal | None = None
    unit: str = ""

    @property
    def measures(self) -> frozenset[str]:
        """The measures the need stands under."""
        return frozenset(measure for *_, measure in self.placements if measure)


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A person's judgement of an action for a need: `degree` full, partial or none; `quantity` as judged."""

    need: str
    action: str
    degree: str
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A member who was asked in this round and has not answered.

    `pillar` is the pillar it was asked about; `partner` is a partner code where the member is one of the six
    (its silence leaves only its own needs not known), else "" (its silence concerns every partner).
    """

    organisation: str
    pillar: str
    partner: str = ""


@dataclass(frozen=True, slots=True)
class NeedCoverage:
    """The answer for one need and one partner, with everything that led to it.

    `state` counts every action that reaches the partner, `state_named` only those that name it. `running`,
    `unknown_time`, `not_counted` are refs of judged actions by what the date made of them; `outstanding` are
    the members whose silence leaves it open; `sentence_parts` are (code, values) for the page to word.
    """

    need: str
    partner: str
    state: State
    state_named: State
    running: tuple[str, ...] = ()
    unknown_time: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    outstanding: tuple[str, ...] = ()
    quantity_met: Decimal | None = None
    sentence_parts: tuple[tuple[str, tuple[str, ...]], ...] = field(default_factory=tuple)

    @property
    def regional_only(self) -> bool:
        """Something answers the need, but only actions that cover the region, none that names the partner."""
        answered = (State.COVERED, State.PARTLY)
        return self.state in answered and self.state_named not in answered
