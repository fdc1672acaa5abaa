"""Sectors and places of single transactions in real files: how many there are, and that they change no total.

Of the files at hand one has them: 266 of its 1,033 transactions a sector, 263 a place, all by one publisher.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from iisg.faces.console.register import enter_register
from iisg.foundations.access.actors import CONSOLE
from iisg.knowledge.actions import operations, rules
from iisg.knowledge.actions.iati import read_iati
from iisg.knowledge.actions.models import Flow
from iisg.knowledge.analysis import checking
from iisg.knowledge.analysis.engine.money.account import all_cells
from iisg.knowledge.analysis.engine.money.fates import fates_of
from iisg.knowledge.analysis.engine.money.rows import MoneyAction
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES, Fate
from iisg.knowledge.analysis.money_reading import read_exchange, read_money

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the data at hand (../shared/data) is absent"),
]
COVID = DATA / "ocha_covid_dportal_401_activities_2.03.xml"


def by_sector_and_place(actions: list[MoneyAction]) -> dict[str, Decimal]:
    """What counts, committed and spent together, by sector and by place."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    exchange = read_exchange({flow.currency for action in actions for flow in action.flows})
    for cell in all_cells(fates_of(actions, exchange)):
        if cell.fate == Fate.COUNTED and cell.portion.measure in COUNTED_MEASURES:
            found[f"sector {cell.sector}"] += cell.eur
            found[f"place {cell.place}"] += cell.eur
    return dict(found)


def test_the_single_transactions_that_say_it_repeat_their_activities_so_that_no_total_changes() -> None:
    enter_register(AT)
    imported = operations.receive_import(
        COVID.read_bytes(), COVID.name, None, by=CONSOLE, at=AT, examine_later=False, takes_elsewhere=True
    )
    imported = operations.examine_import(imported, by=CONSOLE, at=AT)
    own = {str(new["name"]): None for new in rules.undecided_names(imported)}
    imported = operations.decide_names(imported, own, by=CONSOLE, at=AT) if own else imported
    operations.apply_import(imported, by=CONSOLE, at=AT)
    flows = Flow.objects.filter(kind="transaction")
    assert (flows.exclude(sectors="").count(), flows.exclude(recipients="").count()) == (266, 263)
    assert list(checking.differences()) == []
    actions = read_money(CONSOLE).actions
    without = [replace(a, flows=tuple(replace(f, sectors={}, where=None) for f in a.flows)) for a in actions]
    now, before = by_sector_and_place(actions), by_sector_and_place(without)
    assert now == before  # each repeats the one sector and the one place of its activity
    assert sum(eur for key, eur in now.items() if key.startswith("sector")) > 900_000_000


def test_what_is_read_of_them_is_what_the_file_holds() -> None:
    flows = [flow for record in read_iati(COVID) for flow in record.flows if flow.kind == "transaction"]
    assert sum(bool(flow.sectors) for flow in flows) == 266
    assert all(len(flow.recipients) <= 2 for flow in flows)
