"""Random orders of deeds on the Board, and faults put in on purpose, each of which must be caught (security.md T2).

IISG_STATEFUL gives the number of examples (30 by default). A fault is caught by the story kept for it beside this file;
IISG_WRITE_STORIES=1 searches for new ones.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings as settings_of_django
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from iisg.governance.board.tests.faults import FAULTS
from iisg.governance.board.tests.machine import Board
from tests.stories import WRITING, Machine, keep_story, stories, tell

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


STORIES = Path(__file__).with_name("stories.json")
once = pytest.mark.skipif(
    settings_of_django.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="faults are put in once, on SQLite; what must hold is tried on both",
)


@once
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_on_purpose_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for place, instead in FAULTS[fault]:
        monkeypatch.setattr(place, instead)
    if WRITING:
        keep_story(Board, lambda machine: run(600, machine), STORIES, fault)
    with pytest.raises(Exception, match=r"."):  # an assertion, a constraint or a refused move, all catch it
        tell(Board, stories(STORIES)[fault])


@pytest.mark.parametrize("fault", stories(STORIES))
def test_the_honest_house_bears_the_story_of_every_fault(fault: str) -> None:
    tell(Board, stories(STORIES)[fault])
