"""Verbs on rounds: open one, ask members, note what they answer, take a note back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.cycles import rules
from iisg.knowledge.cycles.models import Cycle, CycleKind, Return
from iisg.office.pillars.models import Pillar


@transaction.atomic
def open_cycle(
    ref: str,
    title: str,
    kind: CycleKind,
    opened_on: date,
    due_on: date,
    *,
    by: Actor,
    at: datetime,
    is_demonstration: bool = False,
) -> Cycle:
    """Open a round of one of the two mappings; the same reference is never opened twice."""
    require(by, Can.RUN_ROUNDS, rules.may_open(opened_on, due_on))
    cycle, new = Cycle.objects.get_or_create(
        ref=ref,
        defaults={
            "title": title,
            "kind": kind,
            "opened_on": opened_on,
            "due_on": due_on,
            "is_demonstration": is_demonstration,
        },
    )
    if new:
        record("cycles.cycle_opened", by=by, on=cycle, at=at, kind=str(kind), due_on=due_on)
    return cycle


@transaction.atomic
def ask_member(
    cycle: Cycle, organisation: Organisation, pillar: Pillar, asked_on: date, *, by: Actor, at: datetime
) -> Return:
    """Ask one member about one pillar; until it answers, what it might know counts as not known."""
    require(by, Can.RUN_ROUNDS, rules.may_ask(cycle))
    asked, new = Return.objects.get_or_create(
        cycle=cycle, organisation=organisation, pillar=pillar, defaults={"asked_on": asked_on}
    )
    if new:
        record("cycles.member_asked", by=by, on=cycle, at=at, member=organisation.ref, pillar=pillar.pk)
    return asked


@transaction.atomic
def close_cycle(cycle: Cycle, *, by: Actor, at: datetime) -> Cycle:
    """Close a round: nobody answers any more; who has not answered stays silent, and coverage goes on saying so."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    today = timezone.localtime(at).date()
    require(by, Can.RUN_ROUNDS, rules.may_close(cycle, today))
    Cycle.flow.make(cycle, "close")
    cycle.closed_on = today
    cycle.save(update_fields=["state", "closed_on"])
    silent = cycle.returns.outstanding_on(today).count()
    record("cycles.cycle_closed", by=by, on=cycle, at=at, silent=silent)
    return cycle


@transaction.atomic
def note_answer(
    asked: Return,
    answered_on: date,
    basis: str,
    *,
    by: Actor,
    at: datetime,
    nothing_to_report: bool = False,
) -> Return:
    """Note that a member has answered: on which day, by which letter or mail; a later note corrects an earlier one."""
    asked = _locked(asked)
    today = timezone.localtime(at).date()
    require(by, Can.RUN_ROUNDS, rules.may_note(asked, answered_on, basis, today))
    return _answered(asked, answered_on, basis.strip()[:300], nothing_to_report, False, by=by, at=at)


@transaction.atomic
def state_answer(asked: Return, *, by: Actor, at: datetime, nothing_to_report: bool = False) -> Return:
    """A member says of itself that it has told all it does under the pillar, or that it has nothing to report."""
    asked = _locked(asked)
    require(by, Can.ANSWER_ROUNDS, rules.may_state(by, asked))
    today = timezone.localtime(at).date()
    return _answered(asked, today, "", nothing_to_report, True, by=by, at=at)


@transaction.atomic
def take_answer_back(asked: Return, reason: str, *, by: Actor, at: datetime) -> Return:
    """Take an answer back: the member counts as silent again, as it did before; the record keeps what was noted."""
    asked = _locked(asked)
    require(by, Can.ANSWER_ROUNDS, rules.may_take_back(by, asked, reason))
    before = {"answered_on": asked.answered_on, "nothing": asked.nothing_to_report, "basis": asked.basis}
    asked.forget_answer()
    asked.save()
    record(
        "cycles.answer_taken_back",
        by=by,
        on=asked.cycle,
        at=at,
        member=asked.organisation.ref,
        pillar=asked.pillar_id,
        reason=reason.strip(),
        before=before,
    )
    return asked


def _locked(asked: Return) -> Return:
    found = Return.objects.select_for_update(of=("self",)).select_related("cycle", "organisation")
    return found.get(pk=asked.pk)


def _answered(
    asked: Return, on: date, basis: str, nothing: bool, by_member: bool, *, by: Actor, at: datetime
) -> Return:
    """Keep the answer; the same answer again leaves no event."""
    said = (on, basis, nothing, by_member)
    if said == (asked.answered_on, asked.basis, asked.nothing_to_report, asked.stated_by_member):
        return asked
    asked.answered_on, asked.basis, asked.nothing_to_report, asked.stated_by_member = said
    asked.noted_by_label, asked.noted_at = by.label[:200], at
    asked.save()
    record(
        "cycles.answer_stated" if by_member else "cycles.answer_noted",
        by=by,
        on=asked.cycle,
        at=at,
        member=asked.organisation.ref,
        pillar=asked.pillar_id,
        answered_on=on,
        nothing=nothing,
        basis=basis,
    )
    return asked
