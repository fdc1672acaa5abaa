"""Everything the page of one action tells beside the stored record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from iisg.faces.desk.action_family import Family, family_of
from iisg.faces.desk.action_money import ActionMoney, action_money
from iisg.faces.desk.action_reports import Reports, reports
from iisg.faces.desk.need_record import TimeTag, names_of, time_tag
from iisg.faces.desk.sector_words import stated_sectors
from iisg.faces.desk.suggesting import Offer, offers_for_action
from iisg.faces.desk.vouching import file_of
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import Can
from iisg.foundations.core.periods import read_printed_date
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.models import Action, Party, PartyRole, Place
from iisg.knowledge.analysis.candidates import needs_for
from iisg.knowledge.analysis.engine.one_action import one_each
from iisg.knowledge.analysis.engine.rows import ActionRow
from iisg.knowledge.analysis.reading import rows_of_actions
from iisg.knowledge.analysis.reports_of_one import read_groups
from iisg.knowledge.responses.models import Response

PRECISION = {"day": "j F Y", "month": "F Y", "year": "Y"}


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as we read it ("" where it is not known), what is printed, and what to say about it."""

    read: str
    printed: str
    remark: str


@dataclass(frozen=True, slots=True)
class RolePart:
    """The bodies in one role."""

    role: str | Promise
    parties: list[Party]


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What the page shows beside the stored record; `file` is the import it came in with, if the reader may see it."""

    row: ActionRow
    time: TimeTag
    start: PrintedDay
    end: PrintedDay
    roles: list[RolePart]
    named: list[Place]
    regional: list[Place]
    sectors: list[str]
    money: ActionMoney
    reports: Reports | None
    family: Family
    answers: list[Response]
    earlier: list[Response]
    offers: list[Offer]
    file: int | None


def action_facts(action: Action, reader: Actor, day: date) -> ActionFacts:
    """Read all of it for an action fetched `with_facts`, in a constant number of queries."""
    found = reports(action, reader)
    together = found.actions if found else [action]
    row = one_each(rows_of_actions(together), read_groups())[0]
    responses = list(
        Response.objects.visible_to(reader)
        .filter(action__in=together)
        .select_related("need", "action")
        .order_by("need__ref")
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
        sectors=stated_sectors(action.sectors),
        money=action_money(action, reader),
        reports=found,
        family=family_of(action, [one.pk for one in together], reader),
        answers=standing,
        earlier=[r for r in responses if r.replaced_at is not None],
        offers=_offers(action, row, reader, day, {r.need_id for r in standing}),
        file=file_of(action, reader),
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


def _offers(action: Action, row: ActionRow, reader: Actor, day: date, judged: set[int]) -> list[Offer]:
    """Needs that it may answer and that nobody has judged it for yet."""
    if Can.READ_ANALYSIS not in reader.powers:
        return []
    needs = [need for need in needs_for(row, reader) if need.pk not in judged]
    return offers_for_action(action, row, needs, day, names_of(Organisation.objects.partners()))
