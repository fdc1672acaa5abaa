"""The engine's codes in words: what coverage says, why an action is suggested, whether it runs on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.utils.translation import pgettext_lazy as in_context

from iisg.knowledge.actions.models import Stage
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedCoverage, Running, State

Part = tuple[str, tuple[str, ...]]
Words = str | Promise

STATE_WORDS: Mapping[State, Words] = {
    State.COVERED: gettext_lazy("covered"),
    State.PARTLY: gettext_lazy("partly covered"),
    State.GAP: gettext_lazy("a gap"),
    State.NOT_KNOWN: gettext_lazy("not known"),
}
"""The four answers of coverage inside a sentence (rules.md 5)."""

RUNNING_WORDS: Mapping[Running, Words] = {
    Running.RUNNING: in_context("an action", "running"),
    Running.PLANNED: in_context("an action", "planned"),
    Running.FINISHED: in_context("an action", "finished"),
    Running.STOPPED: in_context("an action", "stopped"),
    Running.UNKNOWN: in_context("whether an action runs", "not known"),
}
"""Whether an action runs, as a short tag."""

RUNNING_COLOURS: Mapping[Running, str] = {
    Running.RUNNING: "green",
    Running.PLANNED: "blue",
    Running.FINISHED: "grey",
    Running.STOPPED: "red",
    Running.UNKNOWN: "violet",
}
"""The colour that goes with the tag; the word is always there."""


KIND_WORDS: Mapping[str, Words] = {
    "legislative": gettext_lazy("legislative"),
    "institutional": gettext_lazy("institutional"),
    "operational": gettext_lazy("operational"),
}
"""The three kinds of need."""


def several(words: Iterable[str], most: int = 6) -> str:
    """A list as in a sentence; beyond `most` only how many more there are."""
    found = list(words)
    if len(found) > most:
        more = len(found) - most
        return ngettext("%(some)s and %(more)d more", "%(some)s and %(more)d more", more) % {
            "some": ", ".join(found[:most]),
            "more": more,
        }
    if len(found) < 2:
        return "".join(found)
    return _("%(some)s and %(last)s") % {"some": ", ".join(found[:-1]), "last": found[-1]}


def _listed(words: Any) -> Callable[[tuple[str, ...]], str]:
    """A sentence about one or several refs or bodies, named as %(all)s; `words` from ngettext_lazy."""
    return lambda values: str(words % {"number": len(values), "all": several(values)})


def _quantity(values: tuple[str, ...]) -> str:
    met, needed, unit = values
    words = {"met": _plain(met), "needed": _plain(needed), "unit": unit}
    if not met:
        return _("How many of %(needed)s %(unit)s are provided is not known.") % words
    return _("%(met)s of %(needed)s %(unit)s are provided by what runs.") % words


def _plain(amount: str) -> str:
    """An amount without needless zeros ("281.00" is "281")."""
    return f"{Decimal(amount).normalize():f}" if amount else ""


_COVERAGE: Mapping[str, Callable[[tuple[str, ...]], str]] = {
    "answered_by": _listed(
        ngettext_lazy("%(all)s runs and answers it.", "%(all)s run and answer it.", "number")
    ),
    "regional_only": lambda values: _(
        "Only as part of the region: nothing that answers it names this partner."
    ),
    "finished": _listed(
        ngettext_lazy(
            "%(all)s was judged to answer it, but has finished.",
            "%(all)s were judged to answer it, but have finished.",
            "number",
        )
    ),
    "planned": _listed(
        ngettext_lazy(
            "%(all)s would answer it, but has not begun.",
            "%(all)s would answer it, but have not begun.",
            "number",
        )
    ),
    "stopped": _listed(ngettext_lazy("%(all)s was stopped.", "%(all)s were stopped.", "number")),
    "time_unknown": _listed(
        ngettext_lazy(
            "Whether %(all)s runs on this day is not known.",
            "Whether %(all)s run on this day is not known.",
            "number",
        )
    ),
    "partners_unknown": _listed(
        ngettext_lazy(
            "Which partners %(all)s reaches is not known.",
            "Which partners %(all)s reach is not known.",
            "number",
        )
    ),
    "not_answered": _listed(
        ngettext_lazy(
            "%(all)s has not answered in this round.", "%(all)s have not answered in this round.", "number"
        )
    ),
    "quantity": _quantity,
    "quantity_not_stated": _listed(
        ngettext_lazy(
            "How much %(all)s provides is not stated, so the quantity cannot count as met.",
            "How much %(all)s provide is not stated, so the quantity cannot count as met.",
            "number",
        )
    ),
    "nobody_named": lambda values: _("Nothing has been judged to answer it for this partner."),
}


def coverage_sentences(found: NeedCoverage) -> list[str]:
    """One sentence for each part that led to the answer."""
    return [part_in_words(part) for part in found.sentence_parts]


def part_in_words(part: Part) -> str:
    """One part of the engine's answer as a sentence."""
    code, values = part
    return _COVERAGE[code](values)


