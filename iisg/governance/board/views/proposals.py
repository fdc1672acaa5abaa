"""Proposals to the Board: drafted by the Secretariat, commented by the partners' Working Group, put to the Board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doing import told, tried
from iisg.foundations.access.doors import SignedInRequest, board_room_only, secretariat_only
from iisg.foundations.core.handling import Marking
from iisg.governance.board import operations
from iisg.governance.board.forms import (
    ConsultationForm,
    MeetingDecisionForm,
    OpenForm,
    ProposalForm,
    ReasonForm,
    TextForm,
)
from iisg.governance.board.history import happenings
from iisg.governance.board.models import Proposal, ProposalState, RuleSet
from iisg.governance.board.periods import period_end
from iisg.governance.board.rules import may_open
from iisg.governance.board.unreadable import unreadable
from iisg.governance.board.wording import moment_in_words
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file

PAGE = 50


@board_room_only
@require_http_methods(["GET", "POST"])
def proposals(request: SignedInRequest) -> HttpResponse:
    """What is put to the Board, and where does it stand?"""
    writes = "write_proposals" in request.user.powers
    form = ProposalForm(request.POST or None, request.FILES or None) if writes else ProposalForm()
    made: list[Proposal] = []
    if writes and form.is_valid() and tried(form, lambda: made.append(_draft(request, form))):
        return redirect("proposal", made[0].ref)
    seen = Proposal.objects.visible_to(request.user).order_by("-pk")
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    return render(request, "board/proposals.html", {"form": form, "page": page})


def _draft(request: SignedInRequest, form: ProposalForm) -> Proposal:
    said, at = form.cleaned_data, timezone.now()
    proposal = operations.draft_proposal(
        said["subject"], said["title"], said["asks"], by=request.user, at=at, legal_base=said["legal_base"]
    )
    paper = (said["paper"].name, said["paper"].read()) if said["paper"] else None
    file = said["file"]
    operations.add_text(proposal, file.name, file.read(), by=request.user, at=at, paper=paper)
    return proposal


@board_room_only
@require_safe
def proposal(request: SignedInRequest, ref: str) -> HttpResponse:
    """What is the Board asked, on which text, who was consulted, where does it stand?"""
    one = _proposal(request, ref)
    consulting = one.consultations.filter(closed_at__isnull=True).first()
    context = {
        "one": one,
        "texts": one.texts.select_related("version", "paper"),
        "consultations": one.consultations.prefetch_related("comments__organisation"),
        "consulting": consulting,
        "comments": one.comments.filter(consultation__isnull=True).select_related("organisation"),
        "silences": one.silences.order_by("-pk"),
        "decision": getattr(one, "decision", None),
        "running": one.silences.running().exists(),
        "takes_comments": bool(consulting) or one.state == ProposalState.BEFORE_BOARD,
    }
    if "write_proposals" in request.user.powers:
        context |= {"text_form": TextForm(), "ask_form": ConsultationForm(), "reason_form": ReasonForm()}
        context["happened"] = happenings([f"board.proposal:{one.ref}"])
    return render(request, "board/proposal.html", context)


@board_room_only
@require_POST
def proposal_comment(request: SignedInRequest, ref: str) -> HttpResponse:
    """A partner, or an observer, says what it thinks; it breaks nothing."""
    one = _proposal(request, ref)
    office = next((each for each in request.user.current_appointments if each.organisation_id), None)
    if office is None or office.organisation is None:
        messages.error(request, _("Only somebody who speaks for a member comments."))
        return redirect("proposal", ref)
    body, text = office.organisation, request.POST.get("text", "")
    told(
        request,
        lambda: operations.comment(one, body, text, by=request.user, at=timezone.now()),
        _("Your comment is kept and shown to the Board."),
    )
    return redirect("proposal", ref)


@secretariat_only
@require_POST
def proposal_deed(request: SignedInRequest, ref: str, deed: str) -> HttpResponse:
    """Add a text, ask the Working Group, close the consultation, put to a meeting, withdraw."""
    one = _proposal(request, ref)
    deeds: dict[str, Callable[[SignedInRequest, Proposal], None]] = {
        "text": _add_text,
        "ask": _ask,
        "close": _close,
        "not-asked": _not_asked,
        "meeting": _to_meeting,
        "withdraw": _withdraw,
    }
    if deed not in deeds:
        raise Http404
    deeds[deed](request, one)
    return redirect("proposal", ref)


def _add_text(request: SignedInRequest, one: Proposal) -> None:
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return unreadable(request, form)
    file = form.cleaned_data["file"]
    told(
        request,
        lambda: operations.add_text(one, file.name, file.read(), by=request.user, at=timezone.now()),
        _("The new version of the text is kept."),
    )
    return None


def _ask(request: SignedInRequest, one: Proposal) -> None:
    form = ConsultationForm(request.POST)
    if not form.is_valid():
        return unreadable(request, form)
    day = form.cleaned_data["due_on"]
    told(
        request,
        lambda: operations.ask_working_group(one, day, by=request.user, at=timezone.now()),
        _("The partners' Working Group is asked."),
    )
    return None


def _close(request: SignedInRequest, one: Proposal) -> None:
    asked = get_object_or_404(one.consultations.filter(closed_at__isnull=True))
    said = request.POST.get("reason", "")
    told(
        request,
        lambda: operations.close_consultation(asked, said, by=request.user, at=timezone.now()),
        _("The consultation is closed."),
    )


def _not_asked(request: SignedInRequest, one: Proposal) -> None:
    said = request.POST.get("reason", "")
    told(
        request,
        lambda: operations.note_not_consulted(one, said, by=request.user, at=timezone.now()),
        _("It is written down; the Board reads it."),
    )


def _to_meeting(request: SignedInRequest, one: Proposal) -> None:
    told(
        request,
        lambda: operations.put_to_meeting(one, by=request.user, at=timezone.now()),
        _("It is before the Board, to be decided at a meeting."),
    )


def _withdraw(request: SignedInRequest, one: Proposal) -> None:
    said = request.POST.get("reason", "")
    told(
        request,
        lambda: operations.withdraw_proposal(one, said, by=request.user, at=timezone.now()),
        _("The proposal is withdrawn."),
    )


@secretariat_only
@require_http_methods(["GET", "POST"])
def silence_open(request: SignedInRequest, ref: str) -> HttpResponse:
    """Until when would silence run, who is told, what is frozen? Then it is opened."""
    one, at = _proposal(request, ref), timezone.now()
    form = OpenForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        opened: list[int] = []

        def do() -> None:
            done = operations.open_silence(
                one, by=request.user, at=at, urgent=said["urgent"], urgency=said["urgency"]
            )
            opened.append(done.pk)

        if tried(form, do):
            messages.success(request, _("The procedure is open; the notice is on its way to every seat."))
            return redirect("silence", opened[0])
    rules = RuleSet.objects.latest("version")
    context = {
        "one": one,
        "form": form,
        "rules": rules,
        "missing": list(may_open(one, rules, False, "", at)),
        "ends_in_words": moment_in_words(period_end(rules, False, at)),
        "urgent_in_words": moment_in_words(period_end(rules, True, at)),
    }
    return render(request, "board/silence_open.html", context)


@secretariat_only
@require_http_methods(["GET", "POST"])
def meeting_decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """What did the meeting decide?"""
    one = _proposal(request, ref)
    form = MeetingDecisionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        made: list[str] = []
        if tried(form, lambda: made.append(_decide(request, one, form))):
            messages.success(request, _("The decision %(number)s is in the register.") % {"number": made[0]})
            return redirect("decision", made[0])
    return render(request, "board/meeting_decision.html", {"one": one, "form": form})


def _decide(request: SignedInRequest, one: Proposal, form: MeetingDecisionForm) -> str:
    said, at = form.cleaned_data, timezone.now()
    file = said["file"]
    evidence = keep_file(
        f"{one.ref}: conclusions", file.name, file.read(), Origin.RECEIVED, by=request.user, at=at
    )
    moment = min(timezone.make_aware(datetime.combine(said["decided_on"], time(12))), at)
    if said["decided_on"] > timezone.localdate():
        moment = timezone.make_aware(datetime.combine(said["decided_on"], time(12)))
    decision = operations.decide_at_meeting(
        one,
        said["outcome"],
        moment,
        said["effective_on"],
        evidence,
        by=request.user,
        at=at,
        reason=said["reason"],
        objections={seat.pk: said["reason"] for seat in said["objecting"]},
    )
    return decision.number


@board_room_only
@require_POST
def proposal_text(request: SignedInRequest, ref: str, number: int, what: str) -> MarkedResponse:
    """A version of the text, or the paper that explains it."""
    one = _proposal(request, ref)
    text = get_object_or_404(one.texts.select_related("version", "paper"), number=number)
    version = {"text": text.version, "paper": text.paper}.get(what)
    if version is None:
        raise Http404
    operations.take_paper(version.file_name, one, by=request.user, at=timezone.now())
    content = BytesIO(bytes(version.content))
    return MarkedResponse(content, version.file_name, version.content_type, Marking.MEMBERS)


def _proposal(request: SignedInRequest, ref: str) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.user), ref=ref)
