"""The three pictures of money: its ways, its years, its payers; only what counts, each with its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from iisg.faces.desk.money_words import PLACE_WORDS
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.analysis.engine.money import series
from iisg.knowledge.analysis.engine.money.rules import COUNTED_MEASURES
from iisg.knowledge.analysis.engine.money.standing import NET
from iisg.knowledge.analysis.money_account import KeptMoney
from iisg.knowledge.analysis.picture_words import donor_words, sankey_words, year_words
from iisg.knowledge.analysis.pictures.donors import Donor, concentration
from iisg.knowledge.analysis.pictures.picture import Picture
from iisg.knowledge.analysis.pictures.sankey import Link, SankeyWords, sankey
from iisg.knowledge.analysis.pictures.years import YearSum, totals_by_year

MOST = 12
"""Bodies of a level that stand alone."""


def money_pictures(money: KeptMoney) -> list[Picture]:
    """Ways, years and payers of the net figures; nothing where nothing counts.

    Ways and payers are of what is committed, or of what is spent where nothing is committed.
    """
    account = money.account
    measure = next((m for m in COUNTED_MEASURES if account.figure(m, NET).parts), None)
    if measure is None:
        return []
    names = {code or "": name for code, name in Organisation.objects.partners().values_list("code", "name")}
    ways, words = money.ways(measure), sankey_words()
    above = _above()
    places = {**names, **{key: str(word) for key, word in PLACE_WORDS.items()}}
    return [
        sankey(list(_links(ways, places, words)), words, most=MOST),
        totals_by_year(list(_years(money)), year_words()),
        concentration(
            [Donor(_as_donor(of.donor, above), of.eur, known=bool(of.donor)) for of in series.by_donor(ways)],
            donor_words(),
        ),
    ]


def _above() -> dict[str, str]:
    """Bodies that stand below another in the register, with that one: as donors each is counted by itself."""
    below = Organisation.objects.filter(parent__isnull=False, parent__code=None).select_related("parent")
    return {body.shown: body.parent.shown for body in below if body.parent}


def _as_donor(name: str, above: Mapping[str, str]) -> str:
    """A donor's name, with the body that it is part of, so that nobody takes the two for strangers."""
    if name not in above:
        return _name(name)
    return _("%(body)s (part of %(above)s)") % {"body": name, "above": above[name]}


def _links(ways: series.Ways, places: Mapping[str, str], words: SankeyWords) -> Iterator[Link]:
    """Bands between bodies, the smaller ones of each level as one."""
    for link in series.links(ways, MOST):
        target = _body(link.target, words)
        if link.stage == 1:
            target = places.get(str(link.target), target)
        partner = link.stage == 0 or link.target not in PLACE_WORDS
        yield Link(
            _body(link.source, words),
            target,
            link.eur,
            link.stage,
            source_known=bool(link.source),
            target_known=bool(link.target) and partner,
        )


def _body(name: str | int, words: SankeyWords) -> str:
    """A body's name, or how many smaller bodies it stands for."""
    return words.others(name) if isinstance(name, int) else _name(name)


def _years(money: KeptMoney) -> Iterator[YearSum]:
    """One row for each year and measure that has a sum; marked where a part of it rests on an estimate."""
    for of, estimated in money.years():
        for measure, eur in zip(COUNTED_MEASURES, (of.committed, of.spent), strict=True):
            if eur:
                yield YearSum(of.year, str(measure), eur, estimate=estimated[measure])


def _name(name: str) -> str:
    """A body's whole name: a picture wraps it, and its table has it in full."""
    return name or _("not known")
