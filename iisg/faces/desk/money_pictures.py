"""The three pictures of money: its ways, its years, its payers; only what counts, each with its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from iisg.faces.desk.money_words import PLACE_WORDS
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.engine.money import series
from iisg.knowledge.analysis.engine.money.account import Account, Cell
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES, Measure
from iisg.knowledge.analysis.engine.money.standing import NET
from iisg.knowledge.analysis.picture_words import donor_words, sankey_words, year_words
from iisg.knowledge.analysis.pictures.donors import Donor, concentration
from iisg.knowledge.analysis.pictures.picture import Picture
from iisg.knowledge.analysis.pictures.sankey import Link, sankey
from iisg.knowledge.analysis.pictures.years import YearSum, totals_by_year

LONGEST = 60
"""Letters of a name in a picture."""


def money_pictures(account: Account) -> list[Picture]:
    """Ways, years and payers of the net figures; nothing where nothing counts.

    Ways and payers are of what is committed, or of what is spent where nothing is committed.
    """
    cells = {measure: account.figure(measure, NET).cells for measure in COUNTED_MEASURES}
    measure = next((measure for measure in COUNTED_MEASURES if cells[measure]), None)
    if measure is None:
        return []
    names = {code or "": name for code, name in Organisation.objects.partners().values_list("code", "name")}
    return [
        sankey(
            _links(cells[measure], measure, {**names, **{k: str(v) for k, v in PLACE_WORDS.items()}}),
            sankey_words(),
        ),
        totals_by_year(_years([cell for found in cells.values() for cell in found]), year_words()),
        concentration(_donors(cells[measure], measure), donor_words()),
    ]


def _links(cells: Sequence[Cell], measure: Measure, places: Mapping[str, str]) -> list[Link]:
    """Bands between bodies; a correction that leaves less than nothing has no band."""
    found = []
    for link in series.links(cells, measure):
        if link.eur > 0:
            source, target = (_name(name) for name in (link.source, link.target))
            if link.stage == 1:
                target = places.get(link.target, link.target)
            partner = link.stage == 0 or link.target not in PLACE_WORDS
            known = bool(link.target) and partner
            found.append(
                Link(source, target, link.eur, link.stage, source_known=bool(link.source), target_known=known)
            )
    return found


def _years(cells: Sequence[Cell]) -> list[YearSum]:
    """One row for each year and measure that has a sum; marked where a part of it rests on an estimate."""
    estimated = {
        (cell.year, cell.portion.measure)
        for cell in cells
        if cell.portion.estimated or cell.portion.of.is_estimate
    }
    return [
        YearSum(of.year, str(measure), eur, estimate=(of.year, measure) in estimated)
        for of in series.by_year(cells)
        for measure, eur in zip(COUNTED_MEASURES, (of.committed, of.spent), strict=True)
        if eur
    ]


def _donors(cells: Sequence[Cell], measure: Measure) -> list[Donor]:
    return [Donor(_name(of.donor), of.eur, known=bool(of.donor)) for of in series.by_donor(cells, measure)]


def _name(name: str) -> str:
    """A body's name as a picture has room for it."""
    if not name:
        return _("not known")
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
