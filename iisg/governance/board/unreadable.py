"""What could not be read on a form that stands on another page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest


def unreadable(request: HttpRequest, form: forms.Form) -> None:
    """Say at the top of the next page what could not be read."""
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        for each in errors:
            messages.error(request, f"{label}: {each}" if label else str(each))
