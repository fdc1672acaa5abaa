"""The lines of an account in words: what each holds, and by which rule."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.knowledge.analysis.engine.money.rates import ECB, INFOREURO, Rate
from iisg.knowledge.analysis.engine.money.rules import Fate, Measure
from iisg.knowledge.analysis.engine.money.splits import SHARED, UNSAID
from iisg.knowledge.analysis.engine.money.standing import (
    GROSS,
    NET,
    NOT_CONTRACTED,
    OUTGOING,
    PAYER_UNKNOWN,
    Standing,
)

Words = str | Promise

MEASURE_WORDS: dict[str, Words] = {
    Measure.COMMITTED: gettext_lazy("committed"),
    Measure.SPENT: gettext_lazy("spent"),
    Measure.PLEDGED: gettext_lazy("pledged"),
    Measure.IN_KIND: gettext_lazy("in kind"),
}
UNATTRIBUTED_GROSS, UNKNOWN_GROSS = f"{Standing.UNATTRIBUTED}_{GROSS}", f"{Standing.UNKNOWN}_{GROSS}"

LINE_WORDS: dict[str, tuple[Words, Words]] = {
    GROSS: (
        gettext_lazy("Gross, as reported"),
        gettext_lazy(
            "Everything that is reported for this boundary, added up as it stands. The same money may "
            "be in it several times."
        ),
    ),
    NET: (
        gettext_lazy("Net, counted once"),
        gettext_lazy("Money that comes in from outside this boundary, each sum once."),
    ),
    Fate.SECOND_REPORT: (
        gettext_lazy("Second reports of the same sum"),
        gettext_lazy(
            "An officer said that this sum and another are two reports of one; the other one counts."
        ),
    ),
    Fate.SECOND_HAND: (
        gettext_lazy("Reported at second hand"),
        gettext_lazy(
            "The reporter says that it repeats what another body does and reports itself (IATI: secondary reporter). "
            "It is left out unless an officer chose it over another report of the same sum."
        ),
    ),
    Fate.SAME_ACTION: (
        gettext_lazy("Second records of the same action"),
        gettext_lazy("The action has another record, and the sums of that one count."),
    ),
    Fate.BUDGET_BESIDE: (
        gettext_lazy("Budgets beside commitments"),
        gettext_lazy("The action reports commitments, so that its budget is not added to them."),
    ),
    Fate.IN_WHOLE: (
        gettext_lazy("Parts of a whole that is counted"),
        gettext_lazy(
            "The action is part of another whose commitment holds this one: commitments are taken at "
            "the highest level that has them."
        ),
    ),
    Fate.IN_PARTS: (
        gettext_lazy("Wholes whose parts are counted"),
        gettext_lazy("Parts of the action report what they spend: spending is taken at the lowest level."),
    ),
    Fate.PASSED_ON: (
        gettext_lazy("Passed on inside, by a confirmed link"),
        gettext_lazy(
            "The money comes from an action that is counted here already: it moves on within the "
            "boundary and is shown, not counted. Nobody passes on more than it states."
        ),
    ),
    Fate.OWN_MONEY: (
        gettext_lazy("Paid by a partner inside"),
        gettext_lazy(
            "A partner inside the boundary, or a body of it, pays: the money does not come in from outside."
        ),
    ),
    Fate.ESTIMATED: (
        gettext_lazy("Passed on by estimate"),
        gettext_lazy(
            "The reporter received money for the action and no link says from which: what it received "
            "is taken out in proportion, net = gross × max(0, outgoing − incoming) / outgoing. An "
            "estimate."
        ),
    ),
    PAYER_UNKNOWN: (
        gettext_lazy("Payer not known"),
        gettext_lazy(
            "No source says who pays, so that nobody can say whether the money comes in from outside."
        ),
    ),
    Standing.UNATTRIBUTED: (
        gettext_lazy("Not attributed"),
        gettext_lazy(
            "For several partners, pillars or sectors without shares: it is not divided in silence and stays in "
            "its own column. Counted once."
        ),
    ),
    UNATTRIBUTED_GROSS: (
        gettext_lazy("Not attributed, gross"),
        gettext_lazy("For several partners, pillars or sectors without shares, added up as reported."),
    ),
    Standing.UNKNOWN: (
        gettext_lazy("Unknown side"),
        gettext_lazy(
            "For which partner, pillar, sector or year the money is, or how much of it is for places outside "
            "the six, is not said. Counted once."
        ),
    ),
    UNKNOWN_GROSS: (
        gettext_lazy("Unknown side, gross"),
        gettext_lazy(
            "For which partner, pillar, sector or year the money is, is not said; added up as reported."
        ),
    ),
    OUTGOING: (
        gettext_lazy("Outgoing"),
        gettext_lazy("A partner inside the boundary pays for something outside it."),
    ),
    NOT_CONTRACTED: (
        gettext_lazy("Not yet contracted"),
        gettext_lazy(
            "What wholes have committed, less what their parts have committed, or spent where they "
            "state no commitment. It is inside the net figure."
        ),
    ),
}
"""Line of an account -> its name, and the rule in a sentence or two."""

STEPS = (
    Fate.SECOND_REPORT, Fate.SECOND_HAND, Fate.SAME_ACTION, Fate.BUDGET_BESIDE, Fate.IN_WHOLE, Fate.IN_PARTS,
    Fate.PASSED_ON, Fate.OWN_MONEY, Fate.ESTIMATED, PAYER_UNKNOWN,
)  # fmt: skip
"""From gross to net, in the order in which sums are taken out."""

WHY_NOT: dict[str, Words] = {
    "currency": gettext_lazy("no source states the currency"),
    "day": gettext_lazy("no day is known for the exchange rate"),
    "rate": gettext_lazy("no exchange rate is known for the day"),
    "size": gettext_lazy("larger than any sum can be: a mistake of its source"),
}
PLACE_WORDS: dict[str, Words] = {
    SHARED: gettext_lazy("Several partners or the region, not divided"),
    UNSAID: gettext_lazy("Not said"),
}


def rate_in_words(rate: Rate) -> str:
    """Which rate, from which source, of which day."""
    if rate.currency == "EUR":
        return ""
    figure = f"{rate.per_euro.normalize():f}"
    words = {"rate": figure, "currency": rate.currency, "day": rate.day or "", "source": rate.source}
    if rate.day is None:
        return _("%(rate)s %(currency)s for one euro, the fixed parity") % words
    words["source"] = {ECB: _("European Central Bank"), INFOREURO: "InforEuro"}.get(rate.source, rate.source)
    if rate.late:
        return (
            _("%(rate)s %(currency)s for one euro, the last rate known (%(source)s, %(day)s): an estimate")
            % words
        )
    return _("%(rate)s %(currency)s for one euro (%(source)s, %(day)s)") % words
