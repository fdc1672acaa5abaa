"""A file of real activities taken in with all checks, beside a bare lxml parser of the same file."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import django
from lxml import etree

ACTIVITIES = 2_000
AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Activities a second: parsed by a bare loop, checked and previewed, written."""

    activities: int
    bare: float
    examined: float
    written: float


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


def measure() -> TakenIn:
    """Parse, examine and apply the same file."""
    from iisg.foundations.access.actors import CONSOLE
    from iisg.knowledge.actions import operations

    content = a_file(ACTIVITIES)
    parsing = _seconds(lambda: bare(content))
    imported = operations.receive_import(content, "grown.xml", None, by=CONSOLE, at=AT, examine_later=False)
    examining = _seconds(lambda: operations.examine_import(imported, by=CONSOLE, at=AT))
    imported.refresh_from_db()
    own = {str(name["name"]): None for name in imported.new_organisations if name["near"]}
    if own:
        imported = operations.decide_names(imported, own, by=CONSOLE, at=AT)
    writing = _seconds(lambda: operations.apply_import(imported, by=CONSOLE, at=AT))
    return TakenIn(ACTIVITIES, *(ACTIVITIES / seconds for seconds in (parsing, examining, writing)))


def _seconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def main() -> None:
    """Into an empty house, as one JSON line."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from iisg.faces.console.register import enter_register

    call_command("migrate", verbosity=0, interactive=False)
    enter_register(timezone.now())
    print(json.dumps(asdict(measure())), flush=True)


if __name__ == "__main__":
    main()
