"""What counting would make of each judgement, shown before anybody gives one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.desk.marking import marked, telling_words
from iisg.faces.desk.need_record import TimeTag, names_of, time_tag
from iisg.faces.desk.strip import Span, Strip, strip
from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.one_action import of_actions
from iisg.knowledge.analysis.engine.rows import (
    PARTNERS,
    ActionRow,
    NeedCoverage,
    NeedRow,
    ResponseRow,
    Running,
    State,
)
from iisg.knowledge.analysis.reading import Picture, need_row, picture_about, rows_of_actions
from iisg.knowledge.analysis.wording import change_in_words, several
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Degree


@dataclass(frozen=True, slots=True)
class Consequence:
    """One choice with what it does to each partner's answer; `before` and `after` by partner."""

    choice: str | Promise
    changes: list[str]
    before: list[NeedCoverage]
    after: list[NeedCoverage]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A need and an action side by side; in the texts the words that both have are marked."""

    time: TimeTag
    need_title: SafeString
    need_original: SafeString
    action_title: SafeString
    action_summary: SafeString
    strip: Strip
    consequences: list[Consequence]
    unmoved: str | Promise


def compare(need: Need, action: Action, reader: Actor, day: date) -> Comparison:
    """Shared words, days and consequences for a need and an action fetched `with_facts`."""
    row = rows_of_actions([action])[0]
    time = time_tag(row, day)
    found = picture_about(reader, day, [need.ref], [action.ref])
    shared = telling_words(f"{need.title} {need.title_original} {need.capability}") & telling_words(
        f"{action.title} {action.title_original} {action.summary}"
    )
    spans = _spans(need, row, found)
    return Comparison(
        time=time,
        need_title=marked(need.title, shared),
        need_original=marked(need.title_original, shared),
        action_title=marked(action.title, shared),
        action_summary=marked(action.summary, shared),
        strip=strip(spans, day),
        consequences=consequences(need, action.ref, found),
        unmoved=_unmoved(need, row.partners, time.running),
    )


def _spans(need: Need, row: ActionRow, found: Picture) -> list[Span]:
    """The action, the day by which the need is to be met, and what else was judged to answer the need."""
    judged = {r.action for r in found.responses if r.need == need.ref and r.degree != Degree.NONE}
    others = [a for a in found.actions if a.ref in judged - {found.groups.head(row.ref)}]
    spans = [Span(row.ref, row.start, row.end)]
    if need.needed_by:
        spans.append(Span(_("%(ref)s is to be met") % {"ref": need.ref}, None, need.needed_by))
    return [*spans, *(Span(other.ref, other.start, other.end) for other in others)]


def consequences(need: Need, action: str, found: Picture) -> list[Consequence]:
    """Coverage with each possible judgement beside coverage without one of this action."""
    row = need_row(need)
    others = [r for r in found.judged if (r.need, r.action) != (need.ref, action)]
    before = _coverage(row, found.responses, found)
    choices: list[tuple[str | Promise, str, Decimal | None]] = [
        (Degree.FULL.label, Degree.FULL.value, need.quantity),
        (Degree.PARTIAL.label, Degree.PARTIAL.value, None),
        (Degree.NONE.label, Degree.NONE.value, None),
    ]
    if need.quantity is not None:
        whole = _("answers it fully, with all %(quantity)s %(unit)s") % {
            "quantity": f"{need.quantity.normalize():f}",
            "unit": need.unit,
        }
        choices[0] = (whole, Degree.FULL.value, need.quantity)
        choices[1] = (gettext_lazy("answers it in part, no quantity stated"), Degree.PARTIAL.value, None)
    names = names_of(need.partners.all())
    result = []
    for words, degree, quantity in choices:
        judged = [*others, ResponseRow(need.ref, action, degree, quantity)]
        after = _coverage(row, of_actions(judged, found.groups), found)
        result.append(Consequence(words, changes(before, after, names), before, after))
    return result


def changes(before: list[NeedCoverage], after: list[NeedCoverage], names: dict[str, str]) -> list[str]:
    """What moved, partners that move alike together; one sentence where nothing did."""
    moved: dict[tuple[State, State], list[str]] = {}
    for old, new in zip(before, after, strict=True):
        if old.state != new.state:
            moved.setdefault((old.state, new.state), []).append(names[old.partner])
    if not moved:
        return [_("Nothing changes for any partner.")]
    return [change_in_words(several(partners), *states) for states, partners in moved.items()]


def answers_now(need: Need, reader: Actor, day: date) -> list[NeedCoverage]:
    """Coverage of one need as it stands."""
    found = picture_about(reader, day, [need.ref])
    return _coverage(need_row(need), found.responses, found)


def _coverage(row: NeedRow, responses: Iterable[ResponseRow], found: Picture) -> list[NeedCoverage]:
    return coverage([row], found.actions, responses, found.outstanding, found.day)


def _unmoved(need: Need, reached: frozenset[str], running: Running) -> str | Promise:
    """Why a judgement of this action changes no figure on this day, "" where it may."""
    wanted = {p.code for p in need.partners.all()}
    if reached and not reached & wanted:
        return gettext_lazy("The action reaches none of the partners that have the need.")
    if running is Running.FINISHED:
        return gettext_lazy("The action has finished: a finished action does not cover a present need.")
    if running is Running.PLANNED:
        return gettext_lazy("The action has not begun: it will count from its first day on.")
    if running is Running.STOPPED:
        return gettext_lazy("The action was stopped, so it does not count.")
    if running is Running.UNKNOWN:
        return gettext_lazy(
            "Whether the action runs is not known, so it cannot cover the need, only leave it open."
        )
    missing = [code for code in PARTNERS if code in wanted and code not in reached]
    if reached and missing:
        names = names_of(need.partners.all())
        return _("The action does not reach %(names)s.") % {"names": ", ".join(names[c] for c in missing)}
    return ""
