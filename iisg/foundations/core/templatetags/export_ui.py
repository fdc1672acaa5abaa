"""Taking along what a page shows as a file, `{% load export_ui %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy

from iisg.foundations.core.templatetags.addresses import query_without

register = template.Library()

FORMS = {
    "xlsx": gettext_lazy("Excel workbook"),
    "csv": gettext_lazy("CSV table"),
    "json": gettext_lazy("JSON"),
    "pdf": gettext_lazy("PDF"),
    "iati": gettext_lazy("IATI 2.03 XML"),
}
"""Formats in which records leave the house, by name, as buttons say them."""


@register.inclusion_tag("components/export_panel.html", takes_context=True)
def export_panel(
    context: Context, route: str, title: str, forms: str = "xlsx csv json", filtered: bool = True
) -> dict[str, Any]:
    """Exactly what the filters of this page show: a button for each format; the file is marked and noted.

    `filtered` False where the page's filters do not reach what is exported.
    """
    return {
        "title": title,
        "filtered": filtered,
        "address": reverse(route) + _query(context),
        "forms": [(form, FORMS[form]) for form in forms.split()],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/export_links.html", takes_context=True)
def export_links(context: Context, route: str, title: str, forms: str = "xlsx csv json") -> dict[str, Any]:
    """What everybody may know, by plain links."""
    query = _query(context)
    links = [(reverse(route, args=[form]) + query, FORMS[form]) for form in forms.split()]
    return {"title": title, "links": links}


def _query(context: Context) -> str:
    """The filters of the page; its number in a long list plays no part."""
    request = context.get("request")
    query = query_without(request.GET if request is not None else QueryDict())
    return "" if query == "?" else query
