"""Reasons of the relation engine in words; a code that has none here is still told, in its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.knowledge.actions.models import AssistanceKind
from iisg.knowledge.analysis.wording import several

Values = Sequence[str]

PLAIN: Mapping[str, str | Promise] = {
    "printed_as_part": gettext_lazy("Its source prints the other one as its whole"),
    "printed_as_funder": gettext_lazy("Its source prints the other one as the action that pays it"),
    "paid_by_fund": gettext_lazy("The fund of that name pays it"),
    "same_name": gettext_lazy("The part bears the name of the whole"),
    "same_implementer": gettext_lazy("An implementer in common"),
    "same_funder": gettext_lazy("A funder in common"),
    "different_funders": gettext_lazy("Different funders"),
    "same_partners": gettext_lazy("Partners in common"),
}
"""Reasons whose values stand side by side on the page anyway."""


def reasons_in_words(reasons: Iterable[Sequence[Any]]) -> list[str]:
    """Each (code, values) as a short sentence without a full stop, in the order given."""
    return [_sentence(str(code), [str(value) for value in values]) for code, values in reasons]


def _sentence(code: str, values: Values) -> str:
    if code in PLAIN:
        return str(PLAIN[code])
    if code in _TOLD:
        return _TOLD[code](values)
    words = code.replace("_", " ").capitalize()
    return f"{words}: {several(values)}" if values else words


def _quoted(values: Values) -> str:
    return several([f"“{value}”" for value in values])


def _marks(values: Values) -> str:
    later, earlier = (value or _("none") for value in values)
    words = {"later": later, "earlier": earlier}
    return _("Marks of phases in the titles: %(later)s and %(earlier)s; phases are never one action") % words


def _follows(values: Values) -> str:
    ended, began = (_day(value) for value in values)
    return _("One ended on %(ended)s, the other began on %(began)s") % {"ended": ended, "began": began}


def _sums(values: Values) -> str:
    return _("Sums of about the same size: %(sums)s") % {"sums": several([_money(value) for value in values])}


def _other_assistance(values: Values) -> str:
    one, other = (_kinds(value.split(", ")) for value in values)
    return _("Different kinds of assistance: %(one)s; %(other)s") % {"one": one, "other": other}


def _kinds(values: Values) -> str:
    labels = dict(AssistanceKind.choices)
    return several([str(labels.get(value, value)) for value in values])


def _day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text or _("a day not known")


def _days(values: Values) -> str:
    return several(dict.fromkeys(_day(value) for value in values))


def _money(text: str) -> str:
    amount, _space, currency = text.partition(" ")
    try:
        return f"{currency} {Decimal(amount):,f}".strip()
    except InvalidOperation:
        return text


_TOLD: Mapping[str, Callable[[Values], str]] = {
    "same_title": lambda values: (
        _("The titles say the same, by the words %(words)s") % {"words": _quoted(values)}
    ),
    "shared_words": lambda values: _("Words in common: %(words)s") % {"words": _quoted(values)},
    "doer_and_payer": lambda values: (
        _("%(doer)s carries out what %(payer)s pays, and both report")
        % dict(zip(("doer", "payer"), values, strict=True))
    ),
    "same_need": lambda values: _("Judged to answer the same need: %(all)s") % {"all": several(values)},
    "same_measure": lambda values: _("Placed under the same measure: %(all)s") % {"all": several(values)},
    "same_assistance": lambda values: (
        _("The same kinds of assistance: %(kinds)s") % {"kinds": _kinds(values)}
    ),
    "other_assistance": _other_assistance,
    "phase_marks": _marks,
    "follows": _follows,
    "same_sum": _sums,
    "same_start": lambda values: (
        _("They begin within a month of each other: %(days)s") % {"days": _days(values)}
    ),
    "same_end": lambda values: _("They end within a month of each other: %(days)s") % {"days": _days(values)},
}
