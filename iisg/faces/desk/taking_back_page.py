"""The page on which a file is taken back: what becomes of each of its records, beforehand and afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iisg.knowledge.actions.fact_words import topic_words
from iisg.knowledge.actions.models import Action, Back, Import, ImportRow, ImportState
from iisg.knowledge.actions.provenance import topics_of
from iisg.knowledge.actions.taking_back import undone
from iisg.knowledge.responses.holding import holds

COLOURS = {
    Back.REMOVED: "red",
    Back.RESTORED: "green",
    Back.PARTLY: "amber",
    Back.WITHDRAWN: "amber",
    Back.KEPT: "blue",
}
MEANINGS: dict[Back, str | Promise] = {
    Back.REMOVED: _("The file entered it and nobody has said anything about it since. Its history stays."),
    Back.RESTORED: _("All that the file changed returns to what it was."),
    Back.PARTLY: _("What nobody has touched since returns to what it was; the rest stays as it is now."),
    Back.WITHDRAWN: _(
        "It stays on record with what was decided when the file was applied, and counts nowhere."
    ),
    Back.KEPT: _("It stays as it is now."),
}


class TakeBackForm(forms.Form):
    """Why; it stays on the page of the file and in the history of each record."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        help_text=_("In a sentence. It stays on this file's page and in the history of each record."),
        max_length=500,
        error_messages={"required": _("Say why in a sentence.")},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One record; `route` and `ref` lead to it where it is still there, `facts` are those that return."""

    title: str
    key: str
    route: str
    ref: str
    outcome: str
    colour: str
    meaning: str | Promise
    reasons: Sequence[str]
    facts: Sequence[str] = field(default=())


def lines_of(imported: Import) -> list[Line]:
    """Every record that the file entered or changed; nothing is stored."""
    if imported.state == ImportState.TAKEN_BACK:
        rows = imported.rows.exclude(back="").order_by("order")
        return [_line(row, Back(row.back), row.back_reasons, row.back != Back.REMOVED) for row in rows]
    return [
        _line(each.row, each.outcome, each.reasons, True, _returning(each.row, each.facts))
        for each in undone(imported, holds)
    ]


def counts_of(lines: Sequence[Line]) -> list[tuple[Back, int]]:
    """How many records each outcome has, those that it has."""
    found = Counter(line.outcome for line in lines)
    return [(outcome, found[outcome.value]) for outcome in Back if found[outcome.value]]


def _line(
    row: ImportRow, outcome: Back, reasons: Sequence[str], there: bool, facts: Sequence[str] = ()
) -> Line:
    return Line(
        row.title or row.key,
        row.key,
        "need" if row.subject == "needs" else Action._meta.model_name or "",
        row.record_ref if there else "",
        outcome.value,
        COLOURS[outcome],
        MEANINGS[outcome],
        reasons,
        facts,
    )


def _returning(row: ImportRow, facts: Sequence[str] | dict[str, object]) -> list[str]:
    words, topics = topic_words(row.subject), topics_of(row.subject)
    return [str(words[topic]) for topic in dict.fromkeys(topics.of[name] for name in facts)]
