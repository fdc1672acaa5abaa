"""Search over everything that the reader may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from iisg.foundations.access.doors import open_to_all
from iisg.foundations.core.templatetags.addresses import query_with
from iisg.knowledge.finding.asked import Asked
from iisg.knowledge.finding.forms import SearchForm
from iisg.knowledge.finding.hits import hits
from iisg.knowledge.finding.models import Entry, EntryQuerySet

PER_PAGE = 20
FACETS = ("kind", "partner", "pillar")


@open_to_all
def search(request: HttpRequest) -> HttpResponse:
    """Where is this said: in which needs, actions and organisations that I may see?"""
    form = SearchForm(request.GET)
    words = form.chosen("q")
    visible = Entry.objects.visible_to(request.user)
    found = visible.found(words)
    loose = bool(Asked.read(words)) and not found.exists()
    if loose:
        found = visible.found(words, any_word=True)
    page = Paginator(form.narrow(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "words": words,
        "page": page,
        "hits": hits(list(page.object_list), request.user, words),
        "loose": loose and page.paginator.count > 0,
        "facets": _facets(request, form, found) if words else [],
    }
    return render(request, "finding/search.html", context)


def _facets(
    request: HttpRequest, form: SearchForm, found: EntryQuerySet
) -> list[tuple[str, list[tuple[str, str, int, bool]]]]:
    """(heading, [(address, words, how many, chosen)]) of each facet; a facet counts what the others let through."""
    titles = {"kind": _("Kind of record"), "partner": _("Partner"), "pillar": _("Pillar")}
    shared = None if any(form.chosen(name) for name in FACETS) else found.counts()
    facets = []
    for name in FACETS:
        counted = shared or form.narrow(found, but=name).counts()
        chosen = form.chosen(name)
        choices = [
            (
                query_with(request.GET, **{name: "" if value == chosen else value}),
                str(label),
                counted.get(str(value), 0),
                value == chosen,
            )
            for value, label in form.choices_of(name)
            if counted.get(str(value), 0) or value == chosen
        ]
        if choices:
            facets.append((titles[name], choices))
    return facets
