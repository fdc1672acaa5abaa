"""The Secretariat's pages of an agenda."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.governance.meetings import operations
from iisg.governance.meetings.agenda_tree import numbered
from iisg.governance.meetings.forms.agenda import ItemForm, PaperForm
from iisg.governance.meetings.meeting_page import agenda_for, head_of
from iisg.governance.meetings.models import AgendaItem, Meeting
from iisg.governance.meetings.views.finding import item_seen, meeting_seen

FIELD_OF = {"no-item-title": "title", "circle": "parent", "other-meeting": "parent"}
PAPER_FIELD_OF = dict.fromkeys(("sort", "empty", "too-large", "not-what-it-says"), "file")


@secretariat_only
@require_http_methods(["GET", "POST"])
def meeting_agenda(request: SignedInRequest, ref: str) -> HttpResponse:
    """What is on the agenda, in which order? Add an item, or put them in another order."""
    one = meeting_seen(request, ref)
    if request.POST.get("deed") == "order":
        _ordered(request, one)
        return redirect("meeting_agenda", ref)
    form = ItemForm(request.POST or None, meeting=one, lines=numbered(one.items.all()))
    if form.is_valid() and tried(
        form, lambda: operations.add_item(one, by=request.user, at=timezone.now(), **form.said()), FIELD_OF
    ):
        messages.success(request, _("The item stands on the agenda."))
        return redirect("meeting_agenda", ref)
    shown = agenda_for(one, request.user)
    context = {"meeting": one, "head": head_of(one, timezone.now()), "agenda": shown, "form": form}
    return render(request, "meetings/agenda.html", context)


def _ordered(request: SignedInRequest, one: Meeting) -> None:
    said = {item.pk: request.POST.get(f"place_{item.pk}", "") for item in one.items.all()}
    places = {
        key: int(text) for key, text in said.items() if text.isascii() and text.isdigit() and len(text) < 4
    }
    done = _("The items stand in that order.")
    told(request, lambda: operations.order_items(one, places, by=request.user, at=timezone.now()), done)


@secretariat_only
@require_http_methods(["GET", "POST"])
def item_change(request: SignedInRequest, ref: str, pk: int) -> HttpResponse:
    """What does the item say, and which papers belong to it?"""
    item = item_seen(request, ref, pk)
    one = meeting_seen(request, ref)
    adding = "paper-marking" in request.POST or "paper-file" in request.FILES
    form = ItemForm(
        None if adding else request.POST or None, meeting=one, lines=numbered(one.items.all()), item=item
    )
    paper = PaperForm(request.POST if adding else None, request.FILES if adding else None)
    if adding and paper.is_valid() and tried(paper, lambda: _kept(request, item.pk, paper), PAPER_FIELD_OF):
        return redirect("item_change", ref, pk)
    if form.is_valid() and tried(
        form,
        lambda: operations.change_item(item, by=request.user, at=timezone.now(), **form.said()),
        FIELD_OF,
    ):
        return redirect("meeting_agenda", ref)
    papers = item.papers.select_related("version").defer("version__content")
    context = {"meeting": one, "item": item, "form": form, "paper": paper, "papers": papers}
    return render(request, "meetings/item.html", {**context, "head": head_of(one, timezone.now())})


def _kept(request: SignedInRequest, pk: int, form: PaperForm) -> None:
    said = form.cleaned_data
    operations.add_paper(
        AgendaItem.objects.visible_to(request.user).get(pk=pk),
        said["title"],
        said["file"].name,
        said["file"].read(),
        said["marking"],
        by=request.user,
        at=timezone.now(),
    )


@secretariat_only
@require_POST
def item_deed(request: SignedInRequest, ref: str, pk: int, deed: str) -> HttpResponse:
    """Take an item off, take a paper away, note that a statement was taken back."""
    item, at = item_seen(request, ref, pk), timezone.now()
    key = request.POST.get("key", "")
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0
    if deed == "remove":
        told(
            request,
            lambda: operations.remove_item(item, by=request.user, at=at),
            _("The item is off the agenda."),
        )
        return redirect("meeting_agenda", ref)
    if deed == "remove-paper":
        paper = get_object_or_404(item.papers.select_related("item", "version"), pk=number)
        told(
            request,
            lambda: operations.remove_paper(paper, by=request.user, at=at),
            _("The paper is taken away."),
        )
        return redirect("item_change", ref, pk)
    if deed == "take-back":
        said = get_object_or_404(item.statements.select_related("item__meeting"), pk=number)
        done = _("It stays on record as taken back.")
        told(request, lambda: operations.take_statement_back(said, by=request.user, at=at), done)
        return redirect("item_outcome", ref, pk)
    raise Http404
