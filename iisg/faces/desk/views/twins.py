"""Likely twins, shown before a file is applied: another report of a recorded action, or not?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk.relation_forms import TwinsForm
from iisg.foundations.access.doors import SignedInRequest, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions import operations
from iisg.knowledge.actions.models import Import, ImportState

PAGE = 10


@reporters_only
@require_http_methods(["GET", "POST"])
def import_twins(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which new records of this file may report an action that is recorded already?"""
    imported = get_object_or_404(Import.objects.visible_to(request.user).for_pages(), pk=pk)
    page = Paginator(imported.twins, PAGE).get_page(request.GET.get("page"))
    form = TwinsForm(request.POST or None, twins=list(page), decided=imported.twin_decisions)
    if request.method == "POST" and form.is_valid():
        try:
            operations.decide_twins(imported, form.decisions, by=request.user, at=timezone.now())
        except RuleRefused as refused:
            for finding in refused.findings:
                messages.warning(request, str(finding))
        else:
            messages.success(request, _("What you said is kept; it is carried out when the file is applied."))
        return redirect("import_one", pk)
    context = {
        "imported": imported,
        "page": page,
        "form": form,
        "may_decide": imported.state == ImportState.EXAMINED,
    }
    return render(request, "desk/import_twins.html", context)
