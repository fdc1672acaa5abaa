"""Several reports of one action count as one action (rules.md 5: nothing is merged in silence, all reports stay).

Until a person chooses field by field whose value speaks, nothing that any report states is lost: the action reaches
every partner, gives every kind of assistance and has every body that a report names, and it runs while one of them
says so. Its title and its money are those of the report that was told last and states them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from iisg.knowledge.analysis.engine.rows import ActionRow, ResponseRow

TITLE, TIME, PLACES, PILLARS = "title", "time", "places", "pillars"
ASSISTANCE, FUNDERS, IMPLEMENTERS, MONEY = "assistance", "funders", "implementers", "money"


@dataclass(frozen=True, slots=True)
class Groups:
    """Which reports tell of one action: ref -> the ref that stands for it; and whose value speaks for a field.

    `speaks` leads from (the ref that stands for the action, field) to the ref of the report a person chose.
    """

    heads: Mapping[str, str] = field(default_factory=dict)
    speaks: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def head(self, ref: str) -> str:
        """The reference that stands for the action; a report that stands alone is its own."""
        return self.heads.get(ref, ref)

    def others_of(self, refs: Iterable[str]) -> set[str]:
        """All reports of the actions that these reports tell of, those that stand alone left out."""
        heads = {self.heads[ref] for ref in refs if ref in self.heads}
        return {ref for ref, head in self.heads.items() if head in heads} if heads else set()

    @property
    def second(self) -> frozenset[str]:
        """Reports that another one stands for."""
        return frozenset(ref for ref, head in self.heads.items() if ref != head)


def one_each(actions: Iterable[ActionRow], groups: Groups) -> list[ActionRow]:
    """One row for each action, under the reference that stands for it, in the order of the first report of each.

    Whole and parts, phases and earlier phases lead to those references too. Doing it twice changes nothing, and the
    order of the reports does not matter. Reports that were joined already are joined further from their own rows.
    """
    together: dict[str, list[ActionRow]] = defaultdict(list)
    for action in actions:
        together[groups.head(action.ref)].append(action)
    return [_one(head, reports, groups) for head, reports in together.items()]


def of_actions(responses: Iterable[ResponseRow], groups: Groups) -> list[ResponseRow]:
    """Judgements of reports as judgements of their actions: a judgement of any report counts for the action."""
    heads = groups.heads
    return [replace(one, action=heads[one.action]) if one.action in heads else one for one in responses]


def _one(head: str, found: list[ActionRow], groups: Groups) -> ActionRow:
    """The row of one action."""
    if len(found) == 1 and _stands_alone(found[0], head, groups):
        return found[0]
    reports = sorted(found, key=_told_last)
    above: dict[str, Any] = {
        "parents": frozenset(groups.head(ref) for row in found for ref in row.parents) - {head},
        "phase_of": frozenset(groups.head(ref) for row in found for ref in row.phase_of) - {head},
    }
    if len(found) == 1 and found[0].ref == head:
        return replace(found[0], **above)
    by_ref = {report.ref: report for report in reports}
    chosen = {name: by_ref.get(groups.speaks.get((head, name), "")) for name in _FIELDS}
    titled = chosen[TITLE] or next((one for one in reports if one.title), reports[0])
    paid = chosen[MONEY] or next((one for one in reports if _states_a_sum(one)), None)
    return ActionRow(
        ref=head,
        title=titled.title,
        summary=titled.summary,
        measures=_all("measures", found, None),
        pillars=_all("pillars", found, chosen[PILLARS]),
        assistance=_all("assistance", found, chosen[ASSISTANCE]),
        funders=_all("funders", found, chosen[FUNDERS]),
        implementers=_all("implementers", found, chosen[IMPLEMENTERS]),
        flows=paid.flows if paid else (),
        **above,
        **_places(found, chosen[PLACES]),
        **_time(reports, chosen[TIME]),
    )


def _stands_alone(row: ActionRow, head: str, groups: Groups) -> bool:
    """Whether the row is that of its action as it is: its own head, and nothing above it stands under another."""
    return (
        row.ref == head
        and head not in row.parents
        and head not in row.phase_of
        and groups.heads.keys().isdisjoint(row.parents)
        and groups.heads.keys().isdisjoint(row.phase_of)
    )


_FIELDS = (TITLE, TIME, PLACES, PILLARS, ASSISTANCE, FUNDERS, IMPLEMENTERS, MONEY)


def _told_last(report: ActionRow) -> tuple[int, str]:
    """What was told last comes first; where nobody knows, or of the same day, the lower reference."""
    return -(report.told_on or date.min).toordinal(), report.ref


def _states_a_sum(report: ActionRow) -> bool:
    return any(flow.amount is not None for flow in report.flows)


def _all(name: str, found: list[ActionRow], chosen: ActionRow | None) -> frozenset[str]:
    """What the chosen report states, else all that any states."""
    sets: list[frozenset[str]] = [getattr(row, name) for row in ([chosen] if chosen else found)]
    return frozenset().union(*sets)


def _places(found: list[ActionRow], chosen: ActionRow | None) -> dict[str, Any]:
    """Partners; one that a report names is named, though another covers it only as part of the region."""
    named = _all("named", found, chosen)
    return {"named": named, "regional": _all("regional", found, chosen) - named}


def _time(reports: list[ActionRow], chosen: ActionRow | None) -> dict[str, Any]:
    """The chosen report's days and stage; else the widest days, and the reports themselves say whether it runs."""
    if chosen is not None:
        return {name: getattr(chosen, name) for name in ("start", "start_by", "end", "stage", "told_on")}
    starts = [one.start for one in reports if one.start]
    ends = [one.end for one in reports if one.end]
    told = [one.told_on for one in reports if one.told_on]
    return {
        "start": min(starts, default=None),
        "end": max(ends, default=None),
        "stage": next((one.stage for one in reports if one.stage), ""),
        "told_on": max(told, default=None),
        "reports": tuple(reports),
    }
