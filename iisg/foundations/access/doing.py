"""Carrying out a verb from a page: a rule that refuses is told there, in its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from iisg.foundations.access.permits import RuleRefused


def tried(form: forms.Form, deed: Callable[[], object], field_of: Mapping[str, str] | None = None) -> bool:
    """Do it whole; where a rule refuses, its findings stand on the form, at the field that their code leads to."""
    try:
        with transaction.atomic():
            deed()
    except RuleRefused as refused:
        for finding in refused.findings:
            field = (field_of or {}).get(finding.code.partition(".")[2])
            form.add_error(field, f"{finding.message} {finding.cure}".strip())
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
