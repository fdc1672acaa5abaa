"""Events from before the tree: carried over whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from iisg.foundations.audit.guards import opened
from iisg.foundations.audit.models import FIRST, Event, Head
from iisg.foundations.audit.trail import first_broken

AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
carry_over = import_module("iisg.foundations.audit.migrations.0003_carried_over").carry_over
FACTS: list[dict[str, object]] = [{"sum": "1.50", "who": ["a", "b"]}, {}, {"text": "Пример ë €", "none": None, "deep": {"x": 1}}]


def old_events(count: int) -> None:
    """As the house wrote them before: in clear, in a chain."""
    previous = FIRST
    for number in range(1, count + 1):
        content: dict[str, Any] = {
            "number": number,
            "name": "test.thing_done",
            "by": "the house",
            "on": f"thing:{number}",
            "at": (AT + timedelta(hours=number)),
            "facts": FACTS[number % 3],
            "previous": previous,
        }
        canonical = json.dumps(
            content | {"at": content["at"].isoformat()}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        previous = hashlib.sha256(canonical.encode()).hexdigest()
        Event.objects.create(**content, digest=previous, sealed="", salts={}, leaf="")
    Head.objects.create(pk=1, number=count, digest=previous)


@pytest.fixture(autouse=True)
def _open(db: None) -> Iterator[None]:
    with opened():
        yield


class Editor:
    connection = connection


@pytest.mark.parametrize("count", [0, 1, 7, 1203])
def test_events_of_before_are_carried_over_whole(count: int) -> None:
    if count:
        old_events(count)
    before = list(Event.objects.values_list("number", "name", "by", "on", "at", "facts"))
    carry_over(apps, Editor)
    assert list(Event.objects.values_list("number", "name", "by", "on", "at", "facts")) == before
    assert first_broken() is None
    assert all(event.salts.keys() == event.commitments().keys() for event in Event.objects.all())


@pytest.mark.parametrize("changed", [{"by": "x"}, {"facts": {"sum": "9"}}, {"at": AT}, {"previous": "0" * 64}])
def test_a_log_that_is_broken_already_is_not_sealed_anew(changed: dict[str, Any]) -> None:
    old_events(5)
    Event.objects.filter(number=3).update(**changed)
    with pytest.raises(RuntimeError, match="broken at event 3"):
        carry_over(apps, Editor)
    assert not Event.objects.exclude(sealed="").exists()


def test_a_log_cut_at_its_end_is_not_sealed_anew() -> None:
    old_events(3)
    Event.objects.filter(number=3).delete()
    with pytest.raises(RuntimeError, match="broken at event 3"):
        carry_over(apps, Editor)
