"""Verbs on proposals: draft, add a text, ask the partners' Working Group, comment, withdraw (S5, S13)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.governance.board import rules
from iisg.governance.board.models import (
    RUNNING,
    Comment,
    Consultation,
    Proposal,
    ProposalState,
    ProposalText,
    Silence,
    Subject,
)
from iisg.governance.meetings.models import Body, Consulted, ItemKind
from iisg.governance.meetings.operations import put_on_agenda
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file


@transaction.atomic
def draft_proposal(
    subject: Subject | str,
    title: str,
    asks: str,
    *,
    by: Actor,
    at: datetime,
    legal_base: str = "",
    about: models.Model | None = None,
) -> Proposal:
    """Begin a question to the Board, with a provisional reference."""
    findings = []
    if subject not in Subject.values:
        findings.append(rules.error("no-subject", _("Say what kind of paper it is.")))
    if not title.strip():
        findings.append(rules.error("no-title", _("The title is missing.")))
    if not asks.strip():
        findings.append(rules.error("no-question", _("Say in a sentence what the Board is asked.")))
    require(by, Can.WRITE_PROPOSALS, findings)
    year = timezone.localtime(at).year
    same_year = Proposal.objects.select_for_update().filter(ref__startswith=f"PROP-{year}-")
    last = same_year.order_by("-pk").first()
    number = int(last.ref.rpartition("-")[2]) + 1 if last else 1
    reference = f"{about._meta.label_lower}:{getattr(about, 'ref', None) or about.pk}" if about else ""
    proposal = Proposal.objects.create(
        ref=f"PROP-{year}-{number:02d}",
        subject=subject,
        title=title.strip()[:200],
        asks=asks.strip()[:3000],
        legal_base=legal_base.strip()[:300],
        about=reference,
        state=ProposalState.DRAFT,
        made_at=at,
    )
    record("board.proposal_drafted", by=by, on=proposal, at=at, subject=str(subject), about=reference)
    return proposal


@transaction.atomic
def add_text(
    proposal: Proposal,
    file_name: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
    paper: tuple[str, bytes] | None = None,
) -> ProposalText:
    """Keep a file as the next version of the text; `paper` explains it (file name, content)."""
    proposal = _locked(proposal)
    require(by, Can.WRITE_PROPOSALS, rules.may_change(proposal))
    last = proposal.text
    document = last.version.document if last else None
    version = keep_file(proposal.title, file_name, content, Origin.RECEIVED, by=by, at=at, document=document)
    explains = None
    if paper is not None:
        title = f"{proposal.title}: explanatory paper"
        explains = keep_file(title, *paper, Origin.RECEIVED, by=by, at=at)
    return _add(proposal, version, explains, by=by, at=at)


@transaction.atomic
def add_kept_text(proposal: Proposal, version: Version, *, by: Actor, at: datetime) -> ProposalText:
    """The same with a version that the house has made and kept already, such as a list's paper."""
    proposal = _locked(proposal)
    require(by, Can.WRITE_PROPOSALS, rules.may_change(proposal))
    return _add(proposal, version, None, by=by, at=at)


def _add(
    proposal: Proposal, version: Version, paper: Version | None, *, by: Actor, at: datetime
) -> ProposalText:
    last = proposal.text
    text = ProposalText.objects.create(
        proposal=proposal, number=last.number + 1 if last else 1, version=version, paper=paper, added_at=at
    )
    record("board.text_added", by=by, on=proposal, at=at, number=text.number, digest=version.digest)
    return text


@transaction.atomic
def ask_working_group(proposal: Proposal, due_on: date, *, by: Actor, at: datetime) -> Consultation:
    """Ask the partners' Working Group for its view on the newest text, with a day until which it can comment (S5)."""
    proposal = _locked(proposal)
    today = timezone.localtime(at).date()
    require(by, Can.WRITE_PROPOSALS, rules.may_ask_working_group(proposal, due_on, today))
    consultation = Consultation.objects.create(
        proposal=proposal, text=proposal.texts.latest("number"), asked_at=at, due_on=due_on
    )
    record("board.working_group_asked", by=by, on=proposal, at=at, due_on=due_on)
    return consultation


