"""What the Secretariat should do on the way to membership, each duty leading to the list of exactly those."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iisg.faces.desk.duties import Duty
from iisg.foundations.access.actors import Actor
from iisg.governance.membership.case_register import waiting
from iisg.governance.membership.models import BoardList, Prospect

_Line = tuple[int, str, str, str, int]


def membership_duties(reader: Actor, day: date) -> list[Duty]:
    """Forms, assessments, lists, decisions, invitations, possible partners; nothing where nothing waits."""
    return [
        Duty(what=what % {"count": count}, why=why, href=href, weight=weight)
        for count, what, why, href, weight in (*_cases(day), *_others(reader, day))
        if count
    ]


def _cases(day: date) -> list[_Line]:
    check, assess, approve = (waiting(what, day).count() for what in ("check", "assess", "approve"))
    ready, inform, lapsing = (waiting(what, day).count() for what in ("list", "inform", "lapsing"))
    return [
        (
            check,
            ngettext("Check %(count)d form", "Check %(count)d forms", check),
            _("The applicant waits to hear whether it is complete."),
            _to("cases", waits="check"),
            2,
        ),
        (
            assess,
            ngettext("Write %(count)d brief assessment", "Write %(count)d brief assessments", assess),
            _("A complete case goes to the Board with its assessment only."),
            _to("cases", waits="assess"),
            3,
        ),
        (
            approve,
            ngettext("Approve %(count)d assessment", "Approve %(count)d assessments", approve),
            _("Whoever did not write it reads and approves it."),
            _to("cases", waits="approve"),
            2,
        ),
        (
            ready,
            ngettext(
                "Put %(count)d case on a list to the Board",
                "Put %(count)d cases on a list to the Board",
                ready,
            ),
            _("Its assessment is approved."),
            _to("cases", waits="list"),
            3,
        ),
        (
            inform,
            ngettext(
                "Carry on %(count)d case that needs no approval",
                "Carry on %(count)d cases that need no approval",
                inform,
            ),
            _("An agency or an automatic member is a member once the Board is informed."),
            _to("cases", waits="inform"),
            2,
        ),
        (
            lapsing,
            ngettext("%(count)d invitation lapses soon", "%(count)d invitations lapse soon", lapsing),
            _("Within 14 days, or today; a call may help more than a reminder."),
            _to("cases", waits="lapsing"),
            3,
        ),
    ]


def _others(reader: Actor, day: date) -> list[_Line]:
    put = BoardList.objects.visible_to(reader).before_the_board().count()
    due = Prospect.objects.visible_to(reader).due(day).count()
    return [
        (
            put,
            ngettext(
                "Record the Board's decision on %(count)d list",
                "Record the Board's decision on %(count)d lists",
                put,
            ),
            _("Once it has decided; until then its cases wait."),
            _to("lists", state="put"),
            4,
        ),
        (
            due,
            ngettext("Follow up %(count)d possible partner", "Follow up %(count)d possible partners", due),
            _("The day that was set has come."),
            _to("prospects", due="now"),
            3,
        ),
    ]


def _to(route: str, **chosen: str) -> str:
    return f"{reverse(route)}?{urlencode(chosen)}"
