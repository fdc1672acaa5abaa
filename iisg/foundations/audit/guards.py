"""The database itself refuses to change or delete what is in the log; a narrow opening is for migrations and tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

EVENT, REMAINDER, HEAD = "audit_event", "audit_remainder", "audit_head"
CHECKPOINT, KEY = "audit_checkpoint", "audit_logkey"
TABLES = (EVENT, REMAINDER, HEAD, CHECKPOINT, KEY)
MAY_CHANGE = {EVENT: ("by", "facts", "seed"), REMAINDER: ("salts",), HEAD: ("number", "digest", "peaks")}
REFUSAL = "the log is only appended to"
_FIXED = ("id", "number", "name", "on", "at", "leaf", "digest")


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing."""
    with connection.cursor() as cursor:
        for statement in _SQL.get(connection.vendor, list)():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for table, name in _names(connection.vendor):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


@contextmanager
def opened(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """For tests that tamper with the log or empty its tables: no guard within, all of them again at the end."""
    connection = connections[using]
    warden = warden_of(connection)
    with transaction.atomic(using):
        before, warden.open = warden.open, True
        try:
            remove(connection)
            yield
            install(connection)
        finally:
            warden.open = before


class Warden:
    """SQLite's authorizer on one connection: asked about each statement before it runs."""

    def __init__(self) -> None:
        self.open = False

    def __call__(
        self, action: int, one: str | None, two: str | None, database: str | None, source: str | None
    ) -> int:
        return sqlite3.SQLITE_OK if self.open or not _forbidden(action, one, two) else sqlite3.SQLITE_DENY


_wardens: WeakKeyDictionary[BaseDatabaseWrapper, Warden] = WeakKeyDictionary()
_ON_TABLES = {
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_VIEW,
}
_ON_PARTS = {
    sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
}
_PRAGMAS = ("recursive_triggers", "writable_schema", "trusted_schema")


def _forbidden(action: int, one: str | None, two: str | None) -> bool:
    """Whether a statement would take something from the log, its guards or its name."""
    if action == sqlite3.SQLITE_UPDATE:
        return one in TABLES and two not in MAY_CHANGE.get(one, ())
    if action in _ON_TABLES:
        return one in TABLES
    if action in _ON_PARTS:
        return two in TABLES
    if action == sqlite3.SQLITE_PRAGMA:
        return one in _PRAGMAS and two is not None
    return action == sqlite3.SQLITE_ATTACH and bool(one)


def warden_of(connection: BaseDatabaseWrapper) -> Warden:
    """The one that watches this connection."""
    return _wardens.setdefault(connection, Warden())


def watch(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """A new connection to SQLite gets its authorizer; REPLACE fires the triggers of DELETE."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA recursive_triggers=ON")
        connection.connection.set_authorizer(warden_of(connection))


def before_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    """Migrations may alter the tables of the log; the triggers stand meanwhile."""
    warden_of(connections[using]).open = True


def after_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    """Whatever the migrations did, the guards stand again."""
    connection, warden = connections[using], warden_of(connections[using])
    if EVENT in connection.introspection.table_names():
        warden.open = True
        install(connection)
    warden.open = False


def _names(vendor: str) -> list[tuple[str, str]]:
    """Each trigger with its table."""
    verbs = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [(table, f"{table}_no_{verb}") for table in TABLES for verb in verbs]


_UNFORGETTING = """
  OR (NEW.seed <> OLD.seed AND NEW.seed <> '')
  OR (NEW."by" <> OLD."by" AND (NEW."by" <> '' OR NEW.seed <> ''))
  OR EXISTS (SELECT 1 FROM {new_facts} n WHERE NOT EXISTS (
       SELECT 1 FROM {old_facts} o WHERE o.key = n.key AND ({same} OR ({null} AND NEW.seed = ''))))
  OR EXISTS (SELECT 1 FROM {old_facts} o WHERE NOT EXISTS (SELECT 1 FROM {new_facts} n WHERE n.key = o.key))
"""
"""What an UPDATE of an event may do is to forget: values become empty and the seed goes; all else is refused."""
_GROWING = """
  OR EXISTS (SELECT 1 FROM {new_salts} n WHERE NOT EXISTS (
       SELECT 1 FROM {old_salts} o WHERE o.key = n.key AND {same}))
"""
"""What an UPDATE of a remainder may do is to lose a salt."""


def _refused_updates(differ: str, each: str, same: str, null: str) -> dict[str, str]:
    """For each table that may change at all, when an UPDATE is refused."""
    rows = {
        f"{age}_{what}": f"{each}({age.upper()}.{what})"
        for age in ("new", "old")
        for what in ("facts", "salts")
    }

    def either(*columns: str) -> str:
        return " OR ".join(f'NEW."{column}" {differ} OLD."{column}"' for column in columns)

    return {
        EVENT: either(*_FIXED) + _UNFORGETTING.format(**rows, same=same, null=null),
        REMAINDER: either("id", "number", "sealed") + _GROWING.format(**rows, same=same),
        HEAD: "NEW.number < OLD.number OR NEW.id <> OLD.id",
    }


def _sqlite() -> list[str]:
    same, null = "(n.type IS o.type AND n.value IS o.value)", "n.type = 'null'"
    refused = _refused_updates("IS NOT", "json_each", same, null)
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
        f"{f'WHEN {refused[table]}' if verb == 'update' and table in refused else ''} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
        for verb in ("update", "delete")
    ]


def _postgresql() -> list[str]:
    refused = _refused_updates(
        "IS DISTINCT FROM", "jsonb_each", "n.value = o.value", "n.value = 'null'::jsonb"
    )
    statements = []
    for table in TABLES:
        statements.append(
            f"CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' THEN IF NOT ({refused.get(table, 'true')}) THEN RETURN NEW; END IF; END IF; "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        statements += [
            f'CREATE OR REPLACE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            f"FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION {table}_keep()"
            for verb in ("update", "delete", "truncate")
        ]
    return statements


_SQL = {"sqlite": _sqlite, "postgresql": _postgresql}
