"""Minutes: drafted from the agenda, circulated by letter, amended, approved, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.meetings import letter_kinds, papers, rules, telling
from iisg.governance.meetings.inviting import invited
from iisg.governance.meetings.minutes_in_word import minutes_as_docx
from iisg.governance.meetings.models import Consulted, ItemKind, Meeting, MinutesEdition
from iisg.governance.meetings.operations.placing import _again_on_agenda, put_on_agenda
from iisg.governance.meetings.operations.planning import _locked
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file
from iisg.office.letters.models import Letter
from iisg.office.letters.models.letter import reference_to
from iisg.office.letters.operations import issue_letter


@transaction.atomic
def draft_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Begin the minutes with what is known: place, attendance, agenda, outcomes. Postponed items come back."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_make(meeting, "draft"))
    meeting.flow.make(meeting, "draft")
    if not meeting.minutes_opening:
        chair = meeting.attendance.filter(chairs=True).first()
        meeting.minutes_opening = (
            _("%(name)s opened the meeting.") % {"name": chair} if chair else _("The meeting was opened.")
        )
    meeting.save(update_fields=["state", "minutes_opening"])
    record("meetings.minutes_drafted", by=by, on=meeting, at=at)
    _again_on_agenda(meeting, by=by, at=at)
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, opening: str, closing: str, *, by: Actor, at: datetime) -> Meeting:
    """Write what stands before the first and after the last item; items are recorded one by one."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_write_minutes(meeting))
    meeting.minutes_opening, meeting.minutes_closing = opening.strip(), closing.strip()
    meeting.save(update_fields=["minutes_opening", "minutes_closing"])
    record("meetings.minutes_written", by=by, on=meeting, at=at)
    return meeting


@transaction.atomic
def circulate_minutes(
    meeting: Meeting, due_on: date, *, by: Actor, at: datetime, changed: str = ""
) -> MinutesEdition:
    """Freeze them as a paper, send it to all who were invited, and put their approval on the next agenda."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_circulate(meeting, due_on, timezone.localtime(at).date()))
    meeting.flow.make(meeting, "circulate")
    meeting.minutes_due_on = due_on
    meeting.save(update_fields=["state", "minutes_due_on"])
    edition = _frozen(meeting, changed, by=by, at=at)
    edition.letter = _sent(meeting, edition, by=by, at=at)
    edition.save(update_fields=["letter"])
    record("meetings.minutes_circulated", by=by, on=meeting, at=at, edition=edition.number, due_on=due_on)
    put_on_agenda(
        meeting.body,
        _("Minutes of %(meeting)s") % {"meeting": meeting.title},
        ItemKind.DECISION,
        reference_to(meeting),
        by=HOUSE,
        at=at,
        pillar=meeting.pillar,
        consulted=Consulted.NOT_NEEDED,
    )
    return edition


@transaction.atomic
def amend_minutes(meeting: Meeting, why: str, *, by: Actor, at: datetime) -> Meeting:
    """Open circulated minutes again because of comments; they are circulated anew as a further edition."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, [*rules.may_make(meeting, "amend"), *rules.needs_reason(why)])
    meeting.flow.make(meeting, "amend")
    meeting.save(update_fields=["state"])
    record("meetings.minutes_opened_again", by=by, on=meeting, at=at, why=why.strip())
    return meeting


@transaction.atomic
def approve_minutes(meeting: Meeting, how: str, approved_on: date, *, by: Actor, at: datetime) -> Meeting:
    """Enter that they were approved, at a later meeting or by silence; the approved paper is frozen."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_approve(meeting, how, approved_on, timezone.localtime(at).date()))
    meeting.flow.make(meeting, "approve")
    meeting.approved_by, meeting.approved_on, meeting.approved_by_label = how, approved_on, by.label[:200]
    meeting.save()
    edition = _frozen(meeting, "", by=by, at=at)
    edition.approved = True
    edition.save(update_fields=["approved"])
    record("meetings.minutes_approved", by=by, on=meeting, at=at, how=how, digest=edition.paper.digest)
    return meeting


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Nothing more is to be done but the action points, which stay open until they are done."""
    meeting = _locked(meeting)
    require(by, Can.RUN_MEETINGS, rules.may_make(meeting, "close"))
    meeting.flow.make(meeting, "close")
    meeting.save(update_fields=["state"])
    record("meetings.meeting_closed", by=by, on=meeting, at=at)
    return meeting


def _frozen(meeting: Meeting, changed: str, *, by: Actor, at: datetime) -> MinutesEdition:
    """The minutes as a paper, a further version of the same document."""
    last = meeting.editions.select_related("paper__document").last()
    number = last.number + 1 if last else 1
    content = papers.minutes_as_pdf(meeting, number, at)
    title = _("Minutes of %(meeting)s") % {"meeting": meeting.title}
    document = last.paper.document if last else None
    name = f"{meeting.ref}-minutes-{number}.pdf"
    version = keep_file(title, name, content, Origin.MADE, by=by, at=at, document=document)
    return MinutesEdition.objects.create(
        meeting=meeting, number=number, paper=version, changed=changed.strip()[:500], made_at=at
    )


def _sent(meeting: Meeting, edition: MinutesEdition, *, by: Actor, at: datetime) -> Letter | None:
    """The letter with the minutes, also as a Word file for comments; None where nobody was invited by letter."""
    people, copies = invited(meeting)
    if not people:
        return None
    facts = telling.facts_of(meeting) | {"due_on": meeting.minutes_due_on}
    title, name = _("Minutes for comments"), f"{meeting.ref}-minutes-{edition.number}.docx"
    content = minutes_as_docx(meeting, edition.number, at)
    word = keep_file(title, name, content, Origin.MADE, by=by, at=at)
    return issue_letter(
        letter_kinds.MINUTES,
        facts,
        people,
        by=HOUSE,
        at=at,
        about=meeting,
        copies=copies,
        answer_due_on=meeting.minutes_due_on,
        attachments=[edition.paper, word],
    )
