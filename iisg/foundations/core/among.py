"""Filters by many keys in one value: databases bound how many values a query may carry.

SQLite writes the keys that it finds into such a value itself, so that hardly one of them comes by here.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Aggregate, BooleanField, Count, Expression, F, QuerySet, TextField
from django.db.models.sql.compiler import SQLCompiler


class Keys:
    """Keys of records, written out once for however many filters."""

    def __init__(self, keys: Collection[int]) -> None:
        self.number, self._keys, self._written = len(keys), keys, ""

    @classmethod
    def read(cls, found: QuerySet[Any, Any], field: str = "pk") -> Keys:
        """What a field of records holds, each of them a key that no other has."""
        found = found.order_by()
        if connections[found.db].vendor != "sqlite":
            return cls(list(found.values_list(field, flat=True)))
        keys = cls(())
        told = found.aggregate(number=Count(field), written=_Written(field))
        keys.number, keys._written = told["number"], told["written"]
        return keys

    def __len__(self) -> int:
        return self.number

    def with_also(self, more: Collection[int]) -> Keys:
        """These and others; one may then be there twice, and `len` counts it so."""
        return Keys([*self.listed, *more]) if more else self

    @cached_property
    def listed(self) -> list[int]:
        """For a database that knows lists."""
        return json.loads(self._written) if self._written else list(self._keys)

    @cached_property
    def written(self) -> str:
        """As JSON, for one that does not."""
        return self._written or json.dumps(self.listed)


class _Written(Aggregate):
    """SQLite: all values of a column as one list in JSON."""

    function = "JSON_GROUP_ARRAY"
    output_field = TextField()


class Among(Expression):
    """Whether a field is one of these whole numbers, for `filter`; none of them is text, so none needs escaping.

    `sought` has the records looked up by their keys, else each record that is met otherwise is asked whether it is
    one of them: quicker where the keys are a large part of all records.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, field: str, keys: Keys, *, sought: bool) -> None:
        super().__init__()
        self.column: Any = F(field)
        self.keys, self.sought = keys, sought

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.column,) = exprs

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        field, values = compiler.compile(self.column)
        met = "" if self.sought else "+"
        return f"{met}{field} IN (SELECT value FROM json_each(%s))", (*values, self.keys.written)  # noqa: S608 names of columns

    def as_postgresql(
        self, compiler: SQLCompiler, connection: Any, **more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        field, values = compiler.compile(self.column)
        return f"{field} = ANY(%s::bigint[])", (*values, self.keys.listed)  # only alike types are hashed
