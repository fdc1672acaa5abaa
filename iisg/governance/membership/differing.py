"""Two versions of an assessment beside each other, what was taken out and put in marked word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iisg.governance.membership.models import Assessment, Criterion


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the assessment in both versions, escaped and marked."""

    what: str | Promise
    before: SafeString
    after: SafeString
    differs: bool


def compared(former: Assessment, later: Assessment) -> list[Row]:
    """Recommendation, summary, then each criterion's finding, evidence and sources."""
    return [
        Row(what, *_marked(before, after), before != after)
        for what, before, after in chain(_whole(former, later), _criteria(former, later))
    ]


def _whole(former: Assessment, later: Assessment) -> Iterator[tuple[str, str, str]]:
    yield (
        _("Recommendation"),
        former.get_recommendation_display(),
        later.get_recommendation_display(),
    )
    yield _("Summary"), former.summary, later.summary


def _criteria(former: Assessment, later: Assessment) -> Iterator[tuple[str, str, str]]:
    before = {each.criterion: each for each in former.findings.all()}
    after = {each.criterion: each for each in later.findings.all()}
    for criterion in Criterion:
        old, new = before.get(criterion), after.get(criterion)
        parts = (
            (
                _("finding"),
                old.get_fulfilled_display() if old else "",
                new.get_fulfilled_display() if new else "",
            ),
            (_("evidence"), old.evidence if old else "", new.evidence if new else ""),
            (_("sources"), old.sources if old else "", new.sources if new else ""),
        )
        for part, was, is_now in parts:
            yield f"{criterion.label}: {part}", was, is_now


def _marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts; words that only the first has as deleted, those that only the second has as inserted."""
    old, new = before.split(" "), after.split(" ")
    left: list[tuple[SafeString]] = []
    right: list[tuple[SafeString]] = []
    for move, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, is_now = " ".join(old[a:b]), " ".join(new[c:d])
        if was:
            left.append((format_html("{}" if move == "equal" else "<del>{}</del>", was),))
        if is_now:
            right.append((format_html("{}" if move == "equal" else "<ins>{}</ins>", is_now),))
    return format_html_join(" ", "{}", left), format_html_join(" ", "{}", right)
