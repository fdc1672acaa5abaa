"""The house's own columns, one declared table: what exports write, what templates offer, what the reader reads back.

What a column means in words stands in `actions/column_words.py`, under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .fields import (
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
    YES_NO,
)

INFORMATION: Final = "info_"
"""Headers that begin so hold what the house adds for the reader; nothing is read back from them."""
ABOUT: Final = "About this file"
"""The sheet of our own workbooks that says where they come from; it holds no records."""
LISTS: Final = "Lists"
"""The hidden sheet of a template from which its cells' lists are taken."""
REMARKS: Final = "What was found"
"""The sheet of a returned copy that lists every finding."""
OWN_SHEETS: Final = frozenset((ABOUT, LISTS, REMARKS))
"""Sheets that the house adds to a workbook; they hold no records and are passed over without a word."""
LONG_TEXTS: Final = (
    "summary", "date_note", "money_note", "other_beneficiaries", "notes", "capability", "met_when", "references",
)  # fmt: skip
"""Columns whose text may go on in a further row of the same reference, where one cell cannot hold it."""
PARTNER_CODES: Final = ("AL", "BA", "XK", "ME", "MK", "RS")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `codes` are the values of a closed list; `several` values stand divided by semicolons.

    A `number` is written as a number; `example` shows a cell as it may be filled in.
    """

    name: str
    example: str = ""
    codes: tuple[str, ...] = ()
    several: bool = False
    number: bool = False


def _codes(words: Mapping[str, str]) -> tuple[str, ...]:
    """The values of a closed list, each once."""
    return tuple(dict.fromkeys(words.values()))


ROLES: Final = {
    "donor": "funding",
    "implementer": "implementing",
    "partners": "participating",
    "extending": "extending",
    "accountable": "accountable",
    "beneficiary_bodies": "beneficiary",
}
"""Columns of bodies, with what the bodies do in the action."""

MONEY: Final = (
    Column("money_state", "committed", _codes(MONEY_STATES)),
    Column("money_figure", "total"),
    Column("money_amount", "1500000", number=True),
    Column("money_currency", "EUR"),
    Column("money_from", "European Union"),
    Column("money_to", "UNODC"),
    Column("money_date", "2025-03-31"),
    Column("money_date_printed", "spring 2025"),
    Column("money_valued", "2025-04-01"),
    Column("money_from_action", "XM-DAC-1-2025"),
    Column("money_to_action", "XM-DAC-2-2025"),
    Column("money_period_from", "2025-01-01"),
    Column("money_period_to", "2025-12-31"),
    Column("money_printed", "EUR 1.5 m"),
    Column("money_sectors", "DAC:15210"),
    Column("money_recipients", "AL; Moldova", several=True),
)
"""One flow of money; an action with several flows has one row for each."""

ACTIONS: Final = (
    Column("ref", "ACT-001"),
    Column("reporter", "Regional Cooperation Council"),
    Column("title", "Support to border police"),
    Column("title_language", "en"),
    Column("title_original", "Podrška graničnoj policiji"),
    Column("original_language", "bs"),
    Column("action_kind", "external_support", _codes(ACTION_KINDS)),
    Column("kind", "project"),
    Column("donor", "European Union {60%}; Germany {40%}", several=True),
    Column("implementer", "UNODC; IOM", several=True),
    Column("partners", "Frontex", several=True),
    Column("extending", several=True),
    Column("accountable", several=True),
    Column("beneficiary_bodies", "Border Police of Bosnia and Herzegovina", several=True),
    Column("beneficiaries", "AL; ME", PARTNER_CODES, several=True),
    Column("partners_named", "yes", _codes(YES_NO)),
    Column("other_beneficiaries", "Moldova"),
    Column("scope", "regional", _codes(SCOPES)),
    Column("pillar", "WBBSi", _codes(PILLARS), several=True),
    Column("pillar_basis", "source"),
    Column("assistance_kinds", "training; equipment", _codes(ASSISTANCE_KINDS), several=True),
    Column("assistance_type", "training, study visits"),
    Column("sectors", "DAC:15130=60 DAC:15210=40"),
    Column("start_date", "2025-01"),
    Column("start_printed", "early 2025"),
    Column("end_date", "2027-06-30"),
    Column("end_printed", "mid 2027"),
    Column("duration_months", "30", number=True),
    Column("date_note", "extension under discussion"),
    Column("action_stage", "implementation", _codes(ACTION_STAGES)),
    Column("stage_in_source", "ongoing"),
    Column("money_note", "co-financing not included"),
    Column("parent_ref", "ACT-002", several=True),
    Column("iisg_link_in_source", "yes"),
    Column("summary", "Trains border guards and delivers vehicles."),
    Column("source_url", "https://example.org/project"),
    Column("second_source_url"),
    Column("public", "yes", _codes(YES_NO)),
    Column("second_hand", "no", _codes(YES_NO)),
)
"""One action in a row; the money follows in the columns of MONEY."""

ACTION_INFORMATION: Final = (
    Column("info_reference_here"),
    Column("info_measures", several=True),
)
NEEDS: Final = (
    Column("ref", "NEED-001"),
    Column("need", "Second-line checks at four crossings lack document readers"),
    Column("title_original"),
    Column("original_language", "sq"),
    Column("pillar", "WBBSi", _codes(PILLARS), several=True),
    Column("pillar_basis", "source"),
    Column("partner", "AL; ME", PARTNER_CODES, several=True),
    Column("four_p", "Protect", _codes(FOUR_PS)),
    Column("four_p_basis", "stated"),
    Column("objective", "Integrated border management"),
    Column("measure", "Equipment for checks at crossings"),
    Column("need_kind", "operational", _codes(NEED_KINDS), several=True),
    Column("body", "Border Police"),
    Column("capability", "Checking documents at the second line"),
    Column("needed_by", "2027-12-31"),
    Column("met_when", "Each of the four crossings checks with two readers"),
    Column("perspective", "prevention", _codes(PERSPECTIVES)),
    Column("priority", "high", _codes(PRIORITIES)),
    Column("quantity", "8", number=True),
    Column("unit", "document readers"),
    Column("basis", "stated need"),
    Column("source_body", "Ministry of the Interior"),
    Column("source_year", "2025", number=True),
    Column("source_url", "https://example.org/strategy"),
    Column("references", "Strategy for integrated border management 2025-2029"),
    Column("notes"),
)
"""One need in a row; one that stands under several objectives or measures has one row for each."""
NEED_PLACE: Final = ("pillar", "four_p", "objective", "measure")

NEED_INFORMATION: Final = (
    Column("info_state"),
    Column("info_reported_by"),
)
