"""Search over everything that the reader may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from iisg.foundations.access.doors import open_to_all
from iisg.foundations.core.templatetags.addresses import query_with
from iisg.knowledge.finding.asked import Asked
from iisg.knowledge.finding.forms import FACETS, SearchForm
from iisg.knowledge.finding.hits import hits
from iisg.knowledge.finding.models import Entry, Tally

PER_PAGE = 20


@open_to_all
def search(request: HttpRequest) -> HttpResponse:
    """Where is this said: in which needs, actions and organisations that I may see?"""
    form = SearchForm(request.GET)
    words = form.chosen("q")
    visible = Entry.objects.visible_to(request.user)
    found = visible.found(words)
    tally = found.tally()
    loose = bool(Asked.read(words)) and not tally.total
    if loose:
        found = visible.found(words, any_word=True)
        tally = found.tally()
    pages = Paginator(form.narrow(found).values_list("pk", flat=True), PER_PAGE)
    pages.count = tally.chosen(**form.choices).total  # counted already
    page = pages.get_page(request.GET.get("page"))
    entries = visible.in_bulk(list(page.object_list))  # read in full only what is shown
    context = {
        "form": form,
        "words": words,
        "page": page,
        "hits": hits([entries[key] for key in page.object_list if key in entries], request.user, words),
        "loose": loose and pages.count > 0,
        "facets": _facets(request, form, tally) if words else [],
    }
    return render(request, "finding/search.html", context)


def _facets(
    request: HttpRequest, form: SearchForm, tally: Tally
) -> list[tuple[str, list[tuple[str, str, int, bool]]]]:
    """(heading, [(address, words, how many, chosen)]) of each facet; a facet counts what the others let through."""
    titles = {"kind": _("Kind of record"), "partner": _("Partner"), "pillar": _("Pillar")}
    facets = []
    for name in FACETS:
        counted = tally.chosen(**(form.choices | {name: ""})).facets()
        chosen = form.chosen(name)
        choices = [
            (
                query_with(request.GET, **{name: "" if value == chosen else value}),
                str(label),
                counted[value],
                value == chosen,
            )
            for value, label in form.choices_of(name)
            if counted[value] or value == chosen
        ]
        if choices:
            facets.append((titles[name], choices))
    return facets
