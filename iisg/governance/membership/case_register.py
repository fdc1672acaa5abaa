"""The register of cases: filtered by state, route, whose turn it is, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Max, Q, QuerySet

from iisg.foundations.audit.models import Event
from iisg.governance.membership.forms.cases import CaseFilters
from iisg.governance.membership.models import Case
from iisg.governance.membership.models.case import CaseQuerySet
from iisg.governance.membership.standing import Standing, standing

MOVES = tuple(
    f"membership.{name}"
    for name in (
        "agency_checked", "agency_notified", "answer_noted", "assessment_returned", "assessment_submitted",
        "case_assessed", "case_complete", "case_deferred", "case_listed", "case_unlisted", "form_handed_back",
        "form_handed_over", "ground_confirmed", "ground_recorded", "invitation_sent",
    )
)  # fmt: skip
"""Events with which a case goes from one hand to another."""
SOON = timedelta(days=14)
SORTED_BY = {"ref": "ref", "name": "organisation__name", "opened": "opened_at", "due": "answer_due_on"}


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as the register tells it."""

    case: Case
    standing: Standing
    since: datetime | None
    """Since when it stands so; None where the case is closed."""


def find_cases(filters: CaseFilters, reader: object, day: date) -> CaseQuerySet:
    """Cases that the filters let through."""
    found = Case.objects.visible_to(reader)
    for word in filters.chosen("words").split():
        found = found.filter(Q(organisation__name__icontains=word) | Q(ref__icontains=word))
    if state := filters.chosen("state"):
        found = found.open() if state == "open" else found.filter(state=state)
    if route := filters.chosen("route"):
        found = found.filter(route=route)
    if turn := filters.chosen("turn"):
        found = found.filter(pk__in=_TURNS[turn]().order_by().values("pk"))
    if waits := filters.chosen("waits"):
        found = found.filter(pk__in=waiting(waits, day).order_by().values("pk"))
    return found


def waiting(what: str, day: date) -> CaseQuerySet:
    """Cases that wait for one thing; the duties of the desk count exactly these."""
    return {
        "answer": Case.objects.invited,
        "lapsing": lambda: Case.objects.lapsing_until(day + SOON),
        "check": Case.objects.to_check,
        "assess": Case.objects.to_assess,
        "approve": Case.objects.to_approve,
        "list": Case.objects.assessed,
        "board": Case.objects.before_the_board,
        "inform": Case.objects.needing_no_approval,
    }[what]()


_TURNS = {
    "applicant": lambda: Case.objects.with_the_applicant(),
    "secretariat": lambda: Case.objects.with_the_secretariat(),
    "board": lambda: Case.objects.before_the_board(),
}


def in_order(found: CaseQuerySet, sort: str) -> QuerySet[Case]:
    """In the asked order, else the newest first."""
    key = SORTED_BY.get(sort.removeprefix("-"))
    if key is None:
        return found.order_by("-pk")
    field = F(key)
    return found.order_by(
        field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_last=True), "-pk"
    )


def lines_of(cases: Iterable[Case]) -> list[CaseLine]:
    """Lines of one page, its records fetched with facts."""
    cases = list(cases)
    since = _since(cases)
    return [
        CaseLine(case, standing(case), since.get(case.ref, case.opened_at) if case.is_open else None)
        for case in cases
    ]


def _since(cases: Iterable[Case]) -> dict[str, datetime]:
    """By reference, when each case last went from one hand to another, from the sealed events."""
    subjects = {f"membership.case:{case.ref}": case.ref for case in cases}
    moved = Event.objects.filter(on__in=subjects, name__in=MOVES).order_by()
    return {subjects[on]: at for on, at in moved.values_list("on").annotate(Max("at"))}
