"""Events form one chain, in the deed's own transaction, and any change shows."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from iisg.foundations.access.actors import HOUSE
from iisg.foundations.audit.guards import opened
from iisg.foundations.audit.models import Event, Head
from iisg.foundations.audit.sealing import link
from iisg.foundations.audit.trail import first_broken, record, record_each

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def three_events() -> None:
    with transaction.atomic():
        for number in range(3):
            record(
                "test.thing_done", by=HOUSE, on=f"thing:{number}", at=AT, sum=Decimal("1.50"), who={"b", "a"}
            )


@pytest.mark.django_db
def test_events_are_numbered_linked_and_sound() -> None:
    three_events()
    events = list(Event.objects.all())
    assert [e.number for e in events] == [1, 2, 3]
    assert [e.digest for e in events[1:]] == [link(b.digest, e.leaf) for b, e in pairwise(events)]
    assert events[0].facts == {"sum": "1.50", "who": ["a", "b"]}
    assert first_broken() is None


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["name", "by", "on", "at", "facts", "seed", "leaf", "digest"])
def test_a_changed_event_is_found(field: str) -> None:
    three_events()
    other = {
        "at": datetime(2020, 1, 1, tzinfo=UTC),
        "facts": {"sum": "9", "who": ["a", "b"]},
        "seed": "",
    }
    with opened():
        Event.objects.filter(number=2).update(**{field: other.get(field, "f" * 64)})
    assert first_broken() == 2


@pytest.mark.django_db
def test_a_missing_event_is_found_also_at_the_end() -> None:
    three_events()
    with opened():
        Event.objects.filter(number=3).delete()
    assert first_broken() == 3
    with opened():
        Event.objects.filter(number=1).delete()
    assert first_broken() == 1


@transaction.atomic
def _deed_that_fails() -> None:
    record("test.thing_done", by=HOUSE, on="thing:1", at=AT)
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_an_event_needs_the_transaction_of_its_deed_and_dies_with_it() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record("test.thing_done", by=HOUSE, on="thing:1", at=AT)
    with pytest.raises(ZeroDivisionError):
        _deed_that_fails()
    assert not Event.objects.exists()
    assert not Head.objects.exists()


@pytest.mark.django_db
def test_there_is_one_head_only() -> None:
    three_events()
    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(pk=2)


@pytest.mark.django_db
def test_events_recorded_together_are_the_log_that_single_ones_make() -> None:
    three_events()
    told = [(f"thing:{number}", {"sum": Decimal("1.50"), "who": {"b", "a"}}) for number in range(3)]
    with transaction.atomic():
        together = record_each("test.thing_done", told, by=HOUSE, at=AT)
        assert record_each("test.nothing_done", [], by=HOUSE, at=AT) == []
    singly = Event.objects.filter(number__lte=3)
    assert [(e.name, e.on, e.facts) for e in together] == [(e.name, e.on, e.facts) for e in singly]
    assert [e.number for e in together] == [4, 5, 6]
    assert first_broken() is None


@pytest.mark.django_db
def test_many_events_cost_as_many_queries_as_few(django_assert_num_queries: Any) -> None:
    three_events()
    for count in (1, 50):
        with transaction.atomic(), django_assert_num_queries(3):
            record_each("test.thing_done", [(f"x:{n}", {"a": n}) for n in range(count)], by=HOUSE, at=AT)


@pytest.mark.django_db
def test_the_same_value_is_sealed_differently_each_time() -> None:
    three_events()
    sealed = [value for event in Event.objects.all() for value in event.commitments().values()]
    assert len(set(sealed)) == len(sealed) == 9
    assert "house" not in "".join(event.text() for event in Event.objects.all())


@pytest.mark.django_db
def test_a_head_whose_tree_does_not_fit_is_found() -> None:
    three_events()
    Head.objects.update(peaks=["0" * 64, "1" * 64])
    assert first_broken() == 4
