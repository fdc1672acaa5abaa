"""Verbs on rounds: open one, ask members, note an answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

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
def note_answer(asked: Return, answered_on: date, *, by: Actor, at: datetime) -> Return:
    """Note the day a member's answer came in."""
    asked = Return.objects.select_for_update().get(pk=asked.pk)
    require(by, Can.RUN_ROUNDS, rules.may_answer(asked, answered_on))
    if asked.answered_on != answered_on:
        asked.answered_on = answered_on
        asked.save(update_fields=["answered_on"])
        record(
            "cycles.answer_noted",
            by=by,
            on=asked.cycle,
            at=at,
            member=asked.organisation.ref,
            pillar=asked.pillar_id,
            answered_on=answered_on,
        )
    return asked
