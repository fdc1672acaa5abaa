"""The form's signature: the paper that is printed to be signed, the signed file, and what makes both void (S19)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from iisg.foundations.access.actors import Actor
from iisg.foundations.access.permits import require
from iisg.foundations.access.roles import Can
from iisg.foundations.audit.trail import record
from iisg.governance.membership import annex
from iisg.governance.membership.models import Application, SignatureKind
from iisg.governance.membership.rules.applying import may_fill, may_print
from iisg.office.documents.models import Origin, Version
from iisg.office.documents.operations import keep_file


@transaction.atomic
def sign_form(
    form: Application,
    kind: SignatureKind | str,
    signatory: str,
    office: str,
    signed_on: date | None,
    *,
    by: Actor,
    at: datetime,
    file_name: str = "",
    content: bytes = b"",
    check: dict[str, Any] | None = None,
) -> Application:
    """Keep who signs, in what office, on what day, and the signed file; `check` is what validation said of it."""
    form = _locked_form(form)
    require(by, Can.APPLY, may_fill(form))
    said = (str(kind), signatory.strip()[:200], office.strip()[:200], signed_on)
    changed = said != (form.signature, form.signatory, form.signatory_office, form.signed_on)
    form.signature, form.signatory, form.signatory_office, form.signed_on = said
    form.touched_at = at
    form.save()
    if content:
        former = form.signed_file
        form.signed_file = keep_file(file_name, file_name, content, Origin.RECEIVED, by=by, at=at)
        form.signature_check = check or {}
        form.save()
        _forget(former)
    elif changed:
        _void_paper(form, by=by, at=at)
    record("membership.form_signed", by=by, on=form, at=at, kind=str(kind))
    return form


@transaction.atomic
def print_form(form: Application, *, by: Actor, at: datetime) -> Version:
    """Print the paper that is to be signed; a file that is signed elsewhere is compared with it byte by byte."""
    form = _locked_form(form)
    require(by, Can.APPLY, [*may_fill(form), *may_print(form, at)])
    former = form.paper
    name = f"expression-of-interest-{form.pk}.pdf"
    form.paper = keep_file(
        f"{form.name}: to be signed", name, annex.to_be_signed(form, at), Origin.MADE, by=by, at=at
    )
    form.touched_at = at
    form.save(update_fields=["paper", "touched_at"])
    _forget(former)
    record("membership.form_printed", by=by, on=form, at=at, digest=form.paper.digest)
    return form.paper


def _void_paper(form: Application, *, by: Actor, at: datetime) -> None:
    """An answer has changed: neither the printed paper nor a file signed from it says what the form says."""
    files = [each for each in (form.paper, form.signed_file) if each is not None]
    if not files:
        return
    form.signature_check = {"changed": True} if form.signed_file else {}
    form.paper = form.signed_file = None
    form.save(update_fields=["paper", "signed_file", "signature_check"])
    for each in files:
        _forget(each)
    record("membership.paper_voided", by=by, on=form, at=at, digests=[each.digest for each in files])


def _forget(version: Version | None) -> None:
    if version is not None:
        version.document.delete()


def _locked_form(form: Application) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related("case__organisation")
    return found.get(pk=form.pk)
