"""The public face: what the mechanism is, its public projects, its members, how it works."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.faces.public import bodies, members_register
from iisg.faces.public.forms import AddressesForm, MembersFilter, OrganisationFilter, ProjectFilter
from iisg.faces.public.members import Group, GroupOfMembers, members_by_group
from iisg.faces.public.members_over_time import members_picture, years_of_members
from iisg.faces.public.members_register import Line
from iisg.faces.public.members_taking import address_rows, addresses_extract, as_pdf, members_extract
from iisg.faces.public.projects import (
    Wanted,
    counted_and_listed,
    in_order,
    named_in_role,
    public_projects,
    published,
    tally,
)
from iisg.faces.public.region_map import region_map
from iisg.faces.public.taking import projects_extract
from iisg.foundations.access.actors import PUBLIC
from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, members_only, open_to_all, secretariat_only
from iisg.foundations.access.roles import Can
from iisg.foundations.access.seeing import sees
from iisg.foundations.orgs.models import Organisation, OrganisationQuerySet
from iisg.knowledge.actions.models import Action, PartyRole
from iisg.knowledge.analysis.carrying import carry_out, hand_out, in_words
from iisg.knowledge.analysis.exporting import Extract, Taken
from iisg.knowledge.analysis.operations import take_file
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
    standings, listed = counted_and_listed(form.wanted, day)
    pages = Paginator(in_order(listed, request.GET.get("sort", "")), PER_PAGE)
    pages.count = standings.total()  # counted already
    page = pages.get_page(request.GET.get("page"))
    context = {
        "day": day,
        "form": form,
        "page": page,
        "rows": public_projects(cast("QuerySet[Action]", page.object_list), day),
        "standings": standings,
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


@open_to_all
def members(request: HttpRequest) -> HttpResponse:
    """Who is a member as of a day, on which ground, by which decision?"""
    today = timezone.localdate()
    form = MembersFilter(request.GET)
    day = form.day(today)
    found = members_register.found_on(day, form.sought)
    page = _page(request, found)
    context = {
        "day": day,
        "today": today,
        "form": form,
        "page": page,
        "lines": members_register.lines(page.object_list, request.user, day),
        "counts": members_register.counts(found),
        "sees_points": sees(request.user, Can.READ_NEEDS),
        "sees_cases": sees(request.user, Can.READ_CASES),
    }
    return render(request, "public/members.html", context)


@open_to_all
@require_safe
def open_members(request: HttpRequest, form: str) -> HttpResponseBase:
    """The register as everybody may know it, as a file that may be passed on."""
    extract, lines, filters, day = _members_extract(request, PUBLIC)
    at = timezone.now()
    if form != "pdf":
        return hand_out(request, extract, filters, day, form, at=at)
    made = as_pdf(lines, extract, Taken(PUBLIC.label, at, day, in_words(filters, request.GET)))
    return MarkedResponse(made.content, made.name, made.form.content_type, extract.marking)


@members_only
@require_POST
def export_members(request: SignedInRequest) -> HttpResponseBase:
    """The register with what members and the Secretariat see, as a file; who took it is noted."""
    extract, lines, filters, day = _members_extract(request, request.user)
    at = timezone.now()
    if request.POST.get("format") != "pdf" or not lines:
        return carry_out(request, extract, filters, day, "members", at=at)
    taken = Taken(request.user.label, at, day, in_words(filters, request.GET))
    made = as_pdf(lines, extract, taken)
    take_file(extract, made, taken.chosen, by=request.user, at=at)
    return MarkedResponse(made.content, made.name, made.form.content_type, extract.marking)


@open_to_all
def members_over_time(request: HttpRequest) -> HttpResponse:
    """How many members were there in each year?"""
    rows = years_of_members(timezone.localdate())
    return render(request, "public/members_over_time.html", {"drawn": members_picture(rows), "rows": rows})


@secretariat_only
@require_http_methods(["GET", "POST"])
def member_addresses(request: SignedInRequest) -> HttpResponseBase:
    """Where do letters to members go? The addresses of those chosen, for mail merge."""
    day = timezone.localdate()
    bodies = list(Organisation.objects.members_on(day).order_by("folded", "pk"))
    form = AddressesForm(request.POST or None, [(body.ref, body.name) for body in bodies])
    if form.is_valid():
        chosen = [body for body in bodies if body.ref in form.cleaned_data["members"]]
        extract = addresses_extract(chosen, day)
        return carry_out(request, extract, form, day, "member_addresses", at=timezone.now())
    context = {"form": form, "rows": address_rows(bodies, day), "day": day}
    return render(request, "public/member_addresses.html", context)


def _members_extract(request: HttpRequest, reader: object) -> tuple[Extract, list[Line], MembersFilter, date]:
    form = MembersFilter(request.GET)
    day = form.day(timezone.localdate())
    lines = members_register.lines(members_register.found_on(day, form.sought), reader, day)
    public, office = not sees(reader, Can.READ_NEEDS), sees(reader, Can.READ_CASES)
    return members_extract(lines, day, public=public, office=office), lines, form, day


def _page(request: HttpRequest, found: Any) -> Page[Any]:
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
