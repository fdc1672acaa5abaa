"""What is new in the register: needs, actions and judgements, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from iisg.foundations.access.actors import Actor
from iisg.knowledge.actions.models import Action
from iisg.knowledge.needs.models import Need
from iisg.knowledge.responses.models import Response

MOST = 8


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new: a word for it, the record and its address, and when."""

    word: str | Promise
    ref: str
    title: str
    href: str
    at: datetime


def news(reader: Actor) -> list[News]:
    """The newest needs, actions and judgements that the reader may see: three queries."""
    responses = Response.objects.visible_to(reader).standing().select_related("need", "action")
    found = [
        *(_judged(one) for one in responses.order_by("-judged_at", "-pk")[:MOST]),
        *_records(Need.objects.visible_to(reader), "need"),
        *_records(Action.objects.visible_to(reader), "action"),
    ]
    return _mixed(found)


def _judged(one: Response) -> News:
    word = _("judged: %(action)s %(degree)s") % {
        "action": one.action.ref,
        "degree": one.get_degree_display(),
    }
    return News(word, one.need.ref, one.need.title, reverse("need", args=[one.need.ref]), one.judged_at)


def _records(records: Any, route: str) -> list[News]:
    words = {
        ("need", False): _("need recorded"),
        ("need", True): _("need changed"),
        ("action", False): _("action recorded"),
        ("action", True): _("action changed"),
    }
    newest = records.order_by("-changed_at", "-pk").only("ref", "title", "recorded_at", "changed_at")[:MOST]
    return [
        News(
            words[route, one.changed_at > one.recorded_at],
            one.ref,
            one.title,
            reverse(route, args=[one.ref]),
            one.changed_at,
        )
        for one in newest
    ]


def _mixed(found: list[News]) -> list[News]:
    """The newest; of those at the same moment (a file that was taken in) each kind gets its turn."""
    seen: dict[tuple[datetime, str], int] = {}
    ranked = []
    for one in found:
        kind = (one.at, str(one.word)[:4])
        seen[kind] = seen.get(kind, 0) + 1
        ranked.append((one.at, -seen[kind], one))
    ranked.sort(key=lambda r: (r[0], r[1]), reverse=True)
    return [one for *_rank, one in ranked[:MOST]]
