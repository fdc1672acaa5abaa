"""Files in: sent, looked at, their columns and names said, applied or put away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.doors import SignedInRequest, reporters_only
from iisg.foundations.access.permits import RuleRefused
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import carrying, filling, operations, previews, rules, versions
from iisg.knowledge.actions.forms import (
    AbsencesForm,
    ColumnsForm,
    ConflictsForm,
    NamesForm,
    RecordFilter,
    TemplateForm,
    UploadForm,
)
from iisg.knowledge.actions.models import Import, ImportState
from iisg.knowledge.actions.sources import UnreadableFile

PER_PAGE = 25
LOOK_AGAIN_SECONDS = 5
"""How often the page of a waiting import comes back by itself where no script runs."""


@reporters_only
def imports(request: SignedInRequest) -> HttpResponse:
    """Which files came in, and how do I send one?"""
    form = UploadForm(reader=request.user)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, reader=request.user)
        if form.is_valid():
            file = form.cleaned_data["file"]
            imported = operations.receive_import(
                file.read(), file.name, form.reported_by, by=request.user, at=timezone.now()
            )
            return redirect("import_one", imported.pk)
    found = Import.objects.visible_to(request.user).for_pages()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (i, previews.state_colour(i), len(rules.undecided_names(i)), previews.is_compared(i)) for i in page
    ]
    return render(request, "actions/imports.html", {"form": form, "page": page, "rows": rows})


@reporters_only
def import_templates(request: SignedInRequest) -> HttpResponseBase:
    """What do I fill in, and where are the records that I have reported before?"""
    form = TemplateForm(request.POST or None, reader=request.user)
    if form.is_bound and form.is_valid():
        return carrying.template(
            form.cleaned_data["subject"], form.reported_by, by=request.user, at=timezone.now()
        )
    body = form.only_reporter
    actions, needs = filling.records_of(body, request.user) if body else (0, 0)
    context = {"form": form, "actions": actions, "needs": needs}
    return render(request, "actions/import_templates.html", context)


@reporters_only
def import_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would this file change, or what has it changed?"""
    imported = _seen(request, pk)
    polled = bool(request.headers.get("HX-Request"))
    if imported.waits:
        template = "actions/import_progress.html" if polled else "actions/import_waiting.html"
        response = render(request, template, _about(imported))
        response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return response
    if polled:
        return HttpResponseClientRefresh()
    if imported.state == ImportState.NEEDS_MAPPING:
        return redirect("import_columns", pk)
    if imported.state == ImportState.REFUSED:
        return render(request, "actions/import_refused.html", _about(imported))
    form = RecordFilter(request.GET)
    rows = previews.chosen_rows(imported, form.chosen("verdict"), form.chosen("grade"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _about(imported) | {
        "form": form,
        "page": page,
        "lines": previews.lines(page.object_list),
        "sentence": previews.will_do(imported),
        "undecided": len(rules.undecided_names(imported)),
        "sheets": previews.sheets_of_columns(imported),
        "version": previews.version_of(imported, request.user),
        "reasons": previews.reasons(imported),
        "owed": previews.owed_by_its_reporter(imported, request.user, timezone.localdate()),
    }
    return render(request, "actions/import_one.html", context)


@reporters_only
def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which column of this file means what?"""
    imported = _seen(request, pk)
    sheets = previews.sheets_of_columns(imported)
    if not sheets or not Import.flow.allows(imported, "look_again"):
        return redirect("import_one", pk)
    asked = request.GET.get("subject") or str(imported.mapping.get("subject") or "")
    subject = asked if asked in ("needs", "actions") else "actions"
    given = request.POST if request.method == "POST" else None
    form = ColumnsForm(given, imported=imported, sheets=sheets, subject=subject)
    if given is not None and (form.rows or "headers" in given):
        verb = operations.choose_headers
        return _carry_out(
            request, imported, lambda i, by, at: verb(i, form.rows, by=by, at=at), "import_columns"
        )
    if given is not None and form.is_valid():
        return _carry_out(
            request,
            imported,
            lambda i, by, at: operations.name_columns(i, subject, form.columns, by=by, at=at),
        )
    return render(
        request, "actions/import_columns.html", _about(imported) | {"form": form, "subject": subject}
    )


@reporters_only
def import_names(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which names of this file does nobody know yet, and whom do they mean?"""
    imported = _seen(request, pk)
    if imported.waits:
        return redirect("import_one", pk)
    page = Paginator(previews.new_names(imported), PER_PAGE).get_page(request.GET.get("page"))
    given = request.POST if request.method == "POST" else None
    open_names = list(page) if imported.state == ImportState.EXAMINED else []
    form = NamesForm(given, names=open_names)
    if given is not None and form.is_valid():
        if not form.decisions:
            messages.info(request, _("Nothing was decided."))
            return redirect("import_names", pk)
        return _carry_out(
            request, imported, lambda i, by, at: operations.decide_names(i, form.decisions, by=by, at=at)
        )
    context = _about(imported) | {
        "form": form,
        "page": page,
        "names": list(page),
        "undecided": len(rules.undecided_names(imported)),
        "bodies": Organisation.objects.values_list("name", flat=True) if open_names else [],
    }
    return render(request, "actions/import_names.html", context)


@reporters_only
def import_missing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which records of the file before it does this one no longer hold, and what does that mean?"""
    imported = _seen(request, pk)
    if imported.state != ImportState.APPLIED:
        actions, needs = versions.vanished(imported).order_by("ref"), versions.vanished_needs(imported)
        found: Any = [*needs, *actions] if needs.exists() else actions
        would_be: Any = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page"))}
        would_be["records"] = [(each, previews.route_of(each)) for each in would_be["page"]]
        return render(request, "actions/import_missing.html", _about(imported) | would_be)
    noted = imported.absences.standing().with_facts()
    page = Paginator(noted, PER_PAGE).get_page(request.GET.get("page"))
    undecided = list(noted.undecided()) if request.POST.get("everyone") else []
    one, every = (request.POST or None, None) if not undecided else (None, request.POST)
    form = AbsencesForm(one, absences=list(page))
    everyone = AbsencesForm(
        every, absences=undecided, everyone=previews.fates_for_all(imported), prefix="all"
    )
    given = everyone if undecided else form
    if given.is_bound and given.is_valid():
        return _carry_out(request, imported, lambda i, by, at: _decide(given, by, at), "import_missing")
    context = {"form": form, "everyone": everyone, "page": page, "undecided": noted.undecided().count()}
    return render(request, "actions/import_missing.html", _about(imported) | context)


@reporters_only
def import_conflicts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where does the file say otherwise than a person confirmed, and which of both holds?"""
    imported = _seen(request, pk)
    rows = imported.rows.exclude(conflicts=[])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    form = ConflictsForm(request.POST or None, conflicts=previews.conflicts(page.object_list))
    if form.is_bound and form.is_valid():
        chosen = form.taken
        if request.POST.get("everything"):
            topics = request.POST["everything"] == "take"
            found = previews.conflicts(rows)
            chosen = {each.row.pk: [t for t, *_rest in each.topics if topics] for each in found}
        return _carry_out(
            request, imported, lambda i, by, at: operations.choose_values(i, chosen, by=by, at=at)
        )
    return render(request, "actions/import_conflicts.html", _about(imported) | {"form": form, "page": page})


@reporters_only
@require_POST
def import_copy(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The sender's own file with what was found in it, at its cells."""
    imported = _seen(request, pk)
    try:
        return carrying.copy_with_findings(imported, by=request.user, at=timezone.now())
    except UnreadableFile as unreadable:
        messages.warning(request, str(unreadable.finding))
        return redirect("import_one", pk)


@reporters_only
@require_POST
def import_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the file is no newer version of another, or that it may be one."""
    verb, alone = operations.say_version, request.POST.get("alone") == "1"
    return _carry_out(request, _seen(request, pk), lambda i, by, at: verb(i, alone, by=by, at=at))


@reporters_only
@require_POST
def import_elsewhere(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether new records for none of the six are taken in; nothing is taken in by a button alone."""
    imported, takes = _seen(request, pk), request.POST.get("takes") == "on"
    if not takes and "leave" not in request.POST:
        messages.info(request, _("Nothing was ticked; the records stay left out."))
        return redirect("import_one", pk)
    verb = operations.say_elsewhere
    return _carry_out(request, imported, lambda i, by, at: verb(i, takes, by=by, at=at))


@reporters_only
@require_POST
def import_apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Apply the file as it was looked at."""
    verb = operations.ask_to_apply
    return _carry_out(request, _seen(request, pk), lambda i, by, at: verb(i, by=by, at=at))


@reporters_only
@require_POST
def import_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look again at a file that was taken back."""
    verb = operations.bring_again
    return _carry_out(request, _seen(request, pk), lambda i, by, at: verb(i, by=by, at=at))


@reporters_only
@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the file away without applying it."""
    verb = operations.discard_import
    return _carry_out(request, _seen(request, pk), lambda i, by, at: verb(i, by=by, at=at))


def _seen(request: SignedInRequest, pk: int) -> Import:
    """The import if the reader may see it; anything else is not found."""
    return get_object_or_404(Import.objects.visible_to(request.user).for_pages(), pk=pk)


def _decide(form: AbsencesForm, by: Actor, at: datetime) -> None:
    for fate, absences in form.decided().items():
        operations.decide_absences(absences, fate, form.cleaned_data["reason"].strip(), by=by, at=at)


def _carry_out(
    request: SignedInRequest,
    imported: Import,
    deed: Callable[[Import, Actor, datetime], object],
    route: str = "import_one",
) -> HttpResponse:
    """Do it and go to the import, or to the page of it that `route` names; what a rule forbids is told there."""
    try:
        deed(imported, cast(Actor, request.user), timezone.now())
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
    return redirect(route, imported.pk)


def _about(imported: Import) -> dict[str, Any]:
    """What every page of one import says about it."""
    return {
        "imported": imported,
        "colour": previews.state_colour(imported),
        "format": previews.format_of(imported),
        "subject_words": previews.subject_of(imported),
        "size": previews.size_of(imported),
        "file_remarks": previews.remarks(imported.file_findings),
        "twin": versions.same_file(imported),
        "has_cells": carrying.has_cells(imported),
    }
