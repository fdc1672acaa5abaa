"""Needs that nothing running answers, and needs of which nobody can know, with the reasons in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.matrix import Gap, gaps, not_known
from iisg.knowledge.analysis.engine.rows import NeedRow, State
from iisg.knowledge.analysis.links import address
from iisg.knowledge.analysis.reading import Picture, picture_about
from iisg.knowledge.analysis.summary import Summary
from iisg.knowledge.analysis.titles import Titles
from iisg.knowledge.analysis.wording import Part, part_in_words, several
from iisg.knowledge.needs.models import Need, Priority

NOT_STATED = "not_stated"
NEED_KINDS = {
    "legislative": gettext_lazy("legislative"),
    "institutional": gettext_lazy("institutional"),
    "operational": gettext_lazy("operational"),
}
PRIORITY_WORDS = {
    **{str(value): label for value, label in Priority.choices},
    "": gettext_lazy("not stated"),
}
SORTED_BY = ("priority", "ref", "title", "partners")


@dataclass(frozen=True, slots=True)
class GapsWanted:
    """What a reader looks for; "" leaves it open, `priority` may be "not_stated"."""

    pillar: str = ""
    partner: str = ""
    kind: str = ""
    priority: str = ""

    def holds(self, need: NeedRow) -> bool:
        """Whether a need fits what is not about its partners."""
        return (
            (not self.pillar or self.pillar in need.pillars)
            and (not self.kind or self.kind in need.kinds)
            and (not self.priority or self.priority == (need.priority or NOT_STATED))
        )


@dataclass(frozen=True, slots=True)
class GapLists:
    """Gaps, what is not known without a gap, and how many needs of single partners stand in each state."""

    gaps: list[Gap]
    not_known: list[Gap]
    counts: Counter[State]
    needs: int

    @property
    def answers(self) -> int:
        """Needs, each counted once for every partner that states it."""
        return self.counts.total()

    @property
    def silent(self) -> set[str]:
        """Members whose silence leaves a need of the second list open, as coverage calls them."""
        return {name for gap in self.not_known for answer in gap.not_known for name in answer.outstanding}

    @property
    def priorities(self) -> list[tuple[int, str]]:
        """How many needs with a gap have each priority that occurs, in words, the most urgent first."""
        found = Counter(gap.need.priority for gap in self.gaps)
        return [(found[key], str(word)) for key, word in PRIORITY_WORDS.items() if found[key]]


@dataclass(frozen=True, slots=True)
class Reason:
    """For which partners, and why, one sentence after the other; `aside` where others of the need have a gap."""

    partners: tuple[str, ...]
    sentences: tuple[str, ...]
    state: State = State.GAP
    aside: bool = False

    @property
    def partners_in_words(self) -> str:
        """The names as in a sentence; in a list of gaps those that are not known are told apart."""
        names = several(self.partners)
        return _("%(partners)s (not known)") % {"partners": names} if self.aside else names


@dataclass(frozen=True, slots=True)
class GapLine:
    """One need of a list with everything the page says of it."""

    need: Need
    reasons: tuple[Reason, ...]

    @property
    def href(self) -> str:
        """The need's own page."""
        return address("need", self.need.ref)

    @property
    def partners(self) -> list[str]:
        """All partners that the reasons speak of, alphabetically."""
        return sorted({name for reason in self.reasons for name in reason.partners})

    @property
    def kinds(self) -> str:
        """Legislative, institutional, operational."""
        return several([str(NEED_KINDS[kind]) for kind in self.need.kinds])

    @property
    def places(self) -> list[str]:
        """Its measures, or objectives where it has no measure, from what is already fetched."""
        return [str(place.measure or place.objective) for place in self.need.placements.all()]

    @property
    def pillars(self) -> list[str]:
        """Its pillars."""
        return list(dict.fromkeys(place.objective.pillar_id for place in self.need.placements.all()))


def gap_lists(found: Summary, wanted: GapsWanted) -> GapLists:
    """Both lists for what is wanted, by priority, pillar and reference."""
    needs = [need for need in found.needs if wanted.holds(need)]
    refs = {need.ref for need in needs}
    answers = [
        answer
        for answer in found.answers
        if answer.need in refs and (not wanted.partner or answer.partner == wanted.partner)
    ]
    return GapLists(
        gaps=gaps(needs, answers),
        not_known=not_known(needs, answers),
        counts=Counter(answer.state for answer in answers),
        needs=len({answer.need for answer in answers}),
    )


def in_order(listed: Sequence[Gap], sort: str) -> list[Gap]:
    """By a key of SORTED_BY, "-" before it for the other way round; else by priority, as the engine does."""
    keys = {
        "ref": lambda gap: (gap.need.ref,),
        "title": lambda gap: (gap.need.title.casefold(), gap.need.ref),
        "partners": lambda gap: (len(gap.gaps) or len(gap.not_known), gap.need.ref),
    }
    key = keys.get(sort.removeprefix("-"))
    ordered = sorted(listed, key=key) if key else list(listed)
    return ordered[::-1] if sort.startswith("-") else ordered


def gap_lines(listed: Iterable[Gap], reader: object, day: date, titles: Titles) -> list[GapLine]:
    """Lines for a page of a list: why it is a gap for some partners, and why it is not known for others.

    Only what the page shows is counted in full, for its sentences.
    """
    listed = list(listed)
    found = picture_about(reader, day, [gap.need.ref for gap in listed])
    parts = {
        (answer.need, answer.partner): answer.sentence_parts
        for answer in coverage(found.needs, found.actions, found.responses, found.outstanding, day)
    }
    return [
        GapLine(found.needs_by_ref[gap.need.ref], tuple(_reasons(gap, parts, found, titles)))
        for gap in listed
    ]


def _reasons(
    gap: Gap, told: Mapping[tuple[str, str], tuple[Part, ...]], found: Picture, titles: Titles
) -> Iterable[Reason]:
    """Partners that share state and reasons stand together."""
    grouped: dict[tuple[State, tuple[Part, ...]], list[str]] = {}
    for answer in (*gap.gaps, *gap.not_known):
        parts = told[answer.need, answer.partner]
        if len(parts) > 1:
            parts = tuple(part for part in parts if part[0] != "nobody_named")
        grouped.setdefault((answer.state, parts), []).append(answer.partner)
    for (state, parts), partners in grouped.items():
        sentences = tuple(_sentence(part, found) for part in parts)
        aside = bool(gap.gaps) and state is State.NOT_KNOWN
        yield Reason(tuple(titles.named(partners)), sentences, state, aside)


def _sentence(part: Part, found: Picture) -> str:
    """One reason; references of actions come with the day that made them finished or planned."""
    code, values = part
    if code == "nobody_named":
        return _("No action has been judged to answer it.")
    if code in ("finished", "planned"):
        values = tuple(_dated(ref, found, code) for ref in values)
    return part_in_words((code, values))


def _dated(ref: str, found: Picture, code: str) -> str:
    """The reference with the day on which the action ended or begins, where that day says why."""
    action = found.actions_by_ref.get(ref)
    if action is None:
        return ref
    if code == "finished" and action.end_on is not None and action.end_on < found.day:
        return _("%(ref)s (until %(day)s)") % {"ref": ref, "day": date_format(action.end_on, "j F Y")}
    if code == "planned" and action.start_on is not None:
        return _("%(ref)s (from %(day)s)") % {"ref": ref, "day": date_format(action.start_on, "j F Y")}
    return ref
