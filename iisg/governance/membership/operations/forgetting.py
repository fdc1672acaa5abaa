"""Personal data go: a draft at once, those of a closed case when the applicant asks or their time is over."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from iisg.foundations.access.actors import HOUSE, Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership import rules
from iisg.governance.membership.models import Application
from iisg.governance.membership.operations.signing import _forget, _locked_form
from iisg.governance.membership.periods import draft_life, form_life
from iisg.governance.membership.rules.applying import may_delete
from iisg.office.documents.models import Version
from iisg.office.pillars.models import FocalPointRequest


@transaction.atomic
def delete_draft(form: Application, *, by: Actor, at: datetime) -> None:
    """The applicant takes an own draft away, with every file in it, before it was handed over."""
    form = _locked_form(form)
    require(by, Can.APPLY, may_delete(form))
    record("membership.draft_deleted", by=by, on=form, at=at)
    _delete(form)


@transaction.atomic
def ask_for_erasure(form: Application, *, by: Actor, at: datetime) -> Application:
    """The applicant asks that the personal data of a closed case go; nothing speaks against it, so they go at once."""
    form = _locked_form(form)
    require(by, Can.APPLY, rules.may_erase(form))
    record("membership.erasure_asked", by=by, on=form, at=at)
    return erase_application(form, by=HOUSE, at=at)


@transaction.atomic
def erase_application(form: Application, *, by: Actor, at: datetime) -> Application:
    """Take the personal data out of a form whose case is closed; the case, its decision and its record stay whole."""
    form = _locked_form(form)
    require(by, Can.WRITE_CASES, rules.may_erase(form))
    form.flow.make(form, "erase")
    form.email = f"erased-{form.pk}@erased.invalid"
    form.contact_name = form.contact_phone = form.signatory = form.signatory_office = ""
    form.focal_points, form.signature_check, form.hand_back_note = {}, {}, ""
    form.nonce = secrets.token_hex(16)
    if form.case is not None:
        FocalPointRequest.objects.filter(organisation=form.case.organisation_id).update(suggested={})
    files = _files(form)
    form.signed_file = form.pdf = form.paper = None
    form.save()
    for each in files:
        _forget(each)
    record("membership.form_erased", by=by, on=form, at=at, digests=[each.digest for each in files])
    return form


@transaction.atomic
def erase_forgotten(*, by: Actor, at: datetime) -> int:
    """Drafts that nobody has touched for long are taken out as if they had never been begun; how many."""
    require(by, Can.WRITE_CASES)
    forgotten = list(Application.objects.select_for_update().forgotten(at - draft_life()))
    for form in forgotten:
        record("membership.draft_erased", by=by, on=form, at=at)
        _delete(form)
    return len(forgotten)


@transaction.atomic
def erase_outlived(*, by: Actor, at: datetime) -> int:
    """Personal data of forms whose case was closed long ago are taken out; how many forms."""
    require(by, Can.WRITE_CASES)
    outlived = list(Application.objects.outlived(at - form_life()))
    for form in outlived:
        erase_application(form, by=by, at=at)
    if outlived:
        record("membership.outlived_erased", by=by, on="membership.application", at=at, forms=len(outlived))
    return len(outlived)


def _delete(form: Application) -> None:
    files = _files(form)
    form.delete()
    for each in files:
        _forget(each)


def _files(form: Application) -> list[Version]:
    """Everything kept with a form."""
    return [each for each in (form.signed_file, form.paper, form.pdf) if each is not None]
