"""Taking an applied file back, after a look at what becomes of each of its records."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iisg.faces.desk.taking_back_page import MEANINGS, TakeBackForm, counts_of, lines_of
from iisg.foundations.access.doors import SignedInRequest, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions import previews
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.responses.operations import take_back_import

PAGE = 25


@reporters_only
@require_http_methods(["GET", "POST"])
def take_import_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """What becomes of the records of this file if it is taken back, or what became of them?"""
    imported = get_object_or_404(Import.objects.visible_to(request.user).for_pages(), pk=pk)
    if imported.state not in (ImportState.APPLIED, ImportState.TAKEN_BACK):
        return redirect("import_one", pk)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back_import(imported, form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except RuleRefused as refused:
            for finding in refused.findings:
                messages.warning(request, str(finding))
        else:
            messages.success(request, _("The file is taken back."))
        return redirect("take_import_back", pk)
    lines = lines_of(imported)
    wanted = request.GET.get("outcome", "")
    chosen = [line for line in lines if wanted in ("", line.outcome)]
    context = {
        "imported": imported,
        "colour": previews.state_colour(imported),
        "size": previews.size_of(imported),
        "form": form,
        "counts": [(outcome, number, MEANINGS[outcome]) for outcome, number in counts_of(lines)],
        "page": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
        "done": imported.state == ImportState.TAKEN_BACK,
    }
    return render(request, "desk/take_import_back.html", context)
