"""Actions: the register and the page of one."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from iisg.faces.desk.action_record import action_facts
from iisg.faces.desk.actions_register import find_actions, lines_of
from iisg.faces.desk.forms import ActionFilters, DayForm
from iisg.faces.desk.history import happenings
from iisg.foundations.access.doors import SignedInRequest, members_only
from iisg.knowledge.actions.models import Action

PAGE = 25


@members_only
def actions(request: SignedInRequest) -> HttpResponse:
    """Who does what, for whom, does it run on this day, and for how much?"""
    filters = ActionFilters(request.GET)
    day = filters.day(timezone.localdate())
    found = find_actions(filters, request.user, day, request.GET.get("sort", ""))
    page = Paginator[int](cast(Any, found.listed), PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page.object_list, request.user, day)
    context = {"form": filters, "day": day, "found": found, "page": page, "lines": lines}
    return render(request, "desk/actions.html", context)


@members_only
def action(request: SignedInRequest, ref: str) -> HttpResponse:
    """One action: its facts, money, relations, and the needs that it answers or may answer."""
    found = get_object_or_404(Action.objects.visible_to(request.user).with_facts(), ref=ref)
    form = DayForm(request.GET)
    day = form.day(timezone.localdate())
    context = {
        "action": found,
        "form": form,
        "day": day,
        "facts": action_facts(found, request.user, day),
        "happenings": happenings(f"actions.action:{found.ref}", request.user),
    }
    return render(request, "desk/action.html", context)
