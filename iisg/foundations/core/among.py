"""Filters by many keys that were read already, in one value: databases bound how many values a query may carry."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Expression, F
from django.db.models.sql.compiler import SQLCompiler


class Keys:
    """Keys of records, written out once for however many filters."""

    def __init__(self, keys: Collection[int]) -> None:
        self.keys = keys

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def listed(self) -> list[int]:
        """For a database that knows lists."""
        return list(self.keys)

    @cached_property
    def written(self) -> str:
        """As JSON, for one that does not."""
        return json.dumps(self.listed)


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
