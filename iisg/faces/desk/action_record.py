"""Everything the page of one action tells beside the stored record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iisg.faces.desk.action_money import ActionMoney, action_money
from iisg.faces.desk.need_record import TimeTag, names_of, time_tag
from iisg.faces.desk.suggesting import Offer, offers_for_action
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Party, PartyRole, Place
from iisg.knowledge.analysis.engine.rows import ActionRow
from iisg.knowledge.analysis.reading import need_row, rows_of_actions
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Relation, RelationKind, RelationState, Response

FORWARD: dict[str, str | Promise] = {
    RelationKind.SAME_AS: gettext_lazy("Another report of the same action"),
    RelationKind.FUNDED_BY: gettext_lazy("Funded by"),
    RelationKind.PART_OF: gettext_lazy("Part of"),
    RelationKind.NEXT_PHASE_OF: gettext_lazy("Next phase of"),
    RelationKind.CO_FUNDED_WITH: gettext_lazy("Co-funded with"),
    RelationKind.OVERLAPS: gettext_lazy("Overlaps"),
    RelationKind.COMPLEMENTS: gettext_lazy("Complements"),
}
BACKWARD: dict[str, str | Promise] = FORWARD | {
    RelationKind.FUNDED_BY: gettext_lazy("Funds"),
    RelationKind.PART_OF: gettext_lazy("Has the part"),
    RelationKind.NEXT_PHASE_OF: gettext_lazy("Continued by"),
}
COUNTED_IN = gettext_lazy(
    "What it commits is counted in the whole where the whole states a sum, what it spends here; never both."
)
COUNTS_PARTS = gettext_lazy("A sum committed here holds the part's sum, which is not added again.")
PRECISION = {"day": "j F Y", "month": "F Y", "year": "Y"}


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as we read it ("" where it is not known), what is printed, and what to say about it."""

    read: str
    printed: str
    remark: str


@dataclass(frozen=True, slots=True)
class RelatedAction:
    """Another action and how it stands to this one; `remark` says what that means for sums."""

    word: str | Promise
    action: Action
    relation: Relation
    remark: str | Promise


@dataclass(frozen=True, slots=True)
class RolePart:
    """The bodies in one role."""

    role: str | Promise
    parties: list[Party]


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What the page shows beside the stored record."""

    row: ActionRow
    time: TimeTag
    start: PrintedDay
    end: PrintedDay
    roles: list[RolePart]
    named: list[Place]
    regional: list[Place]
    money: ActionMoney
    related: list[RelatedAction]
    answers: list[Response]
    earlier: list[Response]
    offers: list[Offer]


def action_facts(action: Action, reader: Actor, day: date) -> ActionFacts:
    """Read all of it for an action fetched `with_facts`, in a constant number of queries."""
    row = rows_of_actions([action])[0]
    responses = list(
        Response.objects.visible_to(reader).filter(action=action).select_related("need").order_by("need__ref")
    )
    standing = [r for r in responses if r.replaced_at is None]
    places = list(action.places.all())
    return ActionFacts(
        row=row,
        time=time_tag(row, day),
        start=start_day(action),
        end=end_day(action),
        roles=_roles(action.parties.all()),
        named=[p for p in places if p.named],
        regional=[p for p in places if not p.named],
        money=action_money(action, reader),
        related=related(action, reader),
        answers=standing,
        earlier=[r for r in responses if r.replaced_at is not None],
        offers=_offers(action, row, reader, day, {r.need_id for r in standing}),
    )


def start_day(action: Action) -> PrintedDay:
    """The first possible start, beside what is printed."""
    return _printed_day(action.start_on, action.start_precision, action.start_printed)


def end_day(action: Action) -> PrintedDay:
    """The last possible end, beside what is printed; said where it was computed from the duration."""
    if action.end_derived:
        remark = _("computed from the duration of %(months)s months") % {"months": action.duration_months}
        return PrintedDay(_written(action.end_on, "day"), action.end_printed, remark)
    return _printed_day(action.end_on, action.end_precision, action.end_printed)


def _printed_day(day: date | None, precision: str, printed: str) -> PrintedDay:
    if day is not None or not printed:
        return PrintedDay(_written(day, precision), printed, "")
    if read_printed_date(printed).first is None:
        return PrintedDay("", printed, _("not a possible date, so it counts as not known"))
    return PrintedDay("", printed, _("cannot be right beside the other date, so it counts as not known"))


def _written(day: date | None, precision: str) -> str:
    return date_format(day, PRECISION.get(precision, "j F Y")) if day else ""


def _roles(parties: Iterable[Party]) -> list[RolePart]:
    """Parties by role, in the order of the roles; who pays and who carries out also where nobody is known."""
    by_role: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        by_role[party.role].append(party)
    always = (PartyRole.FUNDING, PartyRole.IMPLEMENTING)
    return [RolePart(role.label, by_role[role]) for role in PartyRole if by_role[role] or role in always]


def related(action: Action, reader: Actor) -> list[RelatedAction]:
    """Confirmed and proposed relations, seen from this action; rejected ones are left out."""
    relations = Relation.objects.visible_to(reader).exclude(state=RelationState.REJECTED)
    found = []
    for relation in relations.filter(source=action).select_related("target"):
        remark = COUNTED_IN if relation.kind == RelationKind.PART_OF else ""
        found.append(RelatedAction(FORWARD[relation.kind], relation.target, relation, remark))
    for relation in relations.filter(target=action).select_related("source"):
        remark = COUNTS_PARTS if relation.kind == RelationKind.PART_OF else ""
        found.append(RelatedAction(BACKWARD[relation.kind], relation.source, relation, remark))
    return found


def _offers(action: Action, row: ActionRow, reader: Actor, day: date, judged: set[int]) -> list[Offer]:
    """Needs that it may answer and that nobody has judged it for yet."""
    if Can.READ_ANALYSIS not in reader.powers:
        return []
    needs = {n.ref: n for n in Need.objects.visible_to(reader).counted().with_facts() if n.pk not in judged}
    names = names_of(Organisation.objects.partners())
    return offers_for_action(action, row, [need_row(n) for n in needs.values()], needs, day, names)
