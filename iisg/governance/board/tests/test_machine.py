"""Random orders of deeds on the Board, and faults put in on purpose, each of which must be caught (security.md T2).

IISG_STATEFUL gives the number of examples (30 by default). A fault is caught by the story kept for it beside this file;
IISG_WRITE_STORIES=1 searches for new ones.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from iisg.governance.board.tests.machine import Board
from tests.stories import Machine

EXAMPLES = int(os.environ.get("IISG_STATEFUL", "30"))
STEPS = 50
pytestmark = pytest.mark.django_db


def run(examples: int, machine: Machine = Board) -> None:
    """Run the machine."""
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate,),
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(machine, settings=chosen)


def test_no_order_of_deeds_breaks_a_law() -> None:
    run(EXAMPLES)
