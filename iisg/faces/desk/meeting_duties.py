"""What is to be done about meetings: outcomes to enter, minutes, items that wait, formations that meet too seldom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import MOST, Duty
from iisg.foundations.access.actors import Actor
from iisg.foundations.access.roles import PillarCode
from iisg.governance.meetings.models import ActionPoint, AgendaItem, Body, Meeting, MeetingState
from iisg.knowledge.analysis.wording import several

YEAR = timedelta(days=365)


def meeting_duties(reader: Actor, day: date) -> list[Duty]:
    """The Secretariat's: each leads to the page where it is done."""
    at = timezone.make_aware(datetime.combine(day, time.min))
    return [
        *_to_record(reader, at),
        *_minutes(reader),
        *_waiting(reader),
        *_seldom(reader, at),
        *_late(reader, day),
    ]


def own_action_points(reader: Actor) -> list[Duty]:
    """Action points that a person, or a body for which it speaks, owes; the most urgent first."""
    owed = ActionPoint.objects.visible_to(reader).open().owed_by(reader).select_related("meeting")
    return [
        Duty(
            what=point.what,
            why=_("Agreed at: %(meeting)s") % {"meeting": point.meeting.title},
            href=reverse("meeting", args=[point.meeting.ref]),
            due_on=point.due_on,
            weight=2,
        )
        for point in owed[:MOST]
    ]


def _to_record(reader: Actor, at: datetime) -> list[Duty]:
    return [
        Duty(
            what=_("Record whether it was held: %(meeting)s") % {"meeting": one.title},
            why=_("Its time has passed."),
            href=reverse("meeting", args=[one.ref]),
            due_on=one.day,
            weight=2,
        )
        for one in Meeting.objects.visible_to(reader).overdue(at)[:MOST]
    ]


def _minutes(reader: Actor) -> list[Duty]:
    words = {
        MeetingState.HELD.value: _("Draft the minutes of: %(meeting)s"),
        MeetingState.DRAFTED.value: _("Circulate the minutes of: %(meeting)s"),
    }
    return [
        Duty(
            what=words[one.state] % {"meeting": one.title},
            why=_("Those who took part wait for them."),
            href=reverse("meeting_minutes", args=[one.ref]),
            weight=3,
        )
        for one in Meeting.objects.visible_to(reader).without_minutes().order_by("starts_at")[:MOST]
    ]


def _waiting(reader: Actor) -> list[Duty]:
    titles = list(AgendaItem.objects.visible_to(reader).filter(meeting=None).values_list("title", flat=True))
    if not titles:
        return []
    what = ngettext(
        "Plan a meeting: %(count)d item waits for one",
        "Plan a meeting: %(count)d items wait for one",
        len(titles),
    )
    return [
        Duty(
            what=what % {"count": len(titles)},
            why=several(titles, most=4),
            href=reverse("meeting_new"),
            weight=4,
        )
    ]


def _seldom(reader: Actor, at: datetime) -> list[Duty]:
    """Formations that have had or will have too few meetings within half a year on either side (rules.md 4)."""
    needed = settings.SUPPORT_GROUP_MEETINGS_A_YEAR
    seen = Meeting.objects.visible_to(reader).filter(body=Body.SUPPORT_GROUP)
    if not seen.exists():
        return []
    near = seen.exclude(state=MeetingState.CANCELLED).filter(starts_at__range=(at - YEAR / 2, at + YEAR / 2))
    counted = dict(near.order_by().values_list("pillar").annotate(Count("pk")))
    few = [code for code in PillarCode.values if counted.get(code, 0) < needed]
    if not few:
        return []
    return [
        Duty(
            what=_("Plan meetings of the Support Group: %(pillars)s") % {"pillars": ", ".join(few)},
            why=_("Each formation meets at least %(number)d times a year.") % {"number": needed},
            href=reverse("meeting_new") + "?body=support_group",
            weight=5,
        )
    ]


def _late(reader: Actor, day: date) -> list[Duty]:
    late = list(ActionPoint.objects.visible_to(reader).late(day).values_list("what", "due_on"))
    if not late:
        return []
    what = ngettext("%(count)d action point is late", "%(count)d action points are late", len(late))
    return [
        Duty(
            what=what % {"count": len(late)},
            why=several([each for each, _due in late], most=4),
            href=reverse("meetings"),
            due_on=late[0][1],
            weight=3,
        )
    ]
