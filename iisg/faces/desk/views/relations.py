"""Relations between actions: the queue, two records side by side, and the decision."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from iisg.faces.desk import relation_record, relations_register
from iisg.faces.desk.relation_forms import NOT_RELATED, DecisionForm, RelationFilters
from iisg.foundations.access.doors import SignedInRequest, members_only, secretariat_only
from iisg.foundations.access.permits import RuleRefused
from iisg.knowledge.actions.models import Action
from iisg.knowledge.responses import operations
from iisg.knowledge.responses.models import Relation, RelationSearch

PAGE = 25
CARRIED = ("words", "state", "kind", "partner", "pillar", "origin", "sort")


@members_only
def relations(request: SignedInRequest) -> HttpResponse:
    """Which records may belong together, and what was decided?"""
    filters = RelationFilters(request.GET)
    found = relations_register.find_relations(filters, request.user, request.GET.get("sort", ""))
    kinds = dict(found.values_list("pk", "kind"))
    page = Paginator(list(kinds), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": filters,
        "page": page,
        "counts": relations_register.counts_in_words(kinds.values()),
        "lines": relations_register.page_lines(list(page.object_list)),
        "carried": _carried(request),
        "search": RelationSearch.objects.first(),
        "any_relation": Relation.objects.visible_to(request.user).exists(),
    }
    return render(request, "desk/relations.html", context)


@members_only
def relation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do these two records belong together, and how?"""
    return _page(request, get_object_or_404(_visible(request), pk=pk))


@secretariat_only
@require_POST
def decide_relation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm a proposal as one of the kinds, or say that the two are not related so; then the next one comes.

    What is refused comes back with what was written, and the place to write more.
    """
    found = get_object_or_404(_visible(request), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    filters = RelationFilters(request.GET)
    queue = relations_register.find_relations(filters, request.user, request.GET.get("sort", ""))
    place = relation_record.place_in(queue, found)
    doubt = relation_record.doubt(found.source, found.target, form.cleaned_data["choice"])
    if doubt and not form.cleaned_data["reason"]:
        form.add_error("reason", doubt)
        return _page(request, found, form)
    try:
        said = _decide(request, found, form.cleaned_data)
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, str(finding))
        return _page(request, found, form)
    messages.success(request, said)
    left = list(queue.values_list("pk", flat=True))
    waiting = next((key for key in (place.after, place.before, *left) if key in left), None)
    if waiting and waiting != found.pk:
        return _to(request, waiting, last=found.pk)
    return redirect(_address("relations", request))


def _visible(request: SignedInRequest) -> QuerySet[Relation]:
    return Relation.objects.visible_to(request.user).select_related("source", "target", "gives_way_to")


def _page(request: SignedInRequest, found: Relation, form: DecisionForm | None = None) -> HttpResponse:
    """Both records side by side; with a form that was refused, its findings and what was written."""
    user, day = request.user, timezone.localdate()
    turned = form.data.get("source") == found.target.ref if form else bool(request.GET.get("turned"))
    both = Action.objects.visible_to(user).with_facts().in_bulk([found.source_id, found.target_id])
    left, right = (both[key] for key in relation_record.sides_of(found, turned=turned))
    queue = relations_register.find_relations(RelationFilters(request.GET), user, request.GET.get("sort", ""))
    last = _visible(request).filter(pk=_number(request.GET.get("last", ""))).first()
    carried = _carried(request)
    context = {
        "relation": found,
        "said": relation_record.sentence_of(found),
        "line": relations_register.lines_of([found])[0],
        "pair": relation_record.pair_of(left, right, found, user, day),
        "day": day,
        "turned": turned,
        "place": relation_record.place_in(queue, found),
        "last": last,
        "form": form or DecisionForm(initial={"source": left.ref}),
        "carried": carried,
        "onward": f"{carried}{'&' if carried else '?'}last={last.pk}" if last else carried,
        "history": found.decisions.all(),
    }
    return render(request, "desk/relation.html", context)


def _decide(request: SignedInRequest, found: Relation, said: dict[str, Any]) -> str:
    """Carry the decision out; returns what was done in words. Raises RuleRefused."""
    by, at = request.user, timezone.now()
    evidence = {"evidence": found.evidence}
    if said["choice"] == NOT_RELATED:
        reason = said["reason"] or _("Compared side by side; not enough for it: %(evidence)s") % evidence
        operations.reject_relation(found, reason, by=by, at=at)
        return _("Rejected: %(said)s.") % {"said": relation_record.sentence_of(found)}
    reason = said["reason"] or _("On the evidence shown: %(evidence)s") % evidence
    turned = bool(said["source"]) and said["source"] != found.source.ref
    stands = operations.confirm_relation(found, reason, by=by, at=at, kind=said["choice"], turned=turned)
    return _("Confirmed: %(said)s.") % {"said": relation_record.sentence_of(stands)}


@secretariat_only
@require_POST
def reverse_relation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a decision back; it stays as history, and the pair waits again."""
    found = get_object_or_404(Relation.objects.visible_to(request.user), pk=pk)
    reason = request.POST.get("reason", "").strip() or _("Taken back at once, to be looked at again.")
    try:
        waiting = operations.reverse_decision(found, reason, by=request.user, at=timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
        return _to(request, found.pk)
    messages.success(request, _("The decision was taken back; it stays as history and no longer counts."))
    return _to(request, waiting.pk)


@secretariat_only
@require_POST
def look_for_relations(request: SignedInRequest) -> HttpResponse:
    """Ask for a look over all records; the worker does it."""
    operations.ask_for_search(by=request.user, at=timezone.now())
    messages.info(
        request, _("The house compares all records. New proposals appear here; nothing counts until decided.")
    )
    return redirect("relations")


def _carried(request: SignedInRequest) -> str:
    """The filters and the order of the queue, to keep while deciding; "" or "?…"."""
    kept = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _address(route: str, request: SignedInRequest, *parts: int, **more: int) -> str:
    kept = {name: request.GET[name] for name in CARRIED if request.GET.get(name)} | more
    return reverse(route, args=parts) + (f"?{urlencode(kept)}" if kept else "")


def _to(request: SignedInRequest, pk: int, **more: int) -> HttpResponse:
    return redirect(_address("relation", request, pk, **more))


def _number(text: str) -> int:
    """The key that an address names, 0 where it names none."""
    return int(text) if text.isdecimal() and len(text) < 12 else 0
