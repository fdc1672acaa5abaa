"""The words of the pictures, through gettext: drawing itself knows no language."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.foundations.core.templatetags.wording import money_exact, money_short
from iisg.knowledge.analysis.pictures.donors import DonorWords
from iisg.knowledge.analysis.pictures.sankey import SankeyWords
from iisg.knowledge.analysis.pictures.years import YearWords


def sums_not_known(count: int) -> str:
    """How many sums nobody has told."""
    return ngettext("%(number)s sum not known", "%(number)s sums not known", count) % {"number": count}


def percent(share: Decimal) -> str:
    """A share with one decimal."""
    return _("%(share)s %%") % {"share": number_format(share, 1)}


def sankey_words(says: str = "") -> SankeyWords:
    """Words of the money from funder to partner; `says` tells what it counts."""
    return SankeyWords(
        question=_("From whom does the money come, through whose hands, and to which partner?"),
        says=says
        or _("Bands from funders through implementers to partners, each as wide as its sum in euro."),
        caption=_("Money from funder through implementer to partner"),
        heads=(_("From"), _("To"), _("Sum"), _("Sums not known")),
        levels=(_("Funder"), _("Implementer"), _("Partner")),
        money=_("money, as wide as the sum"),
        not_known=_("not known"),
        shared=_("Several partners or the region, not divided"),
        short=money_short,
        exact=money_exact,
        others=_other_bodies,
        not_known_sums=sums_not_known,
    )


def year_words(says: str = "") -> YearWords:
    """Words of the totals by year."""
    return YearWords(
        question=_("How much money was there in each year?"),
        says=says or _("Bars for each year and kind of sum, in euro."),
        caption=_("Totals by year"),
        heads=(_("Year"), _("Kind of sum"), _("Sum"), _("Sums not known")),
        kinds={
            "committed": _("committed"),
            "spent": _("spent"),
            "in_kind": _("in kind"),
            "pledge": _("pledged, counted apart"),
        },
        year_not_known=_("year not known"),
        no_sum=_("no sum recorded"),
        estimate=_("estimate"),
        short=money_short,
        exact=money_exact,
        not_known_sums=sums_not_known,
    )


def donor_words(says: str = "") -> DonorWords:
    """Words of the concentration by donor."""
    return DonorWords(
        question=_("On how few donors does the money hang?"),
        says=says or _("A bar for each donor with its share of all known sums, the largest first."),
        caption=_("Share of each donor in all known sums"),
        heads=(_("Donor"), _("Sum"), _("Share"), _("Together so far"), _("Sums not known")),
        share_sign=_("the donor's own share of all known sums"),
        together_sign=_("all donors down to this one, together"),
        not_known_sign=_("donor not known"),
        short=money_short,
        exact=money_exact,
        share=percent,
        together=lambda share: _("together %(share)s") % {"share": percent(share)},
        others=_other_donors,
        not_known_sums=sums_not_known,
    )


def _other_bodies(count: int) -> str:
    return ngettext("%(number)s other body", "%(number)s other bodies", count) % {"number": count}


def _other_donors(count: int) -> str:
    return ngettext("%(number)s other donor", "%(number)s other donors", count) % {"number": count}
