"""A row of a sheet of actions as a record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER
from iisg.knowledge.actions.records import ActionRecord, PartyRecord

from .assistance import read_assistance
from .budgets import read_budget
from .cells import Cells, split
from .fields import PILLARS, STAGES

_SCOPES = {
    word: word for word in ("regional", "national", "bilateral", "global", "multi-national", "sub-national")
}
_PHASE = re.compile(r"^phase [a-z0-9]+ ")


def read_action(cells: Cells, assistance: Mapping[str, str]) -> ActionRecord:
    """One action with its findings, which name the cell. `assistance` maps printed words to kinds."""
    record = ActionRecord(ref=cells.required("ref", "reference"), place=cells.place())
    record.title = cells.required("title", "title")
    record.title_original = cells.text("title_original")
    record.original_language = cells.text("original_language")
    record.form, record.summary = cells.text("kind"), cells.text("summary")
    record.scope = cells.one("scope", {fold(word): word for word in _SCOPES})
    record.pillars, record.pillar_basis = cells.chosen("pillar", PILLARS), cells.text("pillar_basis")
    _read_parties(cells, record)
    _read_places(cells, record)
    _read_assistance(cells, record, assistance)
    record.kind = _kind(record)
    _read_times(cells, record)
    record.flows, record.money_note = read_budget(cells, [p for p in record.parties if p.role == "funding"])
    record.parent_refs = tuple(ref for ref in split(cells.text("parent_ref")) if ref != record.ref)
    record.mechanism_link = cells.text("iisg_link_in_source")
    record.source_url = cells.address("source_url")
    record.second_source_url = cells.address("second_source_url")
    record.findings = cells.findings
    return record


def _read_parties(cells: Cells, record: ActionRecord) -> None:
    """Donors fund, implementers implement, others take part; a donor "through X" hands the money on."""
    printed = split(cells.text("donor"))
    donors = [name for name in printed if not name.lower().startswith("through ")]
    record.parties = [PartyRecord("funding", name) for name in donors]
    record.parties += [
        PartyRecord("extending", n[8:].strip()) for n in printed if n not in donors and n[8:].strip()
    ]
    kinds = split(cells.text("donor_kind"))
    if len(kinds) == len(donors):
        for party, kind in zip(record.parties, kinds, strict=False):
            party.kind_hint = kind
    record.parties += [PartyRecord("implementing", name) for name in split(cells.text("implementer"))]
    record.parties += [PartyRecord("participating", name) for name in split(cells.text("partners"))]


def _read_places(cells: Cells, record: ActionRecord) -> None:
    """All six under a regional scope are covered as a region; fewer, or another scope, are named."""
    record.partners = cells.partners("beneficiaries")
    record.other_beneficiaries = cells.text("other_beneficiaries")
    if record.partners:
        record.names_partners = not (record.scope == "regional" and record.partners == PARTNERS_IN_ORDER)


def _read_assistance(cells: Cells, record: ActionRecord, known: Mapping[str, str]) -> None:
    record.assistance_printed = cells.text("assistance_type")
    record.assistance, unknown = read_assistance(split(record.assistance_printed), known)
    if unknown:
        words = ", ".join(f"'{word}'" for word in unknown)
        cells.warn(
            "assistance_type",
            "sheet.unknown-assistance",
            f"{words} is not among the known words for kinds of assistance.",
            "It is kept as printed; choose a kind on the action's page.",
        )


def _kind(record: ActionRecord) -> str:
    """A partner's own measure where only partners pay, coordination if only that is given, else support."""
    hints = [fold(party.kind_hint) for party in record.parties if party.role == "funding"]
    if hints and all(hint == "wb partner" for hint in hints):
        return "own_measure"
    if fold(record.assistance_printed) == "coordination":
        return "coordination"
    return "external_support"


def _read_times(cells: Cells, record: ActionRecord) -> None:
    record.start, record.end = cells.date("start_date"), cells.date("end_date")
    record.date_note, record.duration_months = cells.text("date_note"), cells.whole("duration_months")
    if record.start.first and record.end.last and record.end.last < record.start.first:
        cells.warn(
            "end_date",
            "sheet.end-before-start",
            f"The end {record.end.printed} lies before the start {record.start.printed}.",
            "Both are kept as printed; look which is right.",
        )
    if record.duration_months is not None and not 0 < record.duration_months <= 1200:
        cells.warn(
            "duration_months",
            "sheet.impossible-duration",
            f"{record.duration_months} months are no likely duration.",
            "It counts as unknown.",
        )
        record.duration_months = None
    record.stage_printed = cells.text("stage_in_source")
    record.stage = read_stage(record.stage_printed)
    if record.stage_printed and not record.stage:
        cells.warn(
            "stage_in_source",
            "sheet.unknown-stage",
            f"'{record.stage_printed[:60]}' is no known word for a stage.",
            "The stage counts as unknown; choose one on the action's page.",
        )


def read_stage(printed: str) -> str:
    """The stage for a source's word ("ongoing in source", "phase I completed"), "" where it is not known."""
    word = fold(printed).removesuffix(" in source")
    return STAGES.get(word) or STAGES.get(_PHASE.sub("", word), "")
