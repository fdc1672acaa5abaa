"""Pairs of actions as tables: overlaps and complements that were found, relations that people propose and decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from iisg.foundations.core.tables import Table, Value
from iisg.knowledge.analysis.engine.overlaps import Overlap
from iisg.knowledge.analysis.exporting.extract import Extract
from iisg.knowledge.analysis.overlap_list import PairLine, pair_lines
from iisg.knowledge.analysis.reading import Picture
from iisg.knowledge.analysis.titles import Titles
from iisg.knowledge.responses.models import Relation

Row = Mapping[str, Value]
AT_ONCE = 500
PAIR_COLUMNS = (
    "kind", "first", "first_title", "first_funders", "second", "second_title", "second_funders", "partners",
    "named_by_both", "measures", "needs", "assistance", "since", "until", "not_known", "day",
)  # fmt: skip
_RELATION = (
    "from_ref", "from_title", "relation", "to_ref", "to_title", "state", "score", "evidence", "proposed_on",
    "decided_on",
)  # fmt: skip
_WIDE = frozenset({"first_title", "second_title", "from_title", "to_title", "evidence"})


def overlaps_extract(
    pairs: Sequence[Overlap], found: Picture, titles: Titles, reader: object, on: date | None
) -> Extract:
    """Pairs of actions, in their order; `on` is the day that was asked for, None for any day."""

    needs = {need.ref: need for need in found.needs}

    def rows() -> Iterator[Row]:
        for start in range(0, len(pairs), AT_ONCE):
            lines = pair_lines(pairs[start : start + AT_ONCE], needs, titles, reader)
            yield from (pair_row(line, on) for line in lines)

    return Extract(
        what="overlaps",
        title=_("Overlaps and complements"),
        count=len(pairs),
        tables=lambda: (Table(_("Pairs"), PAIR_COLUMNS, rows(), _WIDE),),
        flat=lambda: Table(_("Pairs"), PAIR_COLUMNS, rows()),
        lists=lambda: {"pairs": rows()},
        notes=(_("A pair may be a synergy as well as an overlap: it is a reason to talk, not a fault."),),
    )


def pair_row(line: PairLine, on: date | None) -> Row:
    """A pair with what it shares and what is not known of it."""
    pair = line.pair
    sides = {
        f"{side}{fact}": value
        for side, one in zip(("first", "second"), line.sides, strict=True)
        for fact, value in (
            ("", one.action.ref),
            ("_title", one.action.title),
            ("_funders", "; ".join(one.funders)),
        )
    }
    return {
        "kind": pair.kind,
        **sides,
        "partners": "; ".join(pair.partners),
        "named_by_both": "; ".join(pair.specific),
        "measures": "; ".join(pair.measures),
        "needs": "; ".join(pair.needs),
        "assistance": "; ".join(pair.assistance),
        "since": pair.since,
        "until": pair.until,
        "not_known": "; ".join(pair.unknown),
        "day": on,
    }


def relations_extract(relations: QuerySet[Relation]) -> Extract:
    """Relations between actions with their evidence and decision; who proposed and decided stays in the house."""

    def rows() -> Iterator[Row]:
        found = relations.select_related("source", "target").order_by("source__ref", "target__ref", "kind")
        return (_relation_row(relation) for relation in found.iterator(AT_ONCE))

    return Extract(
        what="relations",
        title=_("Relations between actions"),
        count=relations.count(),
        tables=lambda: (Table(_("Relations"), _RELATION, rows(), _WIDE),),
        flat=lambda: Table(_("Relations"), _RELATION, rows()),
        lists=lambda: {"relations": rows()},
        notes=(
            _("From is the child, the later or the implementer's record. Only confirmed relations count."),
        ),
    )


def _relation_row(relation: Relation) -> Row:
    return {
        "from_ref": relation.source.ref,
        "from_title": relation.source.title,
        "relation": relation.kind,
        "to_ref": relation.target.ref,
        "to_title": relation.target.title,
        "state": relation.state,
        "score": relation.score,
        "evidence": relation.evidence,
        "proposed_on": relation.proposed_at.date(),
        "decided_on": relation.decided_at.date() if relation.decided_at else None,
    }
