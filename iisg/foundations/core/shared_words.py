"""How many of some words a record's folded text holds, counted by the database."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Value, When
from django.db.models.expressions import Combinable


def shared_words(words: Iterable[str]) -> Combinable:
    """The number of the words (or beginnings of words) that stand in `folded`."""
    number: Combinable = Value(0, output_field=IntegerField())
    for word in sorted(set(words)):
        holds = Case(When(folded__contains=word, then=1), default=0, output_field=IntegerField())
        number = number + holds
    return number
