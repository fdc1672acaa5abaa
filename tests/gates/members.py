"""Addresses of the register of members and of focal points, each with a record to knock with."""

from __future__ import annotations

from iisg.office.pillars.models import FocalPointRequest
from tests.gates.world import World


def member_places(world: World) -> dict[str, list[tuple[str, str]]]:
    """Addresses of the register of members and of focal points; a member's own link opens its page to its holder."""
    asked = FocalPointRequest.objects.get()
    named = [
        ("a member's own link", f"/focal-points/named/{world.naming}/"),
        ("no link of ours", "/focal-points/named/nonsense/"),
    ]
    return {
        "/open-data/members.<slug:form>": [
            (form, f"/open-data/members.{form}") for form in ("csv", "xlsx", "json", "pdf", "iati", "exe")
        ],
        "/focal-points/named/<str:token>/": named,
        "/focal-points/named/<str:token>/done/": [(whose, f"{address}done/") for whose, address in named],
        "/focal-points/enter/<slug:ref>/": [
            ("a member", "/focal-points/enter/generous-donor/"),
            ("no member", "/focal-points/enter/second-donor/"),
        ],
        "/focal-points/<int:pk>/end/": [("somebody", f"/focal-points/{world.speaker.pk}/end/")],
        **{
            f"/focal-points/requests/<int:pk>/{deed}/": [
                ("a request", f"/focal-points/requests/{asked.pk}/{deed}/")
            ]
            for deed in ("remind", "close")
        },
    }
