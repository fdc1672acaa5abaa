"""Requests for focal points: asked by letter with a day, reminded of, closed (S15)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.kinds import Said
from iisg.office.letters.operations import issue_letter
from iisg.office.pillars import rules
from iisg.office.pillars.links import nomination_link
from iisg.office.pillars.models import FocalPointRequest
from iisg.office.pillars.wordings import purpose_said


@transaction.atomic
def request_focal_points(
    organisation: Organisation,
    purposes: Sequence[str],
    due_on: date,
    people: Sequence[Addressee],
    *,
    by: Actor,
    at: datetime,
    suggested: Mapping[str, Mapping[str, str]] | None = None,
) -> FocalPointRequest:
    """Ask a member by letter, with a link of its own, to name focal points by a day.

    `suggested` are persons whom it has named already elsewhere, by purpose, each with name, office, email, phone: its
    page begins with them, and they are forgotten as soon as it has answered.
    """
    require(by, Can.NOMINATE, rules.may_ask(organisation, purposes, due_on, timezone.localtime(at).date()))
    asked = FocalPointRequest.objects.create(
        organisation=organisation,
        purposes=[str(purpose) for purpose in purposes],
        asked_at=at,
        due_on=due_on,
        nonce=secrets.token_hex(16),
        suggested={purpose: dict(person) for purpose, person in (suggested or {}).items() if person},
    )
    record(
        "pillars.focal_points_requested",
        by=by,
        on=organisation,
        at=at,
        purposes=asked.purposes,
        due_on=due_on,
    )
    if people:
        asked.letter = issue_letter(
            "focal-points-requested",
            _facts(asked),
            people,
            by=HOUSE,
            at=at,
            about=organisation,
            answer_due_on=due_on,
        )
        asked.save(update_fields=["letter"])
    return asked


@transaction.atomic
def remind_of_request(
    asked: FocalPointRequest, people: Sequence[Addressee], *, by: Actor, at: datetime
) -> FocalPointRequest:
    """Remind a member of an open request, at most once a day."""
    asked = _locked(asked)
    today = timezone.localtime(at).date()
    require(by, Can.NOMINATE, rules.may_remind(asked, today))
    asked.reminded_on = [*asked.reminded_on, today.isoformat()]
    asked.save(update_fields=["reminded_on"])
    if people:
        facts = _facts(asked) | {"purposes": _named(rules.still_asked(asked, today))}
        issue_letter("focal-points-reminder", facts, people, by=HOUSE, at=at, about=asked.organisation)
    record("pillars.member_reminded", by=by, on=asked.organisation, at=at, request=asked.pk)
    return asked


@transaction.atomic
def close_request(asked: FocalPointRequest, *, by: Actor, at: datetime) -> FocalPointRequest:
    """Ask no longer; whoever was named stays."""
    asked = _locked(asked)
    require(by, Can.NOMINATE, rules.is_open(asked))
    asked.closed_at, asked.suggested = at, {}
    asked.save(update_fields=["closed_at", "suggested"])
    record("pillars.request_closed", by=by, on=asked.organisation, at=at, request=asked.pk)
    return asked


def _facts(asked: FocalPointRequest) -> dict[str, object]:
    return {
        "organisation": asked.organisation.name,
        "purposes": _named(asked.purposes),
        "due_on": asked.due_on,
        "link": nomination_link(asked),
    }


def _named(purposes: Sequence[str]) -> list[Said]:
    return [purpose_said(each) for each in purposes]


def _locked(asked: FocalPointRequest) -> FocalPointRequest:
    found = FocalPointRequest.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(pk=asked.pk)
