"""Items that the house puts on agendas: on the next meeting of a body, or waiting until one is planned."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.meetings import rules
from iisg.governance.meetings.models import AgendaItem, Body, ItemKind, Meeting, Outcome
from iisg.governance.meetings.next_one import meeting_to_take_items


@transaction.atomic
def put_on_agenda(
    body: str,
    title: str,
    kind: str,
    about: str,
    *,
    by: Actor,
    at: datetime,
    text: str = "",
    pillar: str = "",
    consulted: str = "",
) -> AgendaItem:
    """Put an item on the next planned or convened meeting of a body, or keep it until one is planned.

    `about` names what it concerns as events do ("board.proposal:BD-2027-04"); the same `about` that stands on a meeting
    ahead or waits already is not put a second time. Other apps call it as the house: `by=HOUSE`.
    """
    findings = [] if title.strip() else [rules.error("no-item-title", _("The item has no title."))]
    if body not in Body.values or kind not in ItemKind.values:
        findings.append(rules.error("no-body", _("Say which body the item goes to and what is asked of it.")))
    require(by, Can.RUN_MEETINGS, findings)
    meeting = meeting_to_take_items(body, at, pillar)
    known = _standing(body, pillar, about) if about else None
    if known is not None:
        return known
    item = AgendaItem.objects.create(
        meeting=None,
        body=body,
        pillar=pillar,
        title=title.strip()[:250],
        kind=kind,
        text=text.strip(),
        about=about[:160],
        consulted=consulted,
        added_at=at,
    )
    record(
        "meetings.item_put",
        by=by,
        on=item,
        at=at,
        about=about,
        body=body,
        meeting=meeting.ref if meeting else "",
    )
    if meeting is not None:
        _place(item, Meeting.objects.select_for_update().get(pk=meeting.pk), by=by, at=at)
    return item


def _standing(body: str, pillar: str, about: str) -> AgendaItem | None:
    """The item about the same thing that still lies ahead."""
    known = AgendaItem.objects.filter(body=body, pillar=pillar, about=about).select_related("meeting")
    ahead = (item for item in known if item.meeting is None or item.meeting.is_ahead)
    return next(ahead, None)


def _place(item: AgendaItem, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Put a waiting item at the end of an agenda."""
    item.meeting, item.parent, item.position = meeting, None, _end_of(meeting)
    item.save(update_fields=["meeting", "parent", "position"])
    record("meetings.item_placed", by=by, on=meeting, at=at, item=item.pk, title=item.title)


def _carry_on(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Items of a cancelled meeting that came from elsewhere in the house go to the next one, or wait."""
    for item in meeting.items.exclude(about="").select_for_update():
        item.meeting, item.parent = None, None
        item.save(update_fields=["meeting", "parent"])
        following = meeting_to_take_items(item.body, at, item.pillar)
        if following is not None:
            _place(item, following, by=by, at=at)
        else:
            record("meetings.item_waits", by=by, on=item, at=at, former=meeting.ref)


def _again_on_agenda(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """What a meeting postponed comes back: on the next agenda, or waiting."""
    for item in meeting.items.filter(outcome=Outcome.POSTPONED):
        about = item.about or f"meetings.agendaitem:{item.pk}"
        put_on_agenda(
            item.body, item.title, item.kind, about,
            by=by, at=at, text=item.text, pillar=item.pillar, consulted=item.consulted,
        )  # fmt: skip


def _end_of(meeting: Meeting) -> int:
    last = meeting.items.filter(parent=None).order_by("-position").first()
    return last.position + 1 if last else 1
