"""Events from before the tree: carried over whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from iisg.foundations.audit.guards import opened
from iisg.foundations.audit.models import FIRST, Event, Head
from iisg.foundations.audit.trail import first_broken

AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
carry_over = import_module("iisg.foundations.audit.migrations.0003_carried_over").carry_over
FACTS: list[dict[str, object]] = [
    {"sum": "1.50", "who": ["a", "b"]},
    {},
    {"text": "Пример ë €", "none": None, "deep": {"x": 1}},
]


class Editor:
    connection = connection


@pytest.fixture
def then(db: None) -> Iterator[Any]:
    """The models of that time, and the column that later goes; the transaction of the test takes all of it back."""
    with opened():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event ADD COLUMN previous varchar(64) NOT NULL DEFAULT ''")
        yield MigrationLoader(connection).project_state([("audit", "0002_leaves")]).apps


def old_events(then: Any, count: int) -> Any:
    """As the house wrote them before: in clear, in a chain."""
    rows = then.get_model("audit", "Event").objects
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
            content | {"at": content["at"].isoformat()},
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        previous = hashlib.sha256(canonical.encode()).hexdigest()
        rows.create(**content, digest=previous, seed="", leaf="")
    Head.objects.create(pk=1, number=count, digest=previous)
    return rows


@pytest.mark.parametrize("count", [0, 1, 7, 1203])
def test_events_of_before_are_carried_over_whole(then: Any, count: int) -> None:
    if count:
        old_events(then, count)
    before = list(Event.objects.values_list("number", "name", "by", "on", "at", "facts"))
    carry_over(then, Editor)
    assert list(Event.objects.values_list("number", "name", "by", "on", "at", "facts")) == before
    assert first_broken() is None
    assert all(len(event.seed) == 32 for event in Event.objects.all())


@pytest.mark.parametrize(
    "changed", [{"by": "x"}, {"facts": {"sum": "9"}}, {"at": AT}, {"previous": "0" * 64}]
)
def test_a_log_that_is_broken_already_is_not_sealed_anew(then: Any, changed: dict[str, Any]) -> None:
    old_events(then, 5).filter(number=3).update(**changed)
    with pytest.raises(RuntimeError, match="broken at event 3"):
        carry_over(then, Editor)
    assert not Event.objects.exclude(seed="").exists()


def test_a_log_cut_at_its_end_is_not_sealed_anew(then: Any) -> None:
    old_events(then, 3).filter(number=3).delete()
    with pytest.raises(RuntimeError, match="broken at event 3"):
        carry_over(then, Editor)
