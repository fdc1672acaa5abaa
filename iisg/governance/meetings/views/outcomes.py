"""What became of an item: outcome, objections, statements, who was there for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.governance.meetings import operations
from iisg.governance.meetings.agenda_tree import numbered
from iisg.governance.meetings.forms.agenda import OutcomeForm, StatementForm
from iisg.governance.meetings.meeting_page import head_of
from iisg.governance.meetings.models import AgendaItem, Attendance, Meeting
from iisg.governance.meetings.seats import by_capacity, objectors, present_at, quorum_at
from iisg.governance.meetings.views.finding import item_seen, meeting_seen

FIELD_OF = dict.fromkeys(("objection", "quorum", "outcome"), "outcome")


@secretariat_only
@require_http_methods(["GET", "POST"])
def item_outcome(request: SignedInRequest, ref: str, pk: int) -> HttpResponse:
    """What did the meeting conclude on this item, and who objected?"""
    item, one = item_seen(request, ref, pk), meeting_seen(request, ref)
    if one.minutes_are_out:
        messages.error(request, _("The minutes are out; open them again to change what they say."))
        return redirect("meeting_minutes", ref)
    deed = request.POST.get("deed", "")
    form = OutcomeForm(request.POST if deed == "outcome" else None)
    form.begin_with(item)
    said = StatementForm(request.POST if deed == "statement" else None, day=one.day)
    if deed == "presence":
        _noted(request, item)
        return redirect("item_outcome", ref, pk)
    if form.is_valid() and tried(
        form,
        lambda: operations.record_item(item, by=request.user, at=timezone.now(), **form.cleaned_data),
        FIELD_OF,
    ):
        messages.success(request, _("The outcome of “%(item)s” is recorded.") % {"item": item.title})
        return redirect("meeting", ref)
    if said.is_valid() and tried(
        said, lambda: operations.put_on_record(item, by=request.user, at=timezone.now(), **said.cleaned_data)
    ):
        messages.success(request, _("It is on record."))
        return redirect("item_outcome", ref, pk)
    context = {"meeting": one, "item": item, "head": head_of(one, timezone.now()), "form": form, "said": said}
    return render(request, "meetings/outcome.html", context | _facts(one, item))


def _facts(one: Meeting, item: AgendaItem) -> dict[str, object]:
    """What is known of the item: its number, what was put on record, consensus, quorum, who was there."""
    there = {person.pk for person in present_at(one, item)}
    people = by_capacity(one.attendance.select_related("organisation"))
    statements = list(item.statements.select_related("organisation"))
    return {
        "number": next(line.number for line in numbered(one.items.all()) if line.item.pk == item.pk),
        "statements": statements,
        "against": objectors(statements),
        "quorum": quorum_at(one, item),
        "people": [(person, person.pk in there) for person in people],
    }


def _noted(request: SignedInRequest, item: AgendaItem) -> None:
    """Whose box is ticked was there for the item."""
    ticked = set(request.POST.getlist("there"))
    was_there = {one.pk: str(one.pk) in ticked for one in Attendance.objects.filter(meeting=item.meeting_id)}
    done = _("Who was there for this item is noted.")
    told(
        request,
        lambda: operations.note_presence_at_item(item, was_there, by=request.user, at=timezone.now()),
        done,
    )
