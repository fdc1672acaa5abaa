"""The six looks at coverage, `{% load looks %}`: the same row of links above each of them."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

from iisg.knowledge.analysis.links import address

register = template.Library()

LOOKS = {
    "coverage": (_("Matrix"), ("pillar", "on")),
    "gaps": (_("Gaps"), ("pillar", "partner", "on")),
    "overlaps": (_("Overlaps"), ("pillar", "partner", "on")),
    "timeline": (_("Timeline"), ("pillar", "partner", "on")),
    "map": (_("Map"), ("on",)),
    "network": (_("Network"), ("pillar", "partner", "on")),
}
"""Route of each look, its word, and what of a reader's choice it knows too."""


@register.inclusion_tag("analysis/looks.html", takes_context=True)
def looks(context: Context) -> dict[str, Any]:
    """`{% looks %}`: links to all of them, the present one marked; pillar, partner and day go along."""
    request = context["request"]
    match = request.resolver_match
    return {
        "looks": [
            {
                "href": address(route, **{name: request.GET.get(name, "") for name in carried}),
                "text": text,
                "current": match is not None and match.url_name == route,
            }
            for route, (text, carried) in LOOKS.items()
        ]
    }
