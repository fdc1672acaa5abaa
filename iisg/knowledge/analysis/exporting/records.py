"""Needs and actions as files that can be brought back without a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from iisg.foundations.access.roles import Can
from iisg.foundations.core.tables import Table, Value
from iisg.foundations.orgs.models import Alias, AliasKind
from iisg.knowledge.actions import recorded as actions_recorded
from iisg.knowledge.actions.column_words import column_word
from iisg.knowledge.actions.models import Action
from iisg.knowledge.actions.plain import SCHEMA, action_facts, need_facts
from iisg.knowledge.actions.records import ActionRecord
from iisg.knowledge.actions.sheets import columns as house
from iisg.knowledge.actions.sheets.writing import (
    Cells,
    action_row,
    action_rows,
    fitting,
    money_row,
    need_rows,
)
from iisg.knowledge.analysis.exporting.extract import Extract
from iisg.knowledge.needs import recorded as needs_recorded
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation, RelationKind

AT_ONCE = 500
"""Records that are fetched and written at once: memory does not grow with the file."""
WIDE = frozenset({"title", "need", "summary", "notes"})
Row = Mapping[str, Value]


def actions_extract(refs: Sequence[str], reader: object) -> Extract:
    """The actions of these references, in their order, as far as the reader may see them."""
    about = [c.name for c in (*house.ACTIONS, *house.ACTION_INFORMATION)]
    money = [c.name for c in house.MONEY]

    def found() -> Iterator[tuple[ActionRecord, Cells]]:
        return _actions(refs, reader)

    return Extract(
        what="actions",
        title=_("Actions"),
        count=len(refs),
        tables=lambda: (
            Table(_("Actions"), about, fitting(action_row(r) | i for r, i in found()), WIDE),
            Table(
                _("Money"),
                ["ref", "reporter", *money],
                (money_row(r, flow) for r, _i in found() for flow in r.flows),
            ),
        ),
        flat=lambda: Table(_("Actions"), [*about, *money], _with_money(found())),
        lists=lambda: {"actions": ({**action_facts(r), "information": i} for r, i in found())},
        records=lambda: (record for record, _information in found()),
        power=Can.READ_ACTIONS,
        notes=(
            _("Blank means not known, never nothing."),
            _("It can be imported here again: what was not changed in it changes nothing."),
        ),
        meanings=_meanings([*about, *money]),
        schema=SCHEMA,
        refs=refs,
    )


def needs_extract(refs: Sequence[str], reader: object) -> Extract:
    """The needs of these references, in their order, as far as the reader may see them."""
    columns = [c.name for c in (*house.NEEDS, *house.NEED_INFORMATION)]

    def rows() -> Iterator[Row]:
        for need in _needs(refs, reader):
            first, *more = need_rows(needs_recorded.record_of(need))
            yield from fitting([first | need_information(need), *more])

    return Extract(
        what="needs",
        title=_("Needs"),
        count=len(refs),
        tables=lambda: (Table(_("Needs"), columns, rows(), WIDE),),
        flat=lambda: Table(_("Needs"), columns, rows()),
        lists=lambda: {
            "needs": (
                {**need_facts(needs_recorded.record_of(need)), "information": need_information(need)}
                for need in _needs(refs, reader)
            )
        },
        power=Can.READ_NEEDS,
        notes=(
            _("Needs stay with members."),
            _("Blank means not known, never nothing."),
            _("It can be imported here again: what was not changed in it changes nothing."),
        ),
        meanings=_meanings(columns),
        schema=SCHEMA,
        refs=refs,
    )


EXTRACTS: Mapping[str, Callable[[Sequence[str], object], Extract]] = MappingProxyType(
    {"actions": actions_extract, "needs": needs_extract}
)
"""What can be made anew from references, by name."""


def need_information(need: Need) -> dict[str, Any]:
    """What a file cannot bring back: it belongs to the procedure."""
    return {
        "info_state": need.state,
        "info_reported_by": need.reported_by.name if need.reported_by else "",
    }


def _actions(refs: Sequence[str], reader: object) -> Iterator[tuple[ActionRecord, Cells]]:
    """Each action with what a file cannot bring back."""
    identifiers = dict(
        Alias.objects.filter(kind=AliasKind.IDENTIFIER).order_by("-pk").values_list("organisation_id", "name")
    )
    for some in _in_portions(refs):
        parents = _parents(some)
        fetched = {a.ref: a for a in Action.objects.visible_to(reader).filter(ref__in=some).with_facts()}
        for action in (fetched[ref] for ref in some if ref in fetched):
            measures = "; ".join(p.measure.code for p in action.placements.all())
            yield (
                actions_recorded.record_of(action, identifiers, parents.get(action.ref, ())),
                {"info_reference_here": action.ref, "info_measures": measures},
            )


def _needs(refs: Sequence[str], reader: object) -> Iterator[Need]:
    for some in _in_portions(refs):
        fetched = {n.ref: n for n in Need.objects.visible_to(reader).filter(ref__in=some).with_facts()}
        yield from (fetched[ref] for ref in some if ref in fetched)


def _parents(refs: Iterable[str]) -> dict[str, list[str]]:
    """Own references of the actions that each is part of, by confirmed relations."""
    found: dict[str, list[str]] = defaultdict(list)
    part_of = Relation.objects.confirmed().filter(kind=RelationKind.PART_OF, source__ref__in=refs)
    for source, own, here in part_of.values_list("source__ref", "target__reporter_ref", "target__ref"):
        found[source].append(own or here)
    return found


def _with_money(found: Iterable[tuple[ActionRecord, Cells]]) -> Iterator[Row]:
    for record, information in found:
        first, *more = action_rows(record)
        yield first | information
        yield from more


def _in_portions(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(refs), AT_ONCE):
        yield refs[start : start + AT_ONCE]


def _meanings(columns: Iterable[str]) -> dict[str, str]:
    return {name: column_word(name) for name in columns}
