"""The public face: what the mechanism is, its public projects, its members, how it works."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from iisg.faces.public import bodies
from iisg.faces.public.forms import OrganisationFilter, ProjectFilter
from iisg.faces.public.members import Group, GroupOfMembers, members_by_group
from iisg.faces.public.projects import Wanted, in_order, named_in_role, public_projects, published, tally
from iisg.faces.public.region_map import region_map
from iisg.faces.public.taking import projects_extract
from iisg.foundations.access.doors import open_to_all
from iisg.foundations.orgs.models import OrganisationQuerySet
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.analysis.carrying import hand_out
from iisg.office.pillars.models import Pillar

PER_PAGE = 25


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """What is this, who belongs to it, and what may everybody know?"""
    day = timezone.localdate()
    everything = published(Wanted(), day)
    groups = members_by_group(day)
    context = {
        "day": day,
        "standings": tally(everything, day),
        "public_count": everything.count(),
        "groups": groups,
        "members": sum(len(group.members) for group in groups),
        "donors": named_in_role(PartyRole.FUNDING).count(),
        "implementers": named_in_role(PartyRole.IMPLEMENTING).count(),
        "pillars": Pillar.objects.all(),
        "region": region_map(),
    }
    return render(request, "public/home.html", context)


@open_to_all
def projects(request: HttpRequest) -> HttpResponse:
    """Which projects reach the partners, who pays, who carries them out?"""
    day = timezone.localdate()
    form = ProjectFilter(request.GET)
    found = published(form.wanted, day)
    page = _page(request, in_order(found, request.GET.get("sort", "")))
    context = {
        "day": day,
        "form": form,
        "page": page,
        "rows": public_projects(cast("QuerySet[Action]", page.object_list), day),
        "standings": tally(found, day),
    }
    return render(request, "public/projects.html", context)


@open_to_all
@require_safe
def open_projects(request: HttpRequest, form: str) -> HttpResponseBase:
    """The public projects that fit, as a file that anybody may pass on."""
    day = timezone.localdate()
    filters = ProjectFilter(request.GET)
    found = in_order(published(filters.wanted, day), request.GET.get("sort", ""))
    if not found.exists():
        raise Http404
    extract = projects_extract(list(found.values_list("ref", flat=True)), day)
    return hand_out(request, extract, filters, day, form, at=timezone.now())


@open_to_all
def project(request: HttpRequest, ref: str) -> HttpResponse:
    """What may everybody know of this project?"""
    day = timezone.localdate()
    found = public_projects(Action.objects.published().filter(ref=ref), day)
    if not found:
        raise Http404
    return render(request, "public/project.html", {"day": day, "project": found[0]})


@open_to_all
def organisations(request: HttpRequest) -> HttpResponse:
    """Who belongs to the mechanism, and which other bodies are known?"""
    day = timezone.localdate()
    form = OrganisationFilter(request.GET)
    found = bodies.found_by(request.user, form.sought, day)
    page = _page(request, bodies.in_name_order(found, request.GET.get("sort", "")))
    context = {
        "day": day,
        "form": form,
        "page": page,
        "rows": bodies.lines(cast("OrganisationQuerySet", page.object_list), day),
        "groups": [] if request.GET else members_by_group(day),
    }
    return render(request, "public/organisations.html", context)


@open_to_all
def organisation(request: HttpRequest, ref: str) -> HttpResponse:
    """Which body is this, does it belong to the mechanism, and what does it take part in?"""
    day = timezone.localdate()
    body = get_object_or_404(bodies.open_to(request.user).select_related("parent"), ref=ref)
    portrait = bodies.portrait(body, request.user, day)
    return render(request, "public/organisation.html", {"day": day, "portrait": portrait, "body": body})


@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    """How does the mechanism work, and what do the words on these pages mean?"""
    groups = [GroupOfMembers(group) for group in Group]
    return render(request, "public/about.html", {"pillars": Pillar.objects.all(), "groups": groups})


def _page(request: HttpRequest, found: Any) -> Page[Any]:
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
