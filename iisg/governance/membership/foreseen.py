"""What a decision of the Board will do, before it is carried out: who becomes what, which letters go to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from iisg.foundations.access.roles import PillarCode
from iisg.governance.membership.circles import write_to
from iisg.governance.membership.models import Application, BoardList, Case, ListLine, Outcome
from iisg.governance.membership.periods import focal_point_time
from iisg.office.letters.addressing import Addressee, circle, occasion
from iisg.office.letters.decided import lines_of
from iisg.office.letters.kinds import kind_of
from iisg.office.pillars.models import FocalPointRequest


@dataclass(frozen=True, slots=True)
class Post:
    """One letter: what it is, and to whom it goes; nobody where the house knows no address."""

    label: str | Promise
    to: list[str]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What happens to one line of the list."""

    line: ListLine
    outcome: str
    reason: str
    seats: list[str]
    asked_by: date | None
    posts: list[Post]


def consequences(
    on_list: BoardList, outcomes: Mapping[int, tuple[str, str]], effective_on: date, at: datetime
) -> list[Consequence]:
    """For each line what carrying out the decision will do; reads only."""
    lines = on_list.lines.select_related("case__organisation", "case__application")
    return [_of(line, *outcomes[line.pk], effective_on, at) for line in lines]


def _of(line: ListLine, outcome: str, reason: str, effective_on: date, at: datetime) -> Consequence:
    case = line.case
    form: Application | None = getattr(case, "application", None)
    today = timezone.localtime(at).date()
    if outcome != Outcome.ADMITTED:
        people = write_to(case.organisation, today, form)
        return Consequence(line, outcome, reason, [], None, [_post(f"membership-{outcome}", people)])
    people = write_to(case.organisation, max(effective_on, today), form)
    seats = [code for code in PillarCode.values if form is None or code in form.focal_points]
    posts = [_post("membership-admitted", people)]
    asked_by = None
    if not FocalPointRequest.objects.open().filter(organisation=case.organisation).exists():
        asked_by = today + focal_point_time()
        posts.append(_post("focal-points-requested", people))
    case.closed_at = at  # as it will be; circles are looked up on that day
    return Consequence(line, outcome, "", seats, asked_by, [*posts, *_told(case)])


def _told(case: Case) -> list[Post]:
    """Who is told of a new member, by what the Secretariat decided about that occasion."""
    of = "membership-new-member"
    people = [person for line in lines_of(of) if line.active for person in circle(line.circle).members(case)]
    return [_post(occasion(of).kind, people)] if people else []


def _post(kind: str, people: list[Addressee]) -> Post:
    return Post(kind_of(kind).label, list(dict.fromkeys(_named(person) for person in people)))


def _named(person: Addressee) -> str:
    return (
        f"{person.name} ({person.email})" if person.email else _("%(name)s (by post)") % {"name": person.name}
    )
