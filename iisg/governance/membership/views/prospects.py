"""The Secretariat's in-house list of possible partners (methodology 2.1, first indent; S11)."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest, secretariat_only
from iisg.foundations.core.handling import Marking
from iisg.governance.membership import operations, prospect_register
from iisg.governance.membership.doing import told, tried
from iisg.governance.membership.forms.prospects import (
    ApproachForm,
    ContactForm,
    ProspectFilters,
    ProspectForm,
    ReasonForm,
    SheetForm,
)
from iisg.governance.membership.history import happenings
from iisg.governance.membership.models import Prospect, ProspectContact, ProspectState
from iisg.governance.membership.periods import invitation_life
from iisg.governance.membership.prospect_register import STATE_COLOURS, board, find_prospects, in_order
from iisg.governance.membership.prospect_sheet import Line, plan, rows_in
from iisg.governance.membership.prospect_template import kept, template, unfolded

PAGE = 50


@secretariat_only
@require_safe
def prospects(request: SignedInRequest) -> HttpResponse:
    """Who might become a member, and with whom is something to be done?"""
    day = timezone.localdate()
    filters = ProspectFilters(request.GET, day=day)
    found = find_prospects(filters, request.user, day)
    context = {"form": filters, "day": day, "colours": STATE_COLOURS, "any": Prospect.objects.exists()}
    if request.GET.get("view") == "board":
        columns = board(found)
        count = sum(column.count for column in columns)
        return render(request, "membership/board.html", {**context, "columns": columns, "count": count})
    ordered = in_order(found, request.GET.get("sort", "")).with_facts()
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    return render(request, "membership/prospects.html", {**context, "page": page})


@secretariat_only
@require_http_methods(["GET", "POST"])
def prospect_new(request: SignedInRequest) -> HttpResponse:
    """Which possible partner is to be put on the list?"""
    form = ProspectForm(
        request.POST or None, day=timezone.localdate(), initial={"followed_up_by": request.user}
    )
    entered: list[Prospect] = []
    if form.is_valid() and tried(
        form,
        lambda: entered.append(
            operations.enter_prospect(**form.cleaned_data, by=request.user, at=timezone.now())
        ),
        {"on-the-list": "name", "no-kind": "kind"},
    ):
        messages.success(request, _("%(name)s is on the list.") % {"name": entered[0]})
        return redirect("prospect", entered[0].pk)
    return render(request, "membership/prospect_edit.html", {"form": form})


@secretariat_only
@require_http_methods(["GET", "POST"])
def prospect_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is to be put right in this entry?"""
    one = _prospect(request, pk)
    form = ProspectForm.of(one, request.POST or None, day=timezone.localdate())
    if form.is_valid() and tried(
        form,
        lambda: operations.change_prospect(one, **form.cleaned_data, by=request.user, at=timezone.now()),
        {"on-the-list": "name"},
    ):
        messages.success(request, _("The entry is in step."))
        return redirect("prospect", one.pk)
    return render(request, "membership/prospect_edit.html", {"form": form, "prospect": one})


@secretariat_only
@require_http_methods(["GET", "POST"])
def prospect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is this, why might it be interested, who was spoken to, and what is next?"""
    one, day = _prospect(request, pk), timezone.localdate()
    deed = request.POST.get("deed")
    contact = ContactForm(request.POST if deed == "contact" else None)
    approach = ApproachForm(request.POST if deed == "approach" else None, initial={"on": day})
    dropping = ReasonForm(request.POST if deed == "drop" else None)
    if contact.is_valid() and tried(
        contact,
        lambda: operations.add_contact(one, **contact.cleaned_data, by=request.user, at=timezone.now()),
        {"bad-address": "email"},
    ):
        return redirect("prospect", pk)
    if approach.is_valid() and tried(approach, lambda: _note(request, one, approach)):
        return redirect("prospect", pk)
    if dropping.is_valid() and tried(
        dropping,
        lambda: operations.drop_prospect(
            one, dropping.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    ):
        return redirect("prospect", pk)
    context = {
        "prospect": one,
        "day": day,
        "contact_form": contact,
        "approach_form": approach,
        "dropping": dropping,
    }
    context |= {
        "colour": STATE_COLOURS[ProspectState(one.state)],
        "may": {move for move in Prospect.flow.moves if Prospect.flow.allows(one, move)},
        "happened": happenings([f"membership.prospect:{one.pk}"]),
        "life": invitation_life().days,
    }
    return render(request, "membership/prospect.html", context)


def _note(request: SignedInRequest, one: Prospect, form: ApproachForm) -> None:
    said = dict(form.cleaned_data)
    follow_up_on = said.pop("follow_up_on")
    operations.note_approach(one, **said, by=request.user, at=timezone.now())
    operations.change_prospect(one, follow_up_on=follow_up_on, by=request.user, at=timezone.now())


@secretariat_only
@require_POST
def prospect_take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Follow it up again."""
    one = _prospect(request, pk)
    told(
        request,
        lambda: operations.take_up_prospect(one, by=request.user, at=timezone.now()),
        _("%(name)s is followed up again.") % {"name": one},
    )
    return redirect("prospect", pk)


@secretariat_only
@require_POST
def contact_remove(request: SignedInRequest, pk: int, contact: int) -> HttpResponse:
    """Take a contact out."""
    known = get_object_or_404(ProspectContact, pk=contact, prospect=_prospect(request, pk))
    operations.remove_contact(known, by=request.user, at=timezone.now())
    messages.success(request, _("The contact is taken out."))
    return redirect("prospect", pk)


@secretariat_only
@require_POST
def prospects_template(request: SignedInRequest, form: str) -> HttpResponse | MarkedResponse:
    """The columns of the list as a file, with the present list in it."""
    if form not in ("csv", "xlsx"):
        raise Http404
    content, kind = template(form)
    operations.take_prospects(form, by=request.user, at=timezone.now())
    return MarkedResponse(BytesIO(content), f"iisg-prospects.{form}", kind, Marking.MEMBERS)


@secretariat_only
@require_http_methods(["GET", "POST"])
def prospects_import(request: SignedInRequest) -> HttpResponse:
    """What would this list enter and change? Then do it."""
    form = SheetForm(request.POST if request.FILES else None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        rows, faults = rows_in(file.read(prospect_register.MOST_BYTES), file.name)
        lines, wrong = plan(rows, timezone.localdate()) if not faults else ([], faults)
        for finding in wrong:
            form.add_error("file", f"{finding.message} {finding.cure}".strip())
        if not wrong:
            context |= {"lines": lines, "kept": kept(rows), "counts": _counts(lines)}
    elif request.method == "POST" and "rows" in request.POST:
        sealed = unfolded(request.POST["rows"])
        if sealed is None:
            messages.error(request, _("What was shown is too old. Send the file again."))
            return redirect("prospects_import")
        lines, _wrong = plan(sealed, timezone.localdate())
        counts = operations.import_prospects(lines, by=request.user, at=timezone.now())
        said = _("Entered: %(new)d. Changed: %(changed)d. Unchanged: %(unchanged)d. Refused: %(refused)d.")
        messages.success(request, said % counts)
        return redirect("prospects")
    return render(request, "membership/prospects_import.html", context)


def _counts(lines: list[Line]) -> dict[str, int]:
    found = [line.verdict for line in lines]
    return {verdict: found.count(verdict) for verdict in ("new", "changed", "unchanged", "refused")}


def _prospect(request: SignedInRequest, pk: int) -> Prospect:
    return get_object_or_404(Prospect.objects.visible_to(request.user).with_facts(), pk=pk)
