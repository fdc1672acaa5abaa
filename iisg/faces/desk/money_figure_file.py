"""The flows that a figure of money adds up, as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from iisg.faces.desk.money_page import FlowLine, flow_lines
from iisg.faces.desk.money_words import Words
from iisg.foundations.core.tables import Table, Value
from iisg.knowledge.analysis.exporting import Extract

CHUNK = 1_000
COLUMNS = (
    "action", "title", "payer", "receiver", "state", "amount", "currency", "rate", "partner", "year", "sector",
    "in_this_figure_eur", "whole_flow_eur", "see",
)  # fmt: skip


def figure_extract(
    keys: Sequence[int], reader: object, line: Words, measure: Words, rule: Words, version: str
) -> Extract:
    """Every part of a flow that the figure adds up, the largest first, a row for each."""

    def rows() -> Iterator[Mapping[str, Value]]:
        for start in range(0, len(keys), CHUNK):
            yield from map(_row, flow_lines(keys[start : start + CHUNK], reader))

    name = _("Flows")
    return Extract(
        what="money-figure",
        title=_("Flows of a figure: %(line)s, %(measure)s") % {"line": line, "measure": measure},
        count=len(keys),
        tables=lambda: (Table(name, COLUMNS, rows(), frozenset({"title"})),),
        flat=lambda: Table(name, COLUMNS, rows()),
        lists=lambda: {"flows": rows()},
        notes=(
            _("%(rule)s (version %(version)s)") % {"rule": rule, "version": version},
            _("A flow may have several rows: one for each partner, year and sector that it lies on."),
        ),
        meanings={
            "in_this_figure_eur": _("What of the flow is in this figure; the rows add up to it to the cent"),
            "whole_flow_eur": _("The worth of all of the flow"),
            "rate": _("The exchange rate; blank where the flow is in euro already"),
            "see": _("The action that takes its place, or that it is passed on to"),
        },
    )


def _row(line: FlowLine) -> Mapping[str, Value]:
    part, flow = line.part, line.part.flow
    return {
        "action": part.action.ref,
        "title": part.action.title,
        "payer": part.payer.name,
        "receiver": line.receiver,
        "state": flow.state,
        "amount": flow.amount,
        "currency": flow.currency,
        "rate": line.rate,
        "partner": str(line.place),
        "year": part.year,
        "sector": str(line.sector),
        "in_this_figure_eur": line.eur,
        "whole_flow_eur": line.whole,
        "see": part.because,
    }
