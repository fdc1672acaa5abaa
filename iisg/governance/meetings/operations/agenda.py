"""Writing an agenda: items, their order and papers; adopting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.meetings import rules
from iisg.governance.meetings.models import AgendaItem, ItemPaper, Meeting
from iisg.governance.meetings.operations.placing import _end_of
from iisg.governance.meetings.operations.planning import _locked
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file


@transaction.atomic
def add_item(
    meeting: Meeting,
    title: str,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    text: str = "",
    parent: AgendaItem | None = None,
    consulted: str = "",
    consulted_note: str = "",
) -> AgendaItem:
    """Put an item at the end; on an adopted agenda it is a late item and shown as such."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_add_item(meeting, title, parent))
    last = parent.children.order_by("-position").first() if parent else None
    item = AgendaItem.objects.create(
        meeting=meeting,
        body=meeting.body,
        pillar=meeting.pillar,
        parent=parent,
        position=(last.position + 1 if last else 1) if parent else _end_of(meeting),
        title=title.strip()[:250],
        kind=kind,
        text=text.strip(),
        is_late=meeting.agenda_adopted_at is not None,
        consulted=consulted,
        consulted_note=consulted_note.strip()[:500],
        added_at=at,
    )
    record("meetings.item_added", by=by, on=meeting, at=at, item=item.pk, title=item.title, late=item.is_late)
    return item


@transaction.atomic
def change_item(
    item: AgendaItem,
    title: str,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    text: str = "",
    parent: AgendaItem | None = None,
    consulted: str = "",
    consulted_note: str = "",
) -> AgendaItem:
    """Word an item anew, or put it below another one."""
    meeting = _meeting_of(item)
    findings = [*rules.may_add_item(meeting, title, parent), *rules.may_stand_below(item, parent)]
    require(by, Can.RUN_MEETINGS, findings)
    before = {"title": item.title, "kind": item.kind}
    item.title, item.kind, item.text = title.strip()[:250], kind, text.strip()
    item.consulted, item.consulted_note = consulted, consulted_note.strip()[:500]
    if item.parent_id != (parent.pk if parent else None):
        item.parent, item.position = parent, parent.children.count() + 1 if parent else _end_of(meeting)
    item.save()
    record("meetings.item_changed", by=by, on=meeting, at=at, item=item.pk, before=before)
    return item


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Actor, at: datetime) -> Meeting:
    """Take an item off; what stood below it moves up. An adopted agenda loses none."""
    meeting = _meeting_of(item)
    findings = [*rules.is_ahead(meeting)]
    if meeting.agenda_adopted_at is not None:
        findings.append(
            rules.error("adopted", _("The agenda is adopted."), _("Record the item as postponed instead."))
        )
    require(by, Can.RUN_MEETINGS, findings)
    for child in item.children.all():
        child.parent = item.parent
        child.save(update_fields=["parent"])
    record(
        "meetings.item_removed", by=by, on=meeting, at=at, item=item.pk, title=item.title, about=item.about
    )
    item.delete()
    return meeting


@transaction.atomic
def order_items(meeting: Meeting, places: Mapping[int, int], *, by: Actor, at: datetime) -> Meeting:
    """Put items in another order; `places` gives the place among its neighbours for the key of an item."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_add_item(meeting, "-", None))
    for item in meeting.items.all():
        if places.get(item.pk, item.position) != item.position:
            item.position = places[item.pk]
            item.save(update_fields=["position"])
    record("meetings.items_ordered", by=by, on=meeting, at=at)
    return meeting


@transaction.atomic
def adopt_agenda(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Freeze it: what comes later is a late item."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_adopt(meeting))
    meeting.flow.make(meeting, "adopt_agenda")
    meeting.agenda_adopted_at = at
    meeting.save(update_fields=["state", "agenda_adopted_at"])
    record("meetings.agenda_adopted", by=by, on=meeting, at=at, items=meeting.items.count())
    return meeting


@transaction.atomic
def add_paper(
    item: AgendaItem, title: str, file_name: str, content: bytes, marking: str, *, by: Actor, at: datetime
) -> ItemPaper:
    """Put a paper to an item; a paper of the same title there gets a further version."""
    meeting = _meeting_of(item)
    require(by, Can.RUN_MEETINGS, rules.may_add_item(meeting, item.title, None))
    title = (title.strip() or file_name)[:250]
    former = item.papers.filter(title=title).select_related("version__document").first()
    version = keep_file(
        title,
        file_name,
        content,
        Origin.RECEIVED,
        by=by,
        at=at,
        document=former.version.document if former else None,
    )
    paper = former or ItemPaper(item=item, title=title, added_at=at)
    paper.version, paper.marking = version, marking
    paper.save()
    record("meetings.paper_added", by=by, on=meeting, at=at, item=item.pk, title=title, digest=version.digest)
    return paper


@transaction.atomic
def remove_paper(paper: ItemPaper, *, by: Actor, at: datetime) -> Meeting:
    """Take a paper away from its item; the file itself stays kept."""
    meeting = _meeting_of(paper.item)
    require(by, Can.RUN_MEETINGS, rules.may_add_item(meeting, paper.item.title, None))
    record("meetings.paper_removed", by=by, on=meeting, at=at, title=paper.title, digest=paper.version.digest)
    paper.delete()
    return meeting


def _meeting_of(item: AgendaItem) -> Meeting:
    """The locked meeting of an item; Meeting.DoesNotExist for one that waits."""
    return Meeting.objects.select_for_update().get(pk=item.meeting_id or 0)
