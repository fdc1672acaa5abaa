"""A row of a sheet of actions as a record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER
from iisg.knowledge.actions.records import ActionRecord, PartyRecord

from .assistance import read_assistance
from .budgets import read_budget
from .cells import Cells
from .columns import ROLES
from .fields import ACTION_KINDS, ACTION_STAGES, ASSISTANCE_KINDS, PILLARS, SCOPES, STAGES, YES_NO
from .marks import split, split_shares
from .money_rows import read_flow

_PHASE = re.compile(r"^phase [a-z0-9]+ ")


def read_action(cells: Cells, assistance: Mapping[str, str]) -> ActionRecord:
    """One action with its findings, which name the cell. `assistance` maps printed words to kinds."""
    record = ActionRecord(ref=cells.required("ref", "reference"), place=cells.place())
    record.title = cells.required("title", "title")
    if cells.has("title_language"):
        record.title_language = cells.text("title_language")
    record.title_original = cells.text("title_original")
    record.original_language = cells.text("original_language")
    record.form, record.summary = cells.text("kind"), cells.text("summary")
    record.scope = cells.one("scope", SCOPES)
    record.pillars, record.pillar_basis = cells.chosen("pillar", PILLARS), cells.text("pillar_basis")
    _read_parties(cells, record)
    _read_places(cells, record)
    _read_assistance(cells, record, assistance)
    record.sectors = tuple(cells.text("sectors").split())
    record.kind = cells.one("action_kind", ACTION_KINDS) or _kind(record)
    _read_times(cells, record)
    _read_money(cells, record)
    record.parent_refs = tuple(ref for ref in split(cells.text("parent_ref")) if ref != record.ref)
    record.mechanism_link = cells.text("iisg_link_in_source")
    record.source_url = cells.address("source_url")
    record.second_source_url = cells.address("second_source_url")
    _read_reporter(cells, record)
    record.findings = cells.findings
    return record


def _read_reporter(cells: Cells, record: ActionRecord) -> None:
    """Who reports it. Naming a reporter in a sheet publishes nothing; the column `public` can only hold back."""
    if name := cells.text("reporter"):
        record.reporter = PartyRecord("reporting", name)
    record.second_hand = cells.one("second_hand", YES_NO) == "yes"
    if cells.has("reporter") or cells.has("public"):
        said = cells.one("public", YES_NO)
        record.published = said == "yes" if said else bool(record.source_url)


def _read_parties(cells: Cells, record: ActionRecord) -> None:
    """Donors fund, implementers implement, others take part; a donor "through X" hands the money on."""
    printed = split_shares(cells.text("donor"))
    through = [name[8:].strip() for name, _, marked in printed if _is_through(name) and not marked]
    donors = [(name, share) for name, share, marked in printed if marked or not _is_through(name)]
    record.parties = [PartyRecord("funding", name, share=share) for name, share in donors]
    record.parties += [PartyRecord("extending", name) for name in through if name]
    kinds = split(cells.text("donor_kind"))
    if len(kinds) == len(donors):
        for party, kind in zip(record.parties, kinds, strict=False):
            party.kind_hint = kind
    for column, role in ROLES.items():
        named = split_shares(cells.text(column)) if column != "donor" else []
        record.parties += [PartyRecord(role, name, share=share) for name, share, _ in named]


def _is_through(name: str) -> bool:
    return name.lower().startswith("through ")


def _read_places(cells: Cells, record: ActionRecord) -> None:
    """All six under a regional scope are covered as a region; fewer, or another scope, are named."""
    record.partners, record.partner_shares = cells.partners_with_shares("beneficiaries")
    record.other_beneficiaries = cells.text("other_beneficiaries")
    if record.partners:
        said = cells.one("partners_named", YES_NO)
        as_region = record.scope == "regional" and record.partners == PARTNERS_IN_ORDER
        record.names_partners = said == "yes" if said else not as_region


def _read_assistance(cells: Cells, record: ActionRecord, known: Mapping[str, str]) -> None:
    """The kinds of the list where the sheet has a column for them, else those that the printed words stand for."""
    record.assistance_printed = cells.text("assistance_type")
    if cells.has("assistance_kinds"):
        record.assistance = cells.chosen("assistance_kinds", ASSISTANCE_KINDS)
        return
    record.assistance, unknown = read_assistance(split(record.assistance_printed), known)
    if unknown:
        words = ", ".join(f"'{word}'" for word in unknown)
        cells.warn(
            "assistance_type",
            "sheet.unknown-assistance",
            f"{words} is not among the known words for kinds of assistance.",
            "It is kept as printed; choose a kind on the action's page.",
        )


def _read_money(cells: Cells, record: ActionRecord) -> None:
    """The flow of the row, else the budget with what its note says; a note on money is kept as it stands."""
    funders = [party for party in record.parties if party.role == "funding"]
    record.flows, note = read_budget(cells, funders)
    record.money_note = cells.text("money_note") or note
    if flow := read_flow(cells):
        record.flows = [flow]


def _kind(record: ActionRecord) -> str:
    """A partner's own measure where only partners pay, coordination if only that is given, else support."""
    hints = [fold(party.kind_hint) for party in record.parties if party.role == "funding"]
    if hints and all(hint == "wb partner" for hint in hints):
        return "own_measure"
    if fold(record.assistance_printed) == "coordination":
        return "coordination"
    return "external_support"


def _read_times(cells: Cells, record: ActionRecord) -> None:
    record.start = cells.date("start_date", "start_printed")
    record.end = cells.date("end_date", "end_printed")
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
    if cells.has("action_stage"):
        record.stage = cells.one("action_stage", ACTION_STAGES)
        return
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
