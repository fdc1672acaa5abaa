"""Sums in words for lists: nothing is converted, and what is not known is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.knowledge.analysis.engine.rows import ActionRow
from iisg.knowledge.analysis.engine.totals import Totals, money_total

STATE_WORDS: dict[str, str | Promise] = {
    "committed": _("committed"),
    "spent": _("spent"),
    "pledge": _("pledged"),
    "in_kind": _("in kind"),
    "incoming": _("received by the reporter"),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of one currency and state, with its word."""

    amount: Decimal
    currency: str
    word: str | Promise
    actions: int
    is_committed: bool


def sums(totals: Totals) -> list[Sum]:
    """The sums of a total; where no source states the currency it stays ""."""
    return [
        Sum(t.amount, t.currency, STATE_WORDS[t.state], t.actions, t.state == "committed")
        for t in sorted(totals.sums, key=lambda t: not t.currency)
    ]


def sums_of(rows: Iterable[ActionRow]) -> list[Sum]:
    """As `sums`, straight from rows that carry their money."""
    return sums(money_total(rows))
