"""Papers of a meeting as PDF: the sheet to be signed, the minutes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from typst import TypstError

from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.core.naming import footnote_for
from iisg.governance.meetings.agenda_tree import numbered
from iisg.governance.meetings.entries import where_of
from iisg.governance.meetings.models import AgendaItem, Attendance, Meeting, Presence
from iisg.governance.meetings.rules import error
from iisg.governance.meetings.seats import by_capacity, quorum_at
from iisg.governance.meetings.telling import hours
from iisg.office.documents.typesetting import set_as_pdf

_TYPST = Path(__file__).resolve().parent / "typst"


def sheet_as_pdf(meeting: Meeting, at: datetime) -> bytes:
    """The signature sheet: everybody registered, by capacity, with room to sign and lines for others."""
    coming = meeting.attendance.select_related("organisation").exclude(presence=Presence.EXCUSED)
    facts = head_of_paper(meeting, _("Signature sheet"), at) | {
        "heads": [_("Name"), _("Organisation"), _("Capacity"), _("Signature")],
        "rows": [[_name(one), _body(one), str(one.get_capacity_display())] for one in by_capacity(coming)],
        "spare": 6,
    }
    return set_paper("sheet.typ", facts, at)


def minutes_as_pdf(meeting: Meeting, edition: int, at: datetime) -> bytes:
    """The minutes as they are circulated or approved."""
    return set_paper("minutes.typ", minutes_facts(meeting, edition, at), at)


def minutes_facts(meeting: Meeting, edition: int, at: datetime) -> dict[str, Any]:
    """What the minutes say, as plain values."""
    approved = (
        _("Approved on %(day)s %(how)s.")
        % {"day": date_format(meeting.approved_on, "j F Y"), "how": meeting.get_approved_by_display()}
        if meeting.approved_on
        else _("Draft, edition %(number)d, not approved.") % {"number": edition}
    )
    return head_of_paper(meeting, _("Minutes"), at) | {
        "status": approved,
        "attendance_label": _("Attendance"),
        "heads": [_("Name"), _("Organisation"), _("Capacity"), _("Presence")],
        "rows": [
            [_name(one), _body(one), str(one.get_capacity_display()), _presence(one)]
            for one in by_capacity(meeting.attendance.select_related("organisation"))
        ],
        "quorum": quorum_said(meeting),
        "opening": meeting.minutes_opening,
        "closing": meeting.minutes_closing,
        "items": [_item(line.number, line.item) for line in numbered(meeting.items.all())],
        "points_label": _("Action points"),
        "point_heads": [_("What"), _("Who"), _("By")],
        "points": [
            [point.what, point.owner, date_format(point.due_on, "j F Y")]
            for point in meeting.action_points.select_related("organisation", "person")
        ],
    }


def quorum_said(meeting: Meeting) -> str:
    """Whether the quorum was reached, in a sentence that shows the rule; "" where a body has none."""
    quorum = quorum_at(meeting)
    if quorum is None:
        return ""
    words = {"needed": quorum.partners_needed, "there": quorum.partners}
    rule = _("Quorum: the chair and %(needed)d of the 6 partners.") % words
    chair = _("the chair was present") if quorum.chair else _("no chair is entered as present")
    came = _("Present: %(there)d partners; %(chair)s.") % {**words, "chair": chair}
    reached = _("The quorum was reached.") if quorum.reached else _("The quorum was not reached.")
    return f"{rule} {came} {reached}"


def head_of_paper(meeting: Meeting, title: str, at: datetime) -> dict[str, Any]:
    """What stands at the top of every paper of a meeting."""
    return {
        "house": settings.MECHANISM_NAME,
        "day": timezone.localtime(at).date().isoformat(),
        "marking": "TLP:GREEN",
        "title": f"{title}: {meeting.title}",
        "kicker": f"{meeting.ref} · {meeting.body_shown}",
        "when": f"{date_format(meeting.day, 'j F Y')}, {hours(meeting.starts_at, meeting.ends_at, meeting.zone)}",
        "where": where_of(meeting) or str(meeting.get_form_display()),
    }


def set_paper(template: str, facts: dict[str, Any], at: datetime) -> bytes:
    """The PDF, with the footnote that its words ask for; RuleRefused where the house's fonts lack a sign of it."""
    try:
        return set_as_pdf(_TYPST / template, facts | {"footnote": footnote_for(str(facts))}, at)
    except TypstError as fault:
        why = str(fault).partition(": ")[2] or str(fault)
        raise RuleRefused(
            [
                error(
                    "cannot-be-set",
                    _("It cannot be set on paper: %(why)s.") % {"why": why},
                    _("Write it in Latin, Greek or Cyrillic letters, without pictograms and control signs."),
                )
            ]
        ) from fault


def _item(number: str, item: AgendaItem) -> dict[str, Any]:
    late = _("late item") if item.is_late else ""
    return {
        "title": f"{number}. {item.title}",
        "kind": ", ".join(part for part in (str(item.get_kind_display()), late) if part),
        "discussion": item.discussion,
        "conclusion": item.conclusion,
        "outcome": str(item.get_outcome_display()) if item.outcome else "",
        "statements": [
            {
                "head": f"{said.organisation}: {said.get_kind_display()}"
                + (f" ({_('taken back')})" if said.taken_back_at else ""),
                "text": said.text,
            }
            for said in item.statements.select_related("organisation")
        ],
    }


def _name(one: Attendance) -> str:
    office = f", {one.office}" if one.office else ""
    return f"{one.name}{office}" + (f" ({_('chair')})" if one.chairs else "")


def _body(one: Attendance) -> str:
    return one.organisation.name if one.organisation else ""


def _presence(one: Attendance) -> str:
    return str(one.get_presence_display()) + (f", {_('online')}" if one.online else "")
