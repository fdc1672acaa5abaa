"""Addresses that keep what the reader has chosen: filters, order and page live in their query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

PAGE = "page"


class Choice(NamedTuple):
    """One chosen filter: field and value in words, and the address without just this one."""

    label: str
    text: str
    href: str


def query_with(query: QueryDict, **changes: Any) -> str:
    """The address with parameters set (None or "" drops one); back to the first page unless `page` is set."""
    changed = query.copy()
    if PAGE not in changes:
        changed.pop(PAGE, None)
    for name, value in changes.items():
        if value is None or value == "":
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return _address(changed)


def query_without(query: QueryDict, *names: str, value: Any = None) -> str:
    """The address without the named parameters, or without just one `value` of them; first page."""
    changed = query.copy()
    changed.pop(PAGE, None)
    for name in names:
        kept = [given for given in changed.getlist(name) if value is not None and given != str(value)]
        changed.pop(name, None)
        if kept:
            changed.setlist(name, kept)
    return _address(changed)


def sort_address(query: QueryDict, key: str, present: str) -> str:
    """The address that sorts by `key`, or turns the order round where `key` is the present one."""
    return query_with(query, sort=f"-{key}" if present == key else key)


def chosen(form: forms.Form, query: QueryDict) -> list[Choice]:
    """What a filter form holds, one entry per chosen value, in the order of its fields."""
    return [choice for field in form for choice in _chosen_in(field, query)]


def carried(form: forms.Form, query: QueryDict) -> list[tuple[str, str]]:
    """Parameters outside the form (the order, a view) that the form has to carry along; never the page."""
    own = {field.html_name for field in form} | {PAGE}
    return [(name, value) for name, values in query.lists() if name not in own for value in values]


def _chosen_in(field: forms.BoundField, query: QueryDict) -> Iterator[Choice]:
    values = [value for value in query.getlist(field.html_name) if value.strip()]
    if not values:
        return
    words = dict(_flat(getattr(field.field, "choices", ())))
    switch = isinstance(field.field, forms.BooleanField) and not isinstance(
        field.field, forms.NullBooleanField
    )
    for value in values:
        text = str(field.label) if switch else words.get(value, value)
        href = query_without(query, field.html_name, value=value)
        yield Choice("" if switch else str(field.label), text, href)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Choices as value and words, groups opened."""
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield str(value), str(words)


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}"
