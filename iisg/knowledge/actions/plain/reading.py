"""Plain values back to records: what is written by `writing` becomes the same records, all else is refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from iisg.foundations.core.findings import Finding
from iisg.knowledge.actions.partner_names import PARTNERS_IN_ORDER, in_order
from iisg.knowledge.actions.records import ActionRecord, FlowRecord, NeedRecord, PartyRecord
from iisg.knowledge.actions.sheets.columns import ROLES
from iisg.knowledge.actions.sheets.currencies import read_currency
from iisg.knowledge.actions.sheets.fields import (
    ACTION_KINDS,
    ACTION_STAGES,
    ASSISTANCE_KINDS,
    FOUR_PS,
    MONEY_STATES,
    NEED_KINDS,
    PERSPECTIVES,
    PILLARS,
    PRIORITIES,
    SCOPES,
)
from iisg.knowledge.actions.silence import of_keys
from iisg.knowledge.actions.sources import Source
from iisg.knowledge.actions.sources.refusals import refusal
from iisg.knowledge.needs.records import NeedPlace

from .values import Values
from .writing import ACTION_TEXTS, NEED_TEXTS, SCHEMA

_CLOSED = {"kind": ACTION_KINDS, "stage": ACTION_STAGES, "scope": SCOPES}
_CLOSED_OF_NEEDS = {"perspective": PERSPECTIVES, "priority": PRIORITIES}
_ADDRESSES = ("source_url", "second_source_url")
_HUNDRED = Decimal(1000)


@dataclass(slots=True)
class PlainReading:
    """What a JSON file holds."""

    needs: list[NeedRecord] = field(default_factory=list)
    actions: list[ActionRecord] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """ "needs", "actions" or "both"."""
        return "both" if self.needs and self.actions else "needs" if self.needs else "actions"

    @property
    def records(self) -> list[NeedRecord | ActionRecord]:
        """Needs, then actions, refused ones included."""
        return [*self.needs, *self.actions]


def read_plain(source: Source) -> PlainReading:
    """Every need and action of a JSON file of this house; raises `UnreadableFile` where it is something else."""
    facts = _load(source)
    about = facts.get("about")
    if not isinstance(about, dict) or about.get("schema") != SCHEMA:
        raise refusal(
            "json.not-ours",
            f"This JSON does not say under 'about' that its schema is {SCHEMA}.",
            place=source.name,
            cure="Send a file that this platform has exported, or a workbook, a CSV or an IATI file.",
        )
    reading = PlainReading()
    for name, take in (("needs", _take_need), ("actions", _take_action)):
        seen: dict[tuple[str, str], str] = {}
        for number, entry in enumerate(_entries(facts, name, source), start=1):
            take(reading, entry, f"{name} {number}", seen)
    if not reading.records:
        raise refusal(
            "json.no-records", "The file holds no need and no action.", place=source.name,
            cure="Send one that holds at least one.",
        )  # fmt: skip
    return reading


def read_action_facts(facts: dict[str, Any], place: str) -> ActionRecord:
    """One action; its findings say what is wrong with which fact."""
    given = Values(facts, place, [])
    record = ActionRecord(ref=given.required("ref"), place=place, findings=given.findings)
    for name in ACTION_TEXTS:
        allowed = _CLOSED.get(name)
        setattr(record, name, given.one(name, allowed.values()) if allowed else given.text(name))
    record.kind = record.kind or "external_support"
    if not record.title:
        given.required("title")
    for name in _ADDRESSES:
        setattr(record, name, _address(given, name))
    _read_bodies(given, record)
    record.pillars = given.several("pillars", tuple(dict.fromkeys(PILLARS.values())))
    record.assistance = given.several("assistance", tuple(ASSISTANCE_KINDS.values()))
    record.sectors = given.several("sectors")
    record.start, record.end = given.date("start"), given.date("end")
    record.duration_months = given.whole("duration_months", 1200)
    record.flows = [_flow(flow) for flow in given.objects("flows")]
    record.parent_refs = given.several("part_of")
    record.published = given.switch("public")
    record.second_hand = bool(given.switch("second_hand"))
    return record


def read_need_facts(facts: dict[str, Any], place: str) -> NeedRecord:
    """One need; its findings say what is wrong with which fact."""
    given = Values(facts, place, [])
    record = NeedRecord(ref=given.required("ref"), place=place, findings=given.findings)
    for name in NEED_TEXTS:
        allowed = _CLOSED_OF_NEEDS.get(name)
        setattr(record, name, given.one(name, allowed.values()) if allowed else given.text(name))
    if not record.title:
        given.required("title")
    record.source_url = _address(given, "source_url")
    record.partners = in_order(set(given.several("partners", PARTNERS_IN_ORDER)))
    record.kinds = given.several("kinds", tuple(NEED_KINDS.values()))
    record.quantity = given.number("quantity", least=Decimal(0), most=Decimal(10) ** 12)
    record.needed_by = given.date("needed_by").last
    record.source_year = given.whole("source_year", 2200)
    places = [_need_place(one) for one in given.objects("places")]
    if places:
        first, *record.more_places = places
        record.pillars, record.four_p = first.pillars, first.four_p
        record.objective, record.measure = first.objective, first.measure
    return record


def _need_place(given: Values) -> NeedPlace:
    return NeedPlace(
        given.several("pillars", tuple(dict.fromkeys(PILLARS.values()))),
        given.one("four_p", FOUR_PS.values()),
        given.text("objective"),
        given.text("measure"),
    )


def _read_bodies(given: Values, record: ActionRecord) -> None:
    reporter = given.given("reporter")
    if isinstance(reporter, dict):
        record.reporter = _party(Values(reporter, f"{given.place}, reporter", given.findings), "reporting")
    elif reporter is not None:
        given.refuse("reporter", "This is no body.", "Write an object with its name, or null.")
    record.parties = [_party(one, one.one("role", ROLES.values())) for one in given.objects("parties")]
    partners = {one.one("code", PARTNERS_IN_ORDER): one for one in given.objects("partners")}
    record.partners = in_order(set(partners))
    shares = {
        code: partners[code].number("share", most=_HUNDRED, least=-_HUNDRED) for code in record.partners
    }
    record.partner_shares = {code: share for code, share in shares.items() if share is not None}
    record.names_partners = given.switch("names_partners") if record.partners else None


def _party(given: Values, role: str) -> PartyRecord:
    share = given.number("share", most=_HUNDRED, least=-_HUNDRED)
    return PartyRecord(role, given.required("name"), given.text("identifier"), share)


def _flow(given: Values) -> FlowRecord:
    return FlowRecord(
        state=given.one("state", MONEY_STATES.values()) or given.required("state"),
        amount=given.number("amount"),
        currency=_currency(given),
        kind=given.text("kind")[:20] or "total",
        source=given.text("from"),
        destination=given.text("to"),
        happened=given.date("date"),
        valued=given.date("valued"),
        source_activity=given.text("from_action"),
        destination_activity=given.text("to_action"),
        sectors=given.several("sectors"),
        recipients=given.several("recipients"),
        period_from=given.date("period_from"),
        period_to=given.date("period_to"),
        printed=given.text("printed"),
    )


def _currency(given: Values) -> str:
    text = given.text("currency")
    code = read_currency(text)
    if text and not code:
        given.refuse(
            "currency", f"'{text[:60]}' is no code of a currency.", "Write three letters such as EUR."
        )
    return code


def _address(given: Values, name: str) -> str:
    text = given.text(name)
    if text and not text.lower().startswith(("http://", "https://")):
        given.refuse(
            name, f"'{text[:60]}' is no address of the web.", "Begin it with https://, or write null."
        )
        return ""
    return text


def _take_need(
    reading: PlainReading, facts: dict[str, Any], place: str, seen: dict[tuple[str, str], str]
) -> None:
    need = read_need_facts(facts, place)
    need.silent = of_keys("needs", facts)
    _refuse_second(("", need.ref), need.findings, place, seen)
    reading.needs.append(need)


def _take_action(
    reading: PlainReading, facts: dict[str, Any], place: str, seen: dict[tuple[str, str], str]
) -> None:
    action = read_action_facts(facts, place)
    action.silent = of_keys("actions", facts)
    _refuse_second(
        (action.reporter.name if action.reporter else "", action.ref), action.findings, place, seen
    )
    reading.actions.append(action)


def _refuse_second(
    key: tuple[str, str], findings: list[Finding], place: str, seen: dict[tuple[str, str], str]
) -> None:
    """A reporter's reference may stand for one record of the file only; the first keeps it."""
    if first := seen.get(key):
        given = Values({}, place, findings)
        message = f"The reference '{key[1]}' was already used in {first}."
        given.refuse("ref", message, "Give one of them another reference, or delete the repetition.")
    elif key[1]:
        seen[key] = place


def _load(source: Source) -> dict[str, Any]:
    try:
        facts = json.loads(source.text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise refusal(
            "json.not-well-formed",
            f"The JSON cannot be read beyond line {line}.",
            place=f"{source.name}, line {line}",
            cure="Export it again, and do not edit it by hand.",
        ) from fault
    return facts if isinstance(facts, dict) else {}


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _entries(facts: dict[str, Any], name: str, source: Source) -> Iterator[dict[str, Any]]:
    entries = facts.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise refusal(
            "json.no-list",
            f"'{name}' is no list of objects.",
            place=source.name,
            cure="Export the file again.",
        )
    yield from entries
