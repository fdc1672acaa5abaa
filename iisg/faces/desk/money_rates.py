"""Which exchange rates the house knows beside the ECB's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min

from iisg.knowledge.actions.models import ExchangeRate


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A currency under one source, with its first and last day."""

    source: str
    currency: str
    first: date
    last: date
    rates: int


def known_sources() -> list[KnownSource]:
    """All that was imported, by currency and source."""
    grouped = ExchangeRate.objects.order_by("currency", "source").values("source", "currency")
    found = grouped.annotate(first=Min("day"), last=Max("day"), rates=Count("pk"))
    return [KnownSource(**row) for row in found]
