"""The engine's reasons as short English for plain files; pages word the same codes in `wording` instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from iisg.knowledge.analysis.engine.relating.records import Reason

WORDS: Final[Mapping[str, str]] = {
    # of suggestions
    "names_partner": "names {all}",
    "covers_region": "covers the region with {all}",
    "partner_not_stated": "partner not stated",
    "same_pillar": "same pillar: {all}",
    "fitting_kind": "assistance that fits a need of this kind: {all}",
    "runs_until": "runs until {all}",
    "finished": "has finished",
    "planned": "planned, has not begun",
    "stopped": "stopped",
    "time_unknown": "whether it runs is not known",
    # of both
    "same_measure": "same measure: {all}",
    "shared_words": "both speak of: {all}",
    # of relations
    "printed_as_part": "its source names this as its whole: {all}",
    "printed_as_funder": "its source names this as the action that pays it: {all}",
    "same_name": "bears the same name: {all}",
    "paid_by_fund": "paid by the fund of this name: {all}",
    "phase_marks": "phases or editions told: {from_} and {to}",
    "follows": "the earlier ends {from_}, the later begins {to}",
    "same_title": "same title, speaks of: {all}",
    "doer_and_payer": "{from_} carries out what {to} pays",
    "same_implementer": "same implementer: {all}",
    "same_funder": "same funder: {all}",
    "different_funders": "different funders",
    "same_sum": "sums as good as equal: {from_} and {to}",
    "same_start": "same start, within a month: {from_} and {to}",
    "same_end": "same end, within a month: {from_} and {to}",
    "same_partners": "partners in common: {all}",
    "same_need": "answer the same need: {all}",
    "same_assistance": "same kind of assistance: {all}",
    "other_assistance": "different kinds of assistance: {from_}; {to}",
}
"""Code of a reason to a sentence of its values; "{from_}" and "{to}" are of the one record and the other."""

UNTOLD: Final = "none told"


def in_words(reasons: Iterable[Reason]) -> str:
    """All reasons in one line, the weightiest first, divided by semicolons."""
    return "; ".join(_one(code, values) for code, values in reasons)


def _one(code: str, values: tuple[str, ...]) -> str:
    told = [value or UNTOLD for value in values] or ["not known"]
    return WORDS[code].format(all=", ".join(told), from_=told[0], to=told[-1]).replace("_", " ")
