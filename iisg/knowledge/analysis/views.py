"""Coverage, gaps and overlaps: each page fetches one picture and counts it for the chosen day."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from iisg.foundations.access.doors import SignedInRequest, members_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.access.roles import PillarCode
from iisg.foundations.core.templatetags.addresses import query_with
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.sources.refusals import size_in_words
from iisg.knowledge.analysis import gap_list, links, map_page, overlap_list, partnerships, timeline_page
from iisg.knowledge.analysis.answers_in_brief import needs_in_brief
from iisg.knowledge.analysis.carrying import carry_out, hand_over
from iisg.knowledge.analysis.comparing import actions_to_compare
from iisg.knowledge.analysis.coverage_table import coverage_table
from iisg.knowledge.analysis.exporting.answers import coverage_extract, gaps_extract
from iisg.knowledge.analysis.exporting.pairs import overlaps_extract, relations_extract
from iisg.knowledge.analysis.forms import (
    CoverageForm,
    DayForm,
    GapFilters,
    NetworkFilters,
    OverlapFilters,
    TimelineFilters,
)
from iisg.knowledge.analysis.models import Export
from iisg.knowledge.analysis.pictures.network import network as draw_network
from iisg.knowledge.analysis.pictures.timeline import timeline as draw_timeline
from iisg.knowledge.analysis.reading import picture_about, picture_of_answers, picture_of_overlaps
from iisg.knowledge.analysis.rendering import live_answer
from iisg.knowledge.analysis.round_answers import RoundAnswers, round_answers
from iisg.knowledge.analysis.summary import summary_on
from iisg.knowledge.analysis.titles import read_titles
from iisg.knowledge.responses.models import Relation

PER_PAGE = 25
NEEDS_PER_PICTURE = 12
NOT_KNOWN_LIST = "not_known"
LOOK_AGAIN_SECONDS = 5
"""How often the page of a file that is being written comes back by itself where no script runs."""


@members_only
def coverage(request: SignedInRequest) -> HttpResponse:
    """What is covered on a day, by partner and measure?"""
    form = CoverageForm(request.GET, timezone.localdate())
    pillar, day = form.chosen("pillar"), form.day
    found = summary_on(request.user, day)
    answers = round_answers(request.user, found.cycle, day, pillar)
    on = day.isoformat() if day != form.today else ""
    context = {
        "form": form,
        "day": day,
        "today": form.today,
        "pillar": pillar,
        "pillar_name": dict(PillarCode.choices).get(pillar, ""),
        "pillars": _pillar_links(pillar, on),
        "days": _day_links(request, form.today, day, answers),
        "table": coverage_table(found, read_titles(), by=form.lines, pillar=pillar, on=on),
        "answers": answers,
        "has_needs": bool(found.needs),
    }
    return render(request, "analysis/coverage.html", context)


@members_only
def gaps(request: SignedInRequest) -> HttpResponse:
    """Which needs does nothing running answer, and of which does nobody know?"""
    form = GapFilters(request.GET, timezone.localdate())
    found = summary_on(request.user, form.day)
    lists = gap_list.gap_lists(found, form.wanted)
    not_known = request.GET.get("list") == NOT_KNOWN_LIST
    listed = gap_list.in_order(lists.not_known if not_known else lists.gaps, request.GET.get("sort", ""))
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    answers = round_answers(request.user, found.cycle, form.day, form.chosen("pillar"))
    context = {
        "form": form,
        "day": form.day,
        "not_known": not_known,
        "lists": lists,
        "priorities": lists.priorities,
        "page": page,
        "lines": gap_list.gap_lines(page.object_list, request.user, form.day, read_titles()),
        "answers": answers,
        "silent": answers.named(lists.silent) if answers else [],
        "silent_href": links.address("coverage", pillar=form.chosen("pillar"), on=request.GET.get("on")),
        "has_needs": bool(found.needs),
    }
    return render(request, "analysis/gaps.html", context)


@members_only
def overlaps(request: SignedInRequest) -> HttpResponse:
    """Who does the same for the same partner at the same time?"""
    form = OverlapFilters(request.GET, timezone.localdate())
    titles, wanted = read_titles(), form.wanted
    found = actions_to_compare(request.user, wanted.on)
    pairs = overlap_list.pairs_in_columns(found, titles, wanted)
    listed = pairs.in_order(request.GET.get("sort", ""))
    page = Paginator(range(len(listed)), PER_PAGE).get_page(request.GET.get("page"))
    part = slice(max(page.start_index() - 1, 0), page.end_index())
    shown = listed.told(part, found.responses, found.needs)
    context = {
        "form": form,
        "on": wanted.on,
        "page": page,
        "counts": pairs.counts(),
        "lines": overlap_list.pair_lines(shown, found.needs_by_ref, titles, request.user),
        "compared": found.any_at_all,
    }
    return render(request, "analysis/overlaps.html", context)


@members_only
@require_POST
def export_coverage(request: SignedInRequest) -> HttpResponseBase:
    """The answers for every need and partner of the page, as a file."""
    form = CoverageForm(request.GET, timezone.localdate())
    found, titles = picture_of_answers(request.user, form.day), read_titles()
    summary = summary_on(request.user, form.day)
    table = coverage_table(summary, titles, by=form.lines, pillar=form.chosen("pillar"))
    return carry_out(
        request, coverage_extract(found, titles, table), form, form.day, "coverage", at=timezone.now()
    )


@members_only
@require_POST
def export_gaps(request: SignedInRequest) -> HttpResponseBase:
    """The list of the page, whole, as a file."""
    form = GapFilters(request.GET, timezone.localdate())
    lists = gap_list.gap_lists(summary_on(request.user, form.day), form.wanted)
    not_known = request.GET.get("list") == NOT_KNOWN_LIST
    listed = gap_list.in_order(lists.not_known if not_known else lists.gaps, request.GET.get("sort", ""))
    lines = gap_list.gap_lines(listed, request.user, form.day, read_titles())
    extract = gaps_extract(lines, form.day, only_not_known=not_known)
    return carry_out(request, extract, form, form.day, "gaps", at=timezone.now())


@members_only
@require_POST
def export_overlaps(request: SignedInRequest) -> HttpResponseBase:
    """All pairs that fit, as a file."""
    form = OverlapFilters(request.GET, timezone.localdate())
    found, titles = picture_of_overlaps(request.user, form.day), read_titles()
    pairs = overlap_list.pairs_wanted(found, titles, form.wanted)
    listed = overlap_list.in_order(pairs, request.GET.get("sort", ""))
    extract = overlaps_extract(listed, found, titles, request.user, form.wanted.on)
    return carry_out(request, extract, form, form.day, "overlaps", at=timezone.now())


@members_only
@require_POST
def export_relations(request: SignedInRequest) -> HttpResponseBase:
    """All relations between actions with their evidence and decision, as a file."""
    form = DayForm(request.GET, timezone.localdate())
    extract = relations_extract(Relation.objects.visible_to(request.user))
    return carry_out(request, extract, form, form.today, "overlaps", at=timezone.now())


@members_only
def export_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Is the file that I asked for written?"""
    export = get_object_or_404(Export.objects.visible_to(request.user).without_content(), pk=pk)
    polled = bool(request.headers.get("HX-Request"))
    if polled and not export.waits:
        return HttpResponseClientRefresh()
    template = "analysis/export_progress.html" if polled else "analysis/export_one.html"
    response = render(request, template, {"export": export, "size": size_in_words(export.size)})
    if export.waits:
        response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return response


