"""Announcing a meeting, changing and moving it, calling it off, inviting to it (rules.md 4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.meetings import letter_kinds, rules, telling
from iisg.governance.meetings.inviting import INVITATION, invited
from iisg.governance.meetings.models import AgendaItem, AnnouncedDate, Meeting, MeetingState
from iisg.governance.meetings.operations.placing import _carry_on, _place
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.operations import issue_letter


@transaction.atomic
def plan_meeting(
    title: str,
    body: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Actor,
    at: datetime,
    zone: str = "Europe/Brussels",
    form: str = "in_person",
    pillar: str = "",
    place: str = "",
    online_at: str = "",
    note: str = "",
) -> Meeting:
    """Announce a meeting; items that waited for one of this body are put on its agenda."""
    require(by, Can.RUN_MEETINGS, rules.may_plan(title, body, pillar, form, starts_at, ends_at, zone))
    meeting = Meeting.objects.create(
        ref=_next_ref(timezone.localtime(starts_at, ZoneInfo(zone)).year),
        body=body,
        pillar=pillar,
        title=title.strip()[:200],
        state=MeetingState.PLANNED,
        starts_at=starts_at,
        ends_at=ends_at,
        zone=zone,
        form=form,
        place=place.strip()[:300],
        online_at=online_at.strip()[:500],
        note=note.strip(),
        changed_at=at,
    )
    _announce(meeting, "", by=by, at=at)
    record("meetings.meeting_planned", by=by, on=meeting, at=at, body=body, starts_at=starts_at, zone=zone)
    for item in AgendaItem.objects.select_for_update().waiting_for(body, pillar):
        _place(item, meeting, by=by, at=at)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    title: str,
    form: str,
    *,
    by: Actor,
    at: datetime,
    place: str = "",
    online_at: str = "",
    note: str = "",
) -> Meeting:
    """Say anew what it is called, where it is and how one takes part; its date is moved by another verb."""
    meeting = _locked(meeting)
    findings = [
        *rules.is_ahead(meeting),
        *rules.may_plan(
            title, meeting.body, meeting.pillar, form, meeting.starts_at, meeting.ends_at, meeting.zone
        ),
    ]
    if meeting.state != MeetingState.PLANNED and form != "online" and not place.strip():
        findings.append(rules.error("no-place", _("Whoever is invited is told where: name the place.")))
    require(by, Can.RUN_MEETINGS, findings)
    before = {
        "title": meeting.title,
        "form": meeting.form,
        "place": meeting.place,
        "online_at": meeting.online_at,
    }
    meeting.title, meeting.form, meeting.place = title.strip()[:200], form, place.strip()[:300]
    meeting.online_at, meeting.note = online_at.strip()[:500], note.strip()
    _touch(meeting, at)
    meeting.save()
    record("meetings.meeting_changed", by=by, on=meeting, at=at, before=before)
    return meeting


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Give it another date; the former one stays on record, and whoever was invited is told by letter."""
    meeting = _locked(meeting)
    planned = rules.may_plan(
        meeting.title, meeting.body, meeting.pillar, meeting.form, starts_at, ends_at, zone
    )
    require(by, Can.RUN_MEETINGS, [*rules.is_ahead(meeting), *rules.needs_reason(reason), *planned])
    former = meeting.day
    meeting.starts_at, meeting.ends_at, meeting.zone = starts_at, ends_at, zone
    _touch(meeting, at)
    meeting.save()
    _announce(meeting, reason, by=by, at=at)
    record(
        "meetings.meeting_moved", by=by, on=meeting, at=at, former=former, starts_at=starts_at, reason=reason
    )
    facts = telling.facts_of(meeting) | {"former": former, "reason": reason.strip()}
    facts.pop("items")
    _tell_the_invited(meeting, letter_kinds.MOVED, facts, by=by, at=at)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, reason: str, *, by: Actor, at: datetime) -> Meeting:
    """Call it off; whoever was invited is told by letter, and items put on it by the house wait for the next one."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, [*rules.may_make(meeting, "cancel"), *rules.needs_reason(reason)])
    meeting.flow.make(meeting, "cancel")
    meeting.cancelled_reason = reason.strip()[:500]
    _touch(meeting, at)
    meeting.save()
    record("meetings.meeting_cancelled", by=by, on=meeting, at=at, reason=meeting.cancelled_reason)
    told = ("meeting", "number", "day")
    facts = {key: value for key, value in telling.facts_of(meeting).items() if key in told}
    _tell_the_invited(meeting, letter_kinds.CANCELLED, facts | {"reason": reason.strip()}, by=by, at=at)
    _carry_on(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def convene_meeting(
    meeting: Meeting,
    people: Sequence[Addressee],
    *,
    by: Actor,
    at: datetime,
    copies: Sequence[Addressee] = (),
) -> Meeting:
    """Invite by letter, with the draft agenda and the entry for calendars."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_convene(meeting, people, at))
    meeting.flow.make(meeting, "convene")
    meeting.convened_at = at
    _touch(meeting, at)
    meeting.save()
    issue_letter(
        INVITATION,
        telling.facts_of(meeting),
        people,
        by=HOUSE,
        at=at,
        about=meeting,
        copies=copies,
        attachments=[_calendar_file(meeting, by=by, at=at)],
    )
    record("meetings.meeting_convened", by=by, on=meeting, at=at, to=len(people), copies=len(copies))
    return meeting


def _tell_the_invited(
    meeting: Meeting, kind: str, facts: dict[str, object], *, by: Actor, at: datetime
) -> None:
    """A letter to all who were invited; a meeting to which nobody was invited yet needs none."""
    people, copies = invited(meeting)
    if people:
        file = _calendar_file(meeting, by=by, at=at)
        issue_letter(kind, facts, people, by=HOUSE, at=at, about=meeting, copies=copies, attachments=[file])


def _calendar_file(meeting: Meeting, *, by: Actor, at: datetime) -> Version:
    content = telling.as_calendar_file(meeting)
    return keep_file(meeting.title, f"{meeting.ref}.ics", content, Origin.MADE, by=HOUSE, at=at)


def _announce(meeting: Meeting, reason: str, *, by: Actor, at: datetime) -> None:
    AnnouncedDate.objects.create(
        meeting=meeting,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        place=meeting.place,
        announced_at=at,
        by_label=by.label[:200],
        reason=reason.strip()[:500],
    )


def _touch(meeting: Meeting, at: datetime) -> None:
    """Calendars take an entry anew when its sequence has risen."""
    meeting.sequence += 1
    meeting.changed_at = at


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _next_ref(year: int) -> str:
    """ "MEET-2027-03": one series for the year in which meetings begin."""
    known = Meeting.objects.select_for_update().filter(ref__startswith=f"MEET-{year}-")
    last = max((int(ref.rpartition("-")[2]) for ref in known.values_list("ref", flat=True)), default=0)
    return f"MEET-{year}-{last + 1:02d}"
