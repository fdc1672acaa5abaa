"""Admission in one transaction, by decision, notification or ground; what becomes of a member later (S1, S2, S14)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can, PillarCode
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs import operations as orgs
from iisg.foundations.orgs.models import Ground, Membership, Organisation
from iisg.governance.membership import rules
from iisg.governance.membership.circles import write_to
from iisg.governance.membership.links import form_link
from iisg.governance.membership.models import Application, Case, CaseState, Route
from iisg.governance.membership.operations.opening import _locked, _move, _open_case
from iisg.governance.membership.periods import focal_point_time
from iisg.governance.membership.wordings import ground_said
from iisg.office.documents.models import Version
from iisg.office.letters.kinds import Said
from iisg.office.letters.operations import issue_letter, tell
from iisg.office.pillars import operations as pillars
from iisg.office.pillars.models import CORRESPONDENCE, FocalPointRequest, Pillar


@transaction.atomic
def record_notification(
    organisation: Organisation, basis: str, evidence: Version | None, *, by: Actor, at: datetime
) -> Case:
    """An EU Justice and Home Affairs agency says that it becomes a member (methodology 1, fourth indent)."""
    today = timezone.localtime(at).date()
    findings = [
        *rules.may_take_route(Route.NOTIFICATION, organisation.kind),
        *rules.may_open(organisation, today),
        *rules.needs_evidence(basis, evidence),
    ]
    require(by, Can.WRITE_CASES, findings)
    case = _open_case(
        organisation,
        Route.NOTIFICATION,
        CaseState.NOTIFIED,
        Ground.NOTIFICATION,
        at=at,
        basis=basis.strip()[:500],
        evidence=evidence,
    )
    record("membership.agency_notified", by=by, on=case, at=at, route=case.route, ground=case.ground)
    return case


@transaction.atomic
def check_agency(case: Case, *, by: Actor, at: datetime) -> Case:
    """The Secretariat has checked that it is one of the agencies; nothing else is assessed."""
    case = _locked(case)
    findings = [
        *rules.may_move(case, "check"),
        *rules.may_take_route(Route.NOTIFICATION, case.organisation.kind),
    ]
    require(by, Can.WRITE_CASES, findings)
    _move(case, "check", at=at)
    record("membership.agency_checked", by=by, on=case, at=at)
    return case


@transaction.atomic
def record_ground(
    organisation: Organisation,
    ground: Ground | str,
    basis: str,
    evidence: Version | None,
    *,
    by: Actor,
    at: datetime,
) -> Case:
    """A former lead partner or the host of the Secretariat: the ground with its evidence (methodology 1; S2)."""
    today = timezone.localtime(at).date()
    findings = [
        *rules.may_take_route(Route.AUTOMATIC, organisation.kind, str(ground)),
        *rules.may_open(organisation, today),
        *rules.needs_evidence(basis, evidence),
    ]
    require(by, Can.WRITE_CASES, findings)
    case = _open_case(
        organisation,
        Route.AUTOMATIC,
        CaseState.GROUND_RECORDED,
        Ground(ground),
        at=at,
        basis=basis.strip()[:500],
        evidence=evidence,
    )
    record("membership.ground_recorded", by=by, on=case, at=at, route=case.route, ground=case.ground)
    return case


@transaction.atomic
def confirm_ground(case: Case, *, by: Actor, at: datetime) -> Case:
    """The Secretariat confirms the ground of an automatic member."""
    case = _locked(case)
    require(by, Can.WRITE_CASES, rules.may_move(case, "confirm"))
    _move(case, "confirm", at=at)
    record("membership.ground_confirmed", by=by, on=case, at=at)
    return case


@transaction.atomic
def inform_board(case: Case, informed_on: date, *, by: Actor, at: datetime) -> Case:
    """Notify the Board of an agency or an automatic member; with that it is a member, no objection being possible."""
    case = _locked(case)
    require(by, Can.WRITE_CASES, rules.may_inform(case, informed_on, timezone.localtime(at).date()))
    case.board_informed_on = informed_on
    _admit(case, informed_on, None, Said(case.basis), by=by, at=at)
    record("membership.board_informed", by=by, on=case, at=at, informed_on=informed_on)
    ground = ground_said(case.ground, case.get_ground_display())
    facts = {"organisation": case.organisation.name, "ground": ground, "day": informed_on}
    tell("membership-notice-to-board", case, facts, by=HOUSE, at=at)
    return case


@transaction.atomic
def correct_member(
    membership: Membership, reason: str, *, by: Actor, at: datetime, **facts: Any
) -> Membership:
    """Put right what was entered wrongly of a membership; nobody speaks for it before its first day."""
    require(by, Can.RECORD_DECISIONS, rules.may_correct_member(membership, facts))
    orgs.correct_membership(membership, reason, by=by, at=at, **facts)
    record("membership.member_corrected", by=by, on=membership.organisation, at=at, reason=reason.strip())
    return membership


@transaction.atomic
def suspend_member(membership: Membership, day: date, reason: str, *, by: Actor, at: datetime) -> Membership:
    """Let a membership rest, and write to the member."""
    require(by, Can.RECORD_DECISIONS)
    orgs.suspend_membership(membership, day, reason, by=by, at=at)
    record("membership.member_suspended", by=by, on=membership.organisation, at=at, day=day)
    return _written_to(membership, "membership-suspended", day, reason, at=at)


@transaction.atomic
def resume_member(membership: Membership, day: date, *, by: Actor, at: datetime) -> Membership:
    """A suspended membership holds again, and the member is written to."""
    require(by, Can.RECORD_DECISIONS)
    orgs.resume_membership(membership, day, by=by, at=at)
    record("membership.member_resumed", by=by, on=membership.organisation, at=at, day=day)
    return _written_to(membership, "membership-resumed", day, "", at=at)


@transaction.atomic
def end_member(membership: Membership, day: date, reason: str, *, by: Actor, at: datetime) -> Membership:
    """End a membership: its focal points, seats and terms as lead end with it, and the member is written to."""
    require(by, Can.RECORD_DECISIONS)
    people = write_to(membership.organisation, timezone.localtime(at).date())
    orgs.end_membership(membership, day, reason, by=by, at=at)
    record("membership.member_ended", by=by, on=membership.organisation, at=at, day=day)
    pillars.end_focal_points_of(membership.organisation, day, by=HOUSE, at=at)
    pillars.unseat_from_all(membership.organisation, day, by=by, at=at)
    pillars.end_leads_of(membership.organisation, day, by=by, at=at)
    for asked in FocalPointRequest.objects.open().filter(organisation=membership.organisation):
        pillars.close_request(asked, by=HOUSE, at=at)
    facts = {"organisation": membership.organisation.name, "day": day, "reason": reason}
    if people:
        issue_letter("membership-ended", facts, people, by=HOUSE, at=at, about=membership.organisation)
    return membership


def _admit(
    case: Case, from_day: date, decided_on: date | None, basis: Said, *, by: Actor, at: datetime
) -> None:
    """Make it a member: register, pillar seats, letters, request for focal points; in the deed's own transaction."""
    if not case.organisation.confirmed:
        orgs.enter_organisation(
            case.organisation.ref, by=HOUSE, at=at, name=case.organisation.name, confirmed=True
        )
    membership = orgs.enter_membership(
        case.organisation,
        case.ground,
        by=by,
        at=at,
        valid_from=from_day,
        decided_on=decided_on,
        basis=basis.english[:300],
    )
    case.membership, case.outcome_reason = membership, ""
    _move(case, "admit", at=at)
    record("membership.member_admitted", by=by, on=case, at=at, from_day=from_day, basis=basis.english)
    form = Application.objects.filter(case=case).first()
    chosen = [code for code in PillarCode.values if form is None or code in form.focal_points]
    for code in chosen:
        pillars.seat_participant(case.organisation, Pillar.objects.get(pk=code), by=HOUSE, at=at)
    today = timezone.localtime(at).date()
    people = write_to(case.organisation, max(from_day, today), form)
    if people:
        facts = {"organisation": case.organisation.name, "day": from_day, "basis": basis}
        issue_letter("membership-admitted", facts, people, by=HOUSE, at=at, about=case)
    due_on = today + focal_point_time()
    if not FocalPointRequest.objects.open().filter(organisation=case.organisation).exists():
        pillars.request_focal_points(
            case.organisation,
            [CORRESPONDENCE, *chosen],
            due_on,
            people,
            by=HOUSE,
            at=at,
            suggested=form.focal_points if form else None,
        )
    ground = ground_said(case.ground, case.get_ground_display())
    told = {"organisation": case.organisation.name, "ground": ground, "day": from_day}
    noticed = "" if case.needs_the_board else "membership-notice-to-board"
    tell("membership-new-member", case, told, by=HOUSE, at=at, told_by=noticed)


def _tell_of_outcome(case: Case, kind: str, number: str, *, at: datetime) -> None:
    """Write to an applicant whom the Board has not admitted."""
    form = Application.objects.filter(case=case).first()
    people = write_to(case.organisation, timezone.localtime(at).date(), form)
    facts = {"organisation": case.organisation.name, "reason": case.outcome_reason, "decision": number}
    facts["link"] = form_link(form) if form else settings.HOUSE_ADDRESS
    if people:
        issue_letter(kind, facts, people, by=HOUSE, at=at, about=case)


def _written_to(membership: Membership, kind: str, day: date, reason: str, *, at: datetime) -> Membership:
    people = write_to(membership.organisation, timezone.localtime(at).date())
    facts = {"organisation": membership.organisation.name, "day": day, "reason": reason}
    if people:
        issue_letter(kind, facts, people, by=HOUSE, at=at, about=membership.organisation)
    return membership
