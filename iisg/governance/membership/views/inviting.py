"""Official invitations to those that were chosen from the list (methodology 2.1, first indent; S11)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.governance.membership.forms.prospects import InvitingForm
from iisg.governance.membership.inviting_page import looked_at, previews, send
from iisg.governance.membership.models import Prospect
from iisg.governance.membership.periods import invitation_life, reminder_days

MOST = 100


@secretariat_only
@require_http_methods(["GET", "POST"])
def prospects_invite(request: SignedInRequest) -> HttpResponse:
    """Who gets which letter, by which day is an answer expected, and what is written?"""
    asked = request.POST if request.method == "POST" else request.GET
    keys = [key for key in asked.getlist("chosen") if key.isdigit()][:MOST]
    chosen = list(Prospect.objects.visible_to(request.user).filter(pk__in=keys).with_facts())
    if not chosen:
        messages.warning(request, _("Choose at least one possible partner."))
        return redirect("prospects")
    today = timezone.localdate()
    due_on = today + invitation_life()
    posted = request.method == "POST"
    form = InvitingForm(request.POST if posted else None, prospects=chosen, initial={"answer_due_on": due_on})
    sound = posted and form.is_valid()
    if sound:
        due_on = form.cleaned_data["answer_due_on"]
    invited = looked_at(chosen, form, due_on, today)
    context = {"form": form, "invited": invited, "due_on": due_on, "reminders": reminder_days()}
    if sound and request.POST.get("deed") == "send":
        done = send(invited, due_on, by=request.user, at=timezone.now())
        sent = sum(one.case is not None for one in done)
        return render(request, "membership/invited.html", {**context, "invited": done, "sent": sent})
    shown = {"previews": previews(invited, due_on), "ready": sum(not one.findings for one in invited)}
    return render(request, "membership/invite.html", {**context, **shown})
