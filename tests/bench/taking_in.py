"""A file of real activities taken in with all checks, beside a bare lxml parser of the same file."""

from __future__ import annotations

import io
import timeit
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from tests.bench import importing

ACTIVITIES = 2_000
AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Activities a second: parsed by a bare loop, checked and previewed, written.

    `busy` is by this process's processor time: checking waits for a reader in a process of its own.
    """

    size: int
    activities: int
    bare: float
    examined: float
    examined_busy: float
    written: float
    written_busy: float


def a_file(number: int) -> bytes:
    """An IATI file with that many activities for the six partners, each with parties, places, dates and money."""
    root = etree.Element("iati-activities", version="2.03")
    for n in range(number):
        activity = etree.SubElement(root, "iati-activity", attrib={"default-currency": "EUR"})
        _text(activity, "iati-identifier", f"XM-DAC-99999-{n}")
        body = etree.SubElement(activity, "reporting-org", ref="XM-DAC-99999", type="40")
        _text(body, "narrative", "A reporting organisation")
        _text(etree.SubElement(activity, "title"), "narrative", f"Support to border control, lot {n}")
        _text(
            etree.SubElement(activity, "description"),
            "narrative",
            "Equipment and training for border police.",
        )
        funder = etree.SubElement(activity, "participating-org", role="1", type="10")
        _text(funder, "narrative", f"Donor {n % 40}")
        agent = etree.SubElement(activity, "participating-org", role="4", type="22")
        _text(agent, "narrative", f"Implementer {n % 90}")
        etree.SubElement(activity, "activity-status", code="2")
        for kind, day in (("1", f"202{n % 5}-03-01"), ("3", f"202{5 + n % 4}-12-31")):
            etree.SubElement(activity, "activity-date", attrib={"type": kind, "iso-date": day})
        for code in ("AL", "BA", "ME", "MK", "RS")[: 1 + n % 5]:
            etree.SubElement(activity, "recipient-country", code=code, percentage=str(100 / (1 + n % 5)))
        etree.SubElement(activity, "sector", code="15130", vocabulary="1")
        budget = etree.SubElement(activity, "budget")
        etree.SubElement(budget, "period-start", attrib={"iso-date": "2024-01-01"})
        etree.SubElement(budget, "period-end", attrib={"iso-date": "2024-12-31"})
        _text(budget, "value", str(1_000 + n)).set("value-date", "2024-01-01")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _text(parent: Any, name: str, text: str) -> Any:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def bare(content: bytes) -> int:
    """The least that anybody can do with a file: go over its activities and forget them."""
    found = 0
    for _event, activity in etree.iterparse(io.BytesIO(content), tag="iati-activity"):
        found += 1
        activity.clear()
    return found


def measure(size: int) -> TakenIn:
    """Parse, examine and apply the same file on a register of that size."""
    content = a_file(ACTIVITIES)
    parsing = _quickest(lambda: bare(content))
    imported, examined = importing.examine(content, "bench.xml", AT)
    imported, written = importing.write(imported, AT)
    if written.records != ACTIVITIES:
        raise SystemExit(f"{written.records} of {ACTIVITIES} activities went in.")
    return TakenIn(
        size,
        ACTIVITIES,
        ACTIVITIES / parsing,
        examined.rate,
        examined.busy_rate,
        written.rate,
        written.busy_rate,
    )


def _quickest(deed: Callable[[], object], times: int = 5) -> float:
    """The least seconds that it took."""
    return min(timeit.repeat(deed, number=1, repeat=times))
