"""The money of one action: each flow with its worth in euro, its other reports, and what becomes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from iisg.faces.desk.money_words import LINE_WORDS, WHY_NOT, rate_in_words
from iisg.faces.desk.sector_words import stated_sectors
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Flow
from iisg.knowledge.analysis.engine.money.fates import Portion
from iisg.knowledge.analysis.engine.money.levels import Uncontracted
from iisg.knowledge.analysis.engine.money.reports import proposals
from iisg.knowledge.analysis.engine.money.rows import INCOMING, Valued, valued
from iisg.knowledge.analysis.engine.money.rules import Fate
from iisg.knowledge.analysis.money_reading import Money, read_money_near

COUNTS = gettext_lazy("counts")
RECEIVED = gettext_lazy("received by the reporter: not added, but it tells what was passed on")
REASONS: dict[str, str | Promise] = {
    "amount": gettext_lazy("the same amount"),
    "near_amount": gettext_lazy("about the same amount in euro"),
    "day": gettext_lazy("near in time"),
    "payer": gettext_lazy("the same payer"),
}


@dataclass(frozen=True, slots=True)
class Becomes:
    """What becomes of a part of a flow; `because` names the action that takes its place."""

    words: str | Promise
    eur: Decimal | None
    because: str = ""


@dataclass(slots=True)
class FlowShown:
    """One flow as the page shows it; `own` are the places and sectors that are of this sum alone."""

    flow: Flow
    eur: Decimal | None
    rate: str
    why: str | Promise
    becomes: list[Becomes] = field(default_factory=list)
    is_estimate: bool = False
    own: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MaybeSame:
    """Two flows that may be two reports of the same money."""

    own: Flow
    other: Flow
    reasons: list[str | Promise]


@dataclass(frozen=True, slots=True)
class ActionMoney:
    """All that the page tells about the money of an action."""

    flows: list[FlowShown]
    uncontracted: Uncontracted | None
    maybe_same: list[MaybeSame]


def action_money(action: Action, reader: Actor) -> ActionMoney:
    """Read it in a constant number of queries."""
    money = read_money_near(reader, action.pk)
    values = _values(money)
    mine = list(
        action.flows.select_related("source", "destination", "report_of__action").prefetch_related(
            "reports__action"
        )
    )
    portions: dict[int, list[Portion]] = defaultdict(list)
    for portion in money.fates.portions:
        portions[portion.of.flow.key].append(portion)
    rest = (rest for rest, _ in money.fates.uncontracted if rest.ref == action.ref)
    shown = [_shown(flow, values.get(flow.pk), portions[flow.pk]) for flow in mine]
    names = dict(Organisation.objects.partners().values_list("code", "name"))
    for line in shown:
        places = line.flow.recipients.split("; ") if line.flow.recipients else []
        line.own = [*(names.get(place, place) for place in places), *stated_sectors(line.flow.sectors)]
    return ActionMoney(
        flows=shown,
        uncontracted=next(rest, None),
        maybe_same=list(_maybe_same(action, money, reader)),
    )


def _values(money: Money) -> dict[int, Valued]:
    return {v.flow.key: v for action in money.actions for v in valued(action, money.exchange)}


def _shown(flow: Flow, value: Valued | None, portions: list[Portion]) -> FlowShown:
    if value is None:
        return FlowShown(flow, None, "", "")
    rate = value.converted.rate
    why = WHY_NOT.get(value.converted.why, "") if value.converted.eur is None else ""
    shown = FlowShown(flow, value.converted.eur, rate_in_words(rate) if rate else "", why)
    shown.is_estimate = value.is_estimate
    if flow.state == INCOMING:
        shown.becomes = [Becomes(RECEIVED, None)]
    for portion in portions:
        counts = portion.fate is Fate.COUNTED
        words = COUNTS if counts else LINE_WORDS[portion.fate][0]
        part = portion.eur if portion.eur != value.eur else None
        shown.becomes.append(Becomes(words, part, portion.because))
    return shown


def _maybe_same(action: Action, money: Money, reader: Actor) -> Iterator[MaybeSame]:
    """Pairs to decide on, for who may: flows of this action and of those that are the same or fund each other."""
    if Can.RELATE_ACTIONS not in reader.powers:
        return
    rows = {row.ref: row for row in money.actions}
    own = rows.get(action.ref)
    if own is None:
        return  # withdrawn: its money counts nowhere
    linked = own.same_as | own.funded_by
    linked |= {row.ref for row in money.actions if action.ref in row.same_as | row.funded_by}
    others = [v for ref in sorted(linked) if ref in rows for v in valued(rows[ref], money.exchange)]
    found = list(proposals(valued(own, money.exchange), others))
    keys = [key for pair in found for key in (pair.first, pair.second)]
    flows = Flow.objects.select_related("action__reporter").in_bulk(keys) if keys else {}
    for pair in found:
        yield MaybeSame(flows[pair.first], flows[pair.second], [REASONS[r] for r in pair.reasons])
