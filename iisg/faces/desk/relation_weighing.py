"""What each way of relating two records would do to the figures, shown before anybody decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.desk.weighing import changes
from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.coverage import coverage
from iisg.knowledge.analysis.engine.one_action import Groups, of_actions, one_each
from iisg.knowledge.analysis.engine.overlaps import overlaps
from iisg.knowledge.analysis.engine.rows import ActionRow, NeedCoverage, State
from iisg.knowledge.analysis.overlap_list import KIND_WORDS
from iisg.knowledge.analysis.reading import Picture, picture_of_answers, rows_for_counting
from iisg.knowledge.responses.grouping import heads_of
from iisg.knowledge.responses.models import RelationKind

MEANS: dict[str, str | Promise] = {
    RelationKind.SAME_AS: gettext_lazy(
        "One action: registers, coverage and overlaps count it once, and its money once. All reports stay readable."
    ),
    RelationKind.FUNDED_BY: gettext_lazy(
        "Both records stay. What the funder's record pays is what the implementer's record receives: counted once."
    ),
    RelationKind.PART_OF: gettext_lazy(
        "Both records stay. What is committed is taken from the whole where it states a sum, what is spent from the "
        "part; never both."
    ),
    RelationKind.NEXT_PHASE_OF: gettext_lazy(
        "Both records stay and both count, each for its own time; they stand in one chain of phases."
    ),
    RelationKind.CO_FUNDED_WITH: gettext_lazy("Both records stay; each pays its own part, and both count."),
    RelationKind.OVERLAPS: gettext_lazy("Both records stay and count; noted as a reason to talk."),
    RelationKind.COMPLEMENTS: gettext_lazy("Both records stay and count; noted as a synergy."),
}
"""What a confirmed relation means for counting (rules.md 5 and 6)."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one choice means, and what it moves today, sentence by sentence."""

    means: str | Promise
    moved: list[str]


@dataclass(slots=True)
class Weigher:
    """The figures around two records, as they are and as each choice would make them."""

    left: Action
    right: Action
    found: Picture

    @classmethod
    def of(cls, left: Action, right: Action, reader: Actor, day: date) -> Weigher:
        """Read what is needed in a constant number of queries; both fetched `with_facts`."""
        found = picture_of_answers(reader, day)
        others = [row for row in found.reported if row.ref not in (left.ref, right.ref)]
        found.reported[:] = [*others, *rows_for_counting([left, right])]
        return cls(left, right, found)

    def effect(self, kind: str) -> Effect:
        """What confirming this kind (left = child, later or implementer's record) would do."""
        rows, groups = self.found.reported, self.found.groups
        if kind == RelationKind.SAME_AS:
            groups = self._joined()
        elif kind in (RelationKind.PART_OF, RelationKind.NEXT_PHASE_OF):
            rows = [self._linked(row, kind) for row in rows]
        else:
            return Effect(MEANS[kind], [])
        moved = [*self._coverage_moved(rows, groups), *self._overlap_moved(rows, groups)]
        return Effect(MEANS[kind], moved or [_("No coverage and no overlap moves today.")])

    def _joined(self) -> Groups:
        """The groups with the two records in one."""
        pairs = [*self.found.groups.heads.items(), (self.left.ref, self.right.ref)]
        heads = heads_of(pairs)
        speaks = {
            (heads.get(ref, ref), name): chosen for (ref, name), chosen in self.found.groups.speaks.items()
        }
        return Groups(heads, speaks)

    def _linked(self, row: ActionRow, kind: str) -> ActionRow:
        if row.ref != self.left.ref:
            return row
        if kind == RelationKind.PART_OF:
            return replace(row, parents=row.parents | {self.right.ref})
        return replace(row, phase_of=row.phase_of | {self.right.ref})

    def _coverage_moved(self, rows: list[ActionRow], groups: Groups) -> Iterable[str]:
        """Each need that either record was judged for and whose answer would change."""
        sides = {self.found.groups.head(ref) for ref in (self.left.ref, self.right.ref)}
        needs = {one.need for one in self.found.responses if one.action in sides}
        for need in sorted(needs & self.found.needs_by_ref.keys()):
            before = self._coverage(need, self.found.reported, self.found.groups)
            after = self._coverage(need, rows, groups)
            if [one.state for one in before] != [one.state for one in after]:
                names = {p.code or "": p.name for p in self.found.needs_by_ref[need].partners.all()}
                yield f"{need}: {'; '.join(changes(before, after, names))}"
            elif _provided(before) != _provided(after):
                words = {"need": need, "before": _provided(before), "after": _provided(after)}
                yield _("%(need)s: the quantity provided falls from %(before)s to %(after)s.") % words

    def _coverage(self, need: str, rows: list[ActionRow], groups: Groups) -> list[NeedCoverage]:
        wanted = [row for row in self.found.needs if row.ref == need]
        judged = of_actions(self.found.judged, groups)
        return coverage(wanted, one_each(rows, groups), judged, self.found.outstanding, self.found.day)

    def _overlap_moved(self, rows: list[ActionRow], groups: Groups) -> Iterable[str]:
        """Whether the two stand as a pair today and no longer would."""
        before = self._pair(self.found.reported, self.found.groups)
        if before and not self._pair(rows, groups):
            words = {"kind": KIND_WORDS[before]}
            yield _("They stand among the pairs as “%(kind)s” and no longer would.") % words

    def _pair(self, rows: list[ActionRow], groups: Groups) -> str:
        sides = {groups.head(ref) for ref in (self.left.ref, self.right.ref)}
        two = [row for row in one_each(rows, groups) if row.ref in sides]
        found = overlaps(two, of_actions(self.found.judged, groups), needs=self.found.needs)
        return found[0].kind if found else ""


def _provided(answers: list[NeedCoverage]) -> str:
    """The largest quantity that counts for a partner, "" where none is stated."""
    stated = [
        one.quantity_met for one in answers if one.quantity_met is not None and one.state is not State.GAP
    ]
    return f"{max(stated).normalize():f}" if stated else ""
