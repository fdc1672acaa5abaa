"""What every way into a case has in common: its reference, its predecessor, its moves. Private to the room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from iisg.foundations.orgs.models import Ground, Organisation
from iisg.governance.membership.models import CLOSED, Case, CaseState, Route
from iisg.governance.membership.signals import case_moved


def _open_case(
    organisation: Organisation,
    route: Route,
    state: CaseState,
    ground: Ground,
    *,
    at: datetime,
    **facts: Any,
) -> Case:
    """A new case with the next reference of the year; the newest closed one of the same body is its predecessor."""
    predecessor = Case.objects.filter(organisation=organisation, state__in=CLOSED).order_by("-pk").first()
    year = timezone.localtime(at).year
    last = Case.objects.select_for_update().filter(ref__startswith=f"M-{year}-").order_by("-ref").first()
    number = int(last.ref.rpartition("-")[2]) + 1 if last else 1
    case = Case.objects.create(
        ref=f"M-{year}-{number:03d}",
        organisation=organisation,
        route=route,
        ground=ground,
        state=state,
        predecessor=predecessor,
        opened_at=at,
        **facts,
    )
    case_moved.send(sender=Case, case=case, at=at)
    return case


def _move(case: Case, move: str, *, at: datetime) -> None:
    """Make a move, save, and let the floors above know; the verb seals it."""
    case.flow.make(case, move)
    case.closed_at = at if case.state in CLOSED else None
    case.save()
    case_moved.send(sender=Case, case=case, at=at)


def _locked(case: Case) -> Case:
    found = Case.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(pk=case.pk)
