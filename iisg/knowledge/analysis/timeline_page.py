"""The timeline in words: needs by objective with the actions that answer them, as one reader may see them on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.foundations.core.periods import PrintedDate
from iisg.foundations.core.templatetags.wording import printed_date
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.answers_in_brief import InBrief
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedRow, ResponseRow, Running
from iisg.knowledge.analysis.engine.running import running_at
from iisg.knowledge.analysis.links import address
from iisg.knowledge.analysis.pictures.timeline import Bar, NeedGroup, NeedLine, TimelineWords
from iisg.knowledge.analysis.reading import Picture
from iisg.knowledge.analysis.titles import Titles
from iisg.knowledge.needs.models import Objective

SHOWN = {
    "running": gettext_lazy("something that answers them runs"),
    "ending": gettext_lazy("all that runs ends within a year"),
    "none": gettext_lazy("nothing that answers them runs"),
}
"""What needs may be looked at for, beside all of them."""
RUNNING_WORDS = {
    Running.RUNNING: gettext_lazy("runs"),
    Running.PLANNED: gettext_lazy("planned"),
    Running.FINISHED: gettext_lazy("finished"),
    Running.STOPPED: gettext_lazy("stopped"),
    Running.UNKNOWN: gettext_lazy("not known whether it runs"),
}
SOON = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class NeedsWanted:
    """What a reader looks for; "" leaves it open, `show` is a key of SHOWN."""

    pillar: str = ""
    partner: str = ""
    show: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A need with the actions judged to answer it that reach those who are looked at, each with its judgement."""

    need: NeedRow
    answers: tuple[tuple[ActionRow, ResponseRow], ...]


def is_shown_for(one: InBrief, show: str, day: date) -> bool:
    """Whether a need belongs to the chosen ones; an end that nobody knows is no end within a year."""
    if show == "none":
        return not one.ends
    if show == "ending":
        return bool(one.ends) and all(end and end <= day + SOON for end in one.ends)
    return bool(one.ends) or not show


def needs_wanted(needs: Iterable[InBrief], titles: Titles, wanted: NeedsWanted) -> list[InBrief]:
    """Needs that fit, whatever runs for them, in the order of the framework."""
    order = {key: place for place, key in enumerate(titles.objectives)}
    chosen = [
        one
        for one in needs
        if (not wanted.pillar or wanted.pillar in one.need.pillars)
        and (not wanted.partner or wanted.partner in one.need.partners)
    ]
    return sorted(chosen, key=lambda one: (order.get(_objective(one.need, wanted), len(order)), one.need.ref))


def answered(shown: Iterable[InBrief], found: Picture, wanted: NeedsWanted) -> list[Answered]:
    """The needs of a page in their order, each with its actions by their first known day."""
    actions = {action.ref: action for action in found.actions}
    judged: dict[str, list[ResponseRow]] = defaultdict(list)
    for response in found.responses:
        if response.degree != "none" and response.action in actions:
            judged[response.need].append(response)
    rows = {need.ref: need for need in found.needs}
    needs = [rows[one.need.ref] for one in shown if one.need.ref in rows]
    return [Answered(need, _answers(judged[need.ref], actions, _asking(need, wanted))) for need in needs]


def _asking(need: NeedRow, wanted: NeedsWanted) -> frozenset[str]:
    """The partners that an answer has to reach: the chosen one, else any that states the need."""
    return frozenset({wanted.partner}) if wanted.partner else need.partners


def _answers(
    judged: Iterable[ResponseRow], actions: dict[str, ActionRow], partners: frozenset[str]
) -> tuple[tuple[ActionRow, ResponseRow], ...]:
    """Actions that reach one of the partners, or of which nobody knows whom they reach; by start, unknown last."""
    found = [(actions[response.action], response) for response in judged]
    kept = [pair for pair in found if pair[0].partners & partners or not pair[0].partners]
    return tuple(sorted(kept, key=lambda pair: (pair[0].start or pair[0].end or date.max, pair[0].ref)))


def _objective(need: NeedRow, wanted: NeedsWanted) -> str:
    """The objective under which a need stands first, within the chosen pillar."""
    places = [place for place in need.placements if not wanted.pillar or place[0] == wanted.pillar]
    return places[0][2] if places else ""


def groups(shown: Sequence[Answered], found: Picture, titles: Titles, wanted: NeedsWanted) -> list[NeedGroup]:
    """Needs under the objectives they stand under, ready to be drawn."""
    lines: dict[str, list[NeedLine]] = {}
    for one in shown:
        lines.setdefault(_objective(one.need, wanted), []).append(_line(one, found))
    return [NeedGroup(_heading(titles.objectives.get(key)), tuple(needs)) for key, needs in lines.items()]


def _heading(objective: Objective | None) -> str:
    """Pillar, field and objective."""
    if objective is None:
        return _("Without an objective")
    return f"{objective.pillar.get_code_display()}, {objective.get_four_p_display()}: {objective.title}"


def _line(one: Answered, found: Picture) -> NeedLine:
    need = found.needs_by_ref[one.need.ref]
    due = need.needed_by
    return NeedLine(
        ref=need.ref,
        title=need.title,
        bars=tuple(_bar(row, judged, found) for row, judged in one.answers),
        needed_by=due,
        needed_by_words=_("needed by %(day)s") % {"day": date_format(due, "j F Y")} if due else "",
        href=address("need", need.ref),
    )


def _bar(row: ActionRow, judged: ResponseRow, found: Picture) -> Bar:
    action = found.actions_by_ref[row.ref]
    running = running_at(row, found.day)
    return Bar(
        ref=row.ref,
        title=row.title,
        start=row.start,
        end=row.end,
        full=judged.degree == "full",
        running=str(running),
        start_words=_start(action),
        end_words=_end(action),
        running_words=str(RUNNING_WORDS[running]),
        href=address("action", row.ref),
    )


def _start(action: Action) -> str:
    if action.start_on is None:
        return _("start not known")
    return _("from %(day)s") % {"day": _in_words(action.start, action.start_on)}


def _end(action: Action) -> str:
    if action.end_on is None:
        return _("end not known")
    if action.end_derived:
        return _("until %(day)s, computed") % {"day": _in_words(action.end, action.end_on)}
    return _("until %(day)s") % {"day": _in_words(action.end, action.end_on)}


def _in_words(printed: PrintedDate, day: date) -> str:
    """As far as its source knew it; a day that the house computed in full."""
    return printed_date(printed) if printed.printed else date_format(day, "j F Y")


def timeline_words(day: date, today: date) -> TimelineWords:
    """Words of the picture on a day."""
    shown = date_format(day, "j F Y")
    return TimelineWords(
        question=_("When does help for these needs run, and when does it stop?"),
        says=_(
            "Each need with the actions that a person has judged to answer it, from their first to their last day; "
            "the line marks %(day)s."
        )
        % {"day": shown},
        caption=_("Needs and the actions that answer them"),
        heads=(
            _("Need"),
            _("Action"),
            _("Judged"),
            _("Start"),
            _("End"),
            _("On %(day)s") % {"day": shown},
        ),
        full=_("answers the need fully"),
        partial=_("answers it in part"),
        not_known=_("not known whether it runs then"),
        nothing=_("nothing has been judged to answer it"),
        day=_("today") if day == today else shown,
    )
