"""IATI organisation files: held against the schema and told what is wrong with them; they state no actions."""

from __future__ import annotations

from lxml import etree

from iisg.foundations.core.findings import Finding, Grade, brief
from iisg.knowledge.actions.sources import Source
from iisg.knowledge.actions.sources.markup import elements, forget, not_well_formed

from . import schema
from .children import first
from .words import whole_text

_MOST = 50


def check_organisations(source: Source) -> list[Finding]:
    """Remarks on an organisation file, the first of them that nothing is taken from it."""
    findings = [
        Finding(
            Grade.WARNING,
            "iati.organisation-file",
            "This is an IATI organisation file: it describes a publisher and its budgets and states no activities.",
            source.name,
            "Nothing is taken from it; send the publisher's activity file (root element iati-activities).",
        )
    ]
    more = 0
    with source.stream() as stream:
        try:
            for _, organisation in elements(stream, ("end",), "iati-organisation"):
                found = _breaches(organisation) if schema.knows(source.version) else []
                room = _MOST - len(findings)
                findings += found[:room]
                more += len(found[room:])
                forget(organisation)
        except etree.XMLSyntaxError as fault:
            raise not_well_formed(fault, source.name) from fault
    return [*findings, _rest(more, source.name)] if more else findings


def _breaches(organisation: etree._Element) -> list[Finding]:
    element = first(organisation, "organisation-identifier")
    name = (brief(whole_text(element), 120) if element is not None else "") or "no identifier"
    return [
        Finding(
            Grade.WARNING,
            "standard.schema",
            f"The schema of IATI 2.03 does not allow this: {breach.words}",
            f"line {breach.line}, iati-organisation ({name}), {breach.element}",
            "Ask the publisher to mend it.",
        )
        for breach in schema.breaches(organisation, "organisations")
    ]


def _rest(number: int, name: str) -> Finding:
    return Finding(
        Grade.WARNING,
        "standard.schema",
        f"{number} more remarks of this kind.",
        name,
        "See the first ones above.",
    )
