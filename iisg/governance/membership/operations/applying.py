"""The Annex form: begun, filled, signed, handed over; then complete or handed back (2.1, Annex; S12, S19)."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Ground, Organisation
from iisg.foundations.orgs.operations import note_new_organisation
from iisg.governance.membership import annex, rules
from iisg.governance.membership.circles import addressee
from iisg.governance.membership.consent import CONSENT_VERSION
from iisg.governance.membership.links import form_link
from iisg.governance.membership.models import (
    Application,
    ApplicationState,
    Case,
    CaseState,
    Prospect,
    Route,
    Undertaken,
    UndertakingText,
)
from iisg.governance.membership.operations.inviting import _known_as
from iisg.governance.membership.operations.opening import _locked, _move, _open_case
from iisg.governance.membership.operations.signing import _locked_form, _void_paper
from iisg.governance.membership.rules.applying import may_fill, may_hand_back
from iisg.office.documents.models import Origin
from iisg.office.documents.operations import keep_file
from iisg.office.letters.operations import issue_letter, tell

ANSWERS = frozenset(
    {
        "name", "kind", "country", "postal", "website", "work", "contact_name", "contact_phone", "focal_points",
    }
)  # fmt: skip
ON_PAPER = frozenset({"name", "focal_points"})
"""Answers that stand on the paper which is signed."""


@transaction.atomic
def begin_application(email: str, *, by: Actor, at: datetime) -> Application:
    """Begin a form for an address that has been confirmed; an open one of the same address is gone on with."""
    require(by, Can.APPLY)
    known = Application.objects.open().filter(email__iexact=email.strip(), case__isnull=True).first()
    if known is not None:
        return known
    form = Application.objects.create(
        nonce=secrets.token_hex(16), email=email.strip().lower(), begun_at=at, touched_at=at
    )
    record("membership.form_begun", by=by, on=form, at=at)
    return form


@transaction.atomic
def write_answers(form: Application, *, by: Actor, at: datetime, **answers: Any) -> Application:
    """Keep answers to the form's questions as they are; what is missing is said, and asked for when handing over."""
    form = _locked_form(form)
    require(by, Can.APPLY, may_fill(form))
    if strange := answers.keys() - ANSWERS:
        raise TypeError(f"no answers of the form: {sorted(strange)}")
    changed = {key for key, value in answers.items() if getattr(form, key) != value}
    for key, value in answers.items():
        setattr(form, key, value)
    form.touched_at = at
    form.save()
    if changed & ON_PAPER:
        _void_paper(form, by=by, at=at)
    record("membership.form_filled", by=by, on=form, at=at, fields=sorted(answers))
    return form


@transaction.atomic
def make_statement(
    form: Application, text: UndertakingText, made: bool, *, by: Actor, at: datetime
) -> Application:
    """Make one of the Annex's statements in exactly this version of its words, or take it back."""
    form = _locked_form(form)
    require(by, Can.APPLY, may_fill(form))
    known = form.undertaken.filter(text=text)
    changed = known.exists() is not made
    if made and changed:
        Undertaken.objects.create(application=form, text=text, at=at)
    elif changed:
        known.delete()
    form.touched_at = at
    form.save(update_fields=["touched_at"])
    if changed:
        _void_paper(form, by=by, at=at)
    record(
        "membership.statement_made", by=by, on=form, at=at, text=text.slug, version=text.version, made=made
    )
    return form


@transaction.atomic
def consent(form: Application, *, by: Actor, at: datetime) -> Application:
    """Agree to the use of the personal data, to the text in force."""
    form = _locked_form(form)
    require(by, Can.APPLY, may_fill(form))
    form.consented_at, form.consent_version, form.touched_at = at, CONSENT_VERSION, at
    form.save(update_fields=["consented_at", "consent_version", "touched_at"])
    record("membership.consent_given", by=by, on=form, at=at, version=CONSENT_VERSION)
    return form


@transaction.atomic
def express_interest(form: Application, *, by: Actor, at: datetime) -> Case:
    """Hand the form over: its paper is frozen, the case opens or goes on, the applicant and the house are told."""
    form = _locked_form(form)
    today = timezone.localtime(at).date()
    findings = [*rules.may_submit(form, today)]
    organisation = form.case.organisation if form.case else _known_as(form.name)
    if form.case is None and organisation is not None:
        findings += rules.may_open(organisation, today)
    if form.case is not None and form.state == ApplicationState.DRAFT:
        findings += rules.may_move(form.case, "express")
    require(by, Can.APPLY, findings)
    pdf = annex.as_pdf(form, at)
    former = form.pdf.document if form.pdf else None
    form.pdf = keep_file(
        f"{form.name}: Annex",
        "expression-of-interest.pdf",
        pdf,
        Origin.MADE,
        by=by,
        at=at,
        document=former,
    )
    form.case = _case_of(form, organisation, by=by, at=at)
    form.flow.make(form, "submit")
    form.submitted_at = form.touched_at = at
    form.save()
    record("membership.form_handed_over", by=by, on=form.case, at=at, digest=form.pdf.digest)
    facts = {"organisation": form.name, "case": form.case.ref, "link": form_link(form)}
    issue_letter("membership-received", facts, [addressee(form)], by=HOUSE, at=at, about=form.case)
    tell("membership-interest", form.case, facts, by=HOUSE, at=at)
    return form.case


@transaction.atomic
def complete_case(case: Case, *, by: Actor, at: datetime) -> Case:
    """The Secretariat finds the form complete and the organisation known in the register."""
    case = _locked(case)
    require(by, Can.WRITE_CASES, [*rules.may_move(case, "complete"), *rules.may_complete(case)])
    _move(case, "complete", at=at)
    record("membership.case_complete", by=by, on=case, at=at)
    return case


@transaction.atomic
def hand_back(case: Case, note: str, *, by: Actor, at: datetime) -> Case:
    """Ask the applicant to complete the form; the same link opens it again."""
    case = _locked(case)
    form = _locked_form(case.application)
    require(by, Can.WRITE_CASES, [*may_hand_back(case, form), *rules.needs_reason(note)])
    form.flow.make(form, "hand_back")
    form.hand_back_note = note.strip()
    form.save(update_fields=["state", "hand_back_note"])
    _move(case, "hand_back", at=at)
    record("membership.form_handed_back", by=by, on=case, at=at, note=note.strip())
    facts = {"organisation": form.name, "case": case.ref, "missing": note.strip(), "link": form_link(form)}
    issue_letter("membership-incomplete", facts, [addressee(form)], by=HOUSE, at=at, about=case)
    return case


def _case_of(form: Application, organisation: Organisation | None, *, by: Actor, at: datetime) -> Case:
    """The case that goes on with this form, or a new one by direct interest."""
    if form.case is not None:
        case = _locked(form.case)
        if case.state != CaseState.INVITED:
            return case
        case.expressed_at = at
        for prospect in case.prospects.all():
            if Prospect.flow.allows(prospect, "answer"):
                prospect.flow.make(prospect, "answer")
                prospect.save(update_fields=["state"])
        _move(case, "express", at=at)
        record("membership.interest_expressed", by=by, on=case, at=at)
        return case
    if organisation is None:
        organisation = note_new_organisation(form.name, by=HOUSE, at=at)
    case = _open_case(
        organisation,
        Route.DIRECT_INTEREST,
        CaseState.EXPRESSED,
        Ground.BOARD_APPROVAL,
        at=at,
        expressed_at=at,
    )
    record("membership.interest_expressed", by=by, on=case, at=at, route=case.route)
    return case