@transaction.atomic
def close_consultation(consultation: Consultation, result: str, *, by: Actor, at: datetime) -> Consultation:
    """Write down what the Working Group said; the Board reads it with the proposal."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    require(by, Can.WRITE_PROPOSALS, rules.may_close_consultation(consultation, result))
    consultation.closed_at, consultation.result = at, result.strip()
    consultation.save(update_fields=["closed_at", "result"])
    record("board.consultation_closed", by=by, on=consultation.proposal, at=at)
    return consultation


@transaction.atomic
def note_not_consulted(proposal: Proposal, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Write down why the Working Group was not asked; the Board reads that too."""
    proposal = _locked(proposal)
    require(by, Can.WRITE_PROPOSALS, [*rules.may_change(proposal), *rules.needs_reason(reason)])
    proposal.not_consulted = reason.strip()
    proposal.save(update_fields=["not_consulted"])
    record("board.not_consulted_noted", by=by, on=proposal, at=at)
    return proposal


@transaction.atomic
def comment(proposal: Proposal, organisation: Organisation, text: str, *, by: Actor, at: datetime) -> Comment:
    """A partner comments in a consultation, an observer on what is before the Board; a comment breaks nothing."""
    proposal = _locked(proposal)
    consultation = proposal.consultations.filter(closed_at__isnull=True).first()
    findings = []
    if not text.strip():
        findings.append(rules.error("no-text", _("The comment is empty.")))
    if consultation is None and proposal.state != ProposalState.BEFORE_BOARD:
        findings.append(rules.error("no-comments", _("Comments are not being taken now.")))
    if organisation.pk not in by.organisation_keys and Can.WRITE_PROPOSALS not in by.powers:
        findings.append(rules.error("not-yours", _("You do not speak for that body.")))
    require(by, Can.COMMENT_ON_PROPOSALS, findings)
    said = Comment.objects.create(
        proposal=proposal,
        consultation=consultation,
        organisation=organisation,
        text=text.strip()[:5000],
        by_label=by.label[:200],
        at=at,
    )
    record("board.commented", by=by, on=proposal, at=at, organisation=organisation.ref)
    return said


@transaction.atomic
def put_to_meeting(proposal: Proposal, *, by: Actor, at: datetime) -> Proposal:
    """Put a proposal to a meeting of the Board; its text is frozen from then on."""
    proposal = _locked(proposal)
    findings = [*rules.may_change(proposal), *rules.may_reach_board(proposal)]
    require(by, Can.WRITE_PROPOSALS, findings)
    proposal.flow.make(proposal, "put")
    proposal.save(update_fields=["state"])
    record("board.proposal_put", by=by, on=proposal, at=at, procedure="meeting")
    _onto_the_agenda(proposal, at=at)
    return proposal


def _onto_the_agenda(proposal: Proposal, *, at: datetime) -> None:
    """An item for decision on the next meeting of the Board, or one that waits until a meeting is planned."""
    asked = proposal.consultations.filter(closed_at__isnull=False).exists()
    put_on_agenda(
        Body.BOARD,
        proposal.title,
        ItemKind.DECISION,
        f"board.proposal:{proposal.ref}",
        by=HOUSE,
        at=at,
        text=proposal.asks,
        consulted=Consulted.YES if asked else Consulted.NO,
    )


@transaction.atomic
def withdraw_proposal(proposal: Proposal, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Give a proposal up; a procedure that runs is withdrawn first."""
    proposal = _locked(proposal)
    findings = [*rules.needs_reason(reason)]
    if not Proposal.flow.allows(proposal, "withdraw"):
        findings.append(rules.error("decided", _("The proposal is closed.")))
    if Silence.objects.filter(proposal=proposal, state__in=RUNNING).exists():
        findings.append(
            rules.error("running", _("A silent written procedure runs on it."), _("Withdraw that first."))
        )
    require(by, Can.WRITE_PROPOSALS, findings)
    proposal.flow.make(proposal, "withdraw")
    proposal.save(update_fields=["state"])
    record("board.proposal_withdrawn", by=by, on=proposal, at=at, reason=reason.strip())
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)
