"""Carrying out a verb from a page: a rule that refuses is told there, in its own words."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from iisg.foundations.access.permits import RuleRefused


def tried(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it whole; where a rule refuses, its findings stand on the form."""
    try:
        with transaction.atomic():
            deed()
    except RuleRefused as refused:
        for finding in refused.findings:
            form.add_error(None, f"{finding.message} {finding.cure}".strip())
        return False
    return True


def told(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    """Do it whole and say so at the top of the next page, or why it was refused."""
    try:
        with transaction.atomic():
            deed()
    except RuleRefused as refused:
        for finding in refused.findings:
            messages.error(request, f"{finding.message} {finding.cure}".strip())
        return False
    messages.success(request, done)
    return True


def unreadable(request: HttpRequest, form: forms.Form) -> None:
    """Say at the top of the next page what could not be read on a form."""
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        for each in errors:
            messages.error(request, f"{label}: {each}" if label else str(each))
