"""The Secretariat's page of who comes and who was there, and the sheet to be signed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.governance.meetings import operations, papers
from iisg.governance.meetings.forms.after import RegisterForm
from iisg.governance.meetings.meeting_page import attendance_of, head_of
from iisg.governance.meetings.models import MeetingState, Presence
from iisg.governance.meetings.views.finding import meeting_seen, paper_made

FIELD_OF = {"no-name": "name", "registered": "name", "no-organisation": "organisation", "no-seat": "capacity"}


@secretariat_only
@require_http_methods(["GET", "POST"])
def meeting_attendance(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who comes, in which capacity, and who was there?"""
    one, at = meeting_seen(request, ref), timezone.now()
    form = RegisterForm(request.POST or None, meeting=one)
    if form.is_valid() and tried(
        form, lambda: operations.register(one, by=request.user, at=at, **form.cleaned_data), FIELD_OF
    ):
        messages.success(request, _("%(name)s is registered.") % {"name": form.cleaned_data["name"]})
        return redirect("meeting_attendance", ref)
    context = {
        "meeting": one,
        "head": head_of(one, at),
        "form": form,
        "presences": Presence.choices,
        "takes": one.state != MeetingState.CANCELLED and not one.minutes_are_out,
        **attendance_of(one),
    }
    return render(request, "meetings/attendance.html", context)


@secretariat_only
@require_POST
def meeting_presence(request: SignedInRequest, ref: str) -> HttpResponse:
    """Note of each person whether it was there."""
    one = meeting_seen(request, ref)
    said = {person.pk: request.POST.get(f"presence_{person.pk}", "") for person in one.attendance.all()}
    done = _("The attendance is noted.")
    told(request, lambda: operations.note_presence(one, said, by=request.user, at=timezone.now()), done)
    return redirect("meeting_attendance", ref)


@secretariat_only
@require_POST
def attendance_remove(request: SignedInRequest, ref: str, pk: int) -> HttpResponse:
    """Take back a registration that was a mistake."""
    one = meeting_seen(request, ref)
    person = get_object_or_404(one.attendance.select_related("meeting"), pk=pk)
    done = _("%(name)s is not registered any longer.") % {"name": person.name}
    told(request, lambda: operations.unregister(person, by=request.user, at=timezone.now()), done)
    return redirect("meeting_attendance", ref)


@secretariat_only
@require_POST
def signature_sheet(request: SignedInRequest, ref: str) -> HttpResponseBase:
    """The sheet on which those who come sign."""
    one, at = meeting_seen(request, ref), timezone.now()
    return paper_made(request, one, f"{one.ref}-signatures.pdf", lambda: papers.sheet_as_pdf(one, at))
