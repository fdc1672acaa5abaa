"""Suggestions as a page shows them: score as a word and a bar, reasons in words; none ever counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.candidates import suggested, suggested_for_action
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow
from iisg.knowledge.analysis.engine.suggest import Suggestion
from iisg.knowledge.analysis.reading import need_row
from iisg.knowledge.analysis.wording import suggestion_reasons
from iisg.knowledge.needs.models import Need

MOST = 10
STRONG, FAIR = 0.42, 0.28
"""On the demonstration's judged pairs half score above the first; below the second few are right."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggested record for the record that is being read."""

    need: Need
    action: Action
    score: float
    reasons: list[str]

    @property
    def percent(self) -> int:
        """The score from 0 to 100."""
        return round(100 * self.score)

    @property
    def strength(self) -> str | Promise:
        """The score in a word."""
        if self.score >= STRONG:
            return _("strong")
        return _("fair") if self.score >= FAIR else _("weak")


def offers_for_need(
    need: Need,
    row: NeedRow,
    rows: Iterable[ActionRow],
    actions: Mapping[str, Action],
    day: date,
    names: Mapping[str, str],
) -> list[Offer]:
    """Actions that may answer the need, the likeliest first; `names` are the partners' by code."""
    found = suggested((row,), tuple(rows), day, MOST)
    return [_offer(one, need, actions[one.action], names) for one in found]


def offers_for_action(
    action: Action, row: ActionRow, needs: Iterable[Need], day: date, names: Mapping[str, str]
) -> list[Offer]:
    """Of the needs those that the action may answer, the likeliest first."""
    by_ref = {need.ref: need for need in needs}
    rows = tuple(need_row(need) for need in by_ref.values())
    found = suggested_for_action(row, rows, day, MOST)
    return [_offer(one, by_ref[one.need], action, names) for one in found]


def _offer(one: Suggestion, need: Need, action: Action, names: Mapping[str, str]) -> Offer:
    """A suggestion with its reasons in words, the measures by their titles."""
    measures = {p.measure.code: p.measure.title for p in need.placements.all() if p.measure}
    return Offer(need, action, one.score, suggestion_reasons(one.reasons, {**names, **measures}))
