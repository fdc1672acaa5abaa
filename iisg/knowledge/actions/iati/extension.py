"""What IATI cannot say, said in a namespace of our own: facts as JSON, and a mark on what only the schema demands."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

from lxml import etree

from iisg.foundations.core.findings import Finding, Grade
from iisg.foundations.core.plain_values import json_text
from iisg.knowledge.actions.plain import action_facts, read_action_facts
from iisg.knowledge.actions.records import ActionRecord

NAMESPACE: Final = "https://wb-iisg.com/xml/export/1"
FACT: Final = f"{{{NAMESPACE}}}fact"
UNKNOWN: Final = f"{{{NAMESPACE}}}unknown"
"""On an element that the schema demands although nothing is known."""
REPUBLISHED: Final = f"{{{NAMESPACE}}}republished"
"""On a reporting organisation whose report we hand on; the value says whether it reports at second hand itself."""
SECOND_HAND: Final = "second-hand"
REGION: Final = f"{{{NAMESPACE}}}region"
"""On the region that stands for all six partners."""
PART: Final = f"{{{NAMESPACE}}}part"
"""On the root of a file that holds only the public part of each record."""
TAKEN_BY: Final = f"{{{NAMESPACE}}}taken-by"
"""On the root of a file that was taken out of this platform."""
_EXPLAINED: Final = {"reporting-org": "iati.no-reporting-org", "recipient-region": "iati.region-covers-all"}
"""What a reader would warn of at a marked element, although the house itself knows why it is so."""


def take_out_marks(activity: etree._Element) -> set[str]:
    """Take out what only the schema demanded, so that it is not read as a fact; says which warnings it explains."""
    explained: set[str] = set()
    for child in list(activity):
        if child.get(UNKNOWN):
            activity.remove(child)
        elif republished := child.get(REPUBLISHED):
            if republished == SECOND_HAND:
                continue
            child.attrib.pop("secondary-reporter", "")
        elif not child.get(REGION):
            continue
        explained.add(_EXPLAINED.get(str(child.tag), ""))
    return explained


def add_facts(activity: etree._Element, facts: dict[str, Any]) -> None:
    """Say facts in our own elements at the end of an activity."""
    for name, value in facts.items():
        fact = etree.SubElement(activity, FACT, name=name, nsmap={"iisg": NAMESPACE})
        fact.text = json_text(value)


def restored(activity: etree._Element, record: ActionRecord) -> ActionRecord:
    """The record with what our own elements say; the same record where there are none."""
    found = activity.findall(FACT)
    if not found:
        return record
    try:
        said = {str(fact.get("name")): json.loads(fact.text or "", parse_float=Decimal) for fact in found}
    except (ValueError, RecursionError):
        record.findings.append(
            Finding(
                Grade.ERROR,
                "iati.extension",
                "The elements that this platform adds to its own files cannot be read.",
                record.place,
                "Export the file again, and do not edit these elements by hand.",
            )
        )
        return record
    whole = read_action_facts(action_facts(record) | said, record.place)
    whole.findings = [*record.findings, *whole.findings]
    whole.start_actual, whole.end_actual = record.start_actual, record.end_actual
    whole.child_refs = record.child_refs
    return whole
