"""The budget of an action in a sheet: one total, or the parts of its note where they add up exactly."""

from __future__ import annotations

import re
from decimal import Decimal

from iisg.foundations.core.folding import fold
from iisg.knowledge.actions.records import FlowRecord, PartyRecord

from .cells import Cells
from .figures import read_amount

_PART = re.compile(r"^(?P<source>\D.*?)\s+(?P<amount>\d[\d,]*(?:\.\d+)?)$")
_SHARE = re.compile(r"^(?P<share>\d{1,3}(?:\.\d+)?)\s*%\s+(?P<source>.+)$")
_BRACKETS = re.compile(r"\([^)]*\)")


def read_budget(cells: Cells, funders: list[PartyRecord]) -> tuple[list[FlowRecord], str]:
    """(flows, note). No amount, no flow: it stays unknown. Shares printed in the note go to the funders."""
    note = cells.text("budget_note")
    amount = cells.number("budget_amount")
    _give_shares(note, funders)
    if amount is None:
        text = cells.text("budget_amount")
        return [], "; ".join(part for part in (f"amount printed as '{text}'" if text else "", note) if part)
    currency = cells.currency("budget_currency", needed=True)
    if parts := _parts(note, amount):
        return [
            FlowRecord(
                "committed", part, currency, source=source, printed=f"{source} {part:,} {currency}".strip()
            )
            for source, part in parts
        ], note
    source = funders[0].name if len(funders) == 1 else ""
    printed = f"{cells.text('budget_amount')} {currency}".strip()
    return [FlowRecord("committed", amount, currency, source=source, printed=printed)], note


def _parts(note: str, total: Decimal) -> list[tuple[str, Decimal]]:
    """The parts of "EC 15,800,000 + BMZ 1,215,000" where they add up to the total exactly, else nothing."""
    parts: list[tuple[str, Decimal]] = []
    for piece in note.split(" + "):
        match = _PART.match(piece.strip())
        amount = read_amount(match["amount"]) if match else None
        if match is None or amount is None:
            return []
        parts.append((match["source"], amount))
    return parts if len(parts) > 1 and sum(amount for _, amount in parts) == total else []


def _give_shares(note: str, funders: list[PartyRecord]) -> None:
    """Shares of "90% EU, 10% Council of Europe" to the funders in order, only where each is recognised."""
    matches = [_SHARE.match(piece.strip()) for piece in note.split(",")]
    found = [(Decimal(match["share"]), match["source"]) for match in matches if match]
    if len(found) != len(matches) or len(found) != len(funders) or sum(share for share, _ in found) != 100:
        return
    if all(_is_short_for(source, funder.name) for (_, source), funder in zip(found, funders, strict=True)):
        for (share, _), funder in zip(found, funders, strict=True):
            funder.share = share


def _is_short_for(printed: str, name: str) -> bool:
    """Whether a name is meant by its own words or by its initials ("EU" for European Union (IPA II))."""
    short, full = fold(printed), fold(_BRACKETS.sub("", name))
    return short == full or short == "".join(word[0] for word in full.split())
