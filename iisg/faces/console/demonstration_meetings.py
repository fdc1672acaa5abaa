"""Meetings in the demonstration: one of the Board that was held, others that come; all of them made up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from iisg.foundations.access.actors import DEMONSTRATION
from iisg.foundations.orgs.models import Organisation
from iisg.governance.meetings import operations
from iisg.governance.meetings.models import AgendaItem, Body, Meeting, Presence
from iisg.office.letters.addressing import Addressee

MADE_UP = "Made up for the demonstration: nothing is known of such a meeting."
ADDRESSEES = [Addressee("Offices of the Board Members (made up)", "board@demonstration.invalid")]
CAME = (
    ("albania", "board_member", True, "present"),
    ("bosnia-and-herzegovina", "board_member", False, "present"),
    ("kosovo", "alternate", False, "present"),
    ("montenegro", "board_member", False, "present"),
    ("north-macedonia", "board_member", False, "present"),
    ("serbia", "board_member", False, "excused"),
    ("osce", "observer", False, "present"),
    ("france", "observer", False, "absent"),
)
"""Body, capacity, whether it chairs, presence; offices, not invented people."""


def load_meetings(at: datetime) -> None:
    """A past Board meeting with minutes before its members, and three that come; nothing where there are some."""
    if Meeting.objects.exists():
        return
    today = timezone.localtime(at).date()
    _held(_weekday(today - timedelta(days=20)), at)
    coming = _planned(
        "Board meeting", Body.BOARD, _weekday(today + timedelta(days=75)), at, "Sarajevo (made up)", "hybrid"
    )
    _item(coming, "Opening and adoption of the agenda", "information", at)
    report = _item(
        coming, "Annual Response Mapping: report", "decision", at, consulted="yes", note="It agrees."
    )
    _item(coming, "What nobody has told us", "discussion", at, parent=report)
    formation = _planned(
        "WBBSi: technical meeting", Body.SUPPORT_GROUP, _weekday(today + timedelta(days=50)), at, "Skopje (made up)",
        "in_person", pillar="WBBSi",
    )  # fmt: skip
    _item(formation, "Ongoing and future developments", "discussion", at)
    formation = operations.convene_meeting(formation, ADDRESSEES, by=DEMONSTRATION, at=at)
    _moved(formation, at)
    working = _planned(
        "Working Group of the partners",
        Body.WORKING_GROUP,
        _weekday(today + timedelta(days=65)),
        at,
        "",
        "online",
    )
    _item(working, "Draft report of the Annual Response Mapping", "discussion", at)


def _planned(
    title: str, body: str, day: date, at: datetime, place: str, form: str, pillar: str = "", hour: int = 10
) -> Meeting:
    starts_at = datetime.combine(day, time(hour), tzinfo=ZoneInfo("Europe/Brussels"))
    return operations.plan_meeting(
        f"{title} (made up)", body, starts_at, starts_at + timedelta(hours=5),
        form=form, pillar=pillar, place=place, note=MADE_UP, by=DEMONSTRATION, at=at,
    )  # fmt: skip


def _moved(meeting: Meeting, at: datetime) -> None:
    """A date that slipped, as dates do."""
    later = timedelta(days=7)
    operations.move_meeting(
        meeting, meeting.starts_at + later, meeting.ends_at + later, meeting.zone,
        "The host has asked for a later date (made up).", by=DEMONSTRATION, at=at,
    )  # fmt: skip


def _item(
    meeting: Meeting, title: str, kind: str, at: datetime, parent: AgendaItem | None = None, consulted: str = "",
    note: str = "",
) -> AgendaItem:  # fmt: skip
    return operations.add_item(
        meeting, title, kind, parent=parent, consulted=consulted, consulted_note=note, by=DEMONSTRATION, at=at
    )


def _held(day: date, at: datetime) -> None:
    """Convened, held with its quorum, minuted; the draft minutes are before those who took part."""
    begun = datetime.combine(day - timedelta(days=30), time(9), tzinfo=ZoneInfo("Europe/Brussels"))
    meeting = _planned("Board meeting", Body.BOARD, day, begun, "Brussels (made up)", "hybrid")
    opening = _item(meeting, "Opening and adoption of the agenda", "information", begun)
    rounds = _item(meeting, "Rounds of answers", "decision", begun, consulted="yes", note="No remark.")
    when = _item(
        meeting, "When the next one begins", "decision", begun, parent=rounds, consulted="not_needed"
    )
    meeting = operations.convene_meeting(meeting, ADDRESSEES, by=DEMONSTRATION, at=begun)
    meeting = operations.adopt_agenda(meeting, by=DEMONSTRATION, at=meeting.starts_at)
    late = _item(meeting, "Any other business", "discussion", meeting.starts_at)
    bodies = {each.ref: each for each in Organisation.objects.filter(ref__in=[row[0] for row in CAME])}
    presences = {}
    for ref, capacity, chairs, presence in CAME:
        if ref not in bodies:
            continue
        one = operations.register(
            meeting, f"Head of delegation, {bodies[ref].shown} (made up)", capacity, organisation=bodies[ref],
            chairs=chairs, by=DEMONSTRATION, at=meeting.starts_at,
        )  # fmt: skip
        presences[one.pk] = Presence(presence).value
    guest = operations.register(
        meeting, "Invited speaker (made up)", "guest", by=DEMONSTRATION, at=meeting.starts_at
    )
    presences[guest.pk] = Presence.PRESENT.value
    meeting = operations.note_presence(meeting, presences, by=DEMONSTRATION, at=meeting.starts_at)
    _recorded(
        operations.hold_meeting(meeting, by=DEMONSTRATION, at=meeting.ends_at),
        opening,
        rounds,
        when,
        late,
        at,
    )


def _recorded(
    meeting: Meeting,
    opening: AgendaItem,
    rounds: AgendaItem,
    when: AgendaItem,
    late: AgendaItem,
    at: datetime,
) -> None:
    serbia = Organisation.objects.get(ref="serbia")
    operations.put_on_record(
        rounds,
        serbia,
        "interpretation",
        f"It reads the dates as targets. {MADE_UP}",
        by=DEMONSTRATION,
        at=meeting.ends_at,
    )
    for item, outcome, conclusion in (
        (opening, "noted", "The agenda was adopted with one late item."),
        (rounds, "adopted", "Members answer once a year."),
        (when, "adopted", "The next round begins in January."),
        (late, "noted", ""),
    ):
        operations.record_item(
            item, outcome, discussion=MADE_UP, conclusion=conclusion, by=DEMONSTRATION, at=meeting.ends_at
        )
    today = timezone.localtime(at).date()
    for what, ref, days in (
        ("Name who answers the next round", "albania", 25),
        ("Send the list of open needs", "osce", -3),
    ):
        body = Organisation.objects.get(ref=ref)
        operations.agree_action_point(
            meeting,
            f"{what} (made up)",
            today + timedelta(days=days),
            organisation=body,
            by=DEMONSTRATION,
            at=at,
        )
    operations.draft_minutes(meeting, by=DEMONSTRATION, at=meeting.ends_at)
    operations.circulate_minutes(meeting, today + timedelta(days=9), by=DEMONSTRATION, at=at)


def _weekday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
