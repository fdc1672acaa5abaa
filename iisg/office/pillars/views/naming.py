"""A member names its focal points by the link of its letter: form, check, done; opening a page changes nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from iisg.foundations.access.doors import open_to_all
from iisg.foundations.access.permits import RuleRefused
from iisg.office.pillars import operations
from iisg.office.pillars.forms import NamingForm
from iisg.office.pillars.links import member_by_link, request_of
from iisg.office.pillars.models import FocalPoint, FocalPointRequest, Purpose
from iisg.office.pillars.rules import first_day, is_open, still_asked


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name_focal_points(request: HttpRequest, token: str) -> HttpResponse:
    """Whom does the member name, for what?"""
    asked = request_of(token)
    today = timezone.localdate()
    if asked is None:
        return render(request, "pillars/link_void.html", status=404)
    if any(is_open(asked)) or first_day(asked.organisation, today) is None:
        return render(request, "pillars/link_answered.html", _context(asked, token))
    step = request.POST.get("step", "")
    form = NamingForm(request.POST or None, purposes=still_asked(asked, today))
    form.begin_with(asked.suggested)
    context = _context(asked, token) | {"form": form}
    if step in ("check", "send") and form.is_valid():
        if step == "check":
            return render(request, "pillars/check_names.html", context)
        try:
            operations.answer_request(asked, form.nominees, by=member_by_link(asked), at=timezone.now())
        except RuleRefused as refused:
            form.refuse(refused.findings)
        else:
            return redirect("focal_points_named", token)
    if step == "change":
        context["form"] = _as_written(form)
    return render(request, "pillars/name_focal_points.html", context)


@open_to_all
@never_cache
@require_safe
def focal_points_named(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next, once somebody is named."""
    asked = request_of(token)
    if asked is None:
        return render(request, "pillars/link_void.html", status=404)
    return render(request, "pillars/link_answered.html", _context(asked, token))


def _context(asked: FocalPointRequest, token: str) -> dict[str, object]:
    """What the member may know: what is asked, and whom it has named by this link itself."""
    today = timezone.localdate()
    by_link = asked.named.filter(basis__startswith=operations.BY_LINK)
    return {
        "asked": asked,
        "token": token,
        "day": today,
        "late": asked.due_on < today,
        "purposes": [Purpose(each).in_full for each in asked.purposes],
        "left": [Purpose(each).in_full for each in still_asked(asked, today)],
        "named": list(
            by_link.filter(pk__in=FocalPoint.objects.on(today)) | by_link.filter(valid_from__gt=today)
        ),
        "is_open": not any(is_open(asked)),
        "is_member": first_day(asked.organisation, today) is not None,
    }


def _as_written(form: NamingForm) -> NamingForm:
    """The form again with what was written, without complaints."""
    shown = NamingForm(purposes=form.purposes)
    shown.initial = {name: form.data.get(name, "") for name in form.fields}
    return shown
