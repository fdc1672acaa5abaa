"""Pairs of actions that do the same, or different things, for the same partner at the same time: in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iisg.knowledge.actions.models import Action, AssistanceKind
from iisg.knowledge.analysis.comparing import Compared
from iisg.knowledge.analysis.engine.overlap_columns import Pairs, overlap_pairs
from iisg.knowledge.analysis.engine.overlaps import COMPLEMENT, OVERLAP, POSSIBLE, Overlap, overlaps
from iisg.knowledge.analysis.engine.rows import PARTNERS, NeedRow
from iisg.knowledge.analysis.links import address
from iisg.knowledge.analysis.reading import Picture
from iisg.knowledge.analysis.titles import Titles
from iisg.knowledge.analysis.wording import several

KIND_WORDS = {
    OVERLAP: gettext_lazy("overlap"),
    COMPLEMENT: gettext_lazy("complement"),
    POSSIBLE: gettext_lazy("possible overlap"),
}
KIND_COLOURS = {OVERLAP: "amber", COMPLEMENT: "blue", POSSIBLE: "violet"}
UNKNOWN_WORDS = {
    "time": gettext_lazy("whether they run on the same days"),
    "funder": gettext_lazy("whether their funders differ"),
    "assistance": gettext_lazy("whether they give the same kind of assistance"),
}
SORTED_BY = ("kind", "first", "since")


@dataclass(frozen=True, slots=True)
class OverlapsWanted:
    """What a reader looks for; "" leaves it open, `on` None means whatever the day."""

    pillar: str = ""
    partner: str = ""
    kind: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One action of a pair, with its funders' names."""

    action: Action
    funders: tuple[str, ...]

    @property
    def href(self) -> str:
        """The action's own page."""
        return address("action", self.action.ref)


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair with everything the page says of it."""

    pair: Overlap
    sides: tuple[Side, Side]
    partners: str
    shared: tuple[str, ...]
    together: str
    unknown: str

    @property
    def kind_words(self) -> str:
        """What the pair is."""
        return str(KIND_WORDS[self.pair.kind])

    @property
    def colour(self) -> str:
        """The colour of the tag that says so."""
        return KIND_COLOURS[self.pair.kind]

    @property
    def sentence(self) -> str:
        """What both do for whom."""
        if self.pair.kind == COMPLEMENT:
            return _("Different kinds of assistance for %(partners)s.") % {"partners": self.partners}
        kinds = self.assistance
        if kinds:
            return _("Both give %(kinds)s for %(partners)s.") % {"kinds": kinds, "partners": self.partners}
        return _("Both work for %(partners)s.") % {"partners": self.partners}

    @property
    def assistance(self) -> str:
        """The kinds of assistance that both give."""
        words = dict(AssistanceKind.choices)
        return several([str(words.get(kind, kind)) for kind in self.pair.assistance])


def pairs_wanted(found: Picture, titles: Titles, wanted: OverlapsWanted) -> list[Overlap]:
    """All pairs that fit, overlaps first, then complements, then what nobody can say."""
    pillars = {code: measure.objective.pillar_id for (_key, code), measure in titles.placed.items()}
    needs = {need.ref: need.pillars for need in found.needs}
    return [
        pair
        for pair in overlaps(found.actions, found.responses, on=wanted.on, needs=found.needs)
        if (not wanted.partner or wanted.partner in pair.partners)
        and (not wanted.kind or wanted.kind == pair.kind)
        and (not wanted.pillar or wanted.pillar in _pillars(pair, pillars, needs))
    ]


def pairs_in_columns(found: Compared, titles: Titles, wanted: OverlapsWanted) -> Pairs:
    """As `pairs_wanted`, of actions that were read to be compared: nothing is told of a pair until it is shown."""
    measures = {code: measure.objective.pillar_id for (_key, code), measure in titles.placed.items()}
    pairs = overlap_pairs(found.actions, found.responses, found.needs, measures)
    return pairs.chosen(wanted.kind, wanted.partner, wanted.pillar)


def in_order(pairs: Sequence[Overlap], sort: str) -> list[Overlap]:
    """Sorted by a key of SORTED_BY, "-" before it for the other way round; a day not known comes last."""
    keys = {
        "first": lambda pair: (pair.first, pair.second),
        "since": lambda pair: (pair.since or date.max, pair.first, pair.second),
    }
    key = keys.get(sort.removeprefix("-"))
    ordered = sorted(pairs, key=key) if key else list(pairs)
    if not sort.startswith("-"):
        return ordered
    if key is keys["since"]:
        return [p for p in ordered[::-1] if p.since] + [p for p in ordered if not p.since]
    return ordered[::-1]


def counts_by_kind(pairs: Iterable[Overlap]) -> dict[str, int]:
    """How many of each kind."""
    found = Counter(pair.kind for pair in pairs)
    return {kind: found[kind] for kind in KIND_WORDS}


def pair_lines(
    pairs: Sequence[Overlap], needs: Mapping[str, NeedRow], titles: Titles, reader: object
) -> list[PairLine]:
    """Lines for a page of pairs with needs by reference; only its actions are fetched with their bodies."""
    refs = {ref for pair in pairs for ref in (pair.first, pair.second)}
    actions = {a.ref: a for a in Action.objects.visible_to(reader).filter(ref__in=refs).with_facts()}
    sides = {
        ref: Side(action, tuple(body.shown for body in action.funders)) for ref, action in actions.items()
    }
    return [
        PairLine(
            pair=pair,
            sides=(sides[pair.first], sides[pair.second]),
            partners=partners_in_words(pair, titles),
            shared=tuple(_shared(pair, needs, titles)),
            together=together_in_words(pair),
            unknown=several([str(UNKNOWN_WORDS[name]) for name in pair.unknown], most=len(UNKNOWN_WORDS)),
        )
        for pair in pairs
    ]


def partners_in_words(pair: Overlap, titles: Titles) -> str:
    """Partners that both name, and those that at least one reaches only as part of the region."""
    regional = [code for code in pair.partners if code not in pair.specific]
    if not pair.specific and len(regional) == len(PARTNERS):
        return _("all six partners, as a region")
    named = several(titles.named(pair.specific))
    if not regional:
        return named
    if not named:
        return _("%(partners)s, as part of the region") % {"partners": several(titles.named(regional))}
    return _("%(named)s; as part of the region also %(regional)s") % {
        "named": named,
        "regional": several(titles.named(regional)),
    }


def together_in_words(pair: Overlap) -> str:
    """The days on which both run."""
    since, until = (date_format(day, "j F Y") if day else "" for day in (pair.since, pair.until))
    if since and until:
        return _("%(since)s to %(until)s") % {"since": since, "until": until}
    if since:
        return _("from %(since)s; when the first of them ends is not known") % {"since": since}
    if until:
        return _("until %(until)s; when the later of them began is not known") % {"until": until}
    return ""


def _shared(pair: Overlap, known: Mapping[str, NeedRow], titles: Titles) -> Iterable[str]:
    """The measures and the needs that both work on, by their titles."""
    measures = [titles.measures[code].title for code in pair.measures if code in titles.measures]
    needs = [known[ref].title for ref in pair.needs if ref in known]
    if measures:
        words = ngettext("Same measure: %(titles)s.", "Same measures: %(titles)s.", len(measures))
        yield words % {"titles": _quoted(measures)}
    if needs:
        words = ngettext("Same need: %(titles)s.", "Same needs: %(titles)s.", len(needs))
        yield words % {"titles": _quoted(needs)}


def _quoted(titles: Iterable[str]) -> str:
    return several([f"“{title}”" for title in titles], most=3)


def _pillars(pair: Overlap, measures: dict[str, str], needs: dict[str, frozenset[str]]) -> set[str]:
    """Pillars of what both work on."""
    found = {measures[code] for code in pair.measures if code in measures}
    return found.union(*(needs.get(ref, frozenset()) for ref in pair.needs))
