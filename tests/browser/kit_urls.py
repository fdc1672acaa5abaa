"""A page with every part of the interface kit, with made-up records, and nothing else of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PARTNERS = ["Albania", "Bosnia and Herzegovina", "Kosovo*", "Montenegro", "North Macedonia", "Serbia"]
STATES = ["covered", "partly", "gap", "not_known", "covered", ""]


class Filters(forms.Form):
    """Filters as a register has them."""

    q = forms.CharField(label="Words", required=False)
    pillar = forms.MultipleChoiceField(
        label="Pillar",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("WBCTi", "Counter-terrorism"), ("WBBSi", "Border security")],
    )
    partner = forms.ChoiceField(label="Partner", required=False, choices=[("", "All"), ("XK", "Kosovo*")])
    open_only = forms.BooleanField(label="Only open gaps", required=False)


class Judgement(forms.Form):
    """One field of every kind."""

    verdict = forms.ChoiceField(
        label="Does the action answer the need?",
        help_text="Suggestions are never counted.",
        widget=forms.RadioSelect,
        choices=[("full", "In full"), ("partial", "In part"), ("none", "Not at all")],
    )
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 4}), help_text="One sentence."
    )
    title = forms.CharField(label="Title")
    quantity = forms.IntegerField(label="Quantity", required=False)
    day = forms.DateField(label="Day", required=False)
    partner = forms.ChoiceField(label="Partner", choices=[("", "Choose"), ("AL", "Albania")])
    kinds = forms.MultipleChoiceField(
        label="Kinds", widget=forms.CheckboxSelectMultiple, choices=[("a", "Training"), ("b", "Equipment")]
    )
    sure = forms.BooleanField(label="I have read both records", help_text="Both, to the end.")
    paper = forms.FileField(label="Paper", required=False)


def sample() -> dict[str, Any]:
    """Everything the page shows."""
    rows: list[dict[str, Any]] = [
        {
            "title": "Thermal cameras for patrols of the green border",
            "partner": partner,
            "state": state or "gap",
        }
        for partner, state in zip(PARTNERS, STATES, strict=True)
    ]
    rows[0] |= {"money": Decimal(17915000), "printed": "2022-06-20"}
    rows[1] |= {"money": None, "printed": "2022-06-31"}
    cells = [SimpleNamespace(state=state, number=2 if state else None) for state in STATES]
    return {
        "demo_banner": True,
        "figures": {"needs": 110},
        "money": Decimal(1234567),
        "rows": rows,
        "partners": PARTNERS,
        "matrix": [
            {"measure": name, "cells": cells}
            for name in ("Surveillance of the green border", "Joint patrols")
        ],
        "day": date(2022, 6, 20),
        "at": datetime(2026, 11, 20, 9, 2, tzinfo=UTC),
        "closes": datetime(2026, 11, 27, 16, 0, tzinfo=UTC),
    }


def kit(request: HttpRequest) -> HttpResponse:
    """The page with every part."""
    page = Paginator(range(420), 20).get_page(request.GET.get("page"))
    context = {
        **sample(),
        "filters": Filters(request.GET or None, auto_id="filter_%s"),
        "form": Judgement({}),
        "page": page,
    }
    return render(request, "kit.html", context)


def wrong(request: HttpRequest, name: str) -> HttpResponse:
    """One of the error pages."""
    return render(request, f"{name}.html")


urlpatterns = [
    path("kit/", kit),
    path("wrong/<str:name>/", wrong),
    path("mechanism/", kit, name="public_home"),
    path("organisations/", kit, name="organisations"),
    path("actions/", kit, name="actions"),
    path("accounts/login/", kit, name="account_login"),
]
