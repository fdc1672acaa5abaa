"""Reasons of the relation engine in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.knowledge.analysis.wording import several

REASON_WORDS: Mapping[str, str | Promise] = {
    "same_title": _("Both have the same title"),
    "printed_as_part": _("Its source prints the other one as its whole"),
}


def reasons_in_words(reasons: Iterable[Sequence[Any]]) -> list[str]:
    """Each (code, values) as a short sentence without a full stop, in the order given."""
    return [_sentence(str(code), [str(value) for value in values]) for code, values in reasons]


def _sentence(code: str, values: Sequence[str]) -> str:
    words = str(REASON_WORDS.get(code, code.replace("_", " ").capitalize()))
    if "%(values)s" in words:
        return words % {"values": several(values)}
    return words if not values or code in REASON_WORDS else f"{words}: {several(values)}"
