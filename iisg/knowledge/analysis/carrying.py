"""Carrying a file out by the web: the format that was asked for, made, noted in the record, marked."""

from __future__ import annotations

import io
from datetime import date, datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import PUBLIC, Actor
from iisg.foundations.access.carrying import MarkedResponse
from iisg.foundations.access.doors import SignedInRequest
from iisg.foundations.core.handling import Marking
from iisg.foundations.core.templatetags.addresses import chosen
from iisg.knowledge.analysis import operations
from iisg.knowledge.analysis.exporting import FORMS, Extract, Form, Taken, made_file
from iisg.knowledge.analysis.models import Export


def carry_out(
    request: SignedInRequest, extract: Extract, form: forms.Form, day: date, back: str, *, at: datetime
) -> HttpResponseBase:
    """The file that the reader asks for by POST; where there is nothing to take, back to the page.

    `form` holds the filters, `back` is the name of the page's route. A file of very many records is left to the
    worker: the reader gets the page of that file.
    """
    if not extract.count:
        messages.info(request, _("There is nothing to export: no record fits these filters."))
        return redirect(back)
    taken = Taken(request.user.label, at, day, in_words(form, request.GET))
    asked = _asked(extract, request.POST.get("format", "xlsx"))
    if len(extract.refs) > settings.EXPORT_AT_ONCE:
        export = operations.ask_for_file(extract, asked.name, day, taken.chosen, by=request.user, at=at)
        return redirect("export_one", export.pk)
    made = made_file(extract, taken, asked)
    operations.take_file(extract, made, taken.chosen, by=request.user, at=at)
    return MarkedResponse(made.content, made.name, made.form.content_type, extract.marking)


def hand_over(export: Export, *, by: Actor, at: datetime) -> MarkedResponse:
    """A file that the worker has written for the reader; raises RuleRefused where it is not his or not written."""
    operations.take_written_file(export, by=by, at=at)
    content = io.BytesIO(bytes(export.content))
    return MarkedResponse(content, export.name, FORMS[export.form].content_type, Marking.MEMBERS)


def hand_out(
    request: HttpRequest, extract: Extract, form: forms.Form, day: date, asked: str, *, at: datetime
) -> MarkedResponse:
    """A file of what everybody may know; it leaves no event, for the record is not for visitors to write in."""
    taken = Taken(PUBLIC.label, at, day, in_words(form, request.GET))
    made = made_file(extract, taken, _asked(extract, asked))
    return MarkedResponse(made.content, made.name, made.form.content_type, extract.marking)


def in_words(form: forms.Form, query: QueryDict) -> str:
    """What is chosen in a filter form: "Partner: Albania; Pillar: Border security"."""
    return "; ".join(f"{c.label}: {c.text}" if c.label else c.text for c in chosen(form, query))


def _asked(extract: Extract, name: str) -> Form:
    """The format of that name; an extract without it is not found."""
    for form in extract.forms:
        if form.name == name:
            return form
    raise Http404
