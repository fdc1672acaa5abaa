"""The block of one-click roles on the page that signs in: `{% demonstration_roles %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from iisg.foundations.accounts.demonstration import roles_on_offer

register = template.Library()


@register.inclusion_tag("accounts/demonstration_roles.html", takes_context=True)
def demonstration_roles(context: Context) -> dict[str, Any]:
    """One button per role in the demonstration, nothing elsewhere."""
    return {
        "roles": roles_on_offer(timezone.localdate()),
        "csrf_token": context.get("csrf_token"),
        "next": context["request"].GET.get("next", "") if "request" in context else "",
        "demo": context.get("demo_banner"),
    }