def change_in_words(partner: str, before: State, after: State) -> str:
    """What a judgement does to one partner's answer."""
    words = {"partner": partner, "before": STATE_WORDS[before], "after": STATE_WORDS[after]}
    if before == after:
        return _("%(partner)s stays %(after)s") % words
    return _("%(partner)s: %(before)s → %(after)s") % words


def suggestion_reasons(reasons: Iterable[Part], names: Mapping[str, str]) -> list[str]:
    """Why the engine offers an action for a need; `names` are partners by code and measures by code."""
    return [_reason(code, values, names) for code, values in reasons]


def _reason(code: str, values: tuple[str, ...], names: Mapping[str, str]) -> str:
    named = several(sorted(names.get(value, value) for value in values))
    if code == "names_partner":
        return _("names %(partners)s") % {"partners": named}
    if code == "covers_region":
        return _("covers the region with %(partners)s") % {"partners": named}
    if code == "same_measure":
        titles = several([f"“{names.get(value, value)}”" for value in values])
        return _("same measure: %(titles)s") % {"titles": titles}
    if code == "same_pillar":
        return _("same pillar (%(codes)s)") % {"codes": several(values)}
    if code == "shared_words":
        return _("wording: %(words)s") % {"words": several([f"“{value}”" for value in values])}
    if code == "fitting_kind":
        return _("assistance that fits a need of this kind (%(kinds)s)") % {
            "kinds": several([str(KIND_WORDS[value]) for value in values])
        }
    return _time_reason(code, values)


def _time_reason(code: str, values: tuple[str, ...]) -> str:
    day = _day(values[0]) if values and values[0] else ""
    words = {
        "runs_until": _("runs until %(day)s") % {"day": day} if day else _("runs, end not known"),
        "finished": _("has finished"),
        "planned": _("planned, has not begun"),
        "stopped": _("stopped"),
        "time_unknown": _("whether it runs is not known"),
        "partner_not_stated": _("partner not stated"),
    }
    return words[code]


def _day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text


def why_running(row: ActionRow, running: Running) -> str:
    """Whether the action runs, in a sentence with its reason; `running` is the engine's answer."""
    days = {
        "start": date_format(row.start, "j F Y") if row.start else "",
        "end": date_format(row.end, "j F Y") if row.end else "",
        "start_by": date_format(row.start_by, "j F Y") if row.start_by else "",
    }
    return _WHY[running](row) % days


def _why_running(row: ActionRow) -> str:
    if row.start and row.end:
        return _("Yes: it began by %(start)s and ends by %(end)s.")
    if row.start:
        return _("Yes: it began by %(start)s and its source says it is under way; its end is not known.")
    if row.end:
        return _("Yes: its source says it is under way; it ends by %(end)s.")
    return _("Yes: its source says it is under way; its dates are not known.")


def _why_finished(row: ActionRow) -> str:
    if row.stage == Stage.COMPLETED:
        return _("No: its source says it is completed.")
    return _("No: its last possible day was %(end)s.")


def _why_planned(row: ActionRow) -> str:
    return _("No: it begins on %(start)s.")


def _why_stopped(row: ActionRow) -> str:
    return _("No: it was cancelled.") if row.stage == Stage.CANCELLED else _("No: it is suspended.")


def _why_unknown(row: ActionRow) -> str:
    if row.stage == Stage.PIPELINE:
        return _("Not known: its source only announces it; whether it has begun nobody has told.")
    if row.stage == Stage.COMPLETED:
        return _("Not known: its source says it is completed, but not whether it ran on this day.")
    if row.stage == Stage.IMPLEMENTATION and not row.start:
        return _("Not known: its source says it is under way now, but not since when.")
    if row.start_by and (row.end or row.stage):
        return _("Not known: it began at some time from %(start)s to %(start_by)s.")
    if row.start:
        return _("Not known: it began by %(start)s, but neither its end nor its stage is known.")
    if row.end:
        return _("Not known: it ends by %(end)s, but neither its start nor its stage is known.")
    return _("Not known: neither its dates nor its stage tell.")


_WHY: Mapping[Running, Callable[[ActionRow], str]] = {
    Running.RUNNING: _why_running,
    Running.FINISHED: _why_finished,
    Running.PLANNED: _why_planned,
    Running.STOPPED: _why_stopped,
    Running.UNKNOWN: _why_unknown,
}
