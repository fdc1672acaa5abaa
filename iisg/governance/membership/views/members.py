"""After admission: the membership of one organisation over time (methodology 2.1, last indent; 2.2)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.orgs.models import Organisation
from iisg.governance.membership.doing import tried
from iisg.governance.membership.member_page import deeds_on, portrait, standing_membership


@secretariat_only
@require_http_methods(["GET", "POST"])
def member(request: SignedInRequest, ref: str) -> HttpResponse:
    """Since when and why is it a member, what became of it since, and what is to be changed?"""
    organisation = get_object_or_404(Organisation.objects.select_related("parent"), ref=ref)
    membership, day = standing_membership(organisation), timezone.localdate()
    deeds = deeds_on(organisation, membership, day, request.POST)
    for deed in deeds:
        if deed.form.is_valid():
            said = dict(deed.form.cleaned_data)
            if tried(deed.form, lambda: deed.do(said, request.user, timezone.now())):  # noqa: B023 - done at once
                messages.success(request, str(deed.done))
                return redirect("member", ref)
    sent = next((deed.form for deed in deeds if deed.form.is_bound), None)
    context = {"body": organisation, "day": day, "deeds": deeds, "sent": sent}
    return render(request, "membership/member.html", {**context, **portrait(organisation, membership, day)})
