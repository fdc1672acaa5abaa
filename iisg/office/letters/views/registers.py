"""The two registers of letters as one list, and as a file."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.core.templatetags.addresses import chosen
from iisg.office.letters.forms.filters import LetterFilters
from iisg.office.letters.models import Letter
from iisg.office.letters.registers import in_order, letters_for, lines_of
from iisg.office.letters.taking_out import TYPES, Chosen, registers_file

PAGE = 50


@secretariat_only
def letters(request: SignedInRequest) -> HttpResponse:
    """Which letters went out and came in, and what became of them?"""
    day = timezone.localdate()
    filters = LetterFilters(request.GET)
    found = in_order(letters_for(filters, request.user, day), request.GET.get("sort", ""))
    page = Paginator(found.with_facts(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters,
        "page": page,
        "lines": lines_of(page.object_list, day),
        "any_letter": page.paginator.count or Letter.objects.visible_to(request.user).exists(),
    }
    return render(request, "letters/letters.html", context)


@secretariat_only
@require_POST
def letters_export(request: SignedInRequest) -> HttpResponseBase:
    """All letters that the filters let through, as a file."""
    day = timezone.localdate()
    filters = LetterFilters(request.GET)
    found = in_order(letters_for(filters, request.user, day), request.GET.get("sort", ""))
    if not found.exists():
        messages.info(request, _("There is nothing to export: no letter fits these filters."))
        return redirect("letters")
    asked = request.POST.get("format", "xlsx")
    words = "; ".join(
        f"{each.label}: {each.text}" if each.label else each.text for each in chosen(filters, request.GET)
    )
    form = asked if asked in TYPES else "xlsx"
    return registers_file(Chosen(found, words, day), form, by=request.user, at=timezone.now())
