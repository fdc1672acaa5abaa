"""What runs for each need on a day and when it ends, from the summaries: enough to choose and count needs by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.engine.one_action import Groups, one_each
from iisg.knowledge.analysis.engine.rows import PARTNERS, NeedRow, Running
from iisg.knowledge.analysis.models import ActionSpan, bits
from iisg.knowledge.analysis.reading import rows_for_coverage
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.analysis.summary import need_rows
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Response


@dataclass(frozen=True, slots=True)
class InBrief:
    """A counted need with the last days of the actions that answer it and run on the day; None where not known."""

    need: NeedRow
    ends: tuple[date | None, ...]


def needs_in_brief(reader: object, day: date, partner: str = "") -> list[InBrief]:
    """All needs that the reader may see, by reference, in a constant number of queries that read no record.

    An action answers a need where a person judged so, and where it reaches one of the need's partners (or the one
    that is asked for) or nobody knows whom it reaches.
    """
    groups = read_groups()
    standing = Response.objects.visible_to(reader).answering().counted()
    heads = _heads(groups)
    running = ActionSpan.objects.visible_to(reader).on(day).filter(running=Running.RUNNING)
    reached = dict(running.values_list("action_id", "reaches"))
    ends = dict(
        Action.objects.visible_to(reader)
        .counted()
        .filter(pk__in=standing.order_by().values("action"))
        .order_by()
        .values_list("pk", "end_on")
    )
    ends |= _ends_of_several(reader, groups, heads)
    answers: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    for need, action in standing.order_by().values_list("need_id", "action_id"):
        head = heads.get(action, action)
        if head in reached:
            answers[need].append((reached[head], ends[head]))
    asked = bits([partner], PARTNERS) if partner else 0
    return [
        InBrief(row, tuple(end for reaches, end in answers[key] if _helps(reaches, asked or _of(row))))
        for key, row in need_rows(Need.objects.visible_to(reader).counted()).items()
    ]


def _helps(reaches: int, partners: int) -> bool:
    """Whether it reaches one of the partners, or nobody knows whom it reaches; both as bits."""
    return not reaches or bool(reaches & partners)


def _of(need: NeedRow) -> int:
    return bits(need.partners, PARTNERS)


def _heads(groups: Groups) -> dict[int, int]:
    """Reports of actions that several tell of -> the report that stands for it, by their keys."""
    if not groups.heads:
        return {}
    keys = dict(Action.objects.filter(ref__in=groups.heads).order_by().values_list("ref", "pk"))
    return {keys[ref]: keys[head] for ref, head in groups.heads.items() if ref in keys and head in keys}


def _ends_of_several(reader: object, groups: Groups, heads: dict[int, int]) -> dict[int, date | None]:
    """Last days of actions that several reports tell of, as the engine takes them together."""
    if not heads:
        return {}
    reports = list(Action.objects.visible_to(reader).counted().filter(pk__in=heads))
    keys = {groups.head(report.ref): heads[report.pk] for report in reports}
    return {keys[row.ref]: row.end for row in one_each(rows_for_coverage(reports), groups)}