@members_only
@require_POST
def export_take(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file that I asked for."""
    export = get_object_or_404(Export.objects.visible_to(request.user).select_related("asked_by"), pk=pk)
    try:
        return hand_over(export, by=request.user, at=timezone.now())
    except RuleRefused:
        return redirect("export_one", pk)


@members_only
def timeline(request: SignedInRequest) -> HttpResponse:
    """When does help for these needs run, and when does it stop?"""
    form = TimelineFilters(request.GET, timezone.localdate())
    titles, wanted, day = read_titles(), form.wanted, form.day
    every = needs_in_brief(request.user, day, wanted.partner)
    needs = timeline_page.needs_wanted(every, titles, wanted)
    listed = [one for one in needs if timeline_page.is_shown_for(one, wanted.show, day)]
    page = Paginator(listed, NEEDS_PER_PICTURE).get_page(request.GET.get("page"))
    found = picture_about(request.user, day, [one.need.ref for one in page.object_list])
    shown = timeline_page.answered(page.object_list, found, wanted)
    groups = timeline_page.groups(shown, found, titles, wanted)
    words = timeline_page.timeline_words(form.day, form.today)
    context = {
        "form": form,
        "day": day,
        "page": page,
        "counts": {
            show: sum(timeline_page.is_shown_for(one, show, day) for one in needs)
            for show in timeline_page.SHOWN
        },
        "picture": draw_timeline(groups, day, words) if listed else None,
        "has_needs": bool(every),
    }
    return render(request, "analysis/timeline.html", context)


@members_only
def region_map(request: SignedInRequest) -> HttpResponse:
    """Where in the region are needs answered, by pillar, and where are they not?"""
    form = DayForm(request.GET, timezone.localdate())
    found = summary_on(request.user, form.day)
    maps = map_page.region_maps(found, read_titles(), request.GET.get("on", ""))
    context = {
        "form": form,
        "day": form.day,
        "picture": map_page.map_picture(maps, form.day) if found.needs else None,
        "answers": round_answers(request.user, found.cycle, form.day),
        "silent_href": links.address("coverage", on=request.GET.get("on")),
        "has_needs": bool(found.needs),
    }
    return render(request, "analysis/map.html", context)


@members_only
def network(request: SignedInRequest) -> HttpResponse:
    """Who works with whom, or with whom does one organisation work?"""
    form = NetworkFilters(request.GET, timezone.localdate())
    body, other = (_organisation(request.GET.get(name, "")) for name in ("body", "with"))
    wanted = form.wanted(body)
    found = partnerships.partnerships(request.user, wanted)
    picture = draw_network(found.bodies, found.pairs, partnerships.network_words(wanted))
    if answer := live_answer(request, picture):
        return answer
    both = partnerships.shared_actions(request.user, wanted, other) if body and other else None
    context = {
        "form": form,
        "on": wanted.on,
        "body": body,
        "other": other,
        "found": found,
        "picture": picture if found.pairs else None,
        "page": Paginator(both, PER_PAGE).get_page(request.GET.get("page")) if both is not None else None,
    }
    return render(request, "analysis/network.html", context)


def _organisation(ref: str) -> Organisation | None:
    return Organisation.objects.filter(ref=ref).first() if ref else None


def _pillar_links(pillar: str, on: str) -> list[tuple[str, str, bool]]:
    """Address, words and whether it is the present one, for each pillar and all of them."""
    suffix = f"&on={on}" if on else ""
    everything = (f"?on={on}" if on else "?", _("All pillars"), not pillar)
    each = [(f"?pillar={code}{suffix}", str(name), code == pillar) for code, name in PillarCode.choices]
    return [everything, *each]


def _day_links(
    request: SignedInRequest, today: date, day: date, answers: RoundAnswers | None
) -> list[tuple[str, str]]:
    """Days that are worth a look, without the present one."""
    days = [(today, _("today")), (today - timedelta(days=365), _("one year ago"))]
    if answers is not None:
        days.append((answers.cycle.opened_on, _("the start of the round")))
    return [
        (query_with(request.GET, on="" if found == today else found.isoformat()), words)
        for found, words in days
        if found != day
    ]
