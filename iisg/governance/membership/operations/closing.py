"""A case ends before it is decided: the applicant withdraws, or the Secretariat in its name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership import rules
from iisg.governance.membership.models import (
    Application,
    BoardList,
    Case,
    CaseState,
    ListState,
    ProspectState,
)
from iisg.governance.membership.operations.opening import _locked, _move


@transaction.atomic
def withdraw_case(case: Case, reason: str, *, by: Actor, at: datetime) -> Case:
    """End an open case at the applicant's wish; a case before the Board is taken off its list.

    A list before the Board on which nothing is left is given up with it: there is nothing to decide.
    """
    case = _locked(case)
    power = Can.WRITE_CASES if Can.WRITE_CASES in by.powers else Can.APPLY
    require(by, power, [*rules.may_move(case, "withdraw"), *rules.needs_reason(reason)])
    for prospect in case.prospects.filter(state=ProspectState.INVITED):
        prospect.flow.make(prospect, "lapse")
        prospect.save(update_fields=["state"])
    if case.state == CaseState.LISTED:
        for line in case.lines.filter(outcome="").select_related("on_list"):
            line.delete()
            _give_up_if_empty(line.on_list, reason, by=by, at=at)
    for form in Application.objects.select_for_update().filter(case=case):
        if Application.flow.allows(form, "withdraw"):
            form.flow.make(form, "withdraw")
            form.save(update_fields=["state"])
    case.outcome_reason = reason.strip()
    _move(case, "withdraw", at=at)
    record("membership.case_withdrawn", by=by, on=case, at=at, reason=reason.strip())
    return case


def _give_up_if_empty(on_list: BoardList, reason: str, *, by: Actor, at: datetime) -> None:
    on_list = BoardList.objects.select_for_update().get(pk=on_list.pk)
    if on_list.state != ListState.PUT or on_list.lines.exists():
        return
    on_list.flow.make(on_list, "withdraw")
    on_list.save(update_fields=["state"])
    record("membership.list_withdrawn", by=by, on=on_list, at=at, reason=reason.strip())
